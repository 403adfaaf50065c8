"""Ten thousand generated files: every line is a header, blank, loaded or rejected with a reason; and both ways of
splitting a text give the same cells."""

import csv
import io
from dataclasses import replace
from itertools import product
from string import ascii_letters
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.imports import text as texts
from analysis.imports.pseudonyms import Key, Pseudonyms
from analysis.imports.report import FileFault, SourceFile
from analysis.imports.sheet import open_sheet
from analysis.imports.stage import Request, check
from analysis.imports.table import tabulate
from analysis.imports.text import Block

PSEUDONYMS = Pseudonyms(Key(b"test key"))
CODECS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252")
ENDINGS = ("\n", "\r\n", "\r")
# None ends a row, so that rows have any number of cells, none included.
CELLS = (
    *("", "", " ", "A", "E7", "2024-01-31", "0.5", "Total", "Summe:", "é", 'say "so"', '"', '""', "a,b", "c;d\te|f"),
    *("two\nlines", "two\r\nlines", " A ", '"x', "x\r", "\u00a0", None, None, None, None, None, None),
)
# A letter stands for a cell: a text is drawn at once, a list cell by cell, and ten thousand files are many.
LETTERS = ascii_letters[: len(CELLS)]
ROWS = st.text(alphabet=LETTERS, max_size=24)
HEADERS = st.sampled_from(
    [["employee_id", "hire_date", "fte"], ["id", "", "id", "x"], ["one", "two", "", ""], ["name"], ["", "a", "b", ""]]
)
TITLES = {"t": ["Employee List"], "a": ["As of:", "31/10/2026"], "e": [], "b": ["", ""]}
WRITTEN = st.sampled_from(list(product(ENDINGS, texts.DELIMITERS, CODECS)))
ENDS = ("no ending", "an ending", "two endings")  # of a file that is not quoted
QUOTED = st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, *ENDS])
MOST = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck)}


@st.composite
def files(draw):
    """A text as some tool or some person might have written it, quoted well, badly or not at all."""
    rows = [*(TITLES[title] for title in draw(st.text(alphabet="taeb", max_size=3))), draw(HEADERS), []]
    for letter in draw(ROWS):
        cell = CELLS[LETTERS.index(letter)]
        rows.append([]) if cell is None else rows[-1].append(cell)
    ending, delimiter, codec = draw(WRITTEN)
    quoting = draw(QUOTED)
    if isinstance(quoting, int):
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter, lineterminator=ending, quoting=quoting).writerows(rows)
        text = out.getvalue()
    else:
        text = ending.join(delimiter.join(row) for row in rows) + ending * ENDS.index(quoting)
    return text.encode(codec)


@settings(max_examples=10_000, **MOST)
@given(files(), st.integers(1, 3))
def test_no_line_is_lost_while_reading(content, header_rows):
    try:
        sheet = open_sheet(content)
    except FileFault as fault:
        assert fault.issues[0].message
        return
    encoding, delimiter = sheet.encoding, sheet.delimiter
    try:
        table = tabulate(sheet, header_rows)
    except FileFault as fault:
        assert fault.issues[0].code == "unclosed-quote"
        return
    rejected = table.rejections.all_lines
    assert table.lines == table.header_lines + table.blank_rows + len(table.line) + len(rejected)
    assert table.data_rows == len(table.line) + len(rejected)
    assert rejected == {issue.line for issue in table.rejections.issues}
    assert not rejected & set(table.line.tolist())
    # The records as Python's reader alone gives them.
    lines = io.StringIO(content.decode(encoding), newline="")
    records = list(csv.reader(lines, delimiter=delimiter))
    assert table.lines == len(records)
    blank = [not any(map(str.strip, record)) for record in records]
    assert table.blank_rows == sum(blank)
    if table.columns:
        width = len(table.columns)
        kept = [list(row) for row in zip(*(column.to_pylist() for column in table.columns), strict=True)]
        wide = ([*record, *[""] * width][:width] for record, empty in zip(records, blank, strict=True) if not empty)
        # In order, with some left out that were rejected.
        assert all(row in wide for row in kept)


