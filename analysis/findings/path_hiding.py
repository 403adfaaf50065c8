"""What the page about who is reached may show: its steps, its table of cohorts and its narrowed views know one another.

A number that is hidden at one step is hidden at every step that would use it. A narrowed view gives away neither what
it shows nor what it leaves out: it is held against every wider one, and against the other values of each of its
restrictions, which together with it add up to a wider one. One cohort shows no more than the table of all cohorts does,
and that table takes every total that a step shows as known: of all who joined, and of those of them who have been
followed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from analysis.findings import disclosure
from analysis.findings.disclosure import TOTAL, Cell
from analysis.findings.diversity_results import KINDS, Step, StepKind
from analysis.findings.path_later import not_told_by, told_since
from analysis.findings.path_tables import COUNTS, Counts, Tables, View, cells_of, groups_at, view_of
from analysis.findings.reach import Group, hidden_of
from analysis.study.path import BETWEEN, PathCohort

PEOPLE = tuple(name for name in COUNTS if name not in ("stayed", "promoted"))  # who they are, not what became of them
# The number that goes where a step would tell too much; who was paired is who took part, which another step tells.
_GOES: dict[Step, str] = {**{kind.step: kind.did for kind in KINDS}, "paired": "accepted"}
# The same people, or nearly, so both are hidden: where all invitations are held, and where nobody is at the top.
_ALIKE = (("held", "eligible"), ("paired", "joined"), ("followed", "could_rise"))
_OF_TABLE = ("paired", "joined", "followed", "could_rise")  # what the table of cohorts tells of one cohort


@dataclass(frozen=True)
class Siblings:
    """What one restriction, or two of them, could have been instead: the tables of every value of `headers`, all other
    choices being the same; `values` are those that were chosen."""

    headers: tuple[str, ...]
    values: tuple[str, ...]
    views: Mapping[str, Tables]

    def hides(self, sizes: Mapping[str, int], minimum: int) -> bool:
        """Whether the chosen values are hidden among their siblings; sizes: people by value, a total that may be
        known."""
        present = {value: people for value, people in sizes.items() if people}
        if len(self.headers) == 1:
            return self.values[0] in disclosure.hide_groups(present, minimum, header=self.headers[0])
        table = {(one, other): many for value, many in present.items() for one, other in [value.split(BETWEEN, 1)]}
        return disclosure.hides_of_two(table, (self.values[0], self.values[1]), minimum, header=self.headers[0])

    def hides_events(self, header: str, kind: StepKind, beside: Mapping[str, Mapping[str, int]]) -> bool:
        """Whether a step of the chosen values is hidden among their siblings; beside: one group's counts by value."""
        groups = [(value, counts[kind.of], counts[kind.did]) for value, counts in beside.items() if counts[kind.of]]
        if len(self.headers) == 1:
            return self.values[0] in _step(header, kind, groups)
        if header not in disclosure.DEMOGRAPHIC_HEADERS:
            return False
        return any(
            self.hides({value: many for value, many in sizes.items() if many}, disclosure.FEW_EVENTS + 1)
            for sizes in ({name: did for name, _, did in groups}, {name: of - did for name, of, did in groups})
        )


@dataclass(frozen=True)
class BySiblings:
    """The siblings of a view by every header that divides it; counts: value to header to tables."""

    headers: tuple[str, ...]
    values: tuple[str, ...]
    counts: Mapping[str, Counts]

    def of(self, header: str) -> Siblings:
        return Siblings(
            self.headers,
            self.values,
            {value: counts[header] for value, counts in self.counts.items() if header in counts},
        )


@dataclass(frozen=True)
class Hiding:
    """groups: count to the groups for which it is hidden in the view asked for. cells: hidden cells and sizes of
    the table of cohorts. header, tables: what it is of."""

    groups: Mapping[str, Collection[str]]
    cells: frozenset[Cell]
    header: str
    tables: Tables

    @cached_property
    def by_cohort(self) -> Mapping[str, frozenset[Cell]]:
        """Count to its hidden cells by cohort and group, as the groups of all cohorts together are hidden."""
        minimum = disclosure.descriptive_minimum(self.header)
        return {
            name: self.cells
            if name in _OF_TABLE
            else disclosure.hide_cells(
                cells_of(self.tables, name),
                minimum,
                header=self.header,
                also=[(TOTAL, group) for group in self.groups[name]],
            )
            for name in COUNTS
        }

    def at(self, kind: StepKind) -> set[str]:
        """The groups for which a step is hidden: where one of its counts is."""
        return {*self.groups[kind.of], *self.groups[kind.did]}


