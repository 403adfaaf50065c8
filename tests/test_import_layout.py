"""Where the table begins: title, date and section lines, one or several header rows, tables of totals."""

import pytest

from analysis.imports.layout import Layout, is_summary_table, layout_of, named
from analysis.imports.pseudonyms import Key, Pseudonyms
from analysis.imports.report import SourceFile
from analysis.imports.sheet import open_sheet
from analysis.imports.stage import Request, check
from analysis.imports.table import tabulate
from analysis.store.model import KINDS

HEADER = ["Employee ID", "Name", "Hire Date", "Department"]
BODY = [
    ["1001", "Ada", "01/02/2020", "Sales"],
    ["1002", "Bo", "15/06/2021", "Sales"],
    ["1003", "Cy", "03/03/2019", "IT"],
]


def numbered(*records):
    return list(enumerate(records, start=1))


def table_of(text, header_rows=1, header_line=None, codec="utf-8"):
    return tabulate(open_sheet(text.encode(codec), header_line=header_line), header_rows)


def cells(table):
    return [list(row) for row in zip(*(column.to_pylist() for column in table.columns), strict=True)]


@pytest.mark.parametrize(
    ("above", "titles"),
    [
        ([], 0),
        ([["Employee List"]], 1),
        ([["Employee List"], ["As of: 31/10/2026"], []], 2),
        ([["Employee List", "", "", ""], ["", "", "", ""], ["As of:", "31/10/2026", "", ""]], 2),
        ([[""], ["Report: All Workers"], ["Prompts: Organisation = All, including subordinate"], [""]], 2),
    ],
)
def test_lines_above_the_header_are_titles(above, titles):
    layout = layout_of(numbered(*above, HEADER, *BODY))
    assert (layout.titles, layout.header_rows) == (titles, 1)


def test_a_sap_list_has_its_header_on_line_five_between_two_empty_columns():
    header = ["", "Pers.no.", "Last name", "Joining date", "EE subgroup", ""]
    body = [["", f"000{n}", f"Doe {n}", "01.02.2020", "Salaried", ""] for n in range(5)]
    head = numbered(["Personnel list"], [""], ["31.10.2026", "", "Page 1"], [""], header, *body)
    assert layout_of(head) == Layout(2, 1, True)


def test_section_rows_above_the_header_are_titles():
    sections = ["Worker", "", "", "Position", "", ""]
    header = ["Worker ID", "First", "Last", "Job Profile", "Start Date", "Level"]
    body = [[f"{n}", f"F{n}", f"L{n}", "Analyst", "2020-01-01", "P2"] for n in range(4)]
    assert layout_of(numbered(["Put Worker"], sections, header, *body)) == Layout(2, 1, True)


def test_two_rows_that_fill_each_others_blanks_are_one_header():
    upper = ["Respondent", "Started", "Which of these do you use?", "", "", ""]
    lower = ["", "", "Phone", "Tablet", "Laptop", "Other (please specify)"]
    body = [[f"{n}", "7/10/26 18:37", "Phone", "", "Laptop", ""] for n in range(4)]
    assert layout_of(numbered(upper, lower, *body)) == Layout(0, 2, True)


def test_two_rows_that_could_both_be_the_header_are_not_certain():
    nearly = ["Person", "Name", "", ""]
    layout = layout_of(numbered(nearly, HEADER, *BODY))
    assert not layout.certain
    assert layout.titles == 1


@pytest.mark.parametrize("kind", list(KINDS))
def test_canonical_headers_are_certain_whatever_follows(kind):
    header = list(KINDS[kind].headers)
    for body in ([], [["x"] * len(header)], [[f"text {n}" for n in range(30)]], [["a", "b"]] * 3):
        layout = layout_of(numbered(header, *body))
        assert layout == Layout(0, 1, True)


def test_a_chosen_line_is_the_header_even_behind_blank_lines_and_line_breaks_in_cells():
    text = 'a title\n\n"note in\ntwo lines",x\nid,hired\nheader,two\n1,2020-01-01\n'
    sheet = open_sheet(text.encode(), header_line=6)
    assert sheet.layout == Layout(3, 1, True)
    assert sheet.head[0] == ["header", "two"]
    assert open_sheet(text.encode(), header_line=5).head[0] == ["id", "hired"]


