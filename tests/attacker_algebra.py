"""What follows from numbers that were told: sums over cells that nobody was told, solved as far as they can be.

A fact is a sum: so many people (or events) in all cells that have certain values. All cells are unknown, whole and not
below zero. A cell or total is recovered where every solution agrees on it: by linear algebra, and for some by the ends
of a linear programme, which know of zero as well (Handbook on Statistical Disclosure Control, 4.2 and 4.4).
"""

from __future__ import annotations

import random
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product
from math import ceil, floor, prod

import numpy as np
from scipy.optimize import linprog

REST = "(all others)"  # values that nobody named: whoever lists only large ones leaves the small ones here
COHORT = "cohort"
MOST_CELLS = 300
UNBOUNDED = 3  # what the linear programme says where a number may be as large as one likes
PROGRAMMES = 6  # linear programmes a family: each takes a few milliseconds

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
    how: str


@dataclass(frozen=True)
class Solved:
    """What follows from facts; of how many systems of equations; which of those do not add up, so that nothing was
    asked of them: their family and headers."""

    found: list[Recovered]
    systems: int
    unsolved: list[tuple[Hashable, tuple[str, ...]]]


class _DoesNotAddUp(Exception):
    """No whole people, none below zero, give these numbers."""


def attributes(pairs: Iterable[tuple[str, str]]) -> Attributes:
    return frozenset(pairs)


def recovered(facts: Sequence[Fact], seed: int = 0) -> list[Recovered]:
    """Every number below its minimum that follows from the facts."""
    return solved(facts, seed).found


def solved(facts: Sequence[Fact], seed: int = 0) -> Solved:
    """The same family by family, and how many systems of equations were solved for it.

    Where the sums over cohorts do not add up somebody is counted in two of them, so each cohort, and each group of
    cohorts that was told together, is solved by itself.
    """
    families: dict[Hashable, list[Fact]] = {}
    for fact in dict.fromkeys(facts):
        families.setdefault(fact.family, []).append(fact)
    draw = random.Random(seed)
    found: list[Recovered] = []
    unsolved: list[tuple[Hashable, tuple[str, ...]]] = []
    systems = 0
    for family, own in families.items():
        found += _told_small(own) + _told_twice(own)
        for headers in _systems(own):
            systems += 1
            try:
                found += _System(headers, own).solve(draw)
            except _DoesNotAddUp:
                try:
                    found += _cohort_by_cohort(headers, own, draw)
                except _DoesNotAddUp:
                    unsolved.append((family, headers))
    return Solved(list(dict.fromkeys(found)), systems, unsolved)


def _cohort_by_cohort(headers: tuple[str, ...], facts: Sequence[Fact], draw: random.Random) -> list[Recovered]:
    apart: dict[Attributes, list[Fact]] = {}
    for fact in facts:
        if {header for header, _ in fact.of} <= set(headers):
            apart.setdefault(attributes(pair for pair in fact.of if pair[0] == COHORT), []).append(fact)
    if len(apart) == 1:
        raise _DoesNotAddUp
    return [one for own in apart.values() for one in _System(headers, own).solve(draw)]


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


def _systems(facts: Sequence[Fact]) -> list[tuple[str, ...]]:
    """Sets of headers that some fact uses together and that hold all facts of fewer headers, as far as they can be
    solved at once; of larger ones every part."""
    used = {tuple(sorted({header for header, _ in fact.of})) for fact in facts}
    found: set[tuple[str, ...]] = set()
    ahead = list(used)
    while ahead:
        headers = ahead.pop()
        if headers and _System(headers, facts).size > MOST_CELLS:
            ahead += combinations(headers, len(headers) - 1)
        else:
            found.add(headers)
    return sorted(one for one in found if not any(set(one) < set(other) for other in found))


def _whole(low: float, high: float) -> tuple[int, int]:
    """The first and the last whole number between two."""
    return ceil(low - 1e-6), floor(high + 1e-6)


