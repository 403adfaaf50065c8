"""Where a table begins in a sheet: the title, date and section lines above it, and its header rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.imports.text import Record

# Numbers, dates, shares and money: what stands in a body, not in a header.
_NUMBER_LIKE = re.compile(r"[\s\d.,:/%+()$€£¥*-]+")
_TOTAL = re.compile(r"(grand )?totals?\b|gesamt|summe\b", re.IGNORECASE)
_LOOKED_AT = 15  # used records among which the header is sought
_LIKE_A_HEADER = 0.75  # of the most distinct texts that any record has
_NEARLY = 0.5  # an earlier record with this share of the header's cells might be the header instead
_MOSTLY_NUMBERS = 0.7


@dataclass(frozen=True)
class Layout:
    """`titles` used (not blank) records stand above the header, which has `header_rows`.

    Where another record might be the header as well, `certain` is false and somebody should be asked.
    """

    titles: int
    header_rows: int
    certain: bool


def layout_of(head: Sequence[Record], wanted_line: int | None = None) -> Layout:
    """Where the header stands among the first records of a file, blank ones included.

    The guess is the first record with nearly as many distinct texts (numbers and dates are none) as any record has,
    counted within the width that most records share. `wanted_line` is the line of the header that a person chose; it
    may be any line of that record.
    """
    used = [(line, _without_tail(cells)) for line, cells in head if any(map(str.strip, cells))]
    if not used:
        return Layout(0, 1, True)
    if wanted_line is not None:
        titles = max((place for place, (line, _) in enumerate(used) if line <= wanted_line), default=0)
        return Layout(titles, _header_rows(used, titles), True)
    width = _shared_width([cells for _, cells in head if any(map(str.strip, cells))])
    weights = [_weight(cells[:width]) for _, cells in used[:_LOOKED_AT]]
    chosen = next(place for place, weight in enumerate(weights) if weight >= _LIKE_A_HEADER * max(weights))
    titles = chosen - 1 if chosen and _together(used[chosen - 1][1], used[chosen][1]) else chosen
    rivals = [place for place in range(titles) if _rivals(used[place][1], used[chosen][1])]
    return Layout(titles, _header_rows(used, titles), not rivals)


def is_summary_table(head: Sequence[Record]) -> bool:
    """True for a table of totals and percentages, in which nobody has a line: there is nothing to load in it."""
    used = [_without_tail(cells) for _, cells in head if any(map(str.strip, cells))]
    if len(used) < 3:
        return False
    width = max(len(cells) for cells in used)
    first = [cell for cell in used[0] if cell.strip()]
    body = [cell.strip() for cells in used[1:] for cell in cells[1:] if cell.strip()]
    everything = [cell.strip() for cells in used for cell in cells]
    return (
        width >= 3
        and 2 * len(first) < width
        and sum(map(_is_number_like, body)) > _MOSTLY_NUMBERS * len(body)
        and any("%" in cell for cell in everything)
        and any(_TOTAL.match(cell) for cell in everything)
    )


def named(header: Sequence[str]) -> list[str]:
    """Header cells as people can tell them apart: "Other", "Other (2)", and "Column 4" where there is no text."""
    taken: set[str] = set()
    seen = Counter[str]()
    names = []
    for position, cell in enumerate(header, start=1):
        name = cell.strip() or f"Column {position}"
        seen[name] += 1
        shown = name if seen[name] == 1 else f"{name} ({seen[name]})"
        while shown in taken:
            seen[name] += 1
            shown = f"{name} ({seen[name]})"
        taken.add(shown)
        names.append(shown)
    return names


def _without_tail(cells: Sequence[str]) -> Sequence[str]:
    """The cells up to the last one that holds something."""
    last = max((place for place, cell in enumerate(cells, start=1) if cell.strip()), default=0)
    return cells[:last]


def _shared_width(records: Sequence[Sequence[str]]) -> int:
    """The number of cells that most records have, two or more where any has; of several, that of the earliest."""
    widths = Counter(len(cells) for cells in records if len(cells) > 1) or Counter([1])
    return widths.most_common(1)[0][0]


def _is_number_like(cell: str) -> bool:
    return _NUMBER_LIKE.fullmatch(cell) is not None


def _texts(cells: Sequence[str]) -> set[str]:
    """The distinct texts that stand there and are neither numbers nor dates."""
    return {cell.strip().lower() for cell in cells if cell.strip() and not _is_number_like(cell)}


def _weight(cells: Sequence[str]) -> float:
    """How much a record looks like a header: its distinct texts, one that is repeated ("Other") counting half."""
    distinct = _texts(cells)
    return (len(distinct) + sum(cell.strip().lower() in distinct for cell in cells)) / 2


def _filled(cells: Sequence[str]) -> set[int]:
    return {place for place, cell in enumerate(cells) if cell.strip()}


def _together(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Two rows of texts make one header where each fills places that the other leaves blank."""
    above, below = _filled(upper), _filled(lower)
    return (
        len(above) >= 3
        and len(below - above) >= 2
        and bool(above - below)
        and not any(_is_number_like(cell) for cell in (*upper, *lower) if cell.strip())
    )


def _rivals(earlier: Sequence[str], header: Sequence[str]) -> bool:
    texts = len(_texts(earlier))
    return texts >= 2 and texts >= _NEARLY * len(_texts(header))


def _header_rows(used: Sequence[tuple[int, Sequence[str]]], first: int) -> int:
    """Two where the row below belongs to the header that begins at `first`, else one."""
    return 2 if first + 1 < len(used) and _together(used[first][1], used[first + 1][1]) else 1
