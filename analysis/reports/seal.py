"""Has a file been changed since it was written? A digest of what stands in it, made when writing and from the file.

A table is digested cell by cell, so that saving it again in a spreadsheet program changes nothing; a page by its bytes.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

STAMP_SHEET = "Stamp"
STAMP_ROW = "stamp"
MARK = "impact-stamp:"
MARKED = re.compile(rb"impact-stamp:([A-Za-z0-9_-]*=*)")


def of_rows(sheets: Mapping[str, Iterable[Sequence[object]]]) -> str:
    """Of tables by name. A number is the same number however it is written, and empty cells at an end are none."""
    return _digest({name: _trimmed([[_cell(value) for value in row] for row in rows]) for name, rows in sheets.items()})


def of_document(document: Mapping[str, Any]) -> str:
    """Of a JSON document but for its mark."""
    return _digest({name: value for name, value in document.items() if name != "mark"})


def of_page(content: bytes) -> str:
    """Of the bytes but for the mark."""
    return hashlib.sha256(MARKED.sub(b"", content)).hexdigest()[:16]


def found_in(content: bytes) -> str | None:
    """The digest of a file as it is now; None where the format is made to be edited (slides).

    Raises ValueError for a file that can't be read.
    """
    if content[:2] == b"PK":
        return _of_workbook(content)
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start == b"{":
        return of_document(json.loads(content))
    if start == b"<":
        return of_page(content)
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), _dialect(content)))
    return of_rows({"": [row for row in rows if row[:1] != [STAMP_ROW]]})


def _of_workbook(content: bytes) -> str | None:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except CalamineError:
        return None
    return of_rows({name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names if name != STAMP_SHEET})


def stamp_text(content: bytes) -> bytes:
    """What stands on the hidden sheet of a workbook, its cells put together; nothing where there is none."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return "".join(str(row[0]) for row in book.get_sheet_by_name(STAMP_SHEET).to_python()).encode()
    except (CalamineError, IndexError):
        return b""


def _dialect(content: bytes) -> type[csv.Dialect]:
    """Commas, or the semicolons that a spreadsheet program writes in some countries."""

    class Written(csv.excel):
        delimiter = ";" if content[:200].count(b";") > content[:200].count(b",") else ","

    return Written


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    try:
        return f"{float(text):.10g}"
    except ValueError:
        return text.replace("\r\n", "\n")


def _trimmed(rows: list[list[str]]) -> list[list[str]]:
    for row in rows:
        while row and not row[-1]:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]
