"""Workbooks of invented people in the four formats, and ways to spoil them. XLSB and ODS are written by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from struct import pack

import xlsxwriter
import xlwt

NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
ROWS = [["employee_id", "grade", "fte"], ["00123", "Grade 7", 0.5], [124.0, "SEO", 1.0]]
CELLS = [["employee_id", "grade", "fte"], ["00123", "Grade 7", "0.5"], ["124", "SEO", "1"]]
Sheets = dict[str, list[list[object]]]


def packed(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def respelled(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same package with one part changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return packed({each: change(archive.read(each)) if each == name else archive.read(each) for each in
                       archive.namelist()})  # fmt: skip


def xlsx(sheets: Sheets, hidden: tuple[str, ...] = (), row: int = 0, column: int = 0, **options: object) -> bytes:
    """Sheets by name, each from (row, column) on."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"default_date_format": "yyyy-mm-dd", **options})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, cells in enumerate(rows):
            sheet.write_row(row + number, column, cells)
        if name in hidden:
            sheet.hide()
        else:
            sheet.activate()
    book.close()
    return buffer.getvalue()


def xlsx_of(sheet_data: str, shared: str = "") -> bytes:
    """A workbook of one sheet with exactly this XML between its sheetData tags."""
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{NAMESPACE}" xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="data" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
            f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/sharedStrings.xml": f'<sst xmlns="{NAMESPACE}">{shared}</sst>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{NAMESPACE}"><sheetData>{sheet_data}</sheetData>'
            "</worksheet>",
        }
    )


def xls(sheets: Sheets, hidden: tuple[str, ...] = (), row: int = 0, column: int = 0) -> bytes:
    book = xlwt.Workbook()
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        sheet.visibility = int(name in hidden)
        for number, cells in enumerate(rows):
            for place, cell in enumerate(cells):
                sheet.write(row + number, column + place, cell)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def xlsb(sheets: Sheets, hidden: tuple[str, ...] = (), row: int = 0, column: int = 0) -> bytes:
    """Each text stands in its cell; an error is given as its code in bytes of length one."""
    parts: dict[str, str | bytes] = {"[Content_Types].xml": "<Types/>"}
    entries, relations = b"", ""
    for number, (name, rows) in enumerate(sheets.items(), start=1):
        state = int(name in hidden)
        entries += record(156, pack("<II", state, number) + wide(f"rId{number}") + wide(name))
        relations += f'<Relationship Id="rId{number}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{number}.bin"/>'
        data = b""
        for line, cells in enumerate(rows):
            data += record(0, pack("<IIH", row + line, 0, 0) + bytes(7))
            data += b"".join(_xlsb_cell(column + place, cell) for place, cell in enumerate(cells))
        width = max(map(len, rows), default=1)
        size = record(148, pack("<IIII", row, row + max(len(rows), 1) - 1, column, column + width - 1))
        parts[f"xl/worksheets/sheet{number}.bin"] = record(129) + size + record(145) + data + record(146) + record(130)
    parts["xl/workbook.bin"] = record(131) + record(153, bytes(12)) + record(143) + entries + record(144) + record(132)
    parts["xl/_rels/workbook.bin.rels"] = f'<Relationships xmlns="{PACKAGE}">{relations}</Relationships>'
    return packed(parts)


def _xlsb_cell(column: int, cell: object) -> bytes:
    place = pack("<II", column, 0)
    if isinstance(cell, bytes):
        return record(3, place + cell)
    if isinstance(cell, str):
        return record(6, place + wide(cell))
    return record(5, place + pack("<d", cell))


def record(kind: int, data: bytes = b"") -> bytes:
    """One record of the binary format: type and length with seven bits a byte."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length = len(data)
    while length > 127:
        head += bytes([length & 0x7F | 0x80])
        length >>= 7
    return head + bytes([length]) + data


def wide(text: str) -> bytes:
    return pack("<I", len(text)) + text.encode("utf-16-le")


def ods(sheets: Sheets, hidden: tuple[str, ...] = (), row: int = 0, column: int = 0) -> bytes:
    tables = ""
    for name, rows in sheets.items():
        style = "shut" if name in hidden else "open"
        blank = f'<table:table-cell table:number-columns-repeated="{column}"/>' if column else ""
        lines = (
            f'<table:table-row table:number-rows-repeated="{row}"><table:table-cell/></table:table-row>' if row else ""
        )
        for cells in rows:
            lines += f"<table:table-row>{blank}{''.join(map(ods_cell, cells))}</table:table-row>"
        # What office programs write below the data: the rest of the sheet, blank.
        rest = (
            '<table:table-row table:number-rows-repeated="1048000">'
            '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        )
        tables += f'<table:table table:name="{name}" table:style-name="{style}">{lines}{rest}</table:table>'
    return ods_of(tables)


def ods_cell(cell: object) -> str:
    if isinstance(cell, str):
        return f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
    return (
        f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
    )


def ods_of(tables: str, manifest: str = "") -> bytes:
    """A spreadsheet with exactly these tables."""
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "style", "table", "text")
    )
    content = (
        f'<office:document-content{names} xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:'
        'calcext:1.0"><office:automatic-styles><style:style style:name="open" style:family="table">'
        '<style:table-properties table:display="true"/></style:style><style:style style:name="shut" '
        'style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles>'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
            "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:'
            f'manifest:1.0">{manifest}</manifest:manifest>',
        }
    )


FORMATS = {"xlsx": xlsx, "xls": xls, "xlsb": xlsb, "ods": ods}
