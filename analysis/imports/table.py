"""Records to a table of text cells with their line numbers. Nothing is typed or dropped here without a count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice

import numpy as np
import pyarrow as pa

from analysis.imports import workbook
from analysis.imports.report import FileFault, Issue
from analysis.imports.text import Record, csv_records, encoding_of

TOTALS = frozenset({"total", "totals", "grand total"})
CELLS = pa.dictionary(pa.int32(), pa.string())
MAX_ISSUES = 100_000  # a file with more faults than this is wrong as a whole; the first ones say how
_CHUNK = 50_000


class Rejections:
    """Lines that will not be loaded, and why. `excused` lines do not count when asking whether to go on."""

    def __init__(self) -> None:
        self.lines: set[int] = set()
        self.excused: set[int] = set()
        self.issues: list[Issue] = []

    def add(self, line: int, column: str | None, code: str, sentence: str, excused: bool = False) -> None:
        (self.excused if excused else self.lines).add(line)
        if len(self.issues) < MAX_ISSUES:
            where = f"Line {line}, column {column}" if column else f"Line {line}"
            self.issues.append(Issue(line, column, code, f"{where}: {sentence}"))

    @property
    def all_lines(self) -> set[int]:
        return self.lines | self.excused


@dataclass(frozen=True)
class Sheet:
    """A file that has been opened: its encoding (None for a workbook), its first records and all of them."""

    encoding: str | None
    head: list[list[str]]
    records: Iterator[Record]


@dataclass(frozen=True)
class Table:
    """Text cells by column, each a DictionaryArray as long as `line`; a repeated text is held once."""

    header: list[list[str]]
    lines: int
    blank_rows: int
    data_rows: int
    line: np.ndarray
    columns: list[pa.DictionaryArray]
    rejections: Rejections = field(default_factory=Rejections)


def open_sheet(content: bytes, sheet: str | None = None) -> Sheet:
    """Open by the first bytes, whatever the name says. Raises FileFault, NeedsAnswer."""
    encoding = None
    if not content.strip():
        raise FileFault("empty", "The file is empty. Export it again.")
    if content.startswith(workbook.OLD_FIRST_BYTES):
        raise FileFault(
            "not-text",
            "This is an old Excel workbook, or one with a password. Save it as .xlsx without a password, "
            "or as CSV (UTF-8).",
        )
    if content.startswith(workbook.FIRST_BYTES):
        records = workbook.workbook_records(content, sheet)
    else:
        encoding = encoding_of(content)
        records = csv_records(content, encoding)
    first = list(islice(records, 50))
    head = [[cell.strip() for cell in cells] for _, cells in first if not _blank(cells)]
    return Sheet(encoding, head[:3], chain(first, records))


def tabulate(sheet: Sheet, header_lines: int) -> Table:
    """All records as columns. A line whose number of cells differs from the header's is rejected, not bent."""
    header: list[list[str]] = []
    rejections = Rejections()
    kept: list[int] = []
    rows: list[list[str]] = []
    chunks: list[list[pa.DictionaryArray]] = []
    lines = blank = width = 0
    for line, cells in sheet.records:
        lines += 1
        if _blank(cells):
            blank += 1
        elif len(header) < header_lines:
            header.append([cell.strip() for cell in cells])
            width = len(cells)
        elif cells[0].strip(" :").lower() in TOTALS:
            rejections.add(line, None, "totals-row", "this is a totals line, not data. It is left out.")
        elif len(cells) != width:
            rejections.add(line, None, *_ragged(len(cells), width))
        else:
            kept.append(line)
            rows.append(cells)
            if len(rows) == _CHUNK:
                chunks.append(_columns(rows))
                rows = []
    if rows:
        chunks.append(_columns(rows))
    return Table(
        header=header,
        lines=lines,
        blank_rows=blank,
        data_rows=lines - blank - len(header),
        line=np.array(kept, dtype=np.int32),
        columns=[join(parts) for parts in zip(*chunks, strict=True)] if chunks else [],
        rejections=rejections,
    )


def join(parts: tuple[pa.DictionaryArray, ...]) -> pa.DictionaryArray:
    """Text cells one after another, with one dictionary."""
    return pa.chunked_array(parts, type=CELLS).unify_dictionaries().combine_chunks()


def _blank(cells: list[str]) -> bool:
    return not any(map(str.strip, cells))


def _columns(rows: list[list[str]]) -> list[pa.DictionaryArray]:
    return [pa.array(cells, pa.string()).dictionary_encode() for cells in zip(*rows, strict=True)]


def _ragged(cells: int, width: int) -> tuple[str, str]:
    if cells > width:
        return "extra-cell", (
            f"this line has {cells} cells and the header has {width}. Remove the extra ones, or put quotation "
            "marks around a text that contains the delimiter."
        )
    return (
        "missing-cell",
        f"this line has {cells} cells and the header has {width}. Add the missing ones, even if blank.",
    )
