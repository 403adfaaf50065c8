"""`load` on the command line: what files are taken for, questions and answers, the preview, what is taken away."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from analysis.commands.answers import Answers, read_answers
from analysis.commands.common import Problem
from analysis.load import SourceFile, load
from analysis.store import Store
from tests import list_files, tiny
from tests.test_command_line import Done, run

LADDER = "ladder=7 Individual Contributor < 5 Manager"
ANSWERS = ("values:Emp Typ = C=contractor", "as_of=2026-09-30", LADDER)


@pytest.fixture(autouse=True)
def no_findings(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is computed after a load is of no interest here, except in a preview."""
    if "preview" not in request.node.name:
        monkeypatch.setattr("analysis.load.store_headlines", lambda connection, version, say: None)


def given(folder: Path, **files: bytes) -> list[Path]:
    paths = [folder / f"{name}.csv" for name in files]
    for path, content in zip(paths, files.values(), strict=True):
        path.write_bytes(content)
    return paths


def answers(*texts: str) -> list[str]:
    return [part for text in texts for part in ("--answer", text)]


def load_files(folder: Path, *arguments: str | Path) -> Done:
    return run("load", *arguments, store=folder / "store")


def reports_of(done: Done) -> list[dict]:
    found: list[dict] = json.loads(done.stdout)
    return found


def test_a_file_says_what_it_was_taken_for_what_is_left_out_and_asks(tmp_path: Path) -> None:
    [path] = given(tmp_path, workday=list_files.workday())
    done = load_files(tmp_path, path)
    assert done.returncode == 3
    assert "read as Workday worker list (people), from 11 of 14 columns" in done.stdout
    assert "not loaded (refused: pay): Base Pay" in done.stdout
    assert "13 lines = 1 header + 12 to load + 0 blank + 0 set aside" in done.stdout
    assert 'asks values:Emp Typ = C: "C" stands in 3 lines. Which worker type is that?' in done.stdout
    assert "one of: employee, contractor," in done.stdout
    assert "--answer 'values:Emp Typ = C=ANSWER'" in done.stdout


def test_the_options_that_are_printed_answer_when_pasted(tmp_path: Path) -> None:
    [path] = given(tmp_path, **{"people_2026-09-30": list_files.hibob()})
    printed = load_files(tmp_path, path).stdout
    assert "suggested: 2026-09-30 (from the name of the file)" in printed
    assert "--answer as_of=2026-09-30\n" in printed
    done = load_files(tmp_path, path, *answers("as_of=2026-09-30"))
    assert (done.returncode, "Loaded 12 of 12 lines" in done.stdout) == (0, True)


def test_json_has_questions_columns_and_the_mapping(tmp_path: Path) -> None:
    [path] = given(tmp_path, workday=list_files.workday())
    [report] = reports_of(load_files(tmp_path, path, "--json"))
    assert (report["format"], report["kind"], report["mapping"]) == ("Workday worker list", "people", {})
    asked = {question["id"]: question for question in report["questions"]}
    assert set(asked) == {"values:Emp Typ = C", "as_of", "ladder"} and asked["as_of"]["form"] == "date"
    assert "contractor" in asked["values:Emp Typ = C"]["choices"]
    uses = {use["header"]: (use["target"], use["why"]) for use in report["columns"]}
    assert uses["Base Pay"] == (None, "refused: pay") and uses["Hire Date"][0] == "hire_date"
    [report, ladder] = reports_of(load_files(tmp_path, path, "--json", *answers(*ANSWERS)))
    assert (report["status"], ladder["kind"]) == ("loaded", "ladder")
    assert report["mapping"]["values"] == {"Emp Typ": {"C": "contractor"}}


def test_nothing_of_a_refused_column_and_no_id_or_address_is_printed(tmp_path: Path) -> None:
    paths = given(tmp_path, workday=list_files.workday(), culture_amp=list_files.culture_amp(), ukg=list_files.ukg())
    printed = load_files(tmp_path, *paths).stdout + load_files(tmp_path, *paths, "--json").stdout
    for telling in ("Person 1", "40,137", "@example.org", "000001", "123-45-67", "1971-05-28"):
        assert telling not in printed


def test_a_header_that_could_tell_on_somebody_is_not_repeated(tmp_path: Path) -> None:
    [path] = given(tmp_path, leavers=b"EMP ID,Termination Date,kim@example.org\nE1,2024-01-28,x\nE2,2024-02-28,y\n")
    done = load_files(tmp_path, path, "--dry-run")
    assert done.returncode == 0 and "kim@example.org" not in done.stdout
    assert "a header that could be an id or an address" in done.stdout


