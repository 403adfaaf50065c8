"""What rejects a line and what refuses a file, each with the line, the column and what to do."""

import pytest

from analysis.imports.levels import with_levels_checked
from analysis.imports.pseudonyms import Key, Pseudonyms
from analysis.imports.report import SourceFile
from analysis.imports.stage import Request, check

PEOPLE = "employee_id,hire_date,termination_date,fte,worker_type,level"
PAIRS = "mentor_id,mentee_id,start_date,end_date,topic"


def checked(*lines, **request):
    source = SourceFile("file.csv", "\n".join(lines).encode())
    return check(source, Request(**request), Pseudonyms(Key(b"test key")))


def good_people(count):
    return [f"E{number},2020-01-01,,1,employee,G1" for number in range(count)]


@pytest.mark.parametrize(
    ("header", "line", "code", "column"),
    [
        (PEOPLE, "S3CRET,03/31/2024,,1,employee,G1", "unreadable-date", "hire_date"),
        (PEOPLE, "S3CRET,2024-02-30,,1,employee,G1", "unreadable-date", "hire_date"),
        (PEOPLE, "S3CRET,0202-02-03,,1,employee,G1", "unreadable-date", "hire_date"),
        (PEOPLE, "S3CRET,2024-03-01,2024-02-01,1,employee,G1", "exit-before-hire", "termination_date"),
        (PEOPLE, "S3CRET,2024-03-01,,1.5,employee,G1", "out-of-range", "fte"),
        (PEOPLE, 'S3CRET,2024-03-01,,"0,5",employee,G1', "unreadable-number", "fte"),
        (PEOPLE, "S3CRET,2024-03-01,,nan,employee,G1", "unreadable-number", "fte"),
        (PEOPLE, ",2024-03-01,,1,employee,G1", "missing-value", "employee_id"),
        (PEOPLE, "S3CRET,9999-12-31,,1,employee,G1", "missing-value", "hire_date"),
        (PEOPLE, "S3CRET,2024-03-01,,1,boss,G1", "unknown-choice", "worker_type"),
        (PEOPLE, "Grand Total,,,,,", "totals-row", None),
        (PEOPLE, "Total,12", "totals-row", None),
        (PEOPLE, "S3CRET,2024-03-01,,1,employee,G1,more", "extra-cell", None),
        (PEOPLE, "S3CRET,2024-03-01", "missing-cell", None),
        (PAIRS, "S3CRET,B,2024-03-01,2024-02-01,", "end-before-start", "end_date"),
        (PAIRS, "S3CRET,S3CRET,2024-03-01,,", "mentor-is-mentee", "mentee_id"),
    ],
)
def test_a_row_fault_rejects_its_line_and_names_it(header, line, code, column):
    filler = good_people(3) if header == PEOPLE else [f"A{n},B{n},2024-01-01,," for n in range(3)]
    one = checked(header, *filler, line, mapping={"answers": {"rejected_rows": "load_the_rest"}})
    [issue] = one.report.issues
    assert (issue.line, issue.column, issue.code) == (5, column, code)
    assert issue.message.startswith("Line 5")
    assert column is None or f"column {column}" in issue.message
    assert "S3CRET" not in issue.message
    assert one.good
    assert (one.report.loaded, one.report.rejected) == (3, 1)
    assert one.rows["line"].to_pylist() == [2, 3, 4]


def test_the_date_at_fault_is_shown_and_other_text_is_not():
    answers = {"answers": {"rejected_rows": "load_the_rest"}}
    one = checked(PEOPLE, *good_people(1), "A,03/31/2024,,1,,", "B,Ann Smith,,1,,", mapping=answers)
    first, second = one.report.issues
    assert '"03/31/2024"' in first.message
    assert "Ann" not in second.message


@pytest.mark.parametrize(
    ("head", "good", "bad", "where"),
    [
        (PAIRS, "A{n},B{n},2024-01-01,,", "A9,B9,9999-12-31,,", 'column start_date: "9999-12-31" stands for'),
        (PEOPLE, "E{n},2020-01-01,,1,employee,G1", "E9,1900-01-01,,1,,", 'column hire_date: "1900-01-01" stands for'),
        (PEOPLE, "E{n},2020-01-01,,1,employee,G1", "E9,,,1,,", "column hire_date: this cell is blank"),
    ],
)
def test_a_date_that_stands_for_none_is_not_called_a_blank_cell(head, good, bad, where):
    lines = [good.format(n=n) for n in range(3)]
    one = checked(head, *lines, bad, mapping={"answers": {"rejected_rows": "load_the_rest"}})
    [issue] = one.report.issues
    assert f"Line 5, {where}" in issue.message


def test_an_identical_line_is_rejected_once():
    one = checked(PEOPLE, *good_people(200), good_people(1)[0])
    assert one.good
    assert [(issue.line, issue.code) for issue in one.report.issues] == [(202, "duplicate-row")]
    assert one.report.loaded == 200


def test_lines_that_differ_only_in_spelling_of_nothing_are_identical():
    one = checked(PEOPLE, *good_people(200), " E0 ,2020-01-01,1900-01-01,1.0,EMPLOYEE,G1")
    assert [issue.code for issue in one.report.issues] == ["duplicate-row"]