def hiding(
    header: str,
    frames: Sequence[Tables],
    cohorts: Sequence[PathCohort],
    siblings: Sequence[Siblings] = (),
    after: Sequence[Tables] = (),
    newest: Hiding | None = None,
) -> Hiding:
    """frames: tables of one header, first of the view asked for, then of every selection that holds it. after: of the
    view in every later quarter, newest first, which holds it too.
    siblings: of the same header, one for each restriction of the view and for each two. newest: what is hidden as of
    the newest quarter, None in it: of a cohort, what one hides the other may not tell."""
    also = _left_over(header, [*frames, *after], None, siblings)
    later = None if newest is None else not_told_by(newest.tables, newest.cells, frames[0], *after)
    blocks = [block for block in ({c.cohort for c in cohorts if c.followed is told} for told in (True, False)) if block]
    followed = {each.cohort for each in cohorts if each.followed}
    while True:
        whole = _of_groups(header, view_of(frames[0], None), also)
        cells, totals = _of_cohorts(header, [*frames, *after], whole, blocks, siblings, later)
        joined = _of_all_cohorts(header, frames[0], cells, whole["joined"]) if len(blocks) > 1 else set()
        for at, other in enumerate(after):
            not_known = newest.groups["joined"] if newest and at == 0 else ()
            joined |= (
                told_since(header, frames[0], other, later or (), {*whole["joined"], *not_known}) - whole["joined"]
            )
        away = {"joined": joined, "followed": set[str]()}
        # Those not followed are all who joined less those followed: where the table tells these, all are hidden.
        told = {group for group in view_of(frames[0], None) if all((one, group) not in cells for one in followed)}
        for block, groups in zip(blocks, totals, strict=True):
            by_all = groups if len(blocks) == 1 else set[str]() if set(block) <= followed else groups & told
            away["joined"] |= by_all
            away["followed"] |= groups - by_all
        if all(groups <= whole[name] for name, groups in away.items()):
            return Hiding(whole, cells, header, frames[0])
        for name, groups in away.items():
            also[name] |= groups


def hiding_of_cohort(
    header: str, frames: Sequence[Tables], cohort: str, all_: Hiding, siblings: Sequence[Siblings] = ()
) -> Hiding:
    """The same for one cohort of a view; all_: what the view of all of them hides."""
    also = _left_over(header, frames, cohort, siblings)
    for name in COUNTS:
        also[name] |= {group for row, group in all_.by_cohort[name] if row == cohort and group != TOTAL}
    if (cohort, TOTAL) in all_.cells:  # a share would tell the cohort's size
        also["joined"] |= set(view_of(frames[0], cohort))
    return Hiding(_of_groups(header, view_of(frames[0], cohort), also), all_.cells, header, frames[0])


def _of_groups(header: str, view: View, also: Mapping[str, Collection[str]]) -> dict[str, set[str]]:
    """Count to the groups for which it is hidden, in one view by itself and for what else (also) gives away."""
    minimum = disclosure.descriptive_minimum(header)
    found: dict[str, set[str]] = {name: set(also.get(name, ())) for name in COUNTS}
    for kind in KINDS:
        found[kind.of] |= {group for group, people, _ in groups_at(kind, view) if 0 < people < minimum}
    while True:
        before = sum(map(len, found.values()))
        for kind in KINDS:
            # Where nobody of a group has come so far there is nobody to protect.
            groups = [group for group in groups_at(kind, view) if group[1]]
            away = frozenset(found[kind.of] | found[kind.did])
            found[_GOES[kind.step]] |= _step(header, kind, groups, away) - away
        _alike(found)
        for name in PEOPLE:
            sizes = {group: counts[name] for group, counts in view.items() if counts[name]}
            small = frozenset(group for group in sizes if group in found[name])
            if small:
                found[name] |= set(disclosure.hide_groups(sizes, minimum, header=header, few_events=small))
        _alike(found)
        if sum(map(len, found.values())) == before:
            return found


def _step(header: str, kind: StepKind, groups: list[Group], also: frozenset[str] = frozenset()) -> set[str]:
    others = kind.of in ("eligible", "held")  # who was not invited, or did not join, could have been
    return set(hidden_of(header, groups, also, happened=kind.happened, others=others))


def _alike(found: dict[str, set[str]]) -> None:
    for one, other in _ALIKE:
        found[one] |= found[other]
        found[other] |= found[one]