def test_a_survey_names_each_column_once_and_the_choices_once(tmp_path: Path) -> None:
    lines = ["RespondentID,I speak up at work,I lead well,IP Address"]
    lines += [f"{number},{number % 5 + 1},{number % 4 + 1},192.0.2.{number}" for number in range(1, 21)]
    [path] = given(tmp_path, post_mentor_survey="\n".join(lines).encode())
    done = load_files(tmp_path, path, "--kind", "survey")
    assert "read as SurveyMonkey survey, from 1 of 4 columns" in done.stdout
    asked = done.stdout.split("asks items:I speak up at work")[1].splitlines()
    assert asked[1].startswith("    one of: engagement, ") and "    one of the same" in asked
    assert [line for line in done.stdout.splitlines() if "not loaded" in line] == [
        "  not loaded (refused: internet address or location): IP Address"
    ]
    assert "--answer side=mentor" in done.stdout and "192.0.2" not in done.stdout


def test_an_answer_may_be_for_one_file_of_several(tmp_path: Path) -> None:
    paths = given(tmp_path, hibob=list_files.hibob(), bamboohr=list_files.bamboohr().replace(b"/28/2020", b"/27/2020"))
    asking = load_files(tmp_path, *paths)
    assert asking.returncode == 3 and "--answer bamboohr.csv::as_of=ANSWER" in asking.stdout
    said = answers("as_of=2026-06-30", "bamboohr.csv::as_of=2026-09-30")
    done = load_files(tmp_path, *paths, "--dry-run", "--json", *said)
    assert [report["mapping"]["as_of"] for report in reports_of(done)] == ["2026-06-30", "2026-09-30"]


def test_an_answer_is_added_to_a_mapping_and_wins(tmp_path: Path) -> None:
    [path] = given(tmp_path, workday=list_files.workday())
    mapping = tmp_path / "mapping.json"
    first = dict(text.rsplit("=", 1) for text in ANSWERS)
    mapping.write_text(json.dumps({"answers": first}))
    done = load_files(tmp_path, path, "--dry-run", "--json", "--mapping", mapping, *answers("as_of=2026-06-30"))
    [report, _] = reports_of(done)
    assert (report["status"], report["mapping"]["as_of"]) == ("dry_run", "2026-06-30")
    assert report["mapping"]["values"] == {"Emp Typ": {"C": "contractor"}}


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("as_of=2026-09-30", Answers({"as_of": "2026-09-30"})),
        ("values:Emp = Typ = C = contractor", Answers({"values:Emp = Typ = C": "contractor"})),
        ("ladder=A=1 < B=2", Answers({"ladder": "A=1 < B=2"})),
        ("column_of:level=Grade = old", Answers({"column_of:level": "Grade = old"})),
        ("columns:A::B=level", Answers({"columns:A::B": "level"})),
        ("x=y.csv::kind=people", Answers({}, {"x=y.csv": {"kind": "people"}})),
        ("a.zip/b.csv::side=mentor", Answers({}, {"a.zip/b.csv": {"side": "mentor"}})),
    ],
)
def test_an_answer_is_taken_apart_where_its_id_ends(text: str, taken: Answers) -> None:
    assert read_answers([text], ["x=y.csv", "a.zip/b.csv"]) == taken


@pytest.mark.parametrize("text", ["as_of", "=2026-09-30", "as_of= ", "other.csv::as_of=2026-09-30"])
def test_an_answer_that_answers_nothing_is_a_sentence(text: str) -> None:
    with pytest.raises(Problem, match=r"answers nothing|No file of this command is called other.csv"):
        read_answers([text], ["people.csv"])


