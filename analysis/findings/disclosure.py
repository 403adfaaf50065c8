"""Disclosure control: the one table of minimums, and hiding by it (PROTOCOL.md, minimums and 1.10).

Every number passes here on its way out. A group below the minimum is hidden; where the others and the total
would give it away, the next smallest group is hidden too; in a table with two ways to add up, as many more cells as it
takes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Literal

DESCRIPTIVE = 5
DESCRIPTIVE_SENSITIVE = 10
EFFECT = 10
FEW_EVENTS = 2
# Filters, the cohort among them: views are held against all others that choose as many, which is checked up to two.
MOST_RESTRICTIONS = 2
TOO_NARROW = f"Not shown: more than {MOST_RESTRICTIONS} filters at once could leave a few people over. Take one away."
SENSITIVE_HEADERS = frozenset({"disability", "lgbtq"})
DEMOGRAPHIC_HEADERS = frozenset({"gender", "ethnicity", "age_band", "generation", *SENSITIVE_HEADERS})
# Who did not tell an attribute, or was not asked, is known to nobody but the file.
NOT_SAID = frozenset({"declined", "unknown"})

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
    return header in DEMOGRAPHIC_HEADERS and any(0 < many <= FEW_EVENTS for many in (events, people - events))


def tells_of_each(events: int, people: int, header: str | None, group: str | None = None) -> bool:
    """Whether a rate of what happened to people says so of each of them: few events, or none, or all of them.

    "0% of 15 were promoted" needs nobody to be found: it tells of whoever is known to be one of the 15 (group
    attribute disclosure: Handbook on Statistical Disclosure Control, 5.2). Of taking part itself it may be said,
    since who takes part is known to everybody; and of a group of whom nobody knows who is in it.
    """
    alike = header in DEMOGRAPHIC_HEADERS and people > 0 and events in (0, people) and group not in NOT_SAID
    return alike or too_few_events(events, people, header)


def rounded(people: int, step: int = 5) -> int:
    """A count to the nearest 5, where the exact one could be subtracted from another (PROTOCOL.md, minimums)."""
    return step * round(people / step)


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


def hide_events(
    hidden: Mapping[str, Hidden], counts: Mapping[str, tuple[int, int]], *, header: str
) -> dict[str, Hidden]:
    """The hidden groups of a family, and as many more as it takes: all events less those told must not be few, none or
    all of those who are hidden. counts: people of each group, and to how many of them it happened."""
    found = dict(hidden)
    while shown := [group for group in counts if group not in found]:
        people, events = (sum(counts[group][at] for group in found if group in counts) for at in (0, 1))
        if not tells_of_each(events, people, header):
            break
        found[min(shown, key=lambda group: (counts[group][0], group))] = "would_reveal"
    return found


def reason(hidden: Hidden, minimum: int) -> str:
    """The sentence that stands where the number would."""
    return REASONS[hidden].format(minimum=minimum)


TOTAL = ""
REST = "(hidden)"  # stands for all hidden groups of a header together
Cell = tuple[str, str]  # row and column; TOTAL stands for all of them
Line = tuple[int, str]  # 0 and a row, or 1 and a column
Arcs = Mapping[Line, Sequence[tuple[Line, Cell]]]


def hide_cells(
    counts: Mapping[Cell, int],
    minimum: int,
    *,
    header: str,
    also: Collection[Cell] = (),
    told: Collection[Cell] = (),
) -> frozenset[Cell]:
    """Which cells of a table of people to hide, its totals among them; `counts` has the inner cells, 0 where absent.

    header: the attribute whose groups the table divides. also: cells that are hidden elsewhere, so here too. told:
    cells that stay shown, because another answer shows them; what only they would give away is theirs to hide. Totals
    count as known as long as they are not hidden themselves. No hidden cell can be solved for from what is shown,
    knowing that people are whole and none below zero, and what is hidden of one line is together no fewer people than
    the minimum. All hidden cells must be shown alike: which of them is the small one is itself telling. That nobody of
    a group was there is told, except of what is told in confidence.
    """
    table = _with_totals(counts)
    floor = 0 if header in SENSITIVE_HEADERS else 1  # a hidden cell is known to hold so many at least
    hidden = {cell for cell, people in table.items() if floor <= people < minimum or cell in also} - set(told)
    done: set[Cell] = set()  # these cannot be solved, whatever else is hidden; or nothing keeps them from it
    while hidden and len(hidden) < len(table):
        if thin := _thin_line(table, hidden, minimum, also, told):
            hidden.add(min(thin, key=lambda cell: _cost([cell], table)))
            continue
        arcs = _arcs(table, hidden, floor)
        solved = None
        for cell in sorted(hidden - done):
            if _can_be_solved(cell, table, arcs, floor):
                solved = cell
                break
            done.add(cell)
        if solved is None:
            break
        partners = _partners(solved, table, hidden, floor, told)
        hidden |= partners
        done |= set() if partners else {solved}
    return frozenset(hidden)


def joined(cell: Cell, away: tuple[Collection[str], Collection[str]]) -> Cell:
    """The cell, where all hidden groups of a header are one more group: what they come to together follows from the
    total and the others. away: those of the rows and of the columns."""
    return REST if cell[0] in away[0] else cell[0], REST if cell[1] in away[1] else cell[1]


def hide_joined(
    tables: Sequence[Mapping[Cell, int]], minimum: int, *, header: str, also: Collection[Cell] = ()
) -> frozenset[Cell]:
    """Which cells to hide of tables that hold the same cells, such as those asked, and of them those who answered; a
    cell is hidden in all of them or in none. Their hidden groups are joined, and every total counts as told."""
    totals = {end for row, column in tables[0] for end in ((row, TOTAL), (TOTAL, column), (TOTAL, TOTAL))}
    hidden, before = frozenset(also), None
    while before != hidden:
        before = hidden
        for counts in tables:
            hidden |= hide_cells(counts, minimum, header=header, also=hidden, told=totals)
    return hidden


def hides_of_two(counts: Mapping[Cell, int], cell: Cell, minimum: int, *, header: str) -> bool:
    """Whether a view of two filters at once is hidden among all views of these two, each of which tells its own totals
    too; `counts` are people by the values of both, `cell` those that were chosen. A view of fewer people than the
    minimum is not judged here."""
    if counts.get(cell, 0) < minimum or all(people >= minimum for people in counts.values() if people):
        return False
    rows, columns = (_hidden_of_axis(counts, axis, minimum, header) for axis in (0, 1))
    within = joined(cell, (rows, columns))
    table: dict[Cell, int] = {}
    for values, people in counts.items():
        into = joined(values, (rows, columns))
        table[into] = table.get(into, 0) + people
    return REST in within or within in hide_joined([table], minimum, header=header)


def _hidden_of_axis(counts: Mapping[Cell, int], axis: int, minimum: int, header: str) -> dict[str, Hidden]:
    sizes: dict[str, int] = {}
    for values, people in counts.items():
        sizes[values[axis]] = sizes.get(values[axis], 0) + people
    return hide_groups({value: people for value, people in sizes.items() if people}, minimum, header=header)


def _with_totals(counts: Mapping[Cell, int]) -> dict[Cell, int]:
    rows, columns = (sorted({cell[axis] for cell in counts}) for axis in (0, 1))
    table = {(row, column): counts.get((row, column), 0) for row in rows for column in columns}
    table |= {(row, TOTAL): sum(table[row, column] for column in columns) for row in rows}
    return table | {(TOTAL, column): sum(table[row, column] for row in rows) for column in (*columns, TOTAL)}


def _cost(cells: Collection[Cell], table: Mapping[Cell, int]) -> tuple[int, int, int, list[Cell]]:
    """What hiding takes away: totals weigh most, and a cell without people hides nothing."""
    empty = sum(table[cell] == 0 for cell in cells)
    return sum(cell.count(TOTAL) for cell in cells), empty, sum(table[cell] for cell in cells), sorted(cells)


def _thin_line(
    table: Mapping[Cell, int], hidden: set[Cell], minimum: int, also: Collection[Cell], told: Collection[Cell]
) -> list[Cell]:
    """What is still shown of a row or column whose total is shown and whose hidden people are too few together.

    Totals that are hidden elsewhere were judged there, with what they add up to.
    """
    for axis in (0, 1):
        for name in sorted({cell[axis] for cell in table}):
            line = [cell for cell in table if cell[axis] == name]
            total = next(cell for cell in line if cell[1 - axis] == TOTAL)
            away = [cell for cell in line if cell in hidden]
            if name == TOTAL and all(cell in also for cell in away):
                continue
            shown = [cell for cell in line if cell not in hidden and cell not in told]
            if away and shown and total not in hidden and sum(table[cell] for cell in away) < minimum:
                return shown
    return []


def _arcs(table: Mapping[Cell, int], hidden: Collection[Cell], floor: int) -> Arcs:
    """Where people can be sent from each line of a table, and through which hidden cell."""
    arcs: dict[Line, list[tuple[Line, Cell]]] = {}
    for cell in hidden:
        start, end = _ends(cell)
        arcs.setdefault(start, []).append((end, cell))
        if table[cell] > (0 if TOTAL in cell else floor):
            arcs.setdefault(end, []).append((start, cell))
    return arcs


def _can_be_solved(cell: Cell, table: Mapping[Cell, int], arcs: Arcs, floor: int) -> bool:
    """Whether the sums leave a hidden cell one value only; arcs: those of all hidden cells.

    A table with totals is a circulation: rows send their people to columns, a column's total sends them to the row of
    totals, and from there they come back. A cell can have another value where people can be sent round through it and
    other hidden cells (Gusfield, SIAM J Comput 1988;17:552): forwards without limit, backwards as far as there are any.
    """
    start, end = _ends(cell)
    more = _reaches(arcs, end, start, cell)
    fewer = table[cell] > (0 if TOTAL in cell else floor) and _reaches(arcs, start, end, cell)
    return not (more or fewer)


def _ends(cell: Cell) -> tuple[Line, Line]:
    row, column = (0, cell[0]), (1, cell[1])
    return (row, column) if (cell[0] == TOTAL) == (cell[1] == TOTAL) else (column, row)


def _reaches(arcs: Arcs, start: Line, end: Line, without: Cell) -> bool:
    seen, ahead = {start}, [start]
    while ahead:
        for there, through in arcs.get(ahead.pop(), ()):
            if through != without and there not in seen:
                if there == end:
                    return True
                seen.add(there)
                ahead.append(there)
    return False


def _partners(
    cell: Cell, table: Mapping[Cell, int], hidden: set[Cell], floor: int, told: Collection[Cell]
) -> set[Cell]:
    """The cheapest three cells that make a rectangle with this one and keep it from being solved, as far as shown."""
    rows, columns = ({other[axis] for other in table} - {cell[axis]} for axis in (0, 1))
    rectangles = [
        {(cell[0], column), (row, cell[1]), (row, column)} - hidden
        for row in sorted(rows)
        for column in sorted(columns)
    ]
    free = (new for new in rectangles if new and new.isdisjoint(told))
    for new in sorted(free, key=lambda new: _cost(new, table)):
        if not _can_be_solved(cell, table, _arcs(table, hidden | new, floor), floor):
            return new
    shown = [other for other in table if other not in hidden and other not in told]
    return {min(shown, key=lambda other: _cost([other], table))} if shown else set()
