"""Bytes to text cells: encodings, delimiters, quoted line breaks, workbooks, and what kind of file it is."""

import io
import mmap
from datetime import date, datetime

import pytest
import xlsxwriter

from analysis.imports import text as texts
from analysis.imports.pseudonyms import Key, Pseudonyms
from analysis.imports.report import FileFault, SourceFile
from analysis.imports.sheet import open_sheet
from analysis.imports.stage import Request, check
from analysis.imports.table import tabulate
from analysis.imports.text import Block
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


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
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


LARGE = [
    "employee_id;hire_date;department",
    *(f'E{n:05};2020-01-{1 + n % 28:02};"Söråß; {n % 7}"' for n in range(20_000)),
    "one cell",
    "",
    ";;",
    "Total;;20000",
    *(f"F{n:05};2020-02-{1 + n % 28:02};Plain" for n in range(20_000)),
    'G1;2020-03-01;5" pipe',
    'G2;2020-03-01;"two',
    'lines"',
    "G3;2020-03-01;last",
]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_large_file_is_read_in_blocks_and_every_line_keeps_its_number(tmp_path, monkeypatch, codec, ending):
    monkeypatch.setattr("analysis.imports.text._PIECE", 99_991)
    content = ending.join(LARGE).encode(codec)
    path = tmp_path / "large.csv"
    path.write_bytes(content)
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        table = tabulate(open_sheet(mapped), 1)
    assert (table.lines, table.header_lines, table.blank_rows, table.data_rows) == (40_008, 1, 2, 40_005)
    assert [(issue.line, issue.code) for issue in table.rejections.issues] == [
        (20_002, "missing-cell"),
        (20_005, "totals-row"),
    ]
    assert table.line.tolist() == [*range(2, 20_002), *range(20_006, 40_008), 40_009]
    ids, _, departments = (column.to_pylist() for column in table.columns)
    assert ids == [line.split(";")[0] for line in LARGE if line[:1] in "EFG" and ";" in line]
    assert departments[:8] == [f"Söråß; {n % 7}" for n in range(8)]
    assert departments[-4:] == ["Plain", '5" pipe', f"two{ending}lines", "last"]


def test_the_rows_that_are_in_order_do_not_go_through_the_slow_reader(monkeypatch):
    slow = []
    records = Block.records

    def counted(block):
        for record in records(block):
            slow.append(record[0])
            yield record

    monkeypatch.setattr(Block, "records", counted)
    lines = ["employee_id,hire_date", *(f"E{n},2020-01-01" for n in range(300_000))]
    lines[200_000] += ",more"
    table = tabulate(open_sheet("\n".join(lines).encode()), 1)
    assert len(table.line) == 299_999
    assert [issue.line for issue in table.rejections.issues] == [200_001]
    assert 200_001 in slow
    assert len(slow) < 12_000  # the first block, and what stands around the one line


def test_a_mark_that_is_never_closed_is_found_before_the_whole_of_a_large_file_is_held(monkeypatch):
    taken = []
    pieces = texts.pieces

    def counted(*given):
        for piece in pieces(*given):
            taken.append(len(piece))
            yield piece

    monkeypatch.setattr(texts, "_PIECE", 1 << 16)
    monkeypatch.setattr(texts, "_LONGEST_RECORD", 1 << 18)
    monkeypatch.setattr(texts, "pieces", counted)
    lines = ["id,hired", 'A,"2020-01-01', *(f"E{n},2020-01-01" for n in range(100_000))]
    with pytest.raises(FileFault) as fault:
        list(texts.blocks("\n".join(lines).encode(), "utf-8", ","))
    assert (fault.value.issues[0].code, fault.value.issues[0].line) == ("unclosed-quote", 2)
    assert sum(taken) < 1 << 19


def test_words_are_held_once_and_blank_ones_are_null():
    lines = [
        "mentor_id,mentee_id,start_date,status,cohort",
        "A,B,2024-01-01,Active,x",
        "C,D,2024-01-01,active , x",
        "E,F,2024-01-01, ,",
    ]
    rows = checked("\n".join(lines).encode()).rows
    status = rows["status"].combine_chunks()
    assert status.to_pylist() == ["active", "active", None]
    assert status.dictionary.to_pylist() == ["active"]
    assert rows["cohort"].to_pylist() == ["x", "x", None]


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
    asked = checked(content, kind="people").report.questions
    assert [question.id for question in asked[:2]] == ["column_of:employee_id", "column_of:hire_date"]
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
