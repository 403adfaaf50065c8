"""Records to a table of text cells with their line numbers. Nothing is typed or dropped here without a count."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.imports.report import Issue
from analysis.imports.sheet import Sheet, open_sheet
from analysis.imports.text import CELLS, Block, Record

__all__ = ["MAX_ISSUES", "TOTALS", "Rejections", "Sheet", "Table", "join", "open_sheet", "tabulate"]

TOTALS = frozenset(
    {"total", "totals", "grand total", "gesamt", "gesamtsumme", "gesamtergebnis", "insgesamt", "summe", "endsumme"}
    | {"total général", "total general", "totaux", "somme", "totale", "totale generale", "suma", "suma total"}
)
MAX_ISSUES = 100_000  # a file with more faults than this is wrong as a whole; the first ones say how
_CHUNK = 50_000
_BESIDE = 2  # threads; each holds a block of the file
Split = tuple[int, "Future[list[pa.DictionaryArray] | None]"]  # a width, and a block's cells at that width


class Rejections:
    """Lines that will not be loaded, and why. `excused` lines do not count when asking whether to go on; `notes` say
    what is to be said of many of them together."""

    def __init__(self) -> None:
        self.lines: set[int] = set()
        self.excused: set[int] = set()
        self.issues: list[Issue] = []
        self.notes: list[Issue] = []

    def add(self, line: int, column: str | None, code: str, sentence: str, excused: bool = False) -> None:
        (self.excused if excused else self.lines).add(line)
        if len(self.issues) < MAX_ISSUES:
            where = f"Line {line}, column {column}" if column else f"Line {line}"
            self.issues.append(Issue(line, column, code, f"{where}: {sentence}"))

    @property
    def all_lines(self) -> set[int]:
        return self.lines | self.excused


@dataclass(frozen=True)
class Table:
    """Text cells by column, each a DictionaryArray as long as `line`; a repeated text is held once.

    `header_lines` counts the title lines above the header and its rows, each of which is as wide as the table.
    """

    header: list[list[str]]
    lines: int
    blank_rows: int
    data_rows: int
    line: np.ndarray
    columns: list[pa.DictionaryArray]
    rejections: Rejections = field(default_factory=Rejections)

    @property
    def header_lines(self) -> int:
        return self.lines - self.blank_rows - self.data_rows


def tabulate(sheet: Sheet, header_rows: int) -> Table:
    """All records as columns. A line whose number of cells differs from the header's is rejected, not bent.

    Blank cells beyond the header's last text are no cells: exports end some lines in delimiters and others not.
    """
    building = _Building(sheet.layout.titles, header_rows)
    with ThreadPoolExecutor(_BESIDE) as beside:
        for part, split in _split_ahead(sheet.parts, building, beside):
            building.add(part, split)
        return building.table(beside)


def _split_ahead(
    parts: Iterable[Block | list[Record]], building: _Building, beside: Executor
) -> Iterator[tuple[Block | list[Record], Split | None]]:
    """The parts in their order. While one is added, Arrow splits the next blocks, for which it needs no Python."""
    waiting: deque[tuple[Block | list[Record], Split | None]] = deque()
    for part in parts:
        split = None
        if isinstance(part, Block) and building.usual:
            split = building.usual, beside.submit(part.columns, building.usual)
        waiting.append((part, split))
        if split is None or len(waiting) > _BESIDE:
            yield waiting.popleft()
    yield from waiting


class _Building:
    """A table while its parts come in."""

    def __init__(self, titles: int, header_rows: int) -> None:
        self.titles, self.header_rows = titles, header_rows
        self.header: list[list[str]] = []
        self.fewest = self.width = 0  # a line may have from the one to the other number of cells
        self.lines = self.blank = self.above = 0
        self.rejections = Rejections()
        self.kept: list[np.ndarray] = []
        self.chunks: list[list[pa.DictionaryArray]] = []
        self._lines: list[int] = []
        self._rows: list[list[str]] = []
        self.usual = 0  # how many cells the last line had that was not out of the ordinary

    def add(self, part: Block | list[Record], split: Split | None) -> None:
        if isinstance(part, Block) and len(self.header) == self.header_rows:
            self._add_block(part, split)
        else:
            self._add_records(part.records() if isinstance(part, Block) else part)

    def table(self, beside: Executor) -> Table:
        self._flush()
        columns = list(beside.map(self._column, range(self.width if self.chunks else 0)))
        pa.default_memory_pool().release_unused()
        return Table(
            header=[cells + [""] * (self.width - len(cells)) for cells in self.header],
            lines=self.lines,
            blank_rows=self.blank,
            data_rows=self.lines - self.blank - self.above - len(self.header),
            line=np.concatenate(self.kept) if self.kept else np.empty(0, np.int32),
            columns=columns,
            rejections=self.rejections,
        )

    def _column(self, position: int) -> pa.DictionaryArray:
        parts = [chunk[position] for chunk in self.chunks]
        for chunk in self.chunks:
            chunk[position] = None  # a large file's cells are not held twice
        return join(parts)

    def _add_records(self, records: Iterable[Record]) -> None:
        for line, cells in records:
            self.lines += 1
            if _blank(cells):
                self.blank += 1
            elif self.above < self.titles:
                self.above += 1
            elif len(self.header) < self.header_rows:
                self._add_header([cell.strip() for cell in cells])
            elif _is_totals(cells):
                self.rejections.add(line, *_TOTALS_ROW)
            elif (fitting := self._fitting(cells)) is None:
                self.rejections.add(line, None, *_ragged(len(cells), self.width))
            else:
                self.usual = len(cells)
                self._lines.append(line)
                self._rows.append(fitting)
                if len(self._rows) == _CHUNK:
                    self._flush()

    def _add_header(self, cells: list[str]) -> None:
        self.header.append(cells)
        self.width = max(self.width, len(cells))
        self.fewest = max(self.fewest, len(_without_tail(cells)))

    def _fitting(self, cells: list[str]) -> list[str] | None:
        """The cells at the table's width; None where there are too many or too few."""
        if len(cells) == self.width:
            return cells
        if len(cells) > self.width:
            return None if any(map(str.strip, cells[self.width :])) else cells[: self.width]
        return cells + [""] * (self.width - len(cells)) if len(cells) >= self.fewest else None

    def _add_block(self, block: Block, split: Split | None = None) -> None:
        """Split by Arrow as far as lines are in order; what is left is a few records around the others."""
        for width in dict.fromkeys((self.usual or self.width, self.width)):
            columns = split[1].result() if split and split[0] == width else block.columns(width)
            fitting = None if columns is None else self._fitting_columns(columns)
            if fitting is not None:
                self._flush()
                self._add_columns(fitting, np.arange(block.first_line, block.first_line + block.lines, dtype=np.int32))
                return
        halves = block.halves()
        if halves is None:
            self._add_records(block.records())
            return
        for half in halves:
            self._add_block(half)

    def _fitting_columns(self, columns: list[pa.DictionaryArray]) -> list[pa.DictionaryArray] | None:
        if len(columns) < self.fewest or any(map(_any_text, columns[self.width :])):
            return None
        length = len(columns[0])
        missing = [_nothing(length) for _ in range(self.width - len(columns))]
        return columns[: self.width] + missing

    def _add_columns(self, columns: list[pa.DictionaryArray], line: np.ndarray) -> None:
        """Lines that are records of the right width: only blank and totals lines are still to be told apart."""
        self.lines += len(line)
        blank = blank_first = _rows_where(columns[0], _are_blank)
        for column in columns[1:]:
            blank = _rows_where(column, _are_blank, blank)
        totals = _rows_where(columns[0], _are_totals)
        if len(columns) > 1:
            totals = np.concatenate([totals, _rows_where(columns[1], _are_totals, blank_first)])
        self.blank += len(blank)
        for row in totals:
            self.rejections.add(int(line[row]), *_TOTALS_ROW)
        if len(blank) or len(totals):
            kept = np.ones(len(line), dtype=bool)
            kept[blank] = kept[totals] = False
            columns, line = [column.filter(pa.array(kept)) for column in columns], line[kept]
        if len(line):
            self.kept.append(line)
            self.chunks.append(columns)

    def _flush(self) -> None:
        if self._rows:
            self.kept.append(np.array(self._lines, dtype=np.int32))
            self.chunks.append(
                [pa.array(cells, pa.string()).dictionary_encode() for cells in zip(*self._rows, strict=True)]
            )
            self._lines, self._rows = [], []