class _System:
    def __init__(self, headers: tuple[str, ...], facts: Sequence[Fact]) -> None:
        self.headers = headers
        self.facts = [fact for fact in facts if {header for header, _ in fact.of} <= set(headers)]
        values: dict[str, set[str]] = {header: {REST} for header in headers}
        for fact in self.facts:
            for header, value in fact.of:
                values[header].add(value)
        self.values: Mapping[str, list[str]] = {header: sorted(values[header]) for header in headers}
        self.size = prod(len(self.values[header]) for header in headers)

    @cached_property
    def _places(self) -> dict[tuple[str, str], np.ndarray]:
        """A header's value to the cells that have it, 1.0 or 0.0 each."""
        grid = np.indices([len(self.values[header]) for header in self.headers]).reshape(len(self.headers), self.size)
        return {
            (header, value): (grid[axis] == at).astype(float)
            for axis, header in enumerate(self.headers)
            for at, value in enumerate(self.values[header])
        }

    def solve(self, draw: random.Random) -> list[Recovered]:
        if not self.facts:
            return []
        matrix = np.array([self._row(fact.of) for fact in self.facts])
        right = np.array([float(fact.people) for fact in self.facts])
        # By what each fact holds: few cells are told apart, so a basis of as many sums as there are cells is enough.
        vectors, lengths, turned = np.linalg.svd(matrix, full_matrices=False)
        rank = int((lengths > 1e-9 * max(1.0, lengths[0])).sum())
        span = turned[:rank]
        solution = span.T @ ((vectors[:, :rank].T @ right) / lengths[:rank])
        wrong = np.abs(matrix @ solution - right) > 1e-6
        if wrong.any():
            raise _DoesNotAddUp
        told = {fact.of for fact in self.facts}
        targets = [target for target in self._targets() if target not in told]
        if not targets:
            return []
        rows = np.array([self._row(target) for target in targets])
        fixed = np.abs(rows - (rows @ span.T) @ span).max(axis=1) < 1e-7
        found, left = [], []
        for target, row, known in zip(targets, rows, fixed, strict=True):
            if known:
                found += self._as_found(target, round(float(row @ solution)), "linear algebra")
            else:
                left.append(target)
        return found + self._by_ends(draw.sample(left, len(left)), matrix, right)

    def _by_ends(self, targets: Sequence[Attributes], matrix: np.ndarray, right: np.ndarray) -> list[Recovered]:
        """Programmes for the targets in turn; two solutions of any that differ spare a target its own."""
        rows = np.array([self._row(target) for target in targets]).reshape(len(targets), self.size)
        lowest, highest = np.full(len(targets), np.inf), np.full(len(targets), -np.inf)
        found, tried = [], 0
        for at, target in enumerate(targets):
            if tried == PROGRAMMES:
                break
            if highest[at] > lowest[at]:
                low, high = _whole(lowest[at], highest[at])
                if low < high:
                    continue
            tried += 1
            for sign in (1.0, -1.0):
                best = linprog(sign * rows[at], A_eq=matrix, b_eq=right, bounds=(0, None))
                if best.status == UNBOUNDED:
                    break
                if best.status != 0:
                    raise _DoesNotAddUp
                values = rows @ best.x
                lowest, highest = np.minimum(lowest, values), np.maximum(highest, values)
                if lowest[at] >= self.facts[0].minimum:
                    break  # whatever it is, it is not few
            else:
                low, high = _whole(lowest[at], highest[at])
                found += self._as_found(target, low, "linear programme") if low == high else []
        return found

    def _as_found(self, of: Attributes, people: int, how: str) -> list[Recovered]:
        example = self.facts[0]
        if example.few and not any(header in example.few for header, _ in of):
            return []
        return [Recovered(example.family, of, people, how)] if 0 < people < example.minimum else []

    def _row(self, of: Attributes) -> np.ndarray:
        row = np.ones(self.size)
        wanted: dict[str, list[np.ndarray]] = {}
        for header, value in of:
            wanted.setdefault(header, []).append(self._places[header, value])
        for places in wanted.values():
            row = row * np.sum(places, axis=0)
        return row

    def _targets(self) -> list[Attributes]:
        """Every cell and every total."""
        choices = [[None, *self.values[header]] for header in self.headers]
        return [
            attributes((header, value) for header, value in zip(self.headers, chosen, strict=True) if value is not None)
            for chosen in product(*choices)
        ]
