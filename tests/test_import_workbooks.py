"""XLSX, XLS, XLSB and ODS to rows of text cells, by what is in the file and with the line numbers of the sheet."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from struct import pack

import pytest
import xlwt

from analysis.imports.report import FileFault, NeedsAnswer
from analysis.imports.workbook import open_workbook
from tests.workbooks import CELLS, FORMATS, NAMESPACE, ROWS, ods_of, respelled, xls, xlsb, xlsx, xlsx_of

NOTES = [["How to fill in this file"], ["Do not change the headers"]]


def cells_of(content, sheet=None):
    """All rows without their numbers, which must count from 1 without a gap."""
    records = list(open_workbook(content, sheet).records)
    assert [number for number, _ in records] == list(range(1, len(records) + 1))
    return [cells for _, cells in records]


@pytest.mark.parametrize("write", FORMATS.values(), ids=list(FORMATS))
def test_the_four_formats_give_the_same_text(write):
    assert cells_of(write({"data": ROWS})) == CELLS


@pytest.mark.parametrize("write", FORMATS.values(), ids=list(FORMATS))
def test_lines_are_numbered_as_in_the_sheet_wherever_the_used_area_starts(write):
    records = list(open_workbook(write({"data": ROWS}, row=3, column=2)).records)
    assert [(number, cells) for number, cells in records if any(cells)] == [
        (number, ["", "", *cells]) for number, cells in enumerate(CELLS, start=4)
    ]
    assert [number for number, _ in records] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("write", FORMATS.values(), ids=list(FORMATS))
def test_a_blank_line_between_is_kept(write):
    assert cells_of(write({"data": [*ROWS, [], ["00125"]]})) == [*CELLS, ["", "", ""], ["00125", "", ""]]


@pytest.mark.parametrize("write", FORMATS.values(), ids=list(FORMATS))
def test_a_hidden_sheet_is_not_read_but_named_if_it_holds_data(write):
    book = open_workbook(write({"secret": ROWS, "blank": [], "data": ROWS}, hidden=("secret", "blank")))
    assert [cells for _, cells in book.records] == CELLS
    [note] = book.notes
    assert note.code == "hidden-sheet"
    assert note.message.startswith('The sheet "secret" is hidden and was not read.')


@pytest.mark.parametrize("write", FORMATS.values(), ids=list(FORMATS))
def test_two_sheets_with_tables_ask_which(write):
    content = write({"active": ROWS, "left": [["employee_id", "left_on"], ["1", "2020-01-01"], ["2", "2020-01-01"]]})
    with pytest.raises(NeedsAnswer) as asked:
        open_workbook(content)
    [question] = asked.value.questions
    assert (question.id, question.choices) == ("sheet", ("active", "left"))
    assert cells_of(content, "left")[1] == ["1", "2020-01-01"]


@pytest.mark.parametrize("write", FORMATS.values(), ids=list(FORMATS))
def test_a_sheet_of_instructions_beside_the_only_table_asks_nothing_and_is_named(write):
    book = open_workbook(write({"read me": NOTES, "data": ROWS}))
    assert [cells for _, cells in book.records] == CELLS
    assert [note.message for note in book.notes] == ['The sheet "read me" was not read.']


def test_where_the_other_sheet_could_be_data_it_is_asked():
    for other in ([["employee_id", "grade"]], [["x"], ["y", "z"]]):
        with pytest.raises(NeedsAnswer):
            open_workbook(xlsx({"other": other, "data": ROWS}))


def test_instructions_can_still_be_chosen():
    assert cells_of(xlsx({"read me": NOTES, "data": ROWS}), "read me") == NOTES


@pytest.mark.parametrize("write", FORMATS.values(), ids=list(FORMATS))
def test_a_workbook_without_data_is_refused(write):
    for content in (write({"data": []}), write({"data": [], "secret": ROWS}, hidden=("secret",))):
        with pytest.raises(FileFault, match="no visible sheet with data"):
            open_workbook(content)


def test_numbers_that_are_ids_keep_their_digits_and_never_become_powers():
    cells = [123.0, 1234567890123, 4512345678901.0, 0.5, 0.00001, 0.1 + 0.2, -3.0]
    [row] = cells_of(xlsx({"data": [cells]}))
    assert row == ["123", "1234567890123", "4512345678901", "0.5", "0.00001", "0.3", "-3"]


def test_dates_times_and_durations_are_written_one_way():
    cells = [date(2020, 1, 2), datetime(2020, 1, 2, 10, 30, 1), time(9, 5), timedelta(hours=30), True, 45292]
    styles = {"default_date_format": "yyyy-mm-dd hh:mm:ss"}
    row = cells_of(xlsx({"data": [cells]}, **styles))[0]
    assert row[:2] == ["2020-01-02", "2020-01-02 10:30:01"]
    assert row[4:] == ["true", "45292"]  # without a date's style, a serial stays the number that it is
    book = xlwt.Workbook()
    sheet = book.add_sheet("data")
    for column, (value, style) in enumerate(
        [(1.25, "[h]:mm:ss"), (0.378472222222222, "hh:mm:ss"), (43832, "D-MMM-YY")]
    ):
        sheet.write(0, column, value, xlwt.easyxf(num_format_str=style))
    assert cells_of(saved(book)) == [["30:00:00", "09:05:00", "2020-01-02"]]


def test_an_open_document_duration_is_written_like_any_other():
    cell = '<table:table-cell office:value-type="time" office:time-value="PT30H05M00S"/>'
    content = ods_of(f'<table:table table:name="a"><table:table-row>{cell}</table:table-row></table:table>')
    assert cells_of(content) == [["30:05:00"]]


def test_dates_counted_from_1904_are_right():
    content = xlsx({"data": [[datetime(2020, 1, 2)]]}, date_1904=True)
    assert cells_of(content) == [["2020-01-02"]]


def test_error_cells_and_formulas_never_calculated_are_no_silent_blanks():
    sheet = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>employee_id</t></is></c><c r="B1" t="inlineStr"><is><t>fte</t></is>'
        '</c></row><row r="2"><c r="A2"><v>7</v></c><c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
        '<row r="3"><c r="A3" t="e"><v>#N/A</v></c><c r="B3"><f>A2+1</f></c></row>'
        '<row r="4"><c r="A4"><f>A2</f><v>7</v></c><c r="B4" t="str"><f>IF(1,"","")</f><v></v></c></row>'
        '<row r="5"><c r="B5"><f>A2+1</f><v/></c></row>'
    )
    assert cells_of(xlsx_of(sheet)) == [
        ["employee_id", "fte"],
        ["7", "#DIV/0!"],
        ["#N/A", "#NOT CALCULATED"],
        ["7", ""],
        ["", "#NOT CALCULATED"],
    ]


def test_error_cells_of_the_other_formats_are_seen_too():
    assert cells_of(xlsb({"data": [["a", "b"], [1.0, b"\x2a"]]})) == [["a", "b"], ["1", "#N/A"]]
    cell = (
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" '
        'calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
    )
    text = '<table:table-cell office:value-type="string"><text:p>a</text:p></table:table-cell>'
    content = ods_of(f'<table:table table:name="a"><table:table-row>{text}{cell}</table:table-row></table:table>')
    assert cells_of(content) == [["a", "#DIV/0!"]]
    book = xlwt.Workbook()
    sheet = book.add_sheet("data")
    sheet.write(0, 0, "a")
    sheet.row(0).set_cell_error(1, "#REF!")
    assert cells_of(saved(book)) == [["a", "#REF!"]]


def test_a_text_that_a_long_list_of_shared_texts_splits_is_read():
    rows = [[f"{'x' * 900} {number}", number] for number in range(60)]
    assert cells_of(xls({"data": rows})) == [[text, str(number)] for text, number in rows]


def test_cells_without_an_address_follow_each_other():
    sheet = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c/><c t='e'><v>#N/A</v></c></row>"
    assert cells_of(xlsx_of(sheet)) == [["1", "2"], ["", "#N/A"]]


def test_a_sheet_with_another_prefix_and_styled_blank_cells_far_below_is_read():
    def prefixed(part):
        return part.replace(b"<", b"<x:").replace(b"<x:/", b"</x:").replace(b"xmlns=", b"xmlns:x=")

    sheet = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
    assert cells_of(xlsx_of(sheet)) == [["1"]]
    assert NAMESPACE.encode() in prefixed(f'<worksheet xmlns="{NAMESPACE}">'.encode())
    assert cells_of(respelled(xlsx_of(sheet), "xl/worksheets/sheet1.xml", prefixed)) == [["1"]]


def test_a_macro_workbook_is_read_as_data():
    content = xlsx({"data": ROWS})
    with_macros = respelled(content, "[Content_Types].xml", lambda part: part.replace(b"sheet.main", b"macro.main"))
    assert cells_of(with_macros) == CELLS


def test_another_documents_name_is_said():
    from tests.workbooks import packed

    with pytest.raises(FileFault, match="Word document"):
        open_workbook(packed({"word/document.xml": "<x/>"}))
    with pytest.raises(FileFault, match="zip file, not a workbook"):
        open_workbook(packed({"a.csv": "a,b\n"}))


def test_a_password_is_named_as_the_reason():
    compound = xls({"data": ROWS})
    protected = compound.replace("Workbook".encode("utf-16-le"), "Workb00k".encode("utf-16-le"))
    name, length = "EncryptedPackage", pack("<H", 34)
    at = protected.index("Workb00k".encode("utf-16-le"))
    entry = name.encode("utf-16-le").ljust(64, b"\0") + length
    for content in (
        protected[:at] + entry + protected[at + 66 :],
        ods_of(
            "",
            '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>',
        ),
        locked(compound),
    ):
        with pytest.raises(FileFault, match="has a password"):
            open_workbook(content)


def locked(content):
    """An XLS whose second record says that the rest is encrypted."""
    start = content.index(pack("<HHH", 0x809, 16, 0x600))
    second = start + 20
    return content[:second] + pack("<H", 0x2F) + content[second + 2 :]


def saved(book):
    import io

    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
