"""Bytes to records of text cells, in Python: a sniffer that guesses drops rows and reports success.

A text is cut into blocks of whole records. A block in which nothing is out of the ordinary is split into cells by
Arrow, which is many times faster and gives the same cells; every other block goes through Python's csv reader.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from analysis.imports.encodings import MARK, MIXED, Content, in_utf8, mixture, release
from analysis.imports.report import FileFault

Record = tuple[int, list[str]]  # the physical line on which the record starts, and its cells

CELLS = pa.dictionary(pa.int32(), pa.string())
DELIMITERS = (",", ";", "\t", "|")
FIRST_PIECE = 1 << 16  # bytes: enough for the first records of most files
_PIECE = 1 << 23
_LONGEST_RECORD = 1 << 25  # bytes; a quotation mark that closes later than this was never meant to be open
_SMALLEST = 1 << 16  # a block below this size is not halved again to find the lines that are out of the ordinary
csv.field_size_limit(1 << 30)  # a long cell is no fault of the file
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
_NOT_TEXT = "This is not a text file. Export it as CSV (UTF-8) or as an Excel workbook (.xlsx)."
# A control character can't stand in a file that passed encoding_of(), so no real record equals this one.
_END = "\x00"
_MARK, _NEWLINE, _RETURN = b'"', b"\n", b"\r"


@dataclass(frozen=True)
class Block:
    """Whole records in UTF-8. `plain`: every line is a record, and every quotation mark stands at a cell's edge."""

    text: bytes
    first_line: int
    delimiter: str
    plain: bool

    def records(self) -> Iterator[Record]:
        """Each record with the physical line on which it starts, by Python's reader; blank ones too."""
        reader = csv.reader(_lines(self.text), delimiter=self.delimiter)
        start = self.first_line
        for cells in reader:
            yield start, cells
            start = self.first_line + reader.line_num

    def columns(self, width: int) -> list[pa.DictionaryArray] | None:
        """The same cells by column, one line after another; None unless each line is a record of `width` cells.

        A blank line, in which Python's reader sees no cell, is one of blank cells here.
        """
        if not self.plain or width < 2 or self.text.startswith(codecs.BOM_UTF8):
            return None  # Arrow would take a mark at the start of any block for one of the file
        names = [str(position) for position in range(width)]
        try:
            table = pacsv.read_csv(
                pa.BufferReader(self.text),
                pacsv.ReadOptions(use_threads=False, column_names=names, block_size=len(self.text) + 1),
                pacsv.ParseOptions(delimiter=self.delimiter, ignore_empty_lines=False),
                pacsv.ConvertOptions(
                    column_types=dict.fromkeys(names, CELLS), strings_can_be_null=False, null_values=[]
                ),
            )
        except pa.ArrowInvalid:
            return None
        if len(table) != self.lines:
            return None
        return [column.combine_chunks() for column in table.columns]

    def halves(self) -> tuple[Block, Block] | None:
        """The block in two, where it is plain and not small already."""
        if not self.plain or len(self.text) <= _SMALLEST:
            return None
        end = self.text.rfind(_NEWLINE, 0, len(self.text) // 2) + 1
        if not end:
            return None
        first = Block(self.text[:end], self.first_line, self.delimiter, True)
        return first, Block(self.text[end:], self.first_line + first.lines, self.delimiter, True)

    @cached_property
    def lines(self) -> int:
        """Physical lines, the last one ended or not."""
        return _line_ends(self.text) + (not self.text.endswith((_NEWLINE, _RETURN)))


def encoding_of(content: Content) -> str:
    """How the file is read: as UTF-8 strictly, UTF-16 by its mark or its NUL bytes, else as Windows-1252, or as UTF-8
    and Windows-1252 together.

    Raises FileFault for what is not text.
    """
    for encoding in _encodings(content):
        try:
            if not all(_free_of_controls(piece) for piece in pieces(content, encoding, strict=True)):
                break
        except UnicodeDecodeError:
            continue
        return encoding
    raise FileFault("not-text", _NOT_TEXT)


def _encodings(content: Content) -> Iterator[str]:
    """The encodings to try, one after the other."""
    start = bytes(content[:4096])
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield "utf-16"
        return
    low, high = start[1::2].count(0), start[::2].count(0)
    if max(low, high) > len(start) // 8:
        # Without a mark, mostly Latin text in UTF-16 has its NUL bytes on one side of each pair.
        yield "utf-16-le" if low > high else "utf-16-be"
        return
    yield "utf-8-sig" if start.startswith(MARK) else "utf-8"
    yield mixture(content) or "cp1252"


def _free_of_controls(piece: bytes) -> bool:
    """No control character but tab, line ends, vertical tab and form feed; UTF-8 has them as single bytes."""
    for at in range(0, len(piece), 1 << 18):  # a part that stays in the processor's cache
        codes = np.frombuffer(piece, np.uint8)[at : at + (1 << 18)]
        low = codes < 32
        if low.any() and ((codes - 9 > 4) & low).any():
            return False
    return True


def pieces(content: Content, encoding: str, strict: bool = False) -> Iterator[bytes]:
    """The text in UTF-8, piece by piece, so that a large file is never held as a whole.

    Characters may be cut at a piece's end. `strict` reads UTF-8 too, raising UnicodeDecodeError where it is none.
    """
    if encoding in MIXED:
        yield from in_utf8(content, encoding, FIRST_PIECE)
        return
    decoder = codecs.getincrementaldecoder(encoding)()
    start, size = 3 if encoding == "utf-8-sig" else 0, FIRST_PIECE
    utf8 = encoding.startswith("utf-8")
    while start < len(content):
        piece = bytes(content[start : start + size])
        last = start + size >= len(content)
        if utf8 and (not strict or (piece.isascii() and not decoder.getstate()[0])):
            yield piece
        else:
            text = decoder.decode(piece, last)
            yield piece if utf8 else text.encode()
        release(content, start + size)
        start, size = start + size, _PIECE


def delimiter_of(text: str) -> str:
    """Comma, semicolon, tab or bar: whichever gives most of the first records the same number of cells, two or more.

    So neither a title line nor a decimal comma decides.
    """

    def agreement(delimiter: str) -> tuple[int, int]:
        lines = io.StringIO(text, newline="")
        records = islice((record for record in csv.reader(lines, delimiter=delimiter) if any(record)), 50)
        widths = Counter(len(record) for record in records if len(record) > 1)
        return max(((count, width) for width, count in widths.items()), default=(0, 0))

    return max(DELIMITERS, key=agreement)


def first_text(content: Content, encoding: str) -> str:
    """The whole lines with which the text begins (a line longer than the first piece is cut)."""
    start = next(pieces(content, encoding), b"")
    if len(content) > FIRST_PIECE:
        start = start[: start.rfind(_NEWLINE) + 1] or start[: start.rfind(_RETURN) + 1] or start
    return start.decode(errors="ignore")


def blocks(content: Content, encoding: str, delimiter: str) -> Iterator[Block]:
    """The text in blocks of whole records, the first one small. Raises FileFault for an unclosed quotation mark."""
    rest, line = b"", 1
    for piece in chain(pieces(content, encoding), [None]):
        last = piece is None
        if piece is not None:
            rest = rest + piece if rest else piece
        if not rest:
            continue
        block, unclosed = _cut(rest, line, delimiter, last)
        if block is not None:
            yield block
            line += block.lines
            rest = rest[len(block.text) :]
        if rest and (last or len(rest) > _LONGEST_RECORD):
            raise _never_ends(line, unclosed)


def _never_ends(line: int, unclosed: int | None) -> FileFault:
    if unclosed is None:
        return FileFault(
            "not-text", f"Line {line} is longer than any line of a table. Check the export: it may be no table.", line
        )
    return FileFault(
        "unclosed-quote",
        f"Line {unclosed}: a quotation mark is opened and never closed, so the lines after it can't be told apart. "
        "Remove it or double it, and load the file again.",
        unclosed,
    )


def _cut(text: bytes, line: int, delimiter: str, last: bool) -> tuple[Block | None, int | None]:
    """The whole records at the start of `text`, and the line of a record that is still open behind them."""
    end = len(text) if last else text.rfind(_NEWLINE) + 1
    simple = _RETURN not in text or text.count(_RETURN, 0, end) == text.count(b"\r\n", 0, end)
    if simple and end and text.find(_MARK, 0, end) < 0:
        return Block(text[:end], line, delimiter, True), None
    if simple and end:
        marks = np.flatnonzero(np.frombuffer(text, np.uint8, end) == _MARK[0])
        if len(marks) % 2 == 0 and _at_edges(text[:end], marks, delimiter) and _no_break_inside(text[:end], marks):
            return Block(text[:end], line, delimiter, True), None
    return _cut_by_reader(text, line, delimiter, last)


def _at_edges(text: bytes, marks: np.ndarray, delimiter: str) -> bool:
    """Each opening mark stands after a delimiter or a line end, each closing one before; or two of them together."""
    codes = np.frombuffer(text, np.uint8)
    edge = np.zeros(256, dtype=bool)
    edge[[ord(delimiter), _NEWLINE[0], _RETURN[0]]] = True
    opening, closing = marks[::2], marks[1::2]
    doubled = closing[:-1] + 1 == opening[1:]
    opens = edge[codes[opening - 1]] | (opening == 0)
    opens[1:] |= doubled
    closes = edge[codes[np.minimum(closing + 1, len(codes) - 1)]] | (closing == len(codes) - 1)
    closes[:-1] |= doubled
    return bool(opens.all() and closes.all())


def _no_break_inside(text: bytes, marks: np.ndarray) -> bool:
    """No line end between an opening mark and its closing one."""
    ends = np.flatnonzero(np.frombuffer(text, np.uint8) == _NEWLINE[0])
    return bool((np.searchsorted(marks, ends) % 2 == 0).all())


def _cut_by_reader(text: bytes, line: int, delimiter: str, last: bool) -> tuple[Block | None, int | None]:
    """The same by Python's own reader, which says where a record ends whatever its quotation marks look like."""
    lines = text.splitlines(keepends=True)
    if not last:
        lines.pop()  # more of it may come
    reader = csv.reader(chain((part.decode() for part in lines), [_END]), delimiter=delimiter)
    start, before = 0, 0
    try:
        for cells in reader:
            if cells == [_END] and reader.line_num == start + 1:
                before = start
                break
            before, start = start, reader.line_num
    except csv.Error:
        before = start
    end = sum(map(len, lines[:before]))
    unclosed = None if before == len(lines) else line + before
    return (Block(text[:end], line, delimiter, False) if end else None), unclosed


def _lines(text: bytes) -> Iterable[str]:
    """Lines ended in any way."""
    return io.TextIOWrapper(io.BytesIO(text), "utf-8", newline="")


def _line_ends(text: bytes) -> int:
    ends = text.count(_NEWLINE)
    return ends + text.count(_RETURN) - text.count(b"\r\n") if _RETURN in text else ends