def test_one_key_with_two_contents_refuses_the_file():
    one = checked(PEOPLE, "S3CRET,2020-01-01,,1,,G1", "B,2020-01-01,,1,,G1", "S3CRET,2020-01-01,,1,,G2")
    assert one.report.status == "refused"
    [issue] = one.report.issues
    assert (issue.line, issue.code) == (4, "conflicting-key")
    assert "Lines 2 and 4" in issue.message
    assert "S3CRET" not in issue.message


def test_the_same_person_on_two_dates_is_no_conflict():
    header = "employee_id,as_of_date,hire_date,level"
    assert checked(header, "A,2024-03-31,2020-01-01,G1", "A,2024-06-30,2020-01-01,G2").good


@pytest.mark.parametrize(
    ("lines", "code", "column", "words"),
    [
        (["employee_id,level,department,location", "A,G1,D,L"], "missing-column", "hire_date", "hire date"),
        (["employee_id,hire_date,Hire_Date", "A,2024-01-01,2024-01-01"], "duplicate-header", "hire_date", "2 columns"),
        ([PEOPLE], "empty", None, "no line of data"),
        (["one,two", ",", ""], "empty", None, "no line of data"),
        ([""], "empty", None, "empty"),
        ([PEOPLE, "A,01.02.2024,,1,,"], "all-rows-rejected", "hire_date", "Line 2, column hire_date"),
        ([PEOPLE, 'A,"2024-01-01,,1,,', "B,2024-01-01,,1,,"], "unclosed-quote", None, "Line 2"),
        ([PEOPLE, "A,2024-01-01,\x00,1,,"], "not-text", None, "not a text file"),
    ],
)
def test_a_file_fault_refuses_the_file(lines, code, column, words):
    report = checked(*lines).report
    assert report.status == "refused"
    assert (report.issues[0].code, report.issues[0].column) == (code, column)
    assert words in report.message
    assert report.loaded == 0
    assert report.lines == report.header_lines + report.blank_rows + report.loaded + report.rejected


def test_more_than_one_percent_rejected_asks_and_the_answer_counts():
    bad = "X,not a date,,1,,"
    few = checked(PEOPLE, *good_people(99), bad)
    assert few.good
    assert (few.report.loaded, few.report.rejected) == (99, 1)
    many = [PEOPLE, *good_people(98), bad, bad.replace("X", "Y")]
    asked = checked(*many).report
    assert asked.status == "needs_answer"
    [question] = asked.questions
    assert (question.id, question.choices) == ("rejected_rows", ("load_the_rest", "stop"))
    assert (asked.loaded, asked.rejected) == (98, 2)
    assert checked(*many, mapping={"answers": {"rejected_rows": "load_the_rest"}}).good
    assert checked(*many, mapping={"answers": {"rejected_rows": "stop"}}).report.status == "refused"


def test_a_level_that_the_ladder_lacks_refuses_the_file():
    one = checked(PEOPLE, "A,2020-01-01,,1,,G1", "B,2020-01-01,,1,,G9")
    report = with_levels_checked(one, frozenset({"G1", "G2"})).report
    assert report.status == "refused"
    assert (report.issues[0].line, report.issues[0].column) == (3, "level")
    assert '"G9"' in report.message
    assert with_levels_checked(one, frozenset()).good, "where no ladder is known, any level is accepted"


def test_what_is_not_canonical_is_named_and_not_loaded():
    one = checked("employee_id,hire_date,Full Name,salary,", "A,2020-01-01,Ann Smith,90000,x")
    assert one.good
    assert {(issue.code, issue.column) for issue in one.report.issues} == {
        ("column-not-loaded", "Full Name"),
        ("column-not-loaded", "salary"),
        ("column-not-loaded", None),
    }
    assert not any("Ann" in issue.message or "90000" in issue.message for issue in one.report.issues)
    assert "Full Name" not in one.rows.column_names


def test_a_trailing_delimiter_on_every_line_is_no_column():
    assert checked("employee_id,hire_date,", "A,2020-01-01,").report.issues == ()


def test_a_score_outside_its_scale_is_rejected():
    header = "survey_id,wave,response_id,item,score,scale_min,scale_max"
    answers = {"answers": {"rejected_rows": "load_the_rest"}}
    one = checked(header, "s,pre,r1,i,6,1,5", "s,pre,r2,i,5,1,5", "s,pre,r3,i,0,1,5", mapping=answers)
    assert [(issue.line, issue.code) for issue in one.report.issues] == [(2, "out-of-range"), (4, "out-of-range")]


@pytest.mark.parametrize(
    ("header", "lines", "column"),
    [
        ("mentor_id,mentee_id,start_date", ["A,B,2024-01-01", "A,C,2024-01-01", "A,B,2024-02-01"], "pair_id"),
        ("pair_id,session_date,status", ["p,2024-01-01,held", "p,2024-02-01,held", "q,2024-01-01,held"], "session_id"),
        ("pair_id,kind,set_on", ["p,smart,2024-01-01", "p,other,2024-01-01", "q,smart,2024-01-01"], "goal_id"),
    ],
)
def test_missing_ids_are_made_from_what_identifies_the_row(header, lines, column):
    made = checked(header, *lines).rows[column].to_pylist()
    assert len(set(made)) == 3
    assert checked(header, *reversed(lines)).rows[column].to_pylist() == made[::-1]


def test_two_sessions_that_cannot_be_told_apart_refuse_the_file_and_say_how_to_mend_it():
    report = checked("pair_id,session_date,status,rating", "p,2024-01-01,held,4", "p,2024-01-01,held,5").report
    assert report.status == "refused"
    assert "session_id" in report.message
