"""What follows from numbers that were told: sums over cells that nobody was told, solved as far as they can be.

A fact is a sum: so many people (or events) in all cells that have certain values. All cells are unknown, whole and not
below zero. A cell or total is recovered where every solution agrees on it: by linear algebra, and where zero has to be
known of as well, by bounds and by the ends of a linear programme (Handbook on Statistical Disclosure Control, 4.2 and
4.4). The systems of equations are in tests/attacker_system.py.
"""

from __future__ import annotations

import random
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from tests.attacker_system import COHORT, DoesNotAddUp, Level, Method, System

Attributes = frozenset[tuple[str, str]]  # header and value; several values of one header stand for any of them


@dataclass(frozen=True)
class Fact:
    """`people` were told of everybody with these attributes. family: facts of one family count the same people.
    minimum: fewer than so many may not be recovered, in which case a cell of 0 says nothing. few: of events, only one
    or two are too few, and only in cells that name one of these headers."""

    family: Hashable
    of: Attributes
    people: int
    minimum: int
    few: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Recovered:
    """A number that was not told and follows from those that were; below the minimum."""

    family: Hashable
    of: Attributes
    people: int
    how: Method


@dataclass(frozen=True)
class Solved:
    """What follows from facts; of how many systems of equations, and how many equations they were; which of the systems
    do not add up, so that nothing was asked of them: their family and headers."""

    found: list[Recovered]
    systems: int
    equations: int
    unsolved: list[tuple[Hashable, tuple[str, ...]]]


def attributes(pairs: Iterable[tuple[str, str]]) -> Attributes:
    return frozenset(pairs)


def recovered(facts: Sequence[Fact], seed: int = 0) -> list[Recovered]:
    """Every number below its minimum that follows from the facts."""
    return solved(facts, seed).found


def solved(facts: Sequence[Fact], seed: int = 0) -> Solved:
    """The same family by family, and how many systems of equations were solved for it."""
    families: dict[Hashable, list[Fact]] = {}
    for fact in dict.fromkeys(facts):
        families.setdefault(fact.family, []).append(fact)
    draw = random.Random(seed)
    found: list[Recovered] = []
    unsolved: list[tuple[Hashable, tuple[str, ...]]] = []
    systems = equations = 0
    for family, own in families.items():
        found += _told_small(own) + _told_twice(own)
        solving = _Family(own, draw)
        found += solving.found
        systems, equations = systems + solving.systems, equations + solving.equations
        unsolved += [(family, headers) for headers in solving.unsolved]
    return Solved(list(dict.fromkeys(found)), systems, equations, unsolved)


def _told_small(facts: Sequence[Fact]) -> list[Recovered]:
    """Numbers below the minimum that were simply told."""
    return [
        Recovered(fact.family, fact.of, fact.people, "told")
        for fact in facts
        if 0 < fact.people < fact.minimum and (not fact.few or any(header in fact.few for header, _ in fact.of))
    ]


def _told_twice(facts: Sequence[Fact]) -> list[Recovered]:
    """The same people told in two ways, by two numbers: the difference is a few whom one of them leaves out."""
    by: dict[Attributes, set[int]] = {}
    for fact in facts:
        by.setdefault(fact.of, set()).add(fact.people)
    few = bool(facts[0].few)
    return [
        Recovered(facts[0].family, of, max(told) - min(told), "told twice")
        for of, told in by.items()
        if not few and 0 < max(told) - min(told) < facts[0].minimum
    ]


class _Family:
    """The facts of one family, solved: one system for each set of headers that some fact uses together and that is no
    part of another, with all facts of fewer of these headers.

    Where the sums over cohorts do not add up somebody is counted in two of them, so each cohort, and each group of
    cohorts that was told together, is solved by itself; and as cohorts may add up in fewer ways, so is every part. If
    that is not enough, the values of one more header are not added up either.
    """

    def __init__(self, facts: Sequence[Fact], draw: random.Random) -> None:
        self.found: list[Recovered] = []
        self.unsolved: list[tuple[str, ...]] = []
        self.systems = self.equations = 0
        self._example, self._draw = facts[0], draw
        self._minimums: dict[frozenset[str], int] = {}  # of what names these headers and perhaps more
        for fact in facts:
            named = frozenset(header for header, _ in fact.of)
            self._minimums[named] = max(fact.minimum, self._minimums.get(named, 0))
        self._by_headers: dict[tuple[str, ...], list[tuple[dict[str, Level], int]]] = {}
        for fact in facts:
            levels = _levels(fact.of)
            self._by_headers.setdefault(tuple(sorted(levels)), []).append((levels, fact.people))
        used = set(self._by_headers)
        ahead = sorted(one for one in used if not any(set(one) < set(other) for other in used))
        seen = set(ahead)
        while ahead:
            headers = ahead.pop()
            self.systems += 1
            if self._solved(headers):
                continue
            parts = [part for part in combinations(headers, len(headers) - 1) if COHORT in part and len(part) > 1]
            ahead += [part for part in parts if part not in seen]
            seen.update(parts)

    def _solved(self, headers: tuple[str, ...]) -> bool:
        """Solve for these headers, cohort by cohort if it must be; whether cohorts add up."""
        told = [fact for of, facts in self._by_headers.items() if set(of) <= set(headers) for fact in facts]
        if not told:
            return True
        for apart in _apart(headers):
            system = System(headers, told, max(self._minimums.values()), apart=apart)
            self.equations += system.equations
            try:
                system.solve(self._draw)
            except DoesNotAddUp:
                continue
            for levels, people, how in system.found():
                self._add(levels, people, how)
            return COHORT not in apart
        self.unsolved.append(headers)
        return True

    def _add(self, levels: dict[str, Level], people: int, how: Method) -> None:
        few, minimum = (
            self._example.few,
            max((many for named, many in self._minimums.items() if named <= set(levels)), default=0),
        )
        if people < minimum and (not few or not few.isdisjoint(levels)):
            of = attributes((header, value) for header, level in levels.items() for value in level)
            self.found.append(Recovered(self._example.family, of, people, how))


def _apart(headers: tuple[str, ...]) -> Iterator[frozenset[str]]:
    """Which headers are not to be added up, the fewest first: cohorts, then any one more, since somebody who was
    counted in two cohorts may have had another value of it at the second."""
    yield frozenset()
    cohort = frozenset([COHORT]) & frozenset(headers)
    if cohort:
        yield cohort
    for header in headers:
        if header != COHORT:
            yield frozenset([header])
            if cohort:
                yield cohort | {header}


def _levels(of: Attributes) -> dict[str, Level]:
    found: dict[str, Level] = {}
    for header, value in of:
        found[header] = found.get(header, frozenset()) | {value}
    return found
