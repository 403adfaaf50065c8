"""The first lines of a file as a person may see them while answering: what is refused is covered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.imports.columns import are_names, holds_people
from analysis.imports.layout import named
from analysis.imports.refuse import refused_header, refused_values
from analysis.imports.report import ColumnUse, FileFault, NeedsAnswer, SourceFile
from analysis.imports.stage import where
from analysis.imports.table import open_sheet

COVERED = "•••"
_WIDEST = 40  # characters of a cell


@dataclass(frozen=True)
class FirstLines:
    """`headers`, and used lines with their numbers; each line has a cell for each header."""

    headers: tuple[str, ...]
    lines: tuple[tuple[int, tuple[str, ...]], ...]


def first_lines(source: SourceFile, columns: Sequence[ColumnUse] = (), count: int = 12) -> FirstLines | None:
    """The first `count` used lines from the header on; None for what can't be opened, or not without an answer.

    Covered are the cells of columns that a check refused, as `columns` has them, and of those that are refused by their
    header or by what stands in these lines: a file may be asked about before its columns are looked at. So are names
    where ids of people belong.
    """
    try:
        sheet = open_sheet(source.content, *where(source.mapping or {}))
    except (FileFault, NeedsAnswer):
        return None
    refused = {use.header for use in columns if use.why.startswith("refused")}
    used = [record for record in sheet.first if any(record[1])][sheet.layout.titles :]
    if not used:
        return None
    width = len(used[0][1])
    headers = named(used[0][1])
    below = [(number, [*cells, *[""] * width][:width]) for number, cells in used[1 : count + 1]]
    covered = {
        place
        for place, header in enumerate(headers)
        if header in refused
        or refused_header(header)
        or refused_values(values := [cells[place] for _, cells in below if cells[place]])
        or (holds_people(header) and are_names(values))
    }
    shown = tuple(
        (
            number,
            tuple(COVERED if place in covered and cell else cell[:_WIDEST] for place, cell in enumerate(cells)),
        )
        for number, cells in below
    )
    return FirstLines(tuple(headers), shown)
