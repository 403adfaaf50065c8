"""Extents of the sheets of XLSX workbooks.

A large sheet has millions of cells, so they are counted by patterns over whole pieces of the part. A piece in which any
cell is spelled in another way than nearly all programs do sends the sheet to a parser, which is exact and slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from xml.parsers import expat

import numpy as np

from analysis.imports.extents import NOT_CALCULATED, Extent, check_memory, text_memory
from analysis.imports.extents_xml import LONGEST, Attributes, local, parse_xml, part_of
from analysis.imports.packages import MAX_SHEET, Package, damaged

_ANY_CELL = re.compile(rb"<(?:[^\s<>/:!?]+:)?c(?=[\s/>])")
_CELL = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"([^<>]*?)(/?)>(?:<v>([0-9]{0,9})<)?')
_WHOLE_CELL = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"((?:[^<>]*[^<>/])?)>(.*?)</c>', re.DOTALL)
_VALUE = re.compile(rb"<v>([^<]*)</v>")
_ENCODING = re.compile(rb"""^[^>]*encoding=["'](?!utf-8["'])""", re.IGNORECASE)


class _Unusual(Exception):
    """The part is spelled in a way that the patterns do not know."""


def xlsx_sheets(package: Package) -> list[tuple[str, bool, str]]:
    """(name, visible, part) of each worksheet, in the workbook's order."""
    parts: dict[str, str] = {}
    sheets: list[tuple[str, bool, str]] = []

    def relation(tag: str, values: Attributes) -> None:
        if local(tag) == "Relationship" and values.get("Type", "").endswith("/worksheet"):
            parts[values["Id"]] = part_of(values["Target"])

    def sheet(tag: str, values: Attributes) -> None:
        if local(tag) == "sheet":
            part = next((parts[value] for name, value in values.items() if name.endswith(":id") and value in parts), "")
            if part:
                sheets.append((values["name"], values.get("state", "visible") == "visible", part))

    def start(tag: str, values: Attributes) -> None:
        # Elsewhere it would be read from where nobody has looked. No program is known that puts it there.
        if values.get("Type", "").endswith("/officeDocument") and values["Target"].lstrip("/") != "xl/workbook.xml":
            raise damaged()

    steps = (("_rels/.rels", start), ("xl/_rels/workbook.xml.rels", relation), ("xl/workbook.xml", sheet))
    for name, handler in steps:
        parser = expat.ParserCreate()
        parser.StartElementHandler = handler
        try:
            parse_xml(package.chunks(name), parser)
        except KeyError:
            raise damaged() from None
    return sheets


def xlsx_shared(package: Package) -> list[int]:
    """The length of each shared text."""
    lengths: list[int] = []
    if "xl/sharedStrings.xml" not in package:
        return lengths

    def start(tag: str, _: Attributes) -> None:
        if local(tag) == "si":
            lengths.append(0)

    def text(data: str) -> None:
        if lengths:
            lengths[-1] += len(data)

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.CharacterDataHandler = start, text
    parse_xml(package.chunks("xl/sharedStrings.xml", MAX_SHEET), parser)
    return lengths


def xlsx_extent(package: Package, name: str, visible: bool, part: str, shared: list[int]) -> Extent:
    """One sheet of an XLSX workbook."""
    memory = np.array([text_memory(length) for length in shared], np.int64)
    extent = Extent(name, visible)
    try:
        for piece in _pieces(package.chunks(part, MAX_SHEET)):
            _count(extent, piece, memory)
    except _Unusual:
        extent = Extent(name, visible)
        _XlsxScan(extent, memory).run(package.chunks(part, MAX_SHEET))
    check_memory((extent,), int(memory.sum()))
    return extent


@cache
def column_of(letters: str) -> int:
    """Column A is 0."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _pieces(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The part in pieces that end before a cell, so that each cell is whole in one of them."""
    held = b""
    for number, chunk in enumerate(chunks):
        if not number and (b"\0" in chunk[:200] or b"<!DOCTYPE" in chunk or _ENCODING.search(chunk[:200])):
            raise _Unusual
        held += chunk
        cut = held.rfind(b"<c ")
        if cut > 0:
            yield held[:cut]
            held = held[cut:]
        elif len(held) > 1 << 22:
            raise _Unusual
    yield held


def _count(extent: Extent, piece: bytes, memory: np.ndarray) -> None:
    cells = _CELL.findall(piece)
    if len(_ANY_CELL.findall(piece)) != len(cells) or b"<!" in piece:
        raise _Unusual
    used = [cell for cell in cells if not cell[3]]
    if not used:
        return
    letters, rows, spellings, _, values = zip(*used, strict=True)
    for row in rows:
        if not extent.note_width(int(row) - 1):
            break
    extent.reach(max(map(int, set(rows))) - 1, max(map(column_of, {each.decode() for each in letters})))
    extent.filled += len(used)
    texts = {spelling for spelling in set(spellings) if b't="s"' in spelling}
    if texts:
        numbers = [int(value or 0) for spelling, value in zip(spellings, values, strict=True) if spelling in texts]
        places = np.array(numbers, np.int64)
        extent.text += int(memory[places[places < len(memory)]].sum())
    check_memory((extent,))
    if b't="e"' in piece or b"<f" in piece:
        _note_faults(extent, piece)


def _note_faults(extent: Extent, piece: bytes) -> None:
    for letters, row, spelling, inside in _WHOLE_CELL.findall(piece):
        error = b't="e"' in spelling
        if not error and (not inside.startswith(b"<f") or b't="str"' in spelling):
            continue
        value = _VALUE.search(inside)
        said = value[1].decode(errors="replace").strip() if value else ""
        if error or not said:
            extent.mark(int(row) - 1, column_of(letters.decode()), said or ("#N/A" if value else NOT_CALCULATED))


@dataclass
class _XlsxScan:
    """Reads the cells of a sheet in any spelling, one by one; the text inside them only where it matters."""

    extent: Extent
    shared: np.ndarray
    row: int = -1
    column: int = -1
    type: str = ""
    valued: bool = False
    formula: bool = False
    inside: str = ""
    said: str = ""
    parser: expat.XMLParserType = field(default_factory=expat.ParserCreate)

    def run(self, chunks: Iterator[bytes]) -> None:
        self.parser.StartElementHandler = self.start
        parse_xml(chunks, self.parser)
        self.flush()

    def start(self, tag: str, values: Attributes) -> None:
        if ":" in tag:
            tag = local(tag)
        if tag == "v":
            self.valued, self.inside = True, "v"
        elif tag == "c":
            self.flush()
            self.type = values.get("t", "")
            self.valued = self.formula = False
            place = values.get("r")
            if place is None:
                self.column += 1
            else:
                letters = place.rstrip("0123456789")
                self.row = int(place[len(letters) :]) - 1
                self.column = column_of(letters)
            if self.type in ("e", "s"):
                self.listen()
        elif tag == "row":
            self.flush()
            self.row = int(values["r"]) - 1 if "r" in values else self.row + 1
            self.column = -1
        elif tag == "f":
            self.formula, self.inside = True, "f"
            self.listen()
        elif tag == "is":
            self.valued, self.inside = True, "is"

    def flush(self) -> None:
        """Count the cell that is complete now."""
        listened, self.parser.CharacterDataHandler = self.parser.CharacterDataHandler, None
        if self.type == "e" and self.valued:
            self.extent.fault(self.row, self.column, self.said.strip() or "#N/A")
        elif self.formula and not self.said.strip() and self.type not in ("str", "inlineStr"):
            self.extent.fault(self.row, self.column, NOT_CALCULATED)
        elif self.valued:
            text = len(self.said) if listened else 0
            if self.type == "s":
                number = int(self.said or 0)
                text = int(self.shared[number]) if 0 <= number < len(self.shared) else 0
            self.extent.use(self.row, self.column, text)
        self.type, self.said, self.valued, self.formula = "", "", False, False

    def listen(self) -> None:
        self.parser.CharacterDataHandler = self.text

    def text(self, data: str) -> None:
        if self.inside == "v" and len(self.said) <= LONGEST:
            self.said += data
