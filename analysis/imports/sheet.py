"""A file, opened: what it is by its first bytes, its records, and where its table begins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from analysis.imports import workbook
from analysis.imports.encodings import MIXED, Content, told_of
from analysis.imports.layout import Layout, layout_of
from analysis.imports.report import FileFault, Issue
from analysis.imports.text import Block, Record, blocks, delimiter_of, encoding_of, first_text

MOST_CELLS = 5_000  # in one line
_HEAD = 50  # records that are looked at to find the header
_PICTURES = {
    b"\x89PNG": "a picture (PNG)",
    b"\xff\xd8\xff": "a picture (JPEG)",
    b"GIF8": "a picture (GIF)",
    b"%PDF-": "a PDF document",
}


@dataclass(frozen=True)
class Sheet:
    """A file that has been opened: its encoding and delimiter (None for a workbook), and its first and all records.

    `first` are the first 50 records with the lines on which they start, cells stripped, blank ones included. `layout`
    says where the header stands among them. `notes` name what was not read, such as a hidden sheet.
    """

    encoding: str | None
    delimiter: str | None
    first: list[Record]
    layout: Layout
    parts: Iterator[Block | list[Record]]
    notes: tuple[Issue, ...] = ()

    @property
    def head(self) -> list[list[str]]:
        """The first used records from the header on, as a format's signature is compared with them."""
        return [cells for _, cells in self.first if any(cells)][self.layout.titles :]


def open_sheet(content: Content, sheet: str | None = None, header_line: int | None = None) -> Sheet:
    """Open by the first bytes, whatever the name says.

    `sheet` of a workbook and `header_line` (a line of the file) are what somebody chose. Raises FileFault, NeedsAnswer.
    """
    start = bytes(content[:8])
    if not bytes(content[: 1 << 16]).strip() and len(content) <= 1 << 16:
        raise FileFault("empty", "The file is empty. Export it again.")
    for signature, name in _PICTURES.items():
        if start.startswith(signature):
            raise FileFault("not-text", f"This is {name}, not a table. Export the data as CSV (UTF-8).")
    encoding = delimiter = None
    notes: tuple[Issue, ...] = ()
    parts: Iterator[Block | list[Record]]
    if start.startswith((workbook.FIRST_BYTES, workbook.OLD_FIRST_BYTES)):
        book = workbook.open_workbook(content if isinstance(content, bytes) else content[:], sheet)
        parts, notes = _in_lists(book.records), book.notes
    else:
        encoding = encoding_of(content)
        notes = (told_of(content, encoding),) if encoding in MIXED else ()
        text = first_text(content, encoding)
        _refuse_oracle_loader(text)
        delimiter = delimiter_of(text)
        parts = blocks(content, encoding, delimiter)
    seen = _seen(parts)
    records = [(line, [cell.strip() for cell in cells]) for part in seen for line, cells in part]
    begin = next((place for place, (_, cells) in enumerate(records) if any(cells)), None)
    if begin is None:
        raise FileFault("empty", "There is no line of data in this file. Export it again.")
    first = records[max(0, begin + 1 - _HEAD) :][:_HEAD]  # a file may begin with many blank lines
    layout = layout_of(first, header_line)
    return Sheet(encoding, delimiter, first, layout, chain(seen, parts), notes)


def _seen(parts: Iterator[Block | list[Record]]) -> list[list[Record]]:
    """The first parts, as records, until they hold what is looked at: some of it must not be blank."""
    seen: list[list[Record]] = []
    used = False
    while (not used or sum(map(len, seen)) < _HEAD) and (part := next(parts, None)) is not None:
        seen.append(list(part.records()) if isinstance(part, Block) else part)
        for line, cells in seen[-1]:
            used = used or any(map(str.strip, cells))
            if len(cells) > MOST_CELLS:
                raise FileFault(
                    "too-many-columns",
                    f"Line {line} has {len(cells):,} cells, and a table may have {MOST_CELLS:,} columns. Export "
                    "fewer columns, or check that the lines of this file end where they should.",
                    line,
                )
    return seen


def _in_lists(records: Iterator[Record]) -> Iterator[list[Record]]:
    for first in records:
        yield [first, *islice(records, _HEAD - 1)]


def _refuse_oracle_loader(text: str) -> None:
    if any(line.startswith("METADATA|") for line in text.splitlines()):
        raise FileFault(
            "oracle-loader-file",
            "This is a file for Oracle's HCM Data Loader, which describes changes to make and no list of people. "
            "Export a report instead (in Oracle: Reports and Analytics, or OTBI), as CSV.",
        )
