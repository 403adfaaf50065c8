"""Lists of HR systems and mentoring platforms: each known by its headers, read without a question that need not be."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from analysis.imports.checked import Checked
from analysis.imports.pseudonyms import Key, Pseudonyms
from analysis.imports.report import FileReport, SourceFile
from analysis.imports.stage import Request, check
from tests import list_files, mentoring_files

PSEUDONYMS = Pseudonyms(Key(b"test key"))
NAME = "export_2026-10-31.csv"
AS_OF = {"as_of": "2026-10-31"}


def checked(content: bytes, answers: Mapping[str, object] | None = None, name: str = NAME) -> Checked:
    mapping = {"answers": dict(answers)} if answers else {}
    return check(SourceFile(name, content), Request(mapping=mapping, file=name), PSEUDONYMS)


def export(name: str) -> bytes:
    content: bytes = getattr(list_files if hasattr(list_files, name) else mentoring_files, name)()
    return content


def asked(report: FileReport) -> list[str]:
    return [question.id for question in report.questions]


# File, what it is called, its kind, the questions that only a person can answer, with answers.
LISTS: list[tuple[str, str, str, dict[str, str]]] = [
    ("workday", "Workday worker list", "people", {**AS_OF, "values:Emp Typ = C": "contractor"}),
    ("workday_history", "Workday job history", "job_events", {}),
    ("bamboohr", "BambooHR employee list", "people", AS_OF),
    ("bamboohr_job_information", "BambooHR job information", "job_events", {}),
    ("success_factors", "SAP SuccessFactors user list", "people", AS_OF),
    ("sap_personnel", "SAP personnel list", "people", AS_OF),
    ("sap_moves", "SAP list of moves", "job_events", {}),
    ("adp", "ADP worker list", "people", AS_OF),
    ("adp_payroll", "ADP payroll list", "people", AS_OF),
    ("ukg", "UKG employee list", "people", AS_OF),
    ("oracle", "Oracle worker report", "people", AS_OF),
    ("personio", "Personio employee list", "people", AS_OF),
    ("hibob", "HiBob people list", "people", AS_OF),
    ("culture_amp", "Culture Amp employee file", "people", AS_OF),
    ("leavers", "list of leavers", "job_events", {}),
    ("chronus", "Chronus connections", "pairs", {"all:start_date": "2026-01-12"}),
    ("pushfar", "PushFar participants", "invitations", {}),
    ("qooper", "Qooper participants", "invitations", {}),
    ("roster", "mentoring roster", "invitations", {"side": "mentor"}),
]


@pytest.mark.parametrize(("name", "called", "kind", "answers"), LISTS, ids=[row[0] for row in LISTS])
def test_a_list_is_known_and_asks_only_what_it_can_not_know(
    name: str, called: str, kind: str, answers: dict[str, str]
) -> None:
    content = export(name)
    before = checked(content).report
    assert (before.format, before.kind, sorted(asked(before))) == (called, kind, sorted(answers))
    one = checked(content, answers)
    assert one.good, one.report.message
    report = one.report
    assert report.rejected == 0, report.issues
    assert report.lines == report.header_lines + report.blank_rows + report.loaded
    assert one.rows is not None and len(one.rows) >= report.loaded


@pytest.mark.parametrize("name", [row[0] for row in LISTS])
def test_nothing_refused_is_among_the_rows(name: str) -> None:
    answers = next(row[3] for row in LISTS if row[0] == name)
    one = checked(export(name), answers)
    assert one.rows is not None
    cells = " ".join(str(cell) for column in one.rows.columns for cell in column.to_pylist())
    for private in ("Kim", "Lee", "Person ", "example.org", "123-45", "000.00", "happy time", "@"):
        assert private not in cells


def rows_of(name: str) -> list[dict[str, object]]:
    answers = next(row[3] for row in LISTS if row[0] == name)
    rows = checked(export(name), answers).rows
    assert rows is not None
    found: list[dict[str, object]] = rows.to_pylist()
    return found


def test_codes_words_and_dates_mean_what_they_mean() -> None:
    first, *_ = rows_of("workday")
    shown = ("department", "ethnicity", "gender", "level", "worker_type")
    assert [first[name] for name in shown] == [
        "News Operations",
        "White",
        "woman",
        "7 Individual Contributor",
        "employee",
    ]
    assert str(first["hire_date"]) == "2019-01-28", "month first: 28 is no month"
    fourth = rows_of("workday")[3]
    assert (str(fourth["termination_date"]), fourth["termination_type"]) == ("2026-03-15", "voluntary")
    assert {row["termination_date"] for row in rows_of("oracle")} == {None}, "4712 is the end of time"
    assert [row["employment_status"] for row in rows_of("hibob")][-2:] == ["not_started"] * 2
    assert [row["gender"] for row in rows_of("personio")][:2] == ["woman", "man"]
    assert {row["ethnicity"] for row in rows_of("culture_amp")} == {"declined"}
    assert [row["birth_year"] for row in rows_of("culture_amp")][:2] == [1971, 1972]


def test_events_side_by_side_become_one_below_the_other() -> None:
    rows = rows_of("workday_history")
    assert len(rows) == list_files.PEOPLE + list_files.PEOPLE // 2
    assert [row["event_type"] for row in rows].count("promotion") == list_files.PEOPLE // 2
    assert {row["event_type"] for row in rows} == {"hire", "promotion"}


def test_moves_below_a_title_are_events() -> None:
    kinds = [row["event_type"] for row in rows_of("sap_moves")]
    assert set(kinds) == {"hire", "transfer", "termination", "rehire"}
    report = checked(list_files.sap_moves()).report
    assert (report.header_lines, report.blank_rows, report.loaded, report.encoding) == (3, 2, 12, "cp1252")


def test_a_file_number_is_told_apart_by_its_company() -> None:
    assert len({row["employee_id"] for row in rows_of("adp_payroll")}) == 12


def test_the_second_header_row_is_not_an_employee() -> None:
    report = checked(list_files.success_factors()).report
    assert (report.header_lines, report.loaded) == (2, 12)


def test_people_known_by_address_alone_get_the_hash_of_it_until_they_are_found() -> None:
    rows = rows_of("chronus")
    assert all(len(str(row["mentor_id"])) == 32 and row["mentor_id"] != row["mentee_id"] for row in rows)
    assert {str(row["start_date"]) for row in rows} == {"2026-01-12"}


def test_the_side_is_suggested_from_the_name_of_the_file() -> None:
    report = checked(mentoring_files.roster(), name="matching_mentees.csv").report
    assert [(question.id, question.suggestion) for question in report.questions] == [("side", "mentee")]
