"""`report` and `verify` at the command line: same store, same numbers; another store names the load that moved them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from analysis import load as loading
from analysis.__main__ import main
from analysis.reports.content import build
from analysis.reports.write import FORMATS
from analysis.store import Store
from tests.pages import empty_store
from tests.tiny import Person, crowd, csv, employer, pair

ZERO = "2024-04-20"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """40 mentors and 80 colleagues, some of whom leave; then 20 more pairs in a file of their own."""
    mentors = [Person(f"mentor{n}", left="2024-08-01" if n % 10 == 0 else "") for n in range(60)]
    others = [Person(f"other{n}", left="2024-09-10" if n % 7 == 0 else "") for n in range(80)]
    pairs = [pair(mentor.name, ZERO) for mentor in mentors]
    tiny = employer(
        tmp_path_factory.mktemp("verified"), [*crowd(20), *mentors, *others], pairs[:40],
        extra={"more_pairs.csv": csv(pairs[40:])},
    )  # fmt: skip
    return tiny.store.folder


@pytest.fixture(scope="module")
def files(store: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A report of each format, made at the command line before anything changed."""
    folder = tmp_path_factory.mktemp("made")
    found = {form: folder / f"report.{form}" for form in FORMATS}
    for form, path in found.items():
        made = CliRunner().invoke(main, ["report", "--format", form, "--out", str(path), "--store", str(store)])
        assert made.exit_code == 0 and path.exists(), made.output
    return found


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_store_gives_every_number(store: Path, files: dict[str, Path], form: str) -> None:
    same = CliRunner().invoke(main, ["verify", str(files[form]), "--store", str(store)])
    assert same.exit_code == 0 and "gives every number" in same.output and "No load came or went" in same.output
    assert ("Of slides only the stamp is compared" in same.output) == (form == "pptx")


def test_a_file_for_staff_is_held_against_the_rules_it_was_made_by(store: Path, tmp_path: Path) -> None:
    run, file, where = CliRunner(), tmp_path / "staff.csv", ["--store", str(store)]
    made = run.invoke(main, ["report", "--format", "csv", "--audience", "staff", "--out", str(file), *where])
    assert made.exit_code == 0, made.output
    assert run.invoke(main, ["verify", str(file), *where]).exit_code == 0


@pytest.mark.parametrize(
    ("form", "old", "new"),
    [("csv", b"headlines,1,", b"headlines,2,"), ("json", b'"estimate": 0', b'"estimate": 1'),
     ("html", b"</h1>", b" and more</h1>")],
)  # fmt: skip
def test_a_file_edited_after_it_was_made_is_noticed(
    store: Path, files: dict[str, Path], tmp_path: Path, form: str, old: bytes, new: bytes
) -> None:
    content = files[form].read_bytes()
    if form == "json" and old not in content:
        old, new = b'"ci_low": -', b'"ci_low": '
    assert old in content
    edited = tmp_path / f"edited.{form}"
    edited.write_bytes(content.replace(old, new, 1))
    found = CliRunner().invoke(main, ["verify", str(edited), "--store", str(store)])
    assert found.exit_code == 1 and "changed after it was written" in found.output


def test_verify_names_the_load_that_changed_a_number(store: Path, files: dict[str, Path]) -> None:
    """The last test of this file: it undoes a load of the store that the others read."""
    more = next(load for load in loading.history(Store(store)) if load.file_name == "more_pairs.csv")
    loading.undo(Store(store), more.load_id)
    other = CliRunner().invoke(main, ["verify", str(files["xlsx"]), "--store", str(store), "--json"])
    assert other.exit_code == 1
    (found,) = json.loads(other.stdout)
    assert found["same"] is False and found["edited"] is False
    assert [each["load_id"] for each in found["loads"]] == [more.load_id]
    assert "more_pairs.csv" in found["sentence"] and "undone" in found["sentence"]
    assert found["changed"] and "n 60 and" in found["changed"][0] and "n 40 and" in found["changed"][0]


def test_a_second_format_reuses_the_findings(counted_store: Path) -> None:
    reader = Store(counted_store).reader()
    assert build(reader) is build(reader, build(reader).stamp.quarter)


def test_bad_input_is_a_sentence(counted_store: Path, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("no report", encoding="utf-8")
    (tmp_path / "cut.xlsx").write_bytes(b"PK\x03\x04 cut off")
    run = CliRunner()
    for command, said in (
        (["verify", str(tmp_path / "other.txt")], "no stamp"),
        (["verify", str(tmp_path / "cut.xlsx")], "damaged"),
        (["verify", str(tmp_path / "nowhere.csv")], "can't be read"),
        (["report", "--quarter", "1999Q1", "--format", "csv", "--out", str(tmp_path / "x.csv")], "not a quarter"),
        (["report", "--format", "csv", "--out", str(tmp_path / "no" / "x.csv")], "can't be written"),
        (["report", "--format", "pptx", "--out", str(tmp_path / "x.pptx"), "--template", str(tmp_path / "no.pptx")],
         "can't be read"),
        (["report", "--format", "pptx", "--out", str(tmp_path / "x.pptx"), "--template", str(tmp_path / "other.txt")],
         "template can't be opened"),
    ):  # fmt: skip
        found = run.invoke(main, [*command, "--store", str(counted_store)])
        assert found.exit_code == 2 and said in found.output, found.output
    assert not list(tmp_path.glob("x.*"))


def test_an_employer_without_a_result_gets_a_report_that_says_so(counted_store: Path, tmp_path: Path) -> None:
    for form in FORMATS:
        out = tmp_path / f"report.{form}"
        made = CliRunner().invoke(main, ["report", "--format", form, "--out", str(out), "--store", str(counted_store)])
        assert made.exit_code == 0 and out.stat().st_size > 1000, made.output
        assert "no headline can be shown" in made.output


def test_an_empty_store_is_a_sentence(tmp_path: Path) -> None:
    command = ["report", "--format", "csv", "--out", str(tmp_path / "x.csv"), "--store", str(empty_store(tmp_path))]
    found = CliRunner().invoke(main, command)
    assert found.exit_code == 2 and "No data have been loaded yet" in found.output
