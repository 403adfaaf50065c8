"""Which cells of a narrowed view may not be shown: because of themselves, or because of whoever is left out.

A narrowed view is one of many that a reader can ask for. What it hides is what all of them together would give away.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
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
    for row in sizes(cursor, table, keys, chosen or ("cohort",), only):
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
    tells = not chosen and _tells_since(rows, minimum)
    return disclosure.reason("would_reveal", minimum) if tells else None


def _tells_since(rows: list[dict[str, Any]], minimum: int) -> bool:
    """Whether a later quarter, which is told as well, less this one leaves the answers of a few. rows: of everybody, by
    cohort."""
    now: Counter[str] = Counter()
    since: dict[int, Counter[str]] = {quarter: Counter() for quarter in {row["later"] for row in rows} - {0}}
    for row in rows:
        came = row["later"]
        for counted in [since[last] for last in since if came <= last] if came else [now]:
            counted[row["cohort"] or ""] += row["people"]
    return any(told_by_cohorts(now, changed, now + changed, minimum) for changed in since.values())


def told_by_cohorts(now: Mapping[str, int], since: Mapping[str, int], then: Mapping[str, int], minimum: int) -> bool:
    """Whether the total of an older quarter tells of a few, beside what the newest tells cohort by cohort. By cohort:
    people as of the older quarter (now) and of a later one (then), and those in whom they differ (since).

    A later total less this one leaves whoever came since; of these the cohorts that had not begun, as everybody knows,
    are told by themselves, so that it leaves those of the others, and of the cohorts that are hidden. The older total
    less the cohorts that are closed, which are told later and were the same, leaves those of the cohorts that grew.
    """
    hidden = disclosure.hide_groups({name: many for name, many in then.items() if many}, minimum, header="cohort")
    begun = sum(many for cohort, many in since.items() if now.get(cohort, 0))
    hidden_since = sum(many for cohort, many in since.items() if not now.get(cohort, 0) and cohort in hidden)
    grown = sum(now.get(cohort, 0) for cohort, many in since.items() if many)
    closed_hidden = sum(many for cohort, many in now.items() if not since.get(cohort, 0) and cohort in hidden)
    left = [sum(since.values()), begun, begun + hidden_since]
    left += [grown, grown + closed_hidden] if left[0] else []
    return any(0 < people < minimum for people in left)


def answered_once_by_few(both: int, before: int, after: int) -> str | None:
    """Why the change of those who answered two waves may not be told beside the means of either: it would give away
    what a few said who answered one of them only. None where it may. both, before, after: people."""
    once = (before - both) + (after - both)
    few = 0 < once < disclosure.DESCRIPTIVE
    return disclosure.reason("would_reveal", disclosure.DESCRIPTIVE) if few else None


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
