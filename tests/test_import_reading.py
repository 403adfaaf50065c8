"""Bytes to text cells: encodings, delimiters, quoted line breaks, workbooks, and what kind of file it is."""

import io
from datetime import date, datetime

import pytest
import xlsxwriter

from analysis.imports.pseudonyms import Key, Pseudonyms
from analysis.imports.report import SourceFile
from analysis.imports.stage import Request, check
from analysis.store.model import KINDS

TEXT = "employee_id,hire_date,department\nA,2020-01-01,Zürich\nB,2020-01-02,São Paulo\n"


def checked(content, name="file.csv", **request):
    return check(SourceFile(name, content), Request(**request), Pseudonyms(Key(b"test key")))


def workbook(*sheets):
    """A workbook of (name, rows, hidden) sheets."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"default_date_format": "yyyy-mm-dd"})
    for name, rows, hidden in sheets:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        if hidden:
            sheet.hide()
        else:
            sheet.activate()
    book.close()
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("codec", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
    ],
)
def test_each_encoding_gives_the_same_text(codec, named):
    one = checked(TEXT.encode(codec))
    assert one.rows["department"].to_pylist() == ["Zürich", "São Paulo"]
    assert one.report.encoding == named


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"\x81\x8d\x8f,x\n1,2\n", b"PK\x03\x04junk"]
)
def test_what_is_not_text_is_refused(content):
    report = checked(content).report
    assert report.status == "refused"
    assert report.issues[0].code == "not-text"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_delimiter_and_line_ends_are_told_from_the_file(delimiter, ending):
    text = TEXT.replace(",", delimiter).replace("\n", ending)
    assert checked(text.encode()).rows["department"].to_pylist() == ["Zürich", "São Paulo"]


def test_a_quoted_line_break_is_inside_one_record_and_lines_are_numbered_as_in_the_file():
    text = 'employee_id,hire_date,department\nA,2020-01-01,"two\nlines, one record"\n\nB,oops,D\nC,2020-01-01,D\n'
    one = checked(text.encode(), mapping={"answers": {"rejected_rows": "load_the_rest"}})
    report = one.report
    assert (report.lines, report.header_lines, report.blank_rows, report.loaded, report.rejected) == (5, 1, 1, 2, 1)
    assert [issue.line for issue in report.issues] == [5]
    assert one.rows["department"].to_pylist() == ["two\nlines, one record", "D"]


def test_ids_are_never_cast():
    text = "employee_id,hire_date,manager_id\n00123,2020-01-01,1E5\n123,2020-01-01,100000\n"
    pseudonyms = Pseudonyms(Key(b"test key"))
    rows = checked(text.encode()).rows
    assert rows["employee_id"].to_pylist() == [pseudonyms.of("00123"), pseudonyms.of("123")]
    assert rows["manager_id"].to_pylist() == [pseudonyms.of("1E5"), pseudonyms.of("100000")]


def test_a_workbook_gives_the_rows_that_its_csv_would():
    rows = [
        ["employee_id", "hire_date", "fte", "termination_date"],
        [123.0, date(2020, 1, 1), 0.5, datetime(2021, 2, 3, 4, 5)],
        [],
        ["0456", "2020-01-02", 1, None],
    ]
    one = checked(workbook(("data", rows, False)), name="whatever.csv")
    same = checked(b"employee_id,hire_date,fte,termination_date\n123,2020-01-01,.5,2021-02-03\n\n0456,2020-01-02,1,\n")
    assert one.rows == same.rows
    assert (one.report.lines, one.report.blank_rows, one.report.encoding) == (4, 1, None)


def test_hidden_sheets_are_passed_over_and_several_sheets_ask():
    data = [["employee_id", "hire_date"], ["A", "2020-01-01"]]
    assert checked(workbook(("secret", [["nothing"]], True), ("data", data, False))).good
    several = workbook(("notes", [["read me"]], False), ("data", data, False))
    asked = checked(several).report
    assert asked.status == "needs_answer"
    assert (asked.questions[0].id, asked.questions[0].choices) == ("sheet", ("notes", "data"))
    assert checked(several, mapping={"answers": {"sheet": "data"}}).good


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_kind_is_known_by_its_headers_alone(kind):
    for headers in (KINDS[kind].headers, KINDS[kind].required):
        line = ",".join(header.upper() for header in headers)
        cells = ",".join("x" for _ in headers)
        assert checked(f" {line}\n{cells}\n".encode()).report.kind == kind


def test_headers_that_say_nothing_ask_what_kind_of_file_it_is():
    content = b"one,two\nS3CRET,2020-01-01\n"
    report = checked(content).report
    assert report.status == "needs_answer"
    [question] = report.questions
    assert question.text == "What kind of file is this?"
    assert set(question.choices) == {*KINDS, "plan"}
    assert checked(content, kind="people").report.status == "refused"
    assert "S3CRET" not in str(checked(content, kind="people").report)


def test_a_mapping_can_name_columns_of_a_flat_file():
    renamed = {"columns": {"Personalnummer": "employee_id", "Eintritt": "hire_date"}}
    assert checked(b"Personalnummer;Eintritt\nA;2020-01-01\n", mapping=renamed).report.kind == "people"


def test_as_of_dates_a_people_file_without_the_column_only():
    day = date(2024, 3, 31)
    bare = b"employee_id,hire_date\nA,2020-01-01\n"
    assert checked(bare, as_of=day).as_of_date == day
    assert checked(bare).as_of_date is None
    dated = b"employee_id,hire_date,as_of_date\nA,2020-01-01,2023-12-31\n"
    assert checked(dated, as_of=day).as_of_date == date(2023, 12, 31)


def test_a_plan_is_read_and_a_bad_one_refused():
    good = checked(b"[study]\nmonths_of_service = 3\n", name="plan.toml")
    assert (good.report.kind, good.report.loaded, good.plan_text is not None) == ("plan", 1, True)
    bad = checked(b"[study]\nmonths = 3\n", name="plan.toml").report
    assert bad.status == "refused"
    assert "months" in bad.message