_TOTALS_ROW = (None, "totals-row", "this is a totals line, not data. It is left out.", True)


def join(parts: Sequence[pa.DictionaryArray]) -> pa.DictionaryArray:
    """Text cells one after another, with one dictionary."""
    return pa.chunked_array(parts, type=CELLS).unify_dictionaries().combine_chunks()


def _blank(cells: list[str]) -> bool:
    return not any(map(str.strip, cells))


def _is_totals(cells: list[str]) -> bool:
    """A totals line says so in its first cell, or in its second one behind a blank."""
    label = cells[0] if cells[0].strip() or len(cells) == 1 else cells[1]
    return label.strip(" :").lower() in TOTALS


def _without_tail(cells: list[str]) -> list[str]:
    last = len(cells)
    while last and not cells[last - 1].strip():
        last -= 1
    return cells[:last]


def _are_blank(texts: pa.Array) -> pa.BooleanArray:
    return pc.equal(pc.utf8_trim_whitespace(texts), "")


def _are_totals(texts: pa.Array) -> pa.BooleanArray:
    return pc.is_in(pc.utf8_lower(pc.utf8_trim(texts, " :")), pa.array(sorted(TOTALS)))


def _rows_where(
    column: pa.DictionaryArray, test: Callable[[pa.Array], pa.BooleanArray], among: np.ndarray | None = None
) -> np.ndarray:
    """The rows (of `among`, or of all) whose text passes; each distinct text is tested once."""
    passes = test(column.dictionary).to_numpy(zero_copy_only=False)
    if not passes.any() or (among is not None and not len(among)):
        return np.empty(0, dtype=np.intp)
    codes = column.indices.to_numpy()
    if among is None:
        return np.flatnonzero(passes[codes])
    return np.asarray(among[passes[codes[among]]])


def _any_text(column: pa.DictionaryArray) -> bool:
    return bool(pc.any(pc.invert(_are_blank(column.dictionary))).as_py())


def _nothing(length: int) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(length, np.int32)), pa.array([""], pa.string()))


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