def test_title_lines_count_as_header_lines_and_lines_keep_their_numbers():
    text = "Employee List\nAs of: 31/10/2026\n\nemployee_id,hire_date,fte\nA,2020-01-01,1\nB,2020-01-02,1\n"
    one = check(SourceFile("f.csv", text.encode()), Request(), Pseudonyms(Key(b"test key")))
    report = one.report
    assert one.good
    assert (report.lines, report.header_lines, report.blank_rows, report.loaded) == (6, 3, 1, 2)
    assert one.rows["line"].to_pylist() == [5, 6]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_title_line_does_not_decide_the_delimiter(delimiter):
    rows = [["id", "hired", "fte"], ["A", "2020-01-01", "1"], ["B", "2020-01-02", "1"]]
    text = "All staff, without leavers; and interns too\n" + "\n".join(delimiter.join(row) for row in rows)
    sheet = open_sheet(text.encode())
    assert (sheet.delimiter, sheet.head[0]) == (delimiter, rows[0])


def test_decimal_commas_do_not_decide_the_delimiter():
    assert open_sheet(b"id;fte;share\n1;0,5;0,25\n2;0,5;0,75\n3;1,0;0,5\n").delimiter == ";"


def test_trailing_delimiters_are_no_cells():
    some = table_of("a,b,c\n1,2,3,,\n4,5,6\n7,8,9, ,x\n")
    assert cells(some) == [["1", "2", "3"], ["4", "5", "6"]]
    assert [issue.code for issue in some.rejections.issues] == ["extra-cell"]
    headed = table_of("a,b,c,,\n1,2,3,,\n4,5,6\n7,8\n9,9,9,x,\n")
    assert cells(headed) == [["1", "2", "3", "", ""], ["4", "5", "6", "", ""], ["9", "9", "9", "x", ""]]
    assert [(issue.line, issue.code) for issue in headed.rejections.issues] == [(4, "missing-cell")]


@pytest.mark.parametrize("label", ["Total", "TOTALS:", "Grand Total", "Summe", "Gesamt", "Total général", "Totale"])
def test_totals_lines_in_several_languages_and_behind_a_blank_cell(label):
    found = table_of(f"id,dept,n\nA,IT,1\n{label},,1\n ,{label},1\nB,{label},1\n")
    assert cells(found) == [["A", "IT", "1"], ["B", label, "1"]]
    assert [(issue.line, issue.code) for issue in found.rejections.issues] == [(3, "totals-row"), (4, "totals-row")]


def test_repeated_and_empty_headers_can_be_told_apart():
    names = ["Id", "Other", "", "Other", "Other (2)", "Other", "Column 3"]
    shown = named(names)
    assert shown[:4] == ["Id", "Other", "Column 3", "Other (2)"]
    assert len(set(shown)) == len(names)
    assert table_of("Id,Other,,Other\n1,a,b,c\n").header == [["Id", "Other", "", "Other"]]


def test_a_table_of_totals_is_told_from_a_list():
    summary = numbered(
        ["", "", "Response", ""],
        ["", "2025", "2026", "Change"],
        ["Civil service", "61%", "64%", "3"],
        ["Home office", "55%", "58%", "3"],
        ["Total", "60%", "63%", "3"],
    )
    assert is_summary_table(summary)
    assert not is_summary_table(numbered(["Staff list"], HEADER, *BODY, ["Total", "3", "100%", ""]))
    assert not is_summary_table(numbered(HEADER, *BODY))


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "not-text", "picture"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "not-text", "picture"),
        (b"GIF89a" + bytes(50), "not-text", "picture"),
        (b"%PDF-1.7\n%abc\n", "not-text", "PDF"),
        (b"id,name\n" + bytes(range(256)), "not-text", "not a text file"),
        (b"COMMENT x\nMETADATA|Worker|PersonId\nMERGE|Worker|1\n", "oracle-loader-file", "Export a report"),
        (b"a," * 1_000_000 + b"\n1,2\n", "too-many-columns", "5,000"),
        (b",,\n\n,,\n", "empty", "no line of data"),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(content, code, says):
    report = check(SourceFile("f.csv", content), Request(), Pseudonyms(Key(b"test key"))).report
    assert report.status == "refused"
    assert report.issues[0].code == code
    assert says in report.message
