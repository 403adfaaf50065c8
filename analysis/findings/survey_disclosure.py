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
    minimum: int | None = None,
) -> dict[Cell, str]:
    """Cell (the values of `keys`) of a temporary table of study.surveys to the reason why it is hidden.

    Hidden is a cell with too few people; and in a narrowed view one whose complement, or one of the groups that the
    chosen values cut the rest into, holds too few; or that is the partner of a too small group of its own family (all
    departments, say), which the total would otherwise give away. `only` is a condition, fixed in the code, of whom is
    counted among them: that it is nobody may be told. `minimum`: people, where it is not that of every attribute.
    """
    minimum = minimum or disclosure.descriptive_minimum(None)
    chosen = narrowing.chosen
    too_narrow = len(chosen) > disclosure.MOST_RESTRICTIONS
    cells: dict[Cell, list[dict[str, Any]]] = defaultdict(list)
    for row in sizes(cursor, table, keys, chosen, only):
        cells[tuple(row[key] for key in keys)].append(row)
    hidden: dict[Cell, str] = {}
    for cell, rows in cells.items():
        here = sum(row["people"] for row in rows if row["missed"] == 0)
        if here < minimum and (here or only == "true"):
            hidden[cell] = disclosure.reason("too_small", minimum)
        elif too_narrow:
            hidden[cell] = disclosure.TOO_NARROW
        elif chosen and _reveals(rows, chosen, minimum):
            hidden[cell] = disclosure.reason("would_reveal", minimum)
    return hidden


def hidden_answers(cursor: Cursor, narrowing: Narrowing, *parts: str) -> dict[Cell, str]:
    """Side and wave to the reason why it may not be told how many were asked and answered: they were too few, or those
    of them who answered, or did not, here or in what other views leave over. Who answered is known to nobody.

    parts: conditions, fixed in the code, by which those asked are divided further.
    """
    keys = ("side", "wave")
    hidden = hidden_cells(cursor, "survey_asked", keys, narrowing)
    few = disclosure.reason("few_events", disclosure.descriptive_minimum(None))
    for only in ("answered", "not answered", *parts):
        hidden = dict.fromkeys(hidden_cells(cursor, "survey_asked", keys, narrowing, only), few) | hidden
    return hidden


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
