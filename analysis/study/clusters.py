"""Clustered moments of influence values put on the cells of an open figure: one person, one cluster."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.store import Cursor

Floats = NDArray[np.float64]
CHUNK = 24  # columns that are spread over people at a time: what bounds the memory
FEW = 0.1  # the share of cells up to which a column counts as 0 nearly everywhere
BLOCK = 8192  # people, or cells, that are worked on at a time so that they stay in the processor's cache


@dataclass(frozen=True, eq=False)
class People:
    """The link from people to cells, one entry a person-trial; it stays in this room.

    person, cell_id, joined_later: shape (person-trials,); cells: how many there are.
    """

    person: NDArray[np.int32]
    cell_id: NDArray[np.int32]
    joined_later: NDArray[np.bool_]
    cells: int

    @cached_property
    def visits(self) -> tuple[NDArray[np.int32], ...]:
        """The cell of each person's first person-trial, of their second, and so on; people with the most
        person-trials first, so that those who have a further one are always the first of them."""
        order = np.argsort(self.person, kind="stable")
        ordered, cells = self.person[order], self.cell_id[order]
        begins = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)])
        counts = np.diff(np.append(begins, len(ordered)))
        most_first = np.argsort(-counts, kind="stable")
        begins, counts = begins[most_first], counts[most_first]
        longest = int(counts.max(initial=0))
        return tuple(cells[begins[: np.count_nonzero(counts > visit)] + visit] for visit in range(longest))

    def within(self, cell_id: NDArray[np.generic]) -> Visits:
        """The same of some cells, which are then called by their position in cell_id, shape (cells,)."""
        position = np.full(self.cells, len(cell_id), dtype=np.int32)
        position[cell_id] = np.arange(len(cell_id), dtype=np.int32)
        return Visits(tuple(position[visit] for visit in self.visits), len(cell_id))


@dataclass(frozen=True, eq=False)
class Visits:
    """Person-trials by person: see `People.visits`. cell: positions among `cells` cells; that number itself stands
    for any other cell."""

    cell: tuple[NDArray[np.int32], ...]
    cells: int

    @cached_property
    def people(self) -> int:
        """People with at least one person-trial in these cells."""
        inside = np.zeros(len(self.cell[0]) if self.cell else 0, dtype=np.bool_)
        for visit in self.cell:
            inside[: len(visit)] |= visit < self.cells
        return int(np.count_nonzero(inside))

    def sums(self, columns: list[Floats]) -> Iterator[Floats]:
        """Sums within people of up to CHUNK columns by cell, each of shape (cells,), in blocks of people: shape
        (people, k). Take one block before the next, and one pass at a time."""
        k = len(columns)
        values = self._table[: (self.cells + 1) * k].reshape(self.cells + 1, k)
        for first in range(0, self.cells, BLOCK):
            for position, column in enumerate(columns):
                values[first : min(first + BLOCK, self.cells), position] = column[first : first + BLOCK]
        values[self.cells] = 0.0
        for first in range(0, len(self.cell[0]) if self.cell else 0, BLOCK):
            found = np.take(values, self.cell[0][first : first + BLOCK], axis=0)
            for visit in self.cell[1:]:
                again = visit[first : first + BLOCK]
                if not len(again):
                    break
                found[: len(again)] += np.take(values, again, axis=0)
            yield found

    @cached_property
    def _table(self) -> Floats:
        """Room for CHUNK columns side by side, used again for the next ones: new memory costs more than the sums."""
        return np.empty((self.cells + 1) * CHUNK)

    def products(self, columns: list[Floats]) -> Floats:
        """Sums over people of products of their sums, shape (k, k)."""
        products = np.zeros((len(columns), len(columns)))
        for found in self.sums(columns):
            products += found.T @ found
        return products

    def touching(self, inside: NDArray[np.bool_]) -> Visits:
        """Only people with a person-trial in the cells that `inside` marks, shape (cells,)."""
        marked = np.append(inside, False)
        chosen = np.zeros(len(self.cell[0]) if self.cell else 0, dtype=np.bool_)
        for visit in self.cell:
            chosen[: len(visit)] |= marked[visit]
        return Visits(tuple(visit[chosen[: len(visit)]] for visit in self.cell), self.cells)

    def sum_of(self, column: Floats) -> Floats:
        """Sums within people of one column, shape (people,): the way for few people, who need few cells."""
        total = np.zeros(len(self.cell[0]) if self.cell else 0)
        for visit in self.cell:
            known = visit < self.cells
            total[: len(visit)][known] += column[visit[known]]
        return total


_people: WeakKeyDictionary[Cursor, People] = WeakKeyDictionary()


def remember_people(cursor: Cursor, people: People) -> None:
    """Keep the link of the figure that is open on a cursor for as long as the cursor lives."""
    _people[cursor] = people


@dataclass(frozen=True)
class Moments:
    """Clustered second moments of two influence columns, summed within employee, over `clusters` employees."""

    v11: float
    v10: float
    v00: float
    clusters: int


def cluster_moments(
    cursor: Cursor, influence: pd.DataFrame | Mapping[str, NDArray[np.generic]], total: float
) -> list[Moments]:
    """Employee-clustered covariance of pairs of influence columns (PROTOCOL.md 1.6), G/(G-1) applied.

    influence: cell_id, then columns in pairs (participants' rate, comparators' rate), each of shape (cells,), of the
    figure that is open on the cursor; total: person-trials in the fit.
    """
    visits = _people[cursor].within(np.asarray(influence["cell_id"]))
    columns = [np.asarray(influence[str(name)], dtype=np.float64) for name in influence if name != "cell_id"]
    factor = _factor(visits.people, total)
    pairs = list(zip(columns[::2], columns[1::2], strict=True))
    # Most participants' columns are 0 in nearly all cells: of these only the people of the others are asked.
    few = [pair for pair, (one, _) in enumerate(pairs) if np.count_nonzero(one) <= FEW * len(one)]
    many = [pair for pair in range(len(pairs)) if pair not in set(few)]
    found: dict[int, tuple[float, float, float]] = {}
    for first in range(0, len(few), CHUNK):
        chosen = few[first : first + CHUNK]
        found |= zip(chosen, _products_of_few(visits, [pairs[pair] for pair in chosen]), strict=True)
    for first in range(0, len(many), CHUNK // 2):
        chosen = many[first : first + CHUNK // 2]
        products = visits.products([column for pair in chosen for column in pairs[pair]])
        for pair, at in zip(chosen, range(0, len(products), 2), strict=True):
            found[pair] = (products[at, at], products[at, at + 1], products[at + 1, at + 1])
    moments = []
    for pair in range(len(pairs)):
        v11, v10, v00 = (float(product) * factor for product in found[pair])
        moments.append(Moments(v11, v10, v00, visits.people))
    return moments


def _products_of_few(visits: Visits, pairs: list[tuple[Floats, Floats]]) -> list[tuple[float, float, float]]:
    """Sums over people of one x one, one x zero and zero x zero, each summed within a person, where only few people
    have a `one` that is not 0. At most CHUNK pairs."""
    squares = np.zeros(len(pairs))
    for found in visits.sums([zero for _, zero in pairs]):
        squares += (found * found).sum(axis=0)
    inside = np.zeros(visits.cells, dtype=np.bool_)
    for one, _ in pairs:
        inside |= one != 0
    few = visits.touching(inside)
    sums = [(few.sum_of(one), few.sum_of(zero)) for one, zero in pairs]
    return [
        (float(one @ one), float(one @ zero), float(square)) for (one, zero), square in zip(sums, squares, strict=True)
    ]


def cluster_covariance(cursor: Cursor, cell_id: NDArray[np.integer], columns: Floats, total: float) -> Floats:
    """Employee-clustered covariance matrix of influence columns (PROTOCOL.md 1.6), G/(G-1) applied.

    cell_id: shape (cells,) of the figure that is open on the cursor; columns: shape (cells, k); total: person-trials
    in the fit. Returns shape (k, k).
    """
    visits = _people[cursor].within(np.asarray(cell_id))
    factor = _factor(visits.people, total)
    k = columns.shape[1]
    if k <= CHUNK:
        return visits.products(list(columns.T)) * factor
    sums = np.empty((len(visits.cell[0]) if visits.cell else 0, k))
    for first in range(0, k, CHUNK):
        start = 0
        for found in visits.sums(list(columns.T[first : first + CHUNK])):
            sums[start : start + len(found), first : first + CHUNK] = found
            start += len(found)
    return np.asarray(sums.T @ sums * factor, dtype=np.float64)


def _factor(clusters: int, total: float) -> float:
    return clusters / (clusters - 1) / total**2 if clusters > 1 else 0.0


@dataclass(frozen=True)
class Comparators:
    """Who the comparators are: distinct people, and the share of their weight that joined within the next year.

    The headline is joining now against not now, so later joining dilutes it (PROTOCOL.md 1.5).
    """

    people: int
    joined_later: float


def describe_comparators(cursor: Cursor, weights: pd.DataFrame) -> Comparators:
    """weights: cell_id and weight, 0 for participants, of the figure that is open on the cursor."""
    people = _people[cursor]
    by_cell = np.zeros(people.cells)
    by_cell[weights["cell_id"].to_numpy()] = weights["weight"].to_numpy()
    weight = by_cell[people.cell_id]
    compared = weight > 0
    total = float(weight[compared].sum())
    later = float(weight[compared & people.joined_later].sum())
    seen = np.zeros(int(people.person.max(initial=0)) + 1, dtype=np.bool_)
    seen[people.person[compared]] = True
    return Comparators(int(np.count_nonzero(seen)), later / total if total > 0 else 0.0)
