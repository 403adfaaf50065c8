"""How much of a sheet is used, and which of its cells hold an error: read before the workbook library opens it.

That library holds each sheet as one full rectangle, so two cells in opposite corners of a sheet would fill the
machine, and it gives error cells and formulas that were never calculated as blanks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from analysis.imports.report import FileFault

# What python-calamine takes, measured for 0.9.1: 75 bytes a number (32 for its place in the rectangle, the rest while
# reading), and every text once more for each cell in which it stands.
_FILLED, _PLACE, _TEXT = 48, 32, 48
MAX_MEMORY = 320 << 20
MAX_COLUMNS = 5_000
MAX_FAULTS = 250_000
NOT_CALCULATED = "#NOT CALCULATED"
ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
_FIRST_ROWS = 50


@dataclass
class Extent:
    """One sheet: `rows` and `columns` count from the sheet's first cell to the last used one; `faults` are the texts
    of error cells by (row, column), counted from 0; `first_rows` the used cells of the first used rows."""

    name: str
    visible: bool = True
    rows: int = 0
    columns: int = 0
    filled: int = 0
    text: int = 0
    faults: dict[tuple[int, int], str] = field(default_factory=dict)
    first_rows: dict[int, int] = field(default_factory=dict)

    def use(self, row: int, column: int, text: int = 0) -> None:
        """Count one used cell with `text` bytes. Raises FileFault where the sheet can't be held."""
        self.filled += 1
        self.text += text
        self.reach(row, column)
        self.note_width(row)
        if not self.filled & 0xFFFF:
            check_memory((self,))

    def reach(self, row: int, column: int) -> None:
        """Let the sheet reach to this cell at least. Raises FileFault where it has too many columns."""
        if row >= self.rows or column >= self.columns:
            self.rows = max(self.rows, row + 1)
            self.columns = max(self.columns, column + 1)
            if self.columns > MAX_COLUMNS:
                raise FileFault(
                    "too-large",
                    f"A sheet of this workbook reaches beyond column {MAX_COLUMNS:,}. Keep the columns that are "
                    "needed, or save the sheet as CSV (UTF-8).",
                )

    def note_width(self, row: int) -> bool:
        """Count one used cell of a row, if it is one of the first; False where it is not."""
        if len(self.first_rows) >= _FIRST_ROWS and row not in self.first_rows:
            return False
        self.first_rows[row] = self.first_rows.get(row, 0) + 1
        return True

    def fault(self, row: int, column: int, text: str) -> None:
        """A cell that holds an error, which counts as used."""
        self.use(row, column)
        self.mark(row, column, text)

    def mark(self, row: int, column: int, text: str) -> None:
        """Say of a cell that was counted already that it holds an error."""
        self.faults[row, column] = text
        if len(self.faults) > MAX_FAULTS:
            raise FileFault(
                "error-cells",
                f"More than {MAX_FAULTS:,} cells of this sheet hold an error such as {text}. Repair the formulas, or "
                "save the values without them.",
            )

    @property
    def memory(self) -> int:
        """Bytes that the sheet takes once opened, about."""
        return self.filled * _FILLED + self.rows * self.columns * _PLACE + self.text

    @property
    def is_table(self) -> bool:
        """A header and two rows as wide, of two columns or more."""
        widths = [width for width in self.first_rows.values() if width > 1]
        return any(widths.count(width) > 2 for width in set(widths))

    @property
    def is_notes(self) -> bool:
        """Nothing but single cells below each other."""
        return all(width == 1 for width in self.first_rows.values())


def check_memory(sheets: Iterable[Extent], shared: int = 0) -> None:
    """Raise FileFault where these sheets and `shared` bytes of shared texts can't be held together."""
    if sum(sheet.memory for sheet in sheets) + shared > MAX_MEMORY:
        raise FileFault(
            "too-large",
            "This workbook is too large to open safely: it has too many cells, or two used cells far apart. Save the "
            "sheet that you need as CSV (UTF-8) and load that.",
        )


def text_memory(characters: int) -> int:
    """Bytes that one text takes, with what surrounds it."""
    return characters + _TEXT if characters else 0
