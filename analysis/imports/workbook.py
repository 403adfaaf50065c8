"""An Excel workbook to records of text cells."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from analysis.imports.report import FileFault, NeedsAnswer, Question
from analysis.imports.text import Record

FIRST_BYTES = b"PK"
OLD_FIRST_BYTES = b"\xd0\xcf\x11\xe0"


def workbook_records(content: bytes, sheet: str | None) -> Iterator[Record]:
    """Every row of the sheet that holds data; hidden sheets are not looked at.

    Raises FileFault for what can't be opened, NeedsAnswer where several sheets hold data and none was chosen.
    """
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            chosen = _choose(_sheets_with_data(book), sheet)
            rows = chosen.to_python(skip_empty_area=False)
    except CalamineError:
        raise FileFault(
            "not-text", "This workbook can't be opened. Save it again as .xlsx without a password, or as CSV (UTF-8)."
        ) from None
    for number, row in enumerate(rows, start=1):
        yield number, [_text(cell) for cell in row]


def _sheets_with_data(book: CalamineWorkbook) -> list[CalamineSheet]:
    seen = [
        book.get_sheet_by_name(meta.name)
        for meta in book.sheets_metadata
        if meta.visible == SheetVisibleEnum.Visible and meta.typ == SheetTypeEnum.WorkSheet
    ]
    return [sheet for sheet in seen if sheet.height > 0]


def _choose(sheets: list[CalamineSheet], wanted: str | None) -> CalamineSheet:
    if not sheets:
        raise FileFault("empty", "This workbook has no visible sheet with data in it. Check the export.")
    names = tuple(sheet.name for sheet in sheets)
    if wanted in names:
        return sheets[names.index(str(wanted))]
    if len(sheets) > 1:
        raise NeedsAnswer((Question("sheet", "Which sheet holds the data?", names),))
    return sheets[0]


def _text(cell: object) -> str:
    """One text form whatever the cell's type: 123.0 is an id that Excel made a number, so "123"."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)
