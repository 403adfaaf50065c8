"""An answer that matches nothing is refused with the nearest that exists, and a day only where data can be from it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from analysis.load import FileReport, SourceFile, load
from analysis.store import Store
from tests.test_command_line import run

PEOPLE = b"Employee ID,Hire Date,Employee Type,Comp Grade\nE1,2020-01-31,Regular,\nE2,2020-02-28,ZQ,\n"
GOOD = {"as_of": "2026-09-30", "values:Employee Type = ZQ": "contractor"}
PAIRS = b"mentor_id,mentee_id,start_date\nE1,E2,2024-01-31\n"


def told(tmp_path: Path, mapping: dict[str, object], content: bytes = PEOPLE) -> FileReport:
    [report] = load(Store(tmp_path / "store"), [SourceFile("people.csv", content, mapping)], dry_run=True)
    return report


def test_with_the_right_names_the_file_is_good(tmp_path: Path) -> None:
    assert told(tmp_path, {"answers": GOOD}).status == "dry_run"


@pytest.mark.parametrize(
    ("wrong", "said", "meant"),
    [
        ({"as_off": "2026-09-30"}, "as_off", "as_of"),
        ({"rejected_row": "load_the_rest"}, "rejected_row", "rejected_rows"),
        ({"value:Employee Type = ZQ": "contractor"}, "value:Employee Type = ZQ", "values:Employee Type = ZQ"),
        ({"values:Employee Typ = ZQ": "contractor"}, "Employee Typ", "Employee Type"),
        ({"values:Employee Type = ZO": "contractor"}, "values:Employee Type = ZO", "ZQ"),
        ({"columns:Comp Grad": "level"}, "Comp Grad", "Comp Grade"),
        ({"dates:Hire Dat": "day first"}, "Hire Dat", "Hire Date"),
        ({"all:event_typ": "promotion"}, "all:event_typ", "event_type"),
        ({"rejected_rows": "load_rest"}, "load_rest", "load_the_rest"),
        ({"kind": "peopel"}, "peopel", "people"),
    ],
)
def test_a_misspelt_answer_refuses_the_file_and_names_the_nearest(
    tmp_path: Path, wrong: dict[str, object], said: str, meant: str
) -> None:
    report = told(tmp_path, {"answers": {**GOOD, **wrong}})
    assert report.status == "refused"
    assert f'"{said}"' in report.message and f'Did you mean "{meant}"?' in report.message


@pytest.mark.parametrize(
    ("mapping", "meant"),
    [
        ({"colums": {"Comp Grade": "level"}}, "columns"),
        ({"columns": {"Comp Grad": "level"}}, "Comp Grade"),
        ({"values": {"Employee Typ": {"ZQ": "contractor"}}}, "Employee Type"),
    ],
)
def test_so_does_a_misspelt_part_of_a_mapping(tmp_path: Path, mapping: dict[str, object], meant: str) -> None:
    report = told(tmp_path, {"answers": GOOD, **mapping})
    assert report.status == "refused" and f'Did you mean "{meant}"?' in report.message


def test_an_answer_beside_the_others_is_told_where_it_belongs(tmp_path: Path) -> None:
    report = told(tmp_path, {"columns:Comp Grade": "level", "answers": GOOD})
    assert report.status == "refused" and "Write it inside of them" in report.message


def test_a_value_written_without_its_sign_is_told_how_to_write_it(tmp_path: Path) -> None:
    report = told(tmp_path, {"answers": {**GOOD, "values:Employee Type": "contractor"}})
    assert report.status == "refused" and "values:HEADER = VALUE" in report.message


def test_what_is_like_nothing_is_refused_without_a_guess(tmp_path: Path) -> None:
    report = told(tmp_path, {"answers": {**GOOD, "xyzzy": "1"}})
    assert report.status == "refused" and "Did you mean" not in report.message


def test_a_header_of_canonical_files_is_looked_for_too(tmp_path: Path) -> None:
    report = told(tmp_path, {"columns": {"Mentr": "mentor_id"}}, PAIRS)
    assert report.status == "refused" and 'Did you mean "mentor_id"?' in report.message


def test_an_answer_for_all_files_need_match_one_of_them_alone(tmp_path: Path) -> None:
    mapping = {"answers": GOOD}
    files = [SourceFile("people.csv", PEOPLE, mapping), SourceFile("pairs.csv", PAIRS, mapping)]
    reports = load(Store(tmp_path / "store"), files, dry_run=True)
    assert [report.status for report in reports] == ["dry_run", "dry_run"]
    reports = load(Store(tmp_path / "store"), [files[1]], dry_run=True)
    assert [report.status for report in reports] == ["refused"]


def test_a_value_that_could_tell_on_somebody_is_not_the_suggestion(tmp_path: Path) -> None:
    content = PEOPLE.replace(b"ZQ", b"ann.lee@example.org")
    answers = {"as_of": "2026-09-30", "values:Employee Type = ann.le@example.org": "contractor"}
    assert "ann.lee@" not in told(tmp_path, {"answers": answers}, content).message


@pytest.mark.parametrize(
    "day", ["1850-01-01", "1969-12-31", (date.today() + timedelta(days=1)).isoformat(), "2999-01-01"]
)
def test_a_day_on_which_no_data_can_be_is_refused_with_the_range(tmp_path: Path, day: str) -> None:
    report = told(tmp_path, {"answers": {**GOOD, "as_of": day}})
    assert report.status == "refused"
    assert day in report.message and f"from 1970-01-01 to today, {date.today().isoformat()}" in report.message


@pytest.mark.parametrize("day", ["1970-01-01", date.today().isoformat()])
def test_the_ends_of_the_range_may_be_answered(tmp_path: Path, day: str) -> None:
    assert told(tmp_path, {"answers": {**GOOD, "as_of": day}}).status == "dry_run"


def test_the_same_range_holds_for_a_day_of_every_line(tmp_path: Path) -> None:
    pairs = b"Mentor ID,Mentee ID\nE1,E2\n"
    assert told(tmp_path, {"answers": {"all:start_date": "2024-01-31"}}, pairs).status == "dry_run"
    report = told(tmp_path, {"answers": {"all:start_date": "1850-01-01"}}, pairs)
    assert report.status == "refused" and "1970-01-01 to today" in report.message


def test_the_command_line_says_so_and_loads_nothing(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_bytes(PEOPLE)
    options = [part for name, answer in GOOD.items() for part in ("--answer", f"{name}={answer}")]
    done = run("load", tmp_path / "people.csv", *options, "--answer", "as_off=2026-09-30", store=tmp_path / "store")
    assert done.returncode == 4 and 'Did you mean "as_of"?' in done.stdout
    done = run("load", tmp_path / "people.csv", "--as-of", "1850-01-01", store=tmp_path / "store")
    assert done.returncode == 4 and "1970-01-01" in done.stdout and not (tmp_path / "store" / "current").exists()
