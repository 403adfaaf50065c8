"""Bytes to records of text cells, in Python: a sniffer that guesses drops rows and reports success."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import chain

from analysis.imports.report import FileFault

Record = tuple[int, list[str]]  # the physical line on which the record starts, and its cells

DELIMITERS = (",", ";", "\t")
csv.field_size_limit(1 << 30)  # a long cell is no fault of the file
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
_NOT_TEXT = "This is not a text file. Export it as CSV (UTF-8) or as an Excel workbook (.xlsx)."
# A control character can't stand in a file that passed encoding_of(), so no real record equals this one.
_END = "\x00"


def encoding_of(content: bytes) -> str:
    """The codec that reads the file: UTF-8 strictly, UTF-16 by its mark or its NUL bytes, else Windows-1252.

    Raises FileFault for what is not text.
    """
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _CONTROL.search(text):
            break
        return encoding
    raise FileFault("not-text", _NOT_TEXT)


def _encodings(content: bytes) -> tuple[str, ...]:
    if content.startswith(b"\xef\xbb\xbf"):
        return ("utf-8-sig",)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    start = content[:4096]
    low, high = start[1::2].count(0), start[::2].count(0)
    if max(low, high) > len(start) // 8:
        # Without a mark, mostly Latin text in UTF-16 has its NUL bytes on one side of each pair.
        return ("utf-16-le",) if low > high else ("utf-16-be",)
    return ("utf-8", "cp1252")


def delimiter_of(lines: Iterable[str]) -> str:
    """Comma, semicolon or tab: whichever stands most often outside quotation marks in the first used line."""
    first = next((line for line in lines if line.strip()), "")
    outside = re.sub(r'"[^"]*"', "", first)
    return max(DELIMITERS, key=outside.count)


def csv_records(content: bytes, encoding: str) -> Iterator[Record]:
    """Every record with the line on which it starts; blank ones too. Raises FileFault for an unclosed quote."""
    delimiter = delimiter_of(_lines(content, encoding))
    reader = csv.reader(chain(_lines(content, encoding), [_END]), delimiter=delimiter)
    start = 1
    try:
        for cells in reader:
            if cells == [_END] and reader.line_num == start:
                return
            last, start = start, reader.line_num + 1
            yield last, cells
    except csv.Error:
        last = start
    # The end was swallowed: the last record opened a quotation mark and never closed it.
    raise FileFault(
        "unclosed-quote",
        f"Line {last}: a quotation mark is opened and never closed, so the lines after it can't be told apart. "
        "Remove it or double it, and load the file again.",
        last,
    )


def _lines(content: bytes, encoding: str) -> Iterable[str]:
    """Lines ended in any way, decoded as they are read: a large file is never held as text."""
    return io.TextIOWrapper(io.BytesIO(content), encoding, newline="")
