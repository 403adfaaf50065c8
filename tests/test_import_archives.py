"""A zip of several files, the refused rows as a file, and cells that no spreadsheet program runs."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from analysis.csv_file import neutral
from analysis.imports.archive import MAX_FILES, Unreadable, expand
from analysis.imports.refused_rows import mapping_json, refused_rows_csv
from analysis.imports.report import FileReport, Issue, SourceFile
from analysis.load import load
from analysis.store import Store
from tests.workbooks import FORMATS, ROWS, ods, packed, xlsx

PEOPLE = b"employee_id,hire_date\nA,2020-01-01\n"


def only(content, **given):
    [one] = expand([SourceFile("export.zip", content, **given)])
    return one


def refusal(content):
    one = only(content)
    assert isinstance(one, Unreadable)
    assert one.message.endswith(".")
    return one


def test_each_file_inside_becomes_one_of_its_own_and_the_order_is_kept():
    inside = xlsx({"data": ROWS})
    content = packed({"people.csv": PEOPLE, "old/left.xlsx": inside, "old/": ""})
    sources = [SourceFile("before.csv", PEOPLE), SourceFile("export.zip", content), SourceFile("after.csv", PEOPLE)]
    found = expand(sources)
    assert [one.name for one in found] == [
        "before.csv", "export.zip/old/left.xlsx", "export.zip/people.csv", "after.csv",
    ]  # fmt: skip
    assert [one.content for one in found] == [PEOPLE, inside, PEOPLE, PEOPLE]


@pytest.mark.parametrize("write", FORMATS.values(), ids=list(FORMATS))
def test_a_workbook_is_no_archive_whatever_its_name(write):
    source = SourceFile("export.zip", write({"data": ROWS}))
    assert expand([source]) == [source]


def test_what_a_computer_adds_by_itself_is_passed_over():
    names = ("__MACOSX/._people.csv", ".DS_Store", "a/.hidden/x.csv", "~$left.xlsx", "Thumbs.db")
    one = only(packed({"people.csv": PEOPLE, **dict.fromkeys(names, "x")}))
    assert (one.name, one.content) == ("export.zip/people.csv", PEOPLE)
    assert all(name in one.notes[0].message for name in names)


BESIDE = {
    "README": "How to read this.\n",
    "readme.txt": "employee_id,hire_date\nare the columns,of people.csv\n",
    "notes/read me first.md": "# People, pairs\n\nas of, say, March\n",
    "guide.pdf": b"%PDF-1.7\n",
    "scan": b"%PDF-1.7\n",
    "letter.docx": packed({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}),
    "letter": packed({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}),
    "logo.png": b"\x89PNG\r\n",
    "How to load.txt": "First, unpack it.\nThen load people.csv, pairs.csv, and so on.\nAsk us, if in doubt.\n\nBye\n",
    "blob": b"\x00\x01\x02",
    "export.json": "{}",
}


@pytest.mark.parametrize("name", list(BESIDE))
def test_what_is_no_table_is_passed_over_with_a_note_that_names_it(name):
    one = only(packed({name: BESIDE[name], "people.csv": PEOPLE}))
    assert (one.name, one.content) == ("export.zip/people.csv", PEOPLE)
    assert [note.code for note in one.notes] == ["not-a-table"] and name in one.notes[0].message
    refused = refusal(packed({name: BESIDE[name]}))
    assert refused.issues[0].code == "empty" and name in refused.message


@pytest.mark.parametrize("name", ["people", "people.txt", "people.dat", "PEOPLE.CSV"])
def test_a_table_is_read_whatever_its_ending(name):
    one = only(packed({name: PEOPLE}))
    assert (one.name, one.content, one.notes) == (f"export.zip/{name}", PEOPLE, ())


def test_what_is_called_a_table_and_is_none_is_refused_by_name():
    found = expand([SourceFile("export.zip", packed({"a.csv": b"%PDF-1.7\n", "people.csv": PEOPLE}))])
    assert [one.name for one in found] == ["export.zip/a.csv", "export.zip/people.csv"]


def test_the_note_stands_in_the_report_and_the_rest_is_loaded(tmp_path):
    source = SourceFile("export.zip", packed({"README.md": "x", "people.csv": PEOPLE}))
    mapping = {"answers": {"as_of": "2026-03-31"}}
    [report] = load(Store(tmp_path / "store"), [replace(source, mapping=mapping)], dry_run=True)
    assert report.status == "dry_run" and report.loaded == 1
    assert [issue.code for issue in report.issues if "README.md" in issue.message] == ["not-a-table"]


def test_a_mapping_beside_a_file_inside_is_that_files_own_and_else_the_zips_serves():
    own = {"kind": "people"}
    content = packed({"a.csv": PEOPLE, "b.csv": PEOPLE, "b.csv.mapping.json": json.dumps(own)})
    found = expand([SourceFile("export.zip", content, {"kind": "survey"})])
    assert [one.mapping for one in found] == [{"kind": "survey"}, own]


@pytest.mark.parametrize(
    ("text", "said"), [("{", "not valid JSON"), ("[1]", "not a JSON object"), ("[" * 99_999, "valid")]
)
def test_a_mapping_that_is_none_refuses_its_file(text, said):
    one = refusal(packed({"a.csv": PEOPLE, "a.csv.mapping.json": text}))
    assert one.name == "export.zip/a.csv"
    assert said in one.message


def test_an_archive_inside_an_archive_is_refused_by_name_and_the_rest_is_read():
    content = packed({"a.csv": PEOPLE, "b.zip": packed({"c.csv": PEOPLE}), "d.ods": ods({"data": ROWS})})
    first, second, third = expand([SourceFile("export.zip", content)])
    assert (first.name, third.name) == ("export.zip/a.csv", "export.zip/d.ods")
    assert isinstance(second, Unreadable)
    assert (second.name, second.issues[0].code) == ("export.zip/b.zip", "nested-zip")


@pytest.mark.parametrize(
    "name", ["../people.csv", "a/../../people.csv", "/etc/people.csv", "C:\\people.csv", "..\\a.csv"]
)
def test_a_path_that_leads_out_is_refused(name):
    assert refusal(packed({name: PEOPLE})).issues[0].code == "unsafe-path"


def test_a_password_is_named():
    content = bytearray(packed({"people.csv": PEOPLE}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= 1
    assert refusal(bytes(content)).message == (
        "This zip has a password. Pack it without one, or as CSV (UTF-8), and load it again."
    )


def test_an_archive_of_nothing_or_of_too_many_is_refused():
    assert refusal(packed({"__MACOSX/a": "x"})).issues[0].code == "empty"
    many = {f"{number}.csv": PEOPLE for number in range(MAX_FILES + 1)}
    assert refusal(packed(many)).issues[0].code == "too-large"


def test_a_damaged_file_inside_is_refused_by_name():
    content = bytearray(packed({"a.csv": PEOPLE, "b.csv": PEOPLE}, method=0))
    content[content.index(b"2020")] = ord("1")
    damaged, whole = expand([SourceFile("export.zip", bytes(content))])
    assert isinstance(damaged, Unreadable)
    assert (damaged.name, whole) == ("export.zip/a.csv", SourceFile("export.zip/b.csv", PEOPLE))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_a_cell_that_would_start_a_formula_is_neutralised(start):
    assert neutral(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"


@pytest.mark.parametrize("text", ["", "a=b", "-5", "+4.5", "-3,5", "2020-01-01", "'=1"])
def test_other_cells_stay_as_they_are(text):
    assert neutral(text) == text


def report(status="loaded", issues=(), rejected=2, mapping=None):
    return FileReport(
        "people.csv", status, "people", "utf-8", 10, 1, 9, 0, 9 - rejected, rejected, tuple(issues), (), None, "",
        mapping=mapping or {},
    )  # fmt: skip


ISSUES = (
    Issue(1, None, "hidden-sheet", 'The sheet "x" is hidden and was not read.'),
    Issue(7, "=cmd()", "bad-date", "Line 7, column =cmd(): this value is no date."),
    Issue(3, None, "totals-row", "Line 3: this is a totals line, not data. It is left out."),
)


def read(content):
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_refused_rows_are_a_file_without_formulas_and_without_what_only_informs():
    assert read(refused_rows_csv(report(issues=ISSUES))) == [
        ["line", "column", "code", "what is wrong"],
        ["3", "", "totals-row", "Line 3: this is a totals line, not data. It is left out."],
        ["7", "'=cmd()", "bad-date", "Line 7, column =cmd(): this value is no date."],
    ]


def test_lines_that_could_not_be_listed_are_counted():
    assert read(refused_rows_csv(report(issues=ISSUES, rejected=5)))[-1] == [
        "", "", "more", "3 more refused lines are not listed.",
    ]  # fmt: skip


def test_of_a_refused_file_everything_in_the_way_is_listed():
    fault = Issue(1, None, "empty", "The file is empty. Export it again.")
    assert read(refused_rows_csv(report("refused", [fault], rejected=9)))[1:] == [["1", "", fault.code, fault.message]]


def test_the_mapping_can_be_taken_away_and_read_again():
    mapping = {"kind": "people", "values": {"Größe": {"é": "ü"}}}
    content = mapping_json(report(mapping=mapping))
    assert json.loads(content) == mapping
    assert "Größe" in content.decode()