def test_a_folder_stands_for_its_files_and_a_zip_for_what_it_holds(tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    given(folder, leavers=list_files.leavers())
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("hr/hibob.csv", list_files.hibob())
    (folder / "all.zip").write_bytes(packed.getvalue())
    done = load_files(tmp_path, folder, "--dry-run", "--json", *answers("all.zip/hr/hibob.csv::as_of=2026-09-30"))
    assert [(report["file"], report["status"]) for report in reports_of(done)] == [
        ("all.zip/hr/hibob.csv", "dry_run"),
        ("leavers.csv", "dry_run"),
    ]


def test_a_folder_without_exports_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    done = load_files(tmp_path, tmp_path / "none")
    assert done.returncode == 2 and "There is no export in the folder" in done.stderr


def test_refused_lines_and_the_mapping_are_written_into_folders(tmp_path: Path) -> None:
    lines = [f"E{day},2024-{'02' if day == 30 else '01'}-{day:02}" for day in range(1, 32)]
    [path] = given(tmp_path, leavers="\n".join(["EMP ID,Termination Date", *lines]).encode())
    out = tmp_path / "out"
    options = ("--refused", out, "--save-mapping", out)
    asking = load_files(tmp_path, path, *options)
    assert asking.returncode == 3 and "asks rejected_rows" in asking.stdout
    refused = (out / "leavers.csv.refused.csv").read_text(encoding="utf-8-sig").splitlines()
    assert refused[0] == "line,column,code,what is wrong" and len(refused) == 2 and refused[1].startswith("31,")
    done = load_files(tmp_path, path, *options, *answers("rejected_rows=load_the_rest"))
    assert done.returncode == 0, "the same lines are written again, which is in nobody's way"
    mapping = json.loads((out / "leavers.csv.mapping.json").read_text(encoding="utf-8"))
    assert mapping["columns"] == {"EMP ID": "employee_id", "Termination Date": "effective_date"}


def test_half_a_mapping_is_not_written_while_something_is_asked(tmp_path: Path) -> None:
    [path] = given(tmp_path, workday=list_files.workday())
    out = tmp_path / "out"
    assert load_files(tmp_path, path, "--save-mapping", out, *answers("as_of=2026-09-30")).returncode == 3
    assert not out.exists()
    assert load_files(tmp_path, path, "--save-mapping", out, *answers(*ANSWERS)).returncode == 0
    mapping = json.loads((out / "workday.csv.mapping.json").read_text(encoding="utf-8"))
    assert mapping["values"] == {"Emp Typ": {"C": "contractor"}}


def test_another_file_of_that_name_is_never_overwritten_and_nothing_is_loaded(tmp_path: Path) -> None:
    [path] = given(tmp_path, leavers=list_files.leavers())
    out = tmp_path / "out"
    out.mkdir()
    (out / "leavers.csv.mapping.json").write_text("{}")
    done = load_files(tmp_path, path, "--save-mapping", out)
    assert done.returncode == 2 and "is there already, and would be overwritten" in done.stderr
    assert (out / "leavers.csv.mapping.json").read_text() == "{}"
    assert json.loads(run("status", "--json", store=tmp_path / "store").stdout) == []


def test_two_files_of_one_name_are_not_written_over_each_other(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    paths = [*given(tmp_path / "a", leavers=b"1"), *given(tmp_path / "b", leavers=b"2")]
    done = load_files(tmp_path, *paths, "--refused", tmp_path)
    assert done.returncode == 2 and "Load them one after the other" in done.stderr


@pytest.fixture
def followed(tmp_path: Path) -> Path:
    """A store of 60 colleagues and 30 mentors who were followed for a year, and the file of one more quarter."""
    mentors = [tiny.Person(f"m{number}", left="2024-10-01" if number < 3 else "") for number in range(30)]
    others = [tiny.Person(f"c{number}", left="2024-11-01" if number < 12 else "") for number in range(60)]
    pairs = [tiny.pair(person.name, "2024-04-15") for person in mentors]
    tiny.employer(tmp_path, [*mentors, *others], pairs, snapshots=tiny.SNAPSHOTS[:6], stored=True)
    staff = [*mentors[4:], *others, tiny.Person("new", hired="2025-07-01")]  # m3 has left without a word
    given(tmp_path, newest=tiny.csv([row for person in staff for row in person.rows(tiny.SNAPSHOTS[6:])]))
    return tmp_path


def test_a_preview_says_what_would_change_and_loads_nothing(followed: Path) -> None:
    before = run("status", "--json", store=followed / "store").stdout
    done = load_files(followed, followed / "newest.csv", "--preview")
    assert done.returncode == 0
    assert "75 people as of 2025-09-30; 1 new, 1 left since the list before." in done.stdout
    assert "Mentors, retained at 12 months" in done.stdout
    assert "missing from the next snapshot and have no exit: 1" in done.stdout, "what the checks across tables say"
    now, then = (line for line in done.stdout.splitlines() if "95% interval" in line)
    assert now.startswith("    now: Cannot tell (grade ") and then.startswith(
        "    with these files: Cannot tell (grade "
    )
    assert "Mentees, retained at 12 months\n    now: Not shown: nobody" in done.stdout
    assert run("status", "--json", store=followed / "store").stdout == before


def test_a_preview_as_json_ends_with_the_change(followed: Path) -> None:
    done = load_files(followed, followed / "newest.csv", "--preview", "--json")
    [report, last] = reports_of(done)
    change = last["change"]
    assert (report["status"], change["people"], change["joined"], change["left"]) == ("dry_run", 75, 1, 1)
    sides = [(finding["side"], finding["outcome"]) for finding in change["before"]]
    assert sides == [("mentor", "retention"), ("mentee", "retention")]
    [mentors] = [finding for finding in change["after"] if finding["side"] == "mentor"]
    loaded = load(Store(followed / "store"), [SourceFile("newest.csv", (followed / "newest.csv").read_bytes())])
    assert loaded[0].status == "loaded"
    assert [issue["code"] for issue in report["issues"]] == [issue.code for issue in loaded[0].issues]
    asked = ("effect", "--outcome", "retention", "--side", "mentor", "--json")
    [after] = reports_of(run(*asked, store=followed / "store"))
    assert (mentors["estimate"], mentors["ci_low"]) == (after["estimate"], after["ci_low"])


def test_a_preview_of_a_file_that_asks_has_no_change(tmp_path: Path) -> None:
    [path] = given(tmp_path, hibob=list_files.hibob())
    done = load_files(tmp_path, path, "--preview", "--json")
    assert done.returncode == 3 and reports_of(done)[-1] == {"change": None}