def _of_cohorts(
    header: str,
    frames: Sequence[Tables],
    whole: Mapping[str, Collection[str]],
    blocks: Sequence[Collection[str]],
    siblings: Sequence[Siblings],
    later: frozenset[Cell] | None,
) -> tuple[frozenset[Cell], list[set[str]]]:
    """Hidden cells of the table of cohorts, and by block of cohorts the groups whose total over it must not be known.

    A block: the cohorts that have been followed, or the others after them. Each has its totals, as long as a step shows
    them, or the table all that they are the sum of.
    """
    minimum = disclosure.descriptive_minimum(header)
    people = cells_of(frames[0], "joined")
    wider = [cells_of(frame, "joined") for frame in frames[1:]]
    close = [cell for other in wider for cell, many in people.items() if 0 < other.get(cell, many) - many < minimum]
    for each in siblings:
        tables = {value: cells_of(rows, "joined") for value, rows in each.views.items()}
        close += [
            cell
            for cell in people
            if each.hides({value: table.get(cell, 0) for value, table in tables.items()}, minimum)
        ]
    groups = {group for _, group in people}
    shown: set[Cell] = set()  # because the newest quarter shows them
    if later is not None:
        shown = {(row, group) for block in blocks for row in block for group in (TOTAL, *groups)} - later - set(close)
    known = {at: {group for group in groups if all((row, group) in shown for row in block)}
             for at, block in enumerate(blocks)}  # fmt: skip
    cells: set[Cell] = set()
    totals: list[set[str]] = []
    for at, block in enumerate(blocks):
        unknown = set(whole["joined"]) if len(blocks) == 1 else set(whole["followed"]) - known[0]
        if at > 0:
            unknown |= set(whole["joined"])
        unknown -= known[at]
        table = {cell: many for cell, many in people.items() if cell[0] in block}
        named = {(row, group) for row in block for group in (TOTAL, *groups)}
        also = [*close, *((TOTAL, group) for group in unknown), *(named & (later or set()))]
        hidden = disclosure.hide_cells(table, minimum, header=header, also=also, told=named & shown)
        cells |= {cell for cell in hidden if cell[0] != TOTAL}
        totals.append({group for row, group in hidden if row == TOTAL and group != TOTAL} - unknown)
    return frozenset(cells), totals


def _of_all_cohorts(header: str, view: Tables, cells: Collection[Cell], unknown: Collection[str]) -> set[str]:
    """Groups of which it must not be known how many joined any cohort, followed or not: a hidden cell of one block
    would follow where the other block tells all of its own. cells: all that are hidden of the table of cohorts."""
    people = cells_of(view, "joined")
    named = {(cohort, group) for cohort, _ in people for group in (TOTAL, *(name for _, name in people))}
    hidden = disclosure.hide_cells(
        people,
        disclosure.descriptive_minimum(header),
        header=header,
        also=[*cells, *((TOTAL, group) for group in unknown)],
        told=[*(named - set(cells)), (TOTAL, TOTAL)],
    )
    return {group for row, group in hidden if row == TOTAL} - set(unknown)


def _few(header: str, group: str, kind: StepKind, people: int, did: int) -> bool:
    if kind.happened:
        return disclosure.tells_of_each(did, people, header, group)
    return disclosure.too_few_events(did, people, header)


def _left_over(
    header: str, frames: Sequence[Tables], cohort: str | None, siblings: Sequence[Siblings]
) -> dict[str, set[str]]:
    """Count to the groups for which this view would give away people of a view that holds it, or of one beside it."""
    found: dict[str, set[str]] = {name: set() for name in COUNTS}
    minimum = disclosure.descriptive_minimum(header)
    here = view_of(frames[0], cohort)
    others = [view_of(frame, cohort) for frame in frames[1:]]
    others += [view_of(frame, None) for frame in frames] if cohort is not None else []
    for group, counts in here.items():
        for other in (view[group] for view in others if group in view):
            left = {name: other[name] - counts[name] for name in COUNTS}
            for name in PEOPLE:
                if 0 < left[name] < minimum:
                    found[name].add(group)
            for kind in KINDS:
                if left[kind.of] > 0 and _few(header, group, kind, left[kind.of], left[kind.did]):
                    found[_GOES[kind.step]].add(group)
    for each in siblings:
        views = {value: view_of(rows, cohort) for value, rows in each.views.items()}
        for group in here:
            beside = {value: view[group] for value, view in views.items() if group in view}
            for name in PEOPLE:
                if each.hides({value: counts[name] for value, counts in beside.items()}, minimum):
                    found[name].add(group)
            for kind in KINDS:
                if each.hides_events(header, kind, beside):
                    found[_GOES[kind.step]].add(group)
    return found
