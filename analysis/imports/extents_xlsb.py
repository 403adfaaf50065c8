"""Extents of the sheets of XLSB workbooks, whose parts are binary records ([MS-XLSB] 2.1.4)."""

from __future__ import annotations

from collections.abc import Iterator
from struct import error as struct_error
from struct import unpack_from
from xml.parsers import expat

from analysis.imports.extents import ERRORS, Extent, check_memory, text_memory
from analysis.imports.extents_xml import Attributes, parse_xml, part_of
from analysis.imports.packages import MAX_SHEET, Package, damaged

_ROW, _ERROR, _SHARED, _FORMULA_ERROR = 0, 3, 7, 11
_TEXTS = (6, 8)  # a text inside the cell; the text that a formula gave
_USED = frozenset(range(2, 12))  # 1 is a blank cell with a style
_SHARED_ITEM, _SHEET = 19, 156


def xlsb_sheets(package: Package) -> list[tuple[str, bool, str]]:
    """(name, visible, part) of each worksheet, in the workbook's order."""
    parts: dict[str, str] = {}

    def relation(_: str, values: Attributes) -> None:
        if values.get("Type", "").endswith("/worksheet"):
            parts[values.get("Id", "")] = part_of(values.get("Target", ""))

    parser = expat.ParserCreate()
    parser.StartElementHandler = relation
    parse_xml(package.chunks("xl/_rels/workbook.bin.rels"), parser)
    sheets = []
    try:
        for kind, data in _records(package.chunks("xl/workbook.bin")):
            if kind == _SHEET:
                relation_id, end = _text(data, 8)
                name, _end = _text(data, end)
                if relation_id in parts:
                    sheets.append((name, unpack_from("<I", data)[0] == 0, parts[relation_id]))
    except (struct_error, UnicodeDecodeError):
        raise damaged() from None
    return sheets


def xlsb_shared(package: Package) -> list[int]:
    """The length of each shared text."""
    if "xl/sharedStrings.bin" not in package:
        return []
    records = _records(package.chunks("xl/sharedStrings.bin", MAX_SHEET))
    return [len(data) for kind, data in records if kind == _SHARED_ITEM]


def xlsb_extent(package: Package, name: str, visible: bool, part: str, shared: list[int]) -> Extent:
    """One sheet of an XLSB workbook."""
    extent, row = Extent(name, visible), 0
    try:
        for kind, data in _records(package.chunks(part, MAX_SHEET)):
            if kind == _ROW:
                row = unpack_from("<I", data)[0]
            elif kind in _USED:
                column = unpack_from("<I", data)[0]
                if kind in (_ERROR, _FORMULA_ERROR):
                    extent.fault(row, column, ERRORS.get(data[8], "#N/A"))
                    continue
                text = 0
                if kind == _SHARED:
                    number = unpack_from("<I", data, 8)[0]
                    text = text_memory(shared[number] if number < len(shared) else 0)
                elif kind in _TEXTS:
                    text = text_memory(len(data))
                extent.use(row, column, text)
    except (struct_error, IndexError):
        raise damaged() from None
    check_memory((extent,), sum(map(text_memory, shared)))
    return extent


def _records(chunks: Iterator[bytes]) -> Iterator[tuple[int, bytes]]:
    """(type, data) of each record: both the type and the length are written with seven bits a byte."""
    held, at = b"", 0
    for chunk in chunks:
        held, at = held[at:] + chunk, 0
        while True:
            head = _head(held, at)
            if head is None or head[2] + head[1] > len(held):
                break
            kind, length, start = head
            yield kind, held[start : start + length]
            at = start + length
    if at < len(held):
        raise damaged()


def _head(held: bytes, at: int) -> tuple[int, int, int] | None:
    """(type, length, where the data starts) of the record at `at`; None where it is not all there yet."""
    if at + 2 > len(held):
        return None
    kind, at = held[at], at + 1
    if kind & 0x80:
        if at >= len(held):
            return None
        kind, at = kind & 0x7F | held[at] << 7, at + 1
    length = 0
    for shift in (0, 7, 14, 21):
        if at >= len(held):
            return None
        byte, at = held[at], at + 1
        length |= (byte & 0x7F) << shift
        if not byte & 0x80:
            return kind, length, at
    return kind, length, at


def _text(data: bytes, at: int) -> tuple[str, int]:
    end = at + 4 + 2 * unpack_from("<I", data, at)[0]
    return data[at + 4 : end].decode("utf-16-le"), end
