"""Which cells of a narrowed view may not be shown: because of themselves, or because of whoever is left out.

A narrowed view is one of many that a reader can ask for. What it hides is what all of them together would give away.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import Any

from analysis.findings import disclosure
from analysis.store import Cursor
from analysis.study.surveys import HEADERS, Narrowing, sizes

Cell = tuple[Any, ...]


def hidden_cells(
    cursor: Cursor,
    table: str,
    keys: tuple[str, ...],
    narrowing: Narrowing,
    only: str = "true",
) -> dict[Cell, str]:
    """Cell (the values of `keys`) of a temporary table of study.surveys to the reason why it is hidden.

    Hidden is a cell with too few people; and in a narrowed view one whose complement, or one of the groups that the
    chosen values cut the rest into, holds too few; or that is the partner of a too small group of its own family (all
    departments, say), which the total would otherwise give away. `only` is a condition, fixed in the code, of whom is
    counted among them: that it is nobody may be told. Of an older quarter a cell is hidden too where a later one counts
    a few more in it, or has other answers of a few.
    """
    minimum = disclosure.descriptive_minimum(None)
    chosen = narrowing.chosen
    cells: dict[Cell, list[dict[str, Any]]] = defaultdict(list)
    for row in sizes(cursor, table, keys, chosen, only):
        cells[tuple(row[key] for key in keys)].append(row)
    found = {cell: _reason(rows, chosen, minimum, only) for cell, rows in cells.items()}
    return {cell: reason for cell, reason in found.items() if reason}


def _reason(rows: list[dict[str, Any]], chosen: dict[str, str], minimum: int, only: str) -> str | None:
    now = [row for row in rows if not row["later"]]
    here = _here(now)
    if here < minimum and (here or only == "true"):
        return disclosure.reason("too_small", minimum)
    if len(chosen) > disclosure.MOST_RESTRICTIONS:
        return disclosure.TOO_NARROW
    if chosen and _reveals(now, chosen, minimum):
        return disclosure.reason("would_reveal", minimum)
    # A later quarter is told as well; less this one it leaves the answers of those who answered between the two.
    since = (_here([row for row in rows if 0 < row["later"] <= last]) for last in {row["later"] for row in rows})
    return disclosure.reason("would_reveal", minimum) if any(0 < people < minimum for people in since) else None


def _here(rows: list[dict[str, Any]]) -> int:
    return sum(row["people"] for row in rows if row["missed"] == 0)


def _reveals(rows: list[dict[str, Any]], chosen: dict[str, str], minimum: int) -> bool:
    others: dict[int, int] = defaultdict(int)
    for row in rows:
        if row["missed"] != 0:
            others[int(row["missed"])] += int(row["people"])
    apart = [people for missed, people in others.items() if missed > 0]
    if any(0 < people < minimum for people in [sum(others.values()), *apart]):
        return True
    alone = any(header_hides(rows, header, chosen[header], minimum) for header in chosen)
    return alone or any(_pair_hides(rows, pair, chosen, minimum) for pair in combinations(chosen, 2))


def _pair_hides(rows: list[dict[str, Any]], pair: tuple[str, str], chosen: dict[str, str], minimum: int) -> bool:
    """Whether the chosen values are hidden in the table of two headers, all other choices being the same."""
    bits = sum(1 << HEADERS.index(header) for header in pair)
    table: dict[disclosure.Cell, int] = defaultdict(int)
    for row in rows:
        values = (row[pair[0]], row[pair[1]])
        if row["missed"] >= 0 and not row["missed"] & ~bits and None not in values:
            table[values] += int(row["people"])
    return disclosure.hides_of_two(table, (chosen[pair[0]], chosen[pair[1]]), minimum, header=pair[0])


def header_hides(rows: list[dict[str, Any]], header: str, value: str, minimum: int) -> bool:
    """Whether the chosen value is hidden among the values of its header, all other choices being the same."""
    bit = 1 << HEADERS.index(header)
    family: dict[str, int] = defaultdict(int)
    for row in rows:
        if row["missed"] in (0, bit) and row[header] is not None:
            family[row[header]] += int(row["people"])
    return value in disclosure.hide_groups(family, minimum, header=header)
