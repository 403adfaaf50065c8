"""A workbook to records of text cells: XLSX, XLS, XLSB or ODS, told apart by what is in the file, never by its name.

Values only: formulas and macros are not run. A cell with an error, or with a formula that was never calculated, is
given as a text that starts with "#", so that it is a fault of its line and no silent blank. One thing can't be seen: a
formula that was never calculated in XLS, XLSB and ODS, where its number reads 0 or nothing.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Literal

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from analysis.imports.compound import SIGNATURE
from analysis.imports.extents import Extent
from analysis.imports.extents_xls import xls_extents
from analysis.imports.extents_xlsb import xlsb_extent, xlsb_shared, xlsb_sheets
from analysis.imports.extents_xlsx import xlsx_extent, xlsx_shared, xlsx_sheets
from analysis.imports.extents_xml import ods_extents
from analysis.imports.packages import MAX_SHEET, Package, damaged, too_large
from analysis.imports.report import FileFault, Issue, NeedsAnswer, Question
from analysis.imports.text import Record

WorkbookKind = Literal["xlsx", "xlsb", "ods"]

FIRST_BYTES = b"PK"
OLD_FIRST_BYTES = SIGNATURE
_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_OTHER_DOCUMENTS = {
    "word/document.xml": "a Word document",
    "ppt/presentation.xml": "a PowerPoint presentation",
    "Index/Document.iwa": "an Apple Numbers or Pages document",
}
_ODS_DURATION = re.compile(r"-?PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")


@dataclass(frozen=True)
class OpenWorkbook:
    """The rows of one sheet; `notes` name what was not read, at line 1."""

    records: Iterator[Record]
    notes: tuple[Issue, ...]


def workbook_kind(package: Package) -> WorkbookKind | None:
    """Which workbook a zip package is; None for one that is no workbook. Raises FileFault for several in one."""
    if sum(part in package for part in ("xl/workbook.xml", "xl/workbook.bin", "content.xml")) > 1:
        raise damaged()  # two kinds of file in one: the workbook library might open the one that was not looked at
    if "xl/workbook.xml" in package:
        return "xlsx"
    if "xl/workbook.bin" in package:
        return "xlsb"
    if "mimetype" in package and package.read("mimetype").startswith(_ODS_TYPE) and "content.xml" in package:
        return "ods"
    return None


def is_document(package: Package) -> bool:
    """Whether a zip package is one document, a workbook or another, and no archive of several files."""
    return workbook_kind(package) is not None or _other_document(package) is not None


def open_workbook(content: bytes, sheet: str | None = None) -> OpenWorkbook:
    """Every row of the sheet that holds the data, with its number in the sheet, counted from 1.

    `sheet` is the sheet that somebody chose. Hidden sheets are not read, but named in `notes`. Raises FileFault for
    what can't be opened safely, NeedsAnswer where several sheets may hold the data and none was chosen.
    """
    extents = _extents(content)
    chosen = _choose([extent for extent in extents if extent.visible and extent.filled], sheet)
    unread = [extent for extent in extents if extent.filled and extent is not chosen]
    return OpenWorkbook(_records(content, chosen), tuple(map(_note, unread)))


def _extents(content: bytes) -> list[Extent]:
    if content.startswith(OLD_FIRST_BYTES):
        return xls_extents(content)
    package = Package(content)
    kind = workbook_kind(package)
    if kind is None:
        name = _other_document(package)
        if name:
            raise FileFault("not-text", f"This is {name}, not a table. Export the data as CSV (UTF-8).")
        raise FileFault("not-text", "This is a zip file, not a workbook. Unpack it and load the files inside.")
    # All parts that the workbook library reads are checked, not the sheets alone.
    for name in package.entries:
        if kind != "ods" and name.lower() in ("xl/styles.xml", "xl/styles.bin", "xl/metadata.xml"):
            for _ in package.chunks(name):
                pass
    if kind == "ods":
        return ods_extents(package)
    sheets = xlsx_sheets(package) if kind == "xlsx" else xlsb_sheets(package)
    if sum(package.size(part) for _, _, part in sheets) > MAX_SHEET:
        raise too_large()
    if kind == "xlsx":
        shared = xlsx_shared(package)
        return [xlsx_extent(package, *sheet, shared) for sheet in sheets]
    shared = xlsb_shared(package)
    return [xlsb_extent(package, *sheet, shared) for sheet in sheets]


def _other_document(package: Package) -> str | None:
    return next((name for part, name in _OTHER_DOCUMENTS.items() if part in package), None)


def _choose(sheets: list[Extent], wanted: str | None) -> Extent:
    if not sheets:
        raise FileFault("empty", "This workbook has no visible sheet with data in it. Check the export.")
    names = tuple(sheet.name for sheet in sheets)
    if wanted in names:
        return sheets[names.index(str(wanted))]
    tables = [sheet for sheet in sheets if sheet.is_table]
    others = [sheet for sheet in sheets if not sheet.is_table]
    if len(sheets) > 1 and not (len(tables) == 1 and all(sheet.is_notes for sheet in others)):
        raise NeedsAnswer((Question("sheet", "Which sheet holds the data?", names),))
    return tables[0] if tables else sheets[0]


def _note(sheet: Extent) -> Issue:
    if sheet.visible:
        return Issue(1, None, "sheet-not-read", f'The sheet "{sheet.name}" was not read.')
    sentence = f'The sheet "{sheet.name}" is hidden and was not read. If it holds data to load, show it and save again.'
    return Issue(1, None, "hidden-sheet", sentence)


def _records(content: bytes, extent: Extent) -> Iterator[Record]:
    faults: dict[int, list[tuple[int, str]]] = {}
    for (row, column), text in extent.faults.items():
        faults.setdefault(row, []).append((column, text))
    sheet = _sheet(content, extent.name)
    before = [""] * (sheet.start[1] if sheet.start else 0)
    number = 0
    # Rows come from the sheet's first row on, wherever the used area starts; columns from where it starts.
    for number, values in enumerate(sheet.iter_rows(), start=1):
        cells = before + [_text(value) for value in values]
        cells += [""] * (extent.columns - len(cells))
        for column, text in faults.get(number - 1, ()):
            cells[column] = text
        yield number, cells
    for last in range(number, extent.rows):
        # Below the last value, there may still be cells with errors.
        cells = [""] * max(extent.columns, len(before) + sheet.width)
        for column, text in faults.get(last, ()):
            cells[column] = text
        yield last + 1, cells


def _sheet(content: bytes, name: str) -> CalamineSheet:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            return book.get_sheet_by_name(name)
    except CalamineError:
        raise damaged() from None
    except BaseException as error:
        # The workbook library stops on some broken files with an error of its own that is no Exception.
        if type(error).__name__ == "PanicException":
            raise damaged() from None
        raise


def _text(cell: object) -> str:
    """One text form whatever the cell's type: 123.0 is an id that Excel made a number, so "123"."""
    if isinstance(cell, str):
        duration = _ODS_DURATION.fullmatch(cell)
        return ":".join((str(int(duration[1])), duration[2], duration[3])) if duration else cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        # Fifteen digits are what a spreadsheet holds; never 1e-05.
        return str(int(cell)) if cell.is_integer() else format(Decimal(f"{cell:.15g}"), "f")
    if isinstance(cell, datetime):
        whole = (cell + timedelta(milliseconds=500)).replace(microsecond=0)
        return whole.date().isoformat() if whole.time() == time() else whole.isoformat(" ")
    if isinstance(cell, timedelta):
        minutes, seconds = divmod(round(cell.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    if isinstance(cell, time):
        return cell.replace(microsecond=0).isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)
