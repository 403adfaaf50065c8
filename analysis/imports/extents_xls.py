"""Extents of the sheets of XLS workbooks, which are binary records in a compound file ([MS-XLS] 2.4)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from struct import error as struct_error
from struct import unpack_from

from analysis.imports.compound import CompoundFile
from analysis.imports.extents import ERRORS, NOT_CALCULATED, Extent, check_memory, text_memory
from analysis.imports.packages import PASSWORD, damaged
from analysis.imports.report import FileFault

_BEGIN, _END, _PASSWORD, _SHEET, _SHARED_TEXTS, _CONTINUED = 0x809, 0x0A, 0x2F, 0x85, 0xFC, 0x3C
_FORMULA, _BOOLEAN_OR_ERROR, _SHARED, _MANY_NUMBERS, _FORMULA_TEXT = 0x06, 0x205, 0xFD, 0xBD, 0x207
_NUMBERS = (0x203, 0x27E)
_TEXTS = (0x204, 0xD6)
_WORKSHEET = 0


def xls_extents(content: bytes) -> list[Extent]:
    """All sheets of an XLS workbook, which the workbook library opens together."""
    if zipfile.is_zipfile(io.BytesIO(content)):
        # Two kinds of file in one: the workbook library might open the one that was not looked at.
        raise damaged()
    file = CompoundFile(content)
    if "EncryptedPackage" in file:
        raise FileFault("password", PASSWORD)
    stream = next((name for name in ("Workbook", "Book", "WORKBOOK", "BOOK") if name in file), None)
    if stream is None:
        raise FileFault("not-text", "This is an old Office document, but no workbook. Export the data as CSV (UTF-8).")
    book = file.read(stream)
    try:
        return _extents(book)
    except (struct_error, IndexError):
        raise damaged() from None


def _extents(book: bytes) -> list[Extent]:
    places: list[tuple[int, Extent]] = []
    texts: list[bytes] = []
    before = 0
    for kind, data in _records(book, 0):
        if kind == _PASSWORD:
            raise FileFault("password", PASSWORD)
        if kind == _SHEET and data[5] == _WORKSHEET:
            place, state = unpack_from("<IB", data)
            places.append((place, Extent(_sheet_name(data), state & 3 == 0)))
        elif kind == _SHARED_TEXTS or (kind == _CONTINUED and before in (_SHARED_TEXTS, _CONTINUED) and texts):
            texts.append(data)
        before = kind
    lengths = _text_lengths(texts)
    sheets = [extent for _, extent in places]
    for place, extent in places:
        _scan(book, place, extent, lengths)
        check_memory(sheets)
    return sheets


def _scan(book: bytes, place: int, extent: Extent, lengths: list[int]) -> None:
    for kind, data in _records(book, place):
        if kind in _NUMBERS:
            extent.use(*unpack_from("<HH", data))
        elif kind == _SHARED:
            row, column, number = unpack_from("<HH2xI", data)
            extent.use(row, column, text_memory(lengths[number] if number < len(lengths) else 0))
        elif kind == _MANY_NUMBERS:
            row, first = unpack_from("<HH", data)
            for column in range(first, unpack_from("<H", data, len(data) - 2)[0] + 1):
                extent.use(row, column)
        elif kind == _BOOLEAN_OR_ERROR:
            row, column, code, is_error = unpack_from("<HH2xBB", data)
            if is_error:
                extent.fault(row, column, ERRORS.get(code, "#N/A"))
            else:
                extent.use(row, column)
        elif kind == _FORMULA:
            _formula(extent, data)
        elif kind in _TEXTS:
            row, column = unpack_from("<HH", data)
            extent.use(row, column, text_memory(len(data)))
        elif kind == _FORMULA_TEXT:
            extent.text += text_memory(len(data))


def _formula(extent: Extent, data: bytes) -> None:
    row, column, result, code, mark = unpack_from("<HH2xBxB3xH", data)
    if mark == 0xFFFF and result == 2:
        extent.fault(row, column, ERRORS.get(code, NOT_CALCULATED))
    else:
        extent.use(row, column)


def _records(book: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """(type, data) of each record up to the end of the part that begins at `at`."""
    if unpack_from("<H", book, at)[0] != _BEGIN:
        raise FileFault("not-text", "This workbook is older than Excel 97. Save it as .xlsx or as CSV (UTF-8).")
    depth = 0
    while True:
        kind, length = unpack_from("<HH", book, at)
        data = book[at + 4 : at + 4 + length]
        if len(data) < length:
            raise damaged()
        if kind == _BEGIN:
            depth += 1  # a chart inside a sheet begins and ends too
        elif kind == _END:
            depth -= 1
            if not depth:
                return
        elif depth == 1:
            yield kind, data
        at += 4 + length


def _sheet_name(data: bytes) -> str:
    length, wide = data[6], data[7] & 1
    return data[8 : 8 + length * 2].decode("utf-16-le", "replace") if wide else data[8 : 8 + length].decode("latin-1")


def _text_lengths(pieces: list[bytes]) -> list[int]:
    """The length of each shared text. A text may go on in the next piece, which then says anew how wide it is."""
    if not pieces:
        return []
    lengths: list[int] = []
    piece, at = 0, 8
    for _ in range(unpack_from("<I", pieces[0], 4)[0]):
        if at >= len(pieces[piece]):
            piece, at = piece + 1, 0
            if piece >= len(pieces):
                break
        characters, flags = unpack_from("<HB", pieces[piece], at)
        at += 3
        rest = 0
        if flags & 8:
            rest, at = 4 * unpack_from("<H", pieces[piece], at)[0], at + 2
        if flags & 4:
            rest, at = rest + unpack_from("<I", pieces[piece], at)[0], at + 4
        lengths.append(2 * characters)
        wide = 1 + (flags & 1)
        while characters * wide > len(pieces[piece]) - at:
            characters -= (len(pieces[piece]) - at) // wide
            piece, at = piece + 1, 1
            if piece >= len(pieces):
                return lengths
            wide = 1 + (pieces[piece][0] & 1)
        at += characters * wide
        while rest > len(pieces[piece]) - at:
            rest -= len(pieces[piece]) - at
            piece, at = piece + 1, 0
            if piece >= len(pieces):
                return lengths
        at += rest
    return lengths