@settings(max_examples=400, **MOST)
@given(files(), st.booleans())
def test_no_line_is_lost_in_a_whole_check(content, load_the_rest):
    answers = {"answers": {"rejected_rows": "load_the_rest"}} if load_the_rest else {}
    one = check(SourceFile("file.csv", content), Request(mapping=answers), PSEUDONYMS)
    report = one.report
    assert report.lines == report.header_lines + report.blank_rows + report.loaded + report.rejected
    assert report.data_rows == report.loaded + report.rejected
    if one.good:
        assert one.rows.num_rows == report.loaded > 0
        told = {issue.line for issue in report.issues if issue.code != "column-not-loaded"}
        assert len(told) >= report.rejected


WORDS = st.sampled_from(
    [
        "",
        " ",
        "A",
        "  B ",
        "00123",
        "é",
        "日本",
        "Total",
        "NA",
        "NULL",
        "nan",
        "1e5",
        "x y",
        "\ufeffz",
        "\x0b",
        "\u2028",
    ]
)


@settings(max_examples=1_500, **MOST)
@given(
    st.integers(2, 4).flatmap(lambda width: st.lists(st.lists(WORDS, min_size=width, max_size=width), min_size=1)),
    st.sampled_from(texts.DELIMITERS),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.booleans(),
)
def test_both_ways_of_splitting_give_the_same_cells(rows, delimiter, ending, quoting, with_marks):
    if with_marks:
        rows = [[cell.replace(" ", f'"{delimiter}') for cell in row] for row in rows]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=ending, quoting=quoting).writerows(rows)
    [block] = texts.blocks(out.getvalue().encode(), "utf-8", delimiter)
    assert block.plain
    assert [cells for _, cells in block.records()] == rows
    columns = block.columns(len(rows[0]))
    if columns is None:
        assert block.text.startswith(b"\xef\xbb\xbf")
    else:
        assert [list(row) for row in zip(*(column.to_pylist() for column in columns), strict=True)] == rows


TEXTS = st.text(alphabet='a,"\n\r\t; |é', max_size=40)


@settings(max_examples=3_000, **MOST)
@given(TEXTS, st.sampled_from(texts.DELIMITERS), st.integers(2, 4))
def test_arrow_is_used_only_where_it_agrees(text, delimiter, width):
    """Any text at all: blocks are whole records, and a block that Arrow splits gives what Python gives."""
    expected = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    found = []
    try:
        for block in texts.blocks(text.encode(), "utf-8", delimiter):
            records = [cells for _, cells in block.records()]
            columns = block.columns(width)
            if columns is not None:
                cells = [list(row) for row in zip(*(column.to_pylist() for column in columns), strict=True)]
                assert cells == [record or [""] * width for record in records]  # a blank line has no cells
                assert block.lines == len(records)
            found += records
    except FileFault as fault:
        assert fault.issues[0].code == "unclosed-quote"
    else:
        assert found == expected


@settings(max_examples=1_000, **MOST)
@given(files(), st.integers(1, 60))
def test_blocks_of_any_size_give_the_table_that_single_records_give(content, piece):
    try:
        sheet = open_sheet(content)
        with patch.multiple(texts, FIRST_PIECE=piece, _PIECE=piece, _SMALLEST=1):
            blocks = list(texts.blocks(content, sheet.encoding, sheet.delimiter))
    except FileFault:
        return
    records = [record for part in sheet.parts for record in (part.records() if isinstance(part, Block) else part)]
    assert [record for block in blocks for record in block.records()] == records
    with patch.multiple(texts, _SMALLEST=1):
        by_blocks = tabulate(replace(sheet, parts=iter(blocks)), 1)
    by_records = tabulate(replace(sheet, parts=iter([records])), 1)

    def told(table):
        cells = [column.to_pylist() for column in table.columns]
        issues = sorted((issue.line, issue.message) for issue in table.rejections.issues)
        return table.header, table.lines, table.blank_rows, table.data_rows, table.line.tolist(), cells, issues

    assert told(by_blocks) == told(by_records)
