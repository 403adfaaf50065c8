"""A workbook: a sheet a table with its unit, a sheet on the method, and the stamp on a hidden sheet."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import xlsxwriter

from analysis.csv_file import neutral
from analysis.reports.content import Report, Stamp
from analysis.reports.stamp import marked
from analysis.reports.tables import Value, method_lines, tables

_CELL = 32_000  # characters; Excel takes 32,767
_WIDEST = 60


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
    bold, wrap = (
        book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
        book.add_format({"text_wrap": True}),
    )
    hidden, number = (
        book.add_format({"italic": True, "font_color": "#4A5360"}),
        book.add_format({"num_format": "0.0000"}),
    )
    sheet = book.add_worksheet("Method")
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 100)
    for line, (name, text) in enumerate(method_lines(report)):
        sheet.write_string(line, 0, neutral(name), bold)
        sheet.write_string(line, 1, neutral(text)[:_CELL], wrap)

    def write(sheet: xlsxwriter.workbook.Worksheet, line: int, column: int, value: Value) -> None:
        if isinstance(value, str):
            look = hidden if value.lower().startswith("not shown") else None
            sheet.write_string(line, column, neutral(value)[:_CELL], look)
        elif value is not None:
            sheet.write_number(line, column, value, number if isinstance(value, float) else None)

    for table in tables(report):
        sheet = book.add_worksheet(table.name.replace("_", " ").capitalize()[:31])
        sheet.write_string(0, 0, table.title, bold)
        sheet.write_string(1, 0, f"Unit: {table.unit}")
        for column, name in enumerate(table.header):
            sheet.write_string(2, column, name, bold)
            longest = max([len(name), *(len(str(row[column])) for row in table.rows if isinstance(row[column], str))])
            sheet.set_column(column, column, min(_WIDEST, max(10, longest + 2)))
        for line, row in enumerate(table.rows, start=3):
            for column, value in enumerate(row):
                write(sheet, line, column, value)
        sheet.freeze_panes(3, 0)
        sheet.autofilter(2, 0, 2 + len(table.rows), len(table.header) - 1)
    sheet = book.add_worksheet("Stamp")
    text = marked(report)
    if len(text) <= _CELL:
        sheet.write_string(0, 0, text)
    sheet.hide()
    book.close()
    return buffer.getvalue()
