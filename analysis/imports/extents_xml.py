"""Extents of the sheets of ODS workbooks, and what XLSX has in common with them: parts that are XML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from analysis.imports.extents import Extent, check_memory, text_memory
from analysis.imports.packages import MAX_SHEET, PASSWORD, Package, damaged, too_large
from analysis.imports.report import FileFault

Attributes = dict[str, str]
_MOST_ROWS = 1 << 20
LONGEST = 32_767  # characters that a cell can hold
_ODS_ERRORS = ("#", "Err:")


def parse_xml(chunks: Iterator[bytes], parser: expat.XMLParserType) -> None:
    """Feed one part. Raises FileFault for what is no XML, or declares entities, which no workbook does."""
    parser.EntityDeclHandler = _no_entities
    try:
        for chunk in chunks:
            parser.Parse(chunk)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError):  # ValueError: a row or column number that is none
        raise damaged() from None


def part_of(target: str) -> str:
    """The part that a relationship names, as the workbook library finds it."""
    if target.startswith("/xl/"):
        return target[1:]
    return target if target.startswith("xl/") else f"xl/{target}"


def ods_extents(package: Package) -> list[Extent]:
    """All sheets of an ODS workbook, which the workbook library opens together."""
    if b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise FileFault("password", PASSWORD)
    scan = _OdsScan()
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = scan.start, scan.end
    parser.CharacterDataHandler = scan.text
    parse_xml(package.chunks("content.xml", MAX_SHEET), parser)
    check_memory(scan.sheets)
    return scan.sheets


@dataclass
class _OdsScan:
    """Reads content.xml; a cell or row that is repeated stands there once with its count."""

    sheets: list[Extent] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)
    style: str = ""
    row: int = 0
    rows: int = 1
    column: int = 0
    columns: int = 1
    values: Attributes | None = None
    said: list[str] = field(default_factory=list)
    length: int = 0

    def start(self, tag: str, values: Attributes) -> None:
        name = local(tag)
        if name in ("table-cell", "covered-table-cell"):
            self.values, self.said, self.length = values, [], 0
            self.columns = _repeats(values, "table:number-columns-repeated")
        elif name == "table-row":
            self.rows, self.column = _repeats(values, "table:number-rows-repeated"), 0
        elif name == "table":
            self.sheets.append(Extent(values.get("table:name", ""), values.get("table:style-name") not in self.hidden))
            self.row = 0
        elif name == "style":
            self.style = values.get("style:name", "")
        elif name == "table-properties" and values.get("table:display") == "false":
            self.hidden.add(self.style)

    def end(self, tag: str) -> None:
        name = local(tag)
        if name in ("table-cell", "covered-table-cell") and self.values is not None:
            self._cell(self.values, "".join(self.said))
            self.column += self.columns
            self.values = None
        elif name == "table-row":
            self.row += self.rows

    def text(self, data: str) -> None:
        if self.values is not None:
            self.said.append(data)
            self.length += len(data)
            if self.length > 100 * LONGEST:
                raise too_large()

    def _cell(self, values: Attributes, said: str) -> None:
        if not self.sheets or not (said.strip() or "office:value-type" in values):
            return
        sheet = self.sheets[-1]
        last_row, last_column = self.row + self.rows - 1, self.column + self.columns - 1
        error = values.get("calcext:value-type") == "error" or (
            "table:formula" in values and said.startswith(_ODS_ERRORS) and not values.get("office:string-value", "")
        )
        cells = self.rows * self.columns
        if cells > 1:
            sheet.use(last_row, last_column)
            sheet.filled += cells - 2
            sheet.text += cells * text_memory(len(said))
            check_memory((sheet,))
        if not error:
            sheet.use(self.row, self.column, text_memory(len(said)))
            return
        for row in range(self.row, last_row + 1):
            for column in range(self.column, last_column + 1):
                sheet.fault(row, column, said.strip() or "#N/A")


def _repeats(values: Attributes, name: str) -> int:
    count = int(values.get(name, 1))
    if not 0 < count <= _MOST_ROWS:
        raise damaged()
    return count


def local(tag: str) -> str:
    """A tag without its prefix."""
    return tag.rpartition(":")[2]


def _no_entities(*_: object) -> None:
    raise damaged()
