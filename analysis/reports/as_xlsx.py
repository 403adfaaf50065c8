"""A workbook: a sheet a table with its unit, a sheet on the method, and the stamp on a hidden sheet."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import xlsxwriter

from analysis.csv_file import neutral
from analysis.reports.content import Report, Stamp
from analysis.reports.seal import STAMP_SHEET, of_rows
from analysis.reports.stamp import marked
from analysis.reports.table import Value
from analysis.reports.tables import method_lines, tables

_CELL = 32_000  # characters; Excel takes 32,767
_WIDEST = 60
_HEADER = 2  # the line of a table's header: its title and its unit stand above
_METHOD = "Method"

Rows = list[list[Value]]


def moment_of(stamp: Stamp) -> datetime:
    """When the data were published: the only time a file names, so that making it again gives the same bytes."""
    try:
        return datetime.fromisoformat(stamp.published_at).astimezone(UTC).replace(tzinfo=None, microsecond=0)
    except ValueError:
        return datetime(2000, 1, 1)


def xlsx_bytes(report: Report) -> bytes:
    """The workbook; hidden cells are words, and no cell is a formula."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, options)
    title = f"Reverse mentoring impact {report.stamp.quarter}"
    book.set_properties({"title": title, "author": "Reverse mentoring impact", "created": moment_of(report.stamp)})
    sheets = _sheets(report)
    looks = _Looks(book)
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for line, row in enumerate(rows):
            for column, value in enumerate(row):
                _write(sheet, line, column, value, looks.of(name, line, column, value))
        if name == _METHOD:
            sheet.set_column(0, 0, 28)
            sheet.set_column(1, 1, 100)
        else:
            _shape(sheet, rows)
    text = marked(report, of_rows(sheets))
    sheet = book.add_worksheet(STAMP_SHEET)
    for line, start in enumerate(range(0, len(text), _CELL)):
        sheet.write_string(line, 0, text[start : start + _CELL])
    sheet.hide()
    book.close()
    return buffer.getvalue()


def _sheets(report: Report) -> dict[str, Rows]:
    """What stands in each cell, by sheet."""
    found: dict[str, Rows] = {_METHOD: [[_cell(name), _cell(text)] for name, text in method_lines(report)]}
    for table in tables(report):
        rows: Rows = [[table.title], [f"Unit: {table.unit}"], list(table.header)]
        rows += [[_cell(value) for value in row] for row in table.rows]
        found[table.name.replace("_", " ").capitalize()[:31]] = rows
    return found


def _cell(value: Value) -> Value:
    return neutral(value)[:_CELL] if isinstance(value, str) else value


class _Looks:
    """How cells look: titles and headers bold, what is hidden in italics, proportions in four decimals."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.wrap = book.add_format({"text_wrap": True})
        self.hidden = book.add_format({"italic": True, "font_color": "#4A5360"})
        self.number = book.add_format({"num_format": "0.0000"})

    def of(self, sheet: str, line: int, column: int, value: Value) -> xlsxwriter.format.Format | None:
        if sheet == _METHOD:
            return self.wrap if column else self.bold
        if line in (0, _HEADER):
            return self.bold
        if isinstance(value, str):
            return self.hidden if value.lower().startswith("not shown") else None
        return self.number if isinstance(value, float) else None


def _write(
    sheet: xlsxwriter.workbook.Worksheet, line: int, column: int, value: Value, look: xlsxwriter.format.Format | None
) -> None:
    if isinstance(value, str):
        sheet.write_string(line, column, value, look)
    elif value is not None:
        sheet.write_number(line, column, value, look)


def _shape(sheet: xlsxwriter.workbook.Worksheet, rows: Rows) -> None:
    """Columns as wide as what stands in them, the header in sight, a filter on it."""
    header, *body = rows[_HEADER:]
    for column, name in enumerate(header):
        longest = max([len(str(name)), *(len(row[column]) for row in body if isinstance(row[column], str))])  # type: ignore[arg-type]
        sheet.set_column(column, column, min(_WIDEST, max(10, longest + 2)))
    sheet.freeze_panes(_HEADER + 1, 0)
    sheet.autofilter(_HEADER, 0, _HEADER + len(body), len(header) - 1)
