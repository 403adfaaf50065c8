"""Which effects may be told: all views of one figure are cells of one table of its participants, hidden as one.

A reader may ask for everybody, for some of them, by cohort, by group, as of another quarter or after another number of
months, and may add and subtract whatever is told. So a view is judged as a cell of the table of its restrictions, the
cohort and the group, with all totals; what a table of fewer headers tells or hides is fixed for those of more, so that
no two questions disagree. Time is held the same way: a figure grows batch by batch, and two of its states are told only
where the same people, or at least the minimum of new ones, are in the second (PROTOCOL.md 1.10).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import combinations, product

from analysis.findings.disclosure import (
    DEMOGRAPHIC_HEADERS,
    EFFECT,
    SENSITIVE_HEADERS,
    TOTAL,
    hide_cells,
    hide_groups,
    tells_of_each,
)
from analysis.findings.participants import Address, Participants
from analysis.findings.results import EVERYBODY, Selection, Side
from analysis.plan import Plan
from analysis.store import Cursor
from analysis.study.figures import FigureKind, participants_by_batch
from analysis.study.kinds import KINDS

# Restrictions, cohort and group: tables of more ways than this are not told.
MOST_WAYS = 3


@dataclass(frozen=True)
class Hiding:
    """What one question about effects may not tell.

    whole: the figure itself. groups: header to its groups that may not be told; all: headers of which none may.
    """

    whole: bool = False
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    all: frozenset[str] = frozenset()

    def hides(self, header: str, group: str) -> bool:
        return header in self.all or group in self.groups.get(header, ())


NOTHING_HIDDEN = Hiding()


def effect_hiding(
    cursor: Cursor,
    plan: Plan,
    side: Side,
    kind: FigureKind,
    horizon: int,
    cutoff: date,
    quarters: Sequence[date],
    where: Selection = EVERYBODY,
    by: Sequence[str | None] = (None,),
    cohort: str | None = None,
) -> dict[str | None, dict[str, Hiding]]:
    """For one figure and its division by cohort and by each of `by`, or by one of `by` within one cohort; of each of
    these, by outcome of the figure.

    quarters: the last days of all quarters that can be asked for, newest first.
    """
    chosen = where.chosen
    dividing = {name: name if name and name != "cohort" and name not in chosen else None for name in by}
    headers = (*chosen, "cohort")
    rows = participants_by_batch(cursor, plan, side, kind, horizon, cutoff, headers, where, tuple(dividing.values()))
    minimum = max(plan.thresholds.participants_to_show, EFFECT)
    outcomes = tuple(KINDS[kind].outcomes)
    hiding: dict[str | None, dict[str, Hiding]] = {}
    for name, divided in dividing.items():
        named = (*headers, *((divided,) if divided else ()))
        # What divides nobody by an attribute of theirs is hidden alike for every outcome.
        told_of: Sequence[int | None] = range(len(outcomes)) if divided in DEMOGRAPHIC_HEADERS else (None,)
        people = Participants(named, rows[divided], quarters)
        found = [_of_outcome(Ways(people, minimum, outcome), chosen, name, divided, cohort) for outcome in told_of]
        each = found if len(found) == len(outcomes) else found * len(outcomes)
        hiding[name] = dict(zip(outcomes, each, strict=True))
    return hiding


def _of_outcome(
    table: Ways, chosen: Mapping[str, str], by: str | None, divided: str | None, cohort: str | None
) -> Hiding:
    here = (*chosen.values(), TOTAL, *((TOTAL,) if divided else ()))
    restricting = [name for name in chosen if table.divides(name)]
    too_many = len(restricting) > MOST_WAYS - 1
    whole = too_many or here in table.hidden_at(here)
    at = len(chosen)
    groups = {"cohort": table.hidden_values(here, at)}
    all_, inside = {"cohort", *((by,) if by else ())} if whole else set[str](), here
    if divided:
        inside = (*here[:at], cohort or TOTAL, TOTAL)
        if len(restricting) + bool(cohort) + 1 > MOST_WAYS:
            all_.add(divided)
        else:
            groups[divided] = table.hidden_values(inside, at + 1)
    elif by and cohort in groups["cohort"]:
        all_.add(by)  # nobody is divided by what all of them were chosen for: these are the cohort itself
    return Hiding(whole, groups, frozenset(all_))


class Ways:
    """What may not be told of the participants of a figure.

    outcome: which of its outcomes must not be told of few people of a demographic group; None for a table without one.
    """

    def __init__(self, participants: Participants, minimum: int, outcome: int | None = None) -> None:
        self._of, self.headers, self.minimum, self._outcome = participants, participants.headers, minimum, outcome
        self._found: dict[frozenset[int], frozenset[Address]] = {}

    def divides(self, header: str) -> bool:
        """Whether a header has more than one value here: else choosing it restricts nobody."""
        return len(self._values(self.headers.index(header))) > 1

    def along(self, address: Address, axis: int) -> list[tuple[str, Address]]:
        """The cells that one cell is divided into by a header, those of the figure."""
        cells = [(value, (*address[:axis], value, *address[axis + 1 :])) for value in self._values(axis)]
        return [(value, cell) for value, cell in cells if self._of.people(cell)]

    def hidden_values(self, address: Address, axis: int) -> frozenset[str]:
        cells = self.along(address, axis)
        hidden = self.hidden_at(cells[0][1]) if cells else frozenset()
        return frozenset(value for value, cell in cells if cell in hidden)

    def hidden_at(self, address: Address) -> frozenset[Address]:
        """The hidden cells of the table that divides by just the headers which an address restricts."""
        return self._hidden(frozenset(at for at, value in enumerate(address) if value != TOTAL))

    def _hidden(self, axes: frozenset[int]) -> frozenset[Address]:
        # A header with one value divides nobody: its cells are those of the table without it.
        single = next((at for at in sorted(axes) if len(self._values(at)) < 2), None)
        if single is not None:
            (value,) = self._values(single) or ("",)
            return frozenset((*cell[:single], value, *cell[single + 1 :]) for cell in self._hidden(axes - {single}))
        if axes not in self._found:
            self._found[axes] = frozenset(self._find(sorted(axes)))
        return self._found[axes]

    def _find(self, axes: list[int]) -> Collection[Address]:
        if not axes:
            whole = (TOTAL,) * len(self.headers)
            return [whole] if self._off(whole) else []
        if len(axes) == 1:
            return self._line(axes[0])
        if len(axes) > MOST_WAYS:
            return []
        hidden = self._of_margins(axes)
        inner = {cell for cell in self._inner(axes) if self._off(cell)}
        while True:
            before = len(inner)
            for rows, columns in combinations(axes, 2):
                for fixed in self._slices(axes, rows, columns):
                    inner |= self._plane(fixed, rows, columns, hidden, inner)
            if len(inner) == before or len(axes) == 2:
                return inner

    def _line(self, axis: int) -> set[Address]:
        cells = {value: self._at({axis: value}) for value in self._values(axis)}
        sizes = {value: self._of.people(cell) for value, cell in cells.items() if self._of.people(cell)}
        off = {value for value in sizes if self._off(cells[value])}
        header = self.headers[axis]
        if header == "cohort":
            for block in self._blocks:
                own = {value: sizes[value] for value in sizes if value in block}
                off |= set(hide_groups(own, self.minimum, header=header, few_events=frozenset(off & set(own))))
        found = hide_groups(sizes, self.minimum, header=header, few_events=frozenset(off))
        return {cells[value] for value in found}

    def _plane(
        self, fixed: Address, rows: int, columns: int, margins: Collection[Address], inner: Collection[Address]
    ) -> set[Address]:
        """Hidden inner cells of one table of two ways. Where cohorts divide it, first within those that came together:
        their sum is known from the states of the figure before and after them."""

        def address(row: str, column: str) -> Address:
            changed = list(fixed)
            changed[rows], changed[columns] = row, column
            return tuple(changed)

        names = [self._values(axis) for axis in (rows, columns)]
        counts = {(row, column): self._of.people(address(row, column)) for row in names[0] for column in names[1]}
        header = next((name for name in self.headers if name in SENSITIVE_HEADERS), self.headers[columns])
        also = {cell for cell in counts if address(*cell) in inner}
        cohorts = next((at for at, axis in enumerate((rows, columns)) if self.headers[axis] == "cohort"), None)
        for block in self._blocks:
            if cohorts is None:
                break
            own = {cell: many for cell, many in counts.items() if cell[cohorts] in block}
            if len({cell[cohorts] for cell in own}) > 1:
                found = hide_cells(own, self.minimum, header=header, also=also & own.keys())
                also |= {cell for cell in found if TOTAL not in cell}
        lines = [*((row, TOTAL) for row in names[0]), *((TOTAL, column) for column in names[1]), (TOTAL, TOTAL)]
        away = {cell for cell in lines if address(*cell) in margins}
        found = hide_cells(
            counts, self.minimum, header=header, also=also | away, told=[cell for cell in lines if cell not in away]
        )
        return {address(*cell) for cell in found if TOTAL not in cell}

    def _of_margins(self, axes: list[int]) -> set[Address]:
        """Hidden cells of all tables of fewer ways."""
        return {
            cell
            for size in range(len(axes))
            for kept in combinations(axes, size)
            for cell in self._hidden(frozenset(kept))
        }

    def _inner(self, axes: list[int]) -> list[Address]:
        return [self._at(dict(zip(axes, values, strict=True))) for values in product(*map(self._values, axes))]

    def _slices(self, axes: list[int], rows: int, columns: int) -> list[Address]:
        rest = [axis for axis in axes if axis not in (rows, columns)]
        return [self._at(dict(zip(rest, values, strict=True))) for values in product(*map(self._values, rest))]

    def _at(self, values: Mapping[int, str]) -> Address:
        return tuple(values.get(axis, TOTAL) for axis in range(len(self.headers)))

    def _values(self, axis: int) -> list[str]:
        return self._of.values[axis]

    def _told_states(self, address: Address, until: int | None = None) -> dict[int, tuple[int, int]]:
        """States in which a cell may be told, to its people and events then, in their order up to `until`."""
        told: dict[int, tuple[int, int]] = {}
        for state in self._of.states:
            now = self._in_state(address, state)
            if now[0] >= self.minimum and all(self._apart(address, now, other) for other in told.values()):
                told[state] = now
            if state == until:
                break
        return told

    def _in_state(self, address: Address, state: int) -> tuple[int, int]:
        counted = self._of.counted(address, state)
        return counted[0], counted[1 + self._outcome] if counted[0] and self._outcome is not None else 0

    def _apart(self, address: Address, now: tuple[int, int], then: tuple[int, int]) -> bool:
        """Whether two states of a cell may both be told."""
        people, events = (abs(one - other) for one, other in zip(now, then, strict=True))
        return people == 0 or (people >= self.minimum and not self._few(address, people, events))

    def _few(self, address: Address, people: int, events: int) -> bool:
        if self._outcome is None:
            return False
        of = [pair for pair in zip(self.headers, address, strict=True) if pair[1] != TOTAL]
        return any(tells_of_each(events, people, name, value) for name, value in of)

    def _off(self, address: Address) -> bool:
        """Whether a cell would tell of each of a few: in itself, or by what it was in another state of the figure."""
        people, events = self._in_state(address, self._of.state)
        if people < self.minimum:
            return False
        return self._few(address, people, events) or self._of.state not in self._told_states(address, self._of.state)

    @cached_property
    def _blocks(self) -> list[set[str]]:
        """Cohorts that came into the figure together: between two of its states that are told."""
        edges = sorted(state for state in self._told_states((TOTAL,) * len(self.headers)) if state <= self._of.state)
        blocks: dict[int, set[str]] = {}
        for name, batch in self._of.cohorts.items():
            blocks.setdefault(next((edge for edge in edges if batch < edge), 0), set()).add(name)
        return list(blocks.values())
