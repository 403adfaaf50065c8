"""What is asked of a list of no known vendor: only what can't be known, once, and the answer changes the result."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from analysis.imports.checked import Checked
from analysis.imports.pseudonyms import Key, Pseudonyms
from analysis.imports.report import SourceFile
from analysis.imports.stage import Request, check

PSEUDONYMS = Pseudonyms(Key(b"test key"))
STAFF = (
    "Employee List\nAs of: 30/09/2026\n\nEmp No;Name;Start Dt;Leaving Dt;Comp Grade;Team;Sex;Salary\n"
    + "".join(
        f"{100 + n};Müller {n};0{n % 9 + 1}/0{n % 7 + 1}/2019;{'04/05/2021' if n == 3 else ''};"
        f"{'C1' if n % 2 else 'SEO'};Team {n % 3};{'F' if n % 2 else 'M'};{40000 + n}\n"
        for n in range(40)
    )
    + "Total;40;;;;;;\n"
)
ANSWERS = {"columns:Team": "department", "dates:Start Dt": "day first", "as_of": "2026-09-30"}


def checked(text: str, answers: Mapping[str, object] | None = None, name: str = "staff_2026-09-30.csv") -> Checked:
    mapping = {"answers": dict(answers)} if answers else {}
    return check(SourceFile(name, text.encode("cp1252")), Request(mapping=mapping, file=name), PSEUDONYMS)


def test_a_strange_list_asks_three_things_and_says_what_is_likely() -> None:
    report = checked(STAFF).report
    found = {question.id: question for question in report.questions}
    assert set(found) == set(ANSWERS)
    assert (found["columns:Team"].suggestion, found["as_of"].suggestion) == ("department", "2026-09-30")
    assert "Leaving Dt" in found["dates:Start Dt"].text, "asked once for all columns that do not tell"
    assert (report.encoding, report.header_lines, report.blank_rows, report.rejected) == ("cp1252", 3, 1, 1)
    fates = {use.header: use.target or use.why for use in report.columns}
    assert (fates["Name"], fates["Salary"]) == ("refused: name of a person", "refused: pay")
    assert (fates["Comp Grade"], fates["Sex"], fates["Team"]) == ("level", "gender", "to be answered")


@pytest.mark.parametrize(
    ("order", "hired", "left"), [("day first", "2019-02-01", "2021-05-04"), ("month first", "2019-01-02", "2021-04-05")]
)
def test_the_answer_about_dates_changes_what_is_loaded(order: str, hired: str, left: str) -> None:
    one = checked(STAFF.replace("01/01/2019", "01/02/2019"), {**ANSWERS, "dates:Start Dt": order})
    assert one.good and one.rows is not None, one.report.message
    rows = one.rows.to_pylist()
    assert str(rows[0]["hire_date"]) == hired
    assert [str(row["termination_date"]) for row in rows if row["termination_date"]] == [left]


def test_what_other_dates_tell_is_suggested() -> None:
    told = STAFF.replace("01/01/2019", "28/01/2019")
    [question] = [one for one in checked(told).report.questions if one.id.startswith("dates:")]
    assert (question.column, question.suggestion) == ("Leaving Dt", "day first")


def test_a_value_that_nobody_knows_is_asked_with_its_count() -> None:
    text = "Employee ID,Hire Date,Employee Type\n" + "".join(
        f"E{n},2020-01-31,{'ZQ' if n < 3 else 'Regular'}\n" for n in range(9)
    )
    one = checked(text, {"as_of": "2026-09-30"})
    [question] = one.report.questions
    assert question.id == "values:Employee Type = ZQ" and "3 lines" in question.text
    answered = checked(text, {"as_of": "2026-09-30", question.id: "contractor"})
    assert answered.rows is not None
    assert [row["worker_type"] for row in answered.rows.to_pylist()].count("contractor") == 3


def test_many_unknown_values_can_be_answered_together() -> None:
    text = "Employee ID,Hire Date,Termination Reason\n" + "".join(f"E{n},2020-01-31,because {n} z\n" for n in range(60))
    questions = checked(text, {"as_of": "2026-09-30"}).report.questions
    assert len(questions) == 41 and "20 other values" in questions[-1].text
    answers = {question.id: "other" for question in questions} | {"as_of": "2026-09-30"}
    rows = checked(text, answers).rows
    assert rows is not None and {row["termination_type"] for row in rows.to_pylist()} == {"other"}


def test_a_column_that_nothing_speaks_for_can_be_named() -> None:
    text = "Nr,Since,Kind of work\nE1,2020-01-31,Desk\nE2,2020-02-28,Field\n"
    kind = {"kind": "people", "as_of": "2026-09-30"}
    asked = [question.id for question in checked(text, kind).report.questions]
    assert asked == ["column_of:employee_id", "column_of:hire_date"]
    one = checked(text, {**kind, "column_of:employee_id": "Nr", "column_of:hire_date": "Since"})
    assert one.good, one.report.message
    none = checked(text, {**kind, "column_of:employee_id": "Nr", "column_of:hire_date": "none of them"})
    assert none.report.status == "refused" and "hire date" in none.report.message


def test_the_header_is_asked_for_where_two_lines_could_be_it() -> None:
    head = "Code,Day,Word,More\nEmployee ID,Hire Date,Department,Location\n"
    text = head + "E1,2020-01-31,Sales,Bonn\nE2,2020-02-28,Sales,Bonn\n"
    report = checked(text, {"as_of": "2026-09-30"}).report
    if report.questions and report.questions[0].id == "header_line":
        assert report.questions[0].choices[:2] == ("1", "2")
    one = checked(text, {"as_of": "2026-09-30", "header_line": "2"})
    assert one.good and (one.report.header_lines, one.report.loaded) == (2, 2), one.report.message


def test_what_a_person_does_not_want_loaded_stays_out() -> None:
    one = checked(STAFF, {**ANSWERS, "columns:Sex": "do not load"})
    assert one.rows is not None and one.rows["gender"].null_count == len(one.rows)
    assert {use.header: use.why for use in one.report.columns}["Sex"] == "not loaded, as you said"


def test_pay_can_not_be_loaded_as_something_else_by_its_header_alone() -> None:
    ids = STAFF.replace("Salary", "National ID")
    one = checked(ids, {**ANSWERS, "columns:National ID": "job_title"})
    assert one.rows is not None and one.rows["job_title"].null_count == len(one.rows)


def pairs_of(mentor: str, mentee: str) -> str:
    return "Mentor,Mentee,Start Date\n" + "".join(f"{mentor.format(n)},{mentee.format(n)},2024-01-31\n" for n in "ab")


def test_names_below_mentor_and_mentee_are_never_shown_and_not_taken_for_ids() -> None:
    report = checked(pairs_of("Ann Le{}", "Bob Ro{}"), {"kind": "pairs"}, "pairs.csv").report
    assert [question.id for question in report.questions][:2] == ["columns:Mentor", "columns:Mentee"]
    for question in report.questions[:2]:
        assert question.suggestion == "do not load" and "look like names" in question.why
    assert "Ann" not in str(report) and "Bob" not in str(report)


def test_ids_below_mentor_and_mentee_are_described_and_suggested() -> None:
    report = checked(pairs_of("E1{}", "E2{}"), {"kind": "pairs"}, "pairs.csv").report
    found = {question.id: question for question in report.questions}
    assert found["columns:Mentor"].suggestion == "mentor_id" and found["columns:Mentee"].suggestion == "mentee_id"
    assert "E1a" not in str(report)


def test_pairs_named_by_names_alone_are_refused_with_what_to_do() -> None:
    answers = {"kind": "pairs", "columns:Mentor": "do not load", "columns:Mentee": "do not load"}
    asked = checked(pairs_of("Ann Le{}", "Bob Ro{}"), answers, "pairs.csv").report
    assert [question.id for question in asked.questions] == ["column_of:mentor_id", "column_of:mentee_id"]
    none = {question.id: "none of them" for question in asked.questions}
    report = checked(pairs_of("Ann Le{}", "Bob Ro{}"), {**answers, **none}, "pairs.csv").report
    assert report.status == "refused" and "mentor id" in report.message and "Ann" not in str(report)
