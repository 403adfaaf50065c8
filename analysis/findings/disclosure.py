"""Disclosure control: the one table of minimums, and hiding by it (PROTOCOL.md, minimums and 1.10).

Every number passes here on its way out. A group below the minimum is hidden; where the others and the total
would give it away, the next smallest group is hidden too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

DESCRIPTIVE = 5
DESCRIPTIVE_SENSITIVE = 10
EFFECT = 10
SENSITIVE_HEADERS = frozenset({"disability", "lgbtq"})
DEMOGRAPHIC_HEADERS = frozenset({"gender", "ethnicity", "age_band", "generation", *SENSITIVE_HEADERS})

Hidden = Literal["too_small", "few_events", "would_reveal"]
REASONS: dict[Hidden, str] = {
    "too_small": "Not shown: fewer than {minimum} people.",
    # The same words for both: which of two groups holds the few is itself telling.
    "few_events": "Not shown: so few people, here or in another group, that somebody could be recognised.",
    "would_reveal": "Not shown: so few people, here or in another group, that somebody could be recognised.",
}


def descriptive_minimum(header: str | None) -> int:
    """The fewest people a descriptive cell may hold."""
    return DESCRIPTIVE_SENSITIVE if header in SENSITIVE_HEADERS else DESCRIPTIVE


def too_few_events(events: int, people: int, header: str | None) -> bool:
    """One or two events or non-events in a demographic cell."""
    return header in DEMOGRAPHIC_HEADERS and (events in (1, 2) or people - events in (1, 2))


def hide_groups(
    sizes: Mapping[str, int], minimum: int, *, header: str, few_events: frozenset[str] = frozenset()
) -> dict[str, Hidden]:
    """Which groups of one family to hide, and why; `sizes` are people, and their total is taken as known.

    A cohort is not an attribute of a person: one may be hidden alone, but never fewer people than the minimum.
    """
    hidden: dict[str, Hidden] = {}
    for group, people in sizes.items():
        if people < minimum:
            hidden[group] = "too_small"
        elif group in few_events:
            hidden[group] = "few_events"
    while hidden and len(hidden) < len(sizes):
        together = sum(sizes[group] for group in hidden)
        alone = len(hidden) == 1 and header != "cohort"
        if together >= minimum and not alone:
            break
        partner = min((group for group in sizes if group not in hidden), key=lambda group: (sizes[group], group))
        hidden[partner] = "would_reveal"
    return hidden


def reason(hidden: Hidden, minimum: int) -> str:
    """The sentence that stands where the number would."""
    return REASONS[hidden].format(minimum=minimum)


def hide_table(
    table: Mapping[str, Mapping[str, int]], minimum: int, *, also: frozenset[tuple[str, str]] = frozenset()
) -> dict[tuple[str, str], Hidden]:
    """Which cells of a table of counts to hide, and why, where the totals of its rows and columns are told as well.

    table: row to column to people, the same columns in each row; a cell of nobody is told. also: cells to hide whatever
    they hold. In each row and column that hides anything at least two cells are hidden, and together hold the minimum;
    where there is no second one to hide, the totals would tell, and the whole table is hidden.
    """
    columns = list(dict.fromkeys(column for row in table.values() for column in row))
    rows = [[(row, column) for column in columns if table[row].get(column)] for row in table]
    lines = [*rows, *([(row, column) for row in table if table[row].get(column)] for column in columns)]
    crossing = {cell: sum(len(line) > 1 for line in lines if cell in line) for line in rows for cell in line}
    hidden: dict[tuple[str, str], Hidden] = {
        (row, column): "too_small" if table[row][column] < minimum else "few_events"
        for line in rows
        for row, column in line
        if table[row][column] < minimum or (row, column) in also
    }
    while partners := [cell for line in lines if (cell := _partner(table, line, hidden, crossing, minimum))]:
        hidden[partners[0]] = "would_reveal"
    if any(len(set(line) & hidden.keys()) == 1 for line in lines):
        everything: dict[tuple[str, str], Hidden] = {
            (row, column): "would_reveal" for row in table for column in columns
        }
        return everything
    return hidden


def _partner(
    table: Mapping[str, Mapping[str, int]],
    line: list[tuple[str, str]],
    hidden: Mapping[tuple[str, str], Hidden],
    crossing: Mapping[tuple[str, str], int],
    minimum: int,
) -> tuple[str, str] | None:
    """The next cell that a row or column must hide: the smallest whose other line has another to go with it."""
    own = [cell for cell in line if cell in hidden]
    if not own or (len(own) > 1 and sum(table[row][column] for row, column in own) >= minimum):
        return None
    others = [cell for cell in line if cell not in hidden]
    return min(others, key=lambda cell: (-crossing[cell], table[cell[0]][cell[1]], cell), default=None)
