"""One system of sums over a table of several ways, solved without knowing more than what was told of it.

Unknown is every cell and every total of the table. Each line of it is an equation: its cells are its total. What was
told is put in, so that few unknowns are left in few equations, most of which have nothing to do with one another.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from math import ceil, floor, inf, prod
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import lsmr

REST = "(all others)"  # values that nobody named: whoever lists only large ones leaves the small ones here
COHORT = "cohort"
NEARLY = 1e-6
ABOUT = 1e-3  # how near to whole people a solution found step by step must come
DENSE = 400  # unknowns that hang together, up to which they are solved as a full matrix
ROUNDS = 40  # of bounds that tighten one another
NEAR = 600  # unknowns around a number, at most, that its linear programme holds
PROGRAMMES = 6  # numbers of a system whose ends are asked for: each takes some milliseconds
UNBOUNDED = 3  # what the linear programme says where a number may be as large as one likes

Method = Literal["told", "told twice", "linear algebra", "bounds", "linear programme"]
Level = frozenset[str]  # values of one header that were told together; none: everybody
Numbers = NDArray[np.float64]
Places = NDArray[np.int64]

EVERYBODY: Level = frozenset()


class DoesNotAddUp(Exception):
    """No whole people, none below zero, give these numbers."""


class System:
    """told: which values of which headers, and how many people they are. apart: headers that are not added up; of
    those that are not cohorts each value is no more than the total."""

    def __init__(
        self,
        headers: tuple[str, ...],
        told: Sequence[tuple[Mapping[str, Level], int]],
        minimum: int,
        *,
        apart: frozenset[str] = frozenset(),
    ) -> None:
        self._headers, self._minimum = headers, minimum
        self._levels = [_levels({of.get(header, EVERYBODY) for of, _ in told}) for header in headers]
        self._shape = [len(levels) for levels in self._levels]
        self._cells = prod(self._shape)
        self._told = told
        self._how: list[tuple[Places, Method]] = []
        self._rows, self._cols, self._signs, self._right = self._lines(apart)
        # Cells and totals; then what the values of a header that is not added up leave of their total.
        self._size = max(self._cells, int(self._cols.max(initial=0)) + 1)
        self.value: Numbers = np.full(self._size, np.nan)
        self.equations = len(self._right)

    def solve(self, draw: random.Random) -> None:
        """Find every number that follows. Raises DoesNotAddUp."""
        places = [np.array([at.index(of.get(header, EVERYBODY)) for of, _ in self._told])
                  for header, at in zip(self._headers, self._levels, strict=True)]  # fmt: skip
        flat = np.ravel_multi_index(tuple(places), self._shape) if places else np.zeros(len(self._told), dtype=np.int64)
        self._learn(flat, np.array([float(people) for _, people in self._told]), "told")
        self._settle("linear algebra")
        while self._by_algebra():
            self._settle("linear algebra")
        low, high = self._by_bounds()
        self._settle("bounds")
        self._by_programmes(draw, low, high)

    def found(self) -> Iterator[tuple[dict[str, Level], int, Method]]:
        """Numbers below the minimum that were not told, each with how it was found."""
        for places, how in self._how:
            few = (self.value[places] > 0.5) & (self.value[places] < self._minimum - 0.5) & (places < self._cells)
            for place in places[few & (how != "told")]:
                levels = [at[one] for at, one in zip(self._levels, np.unravel_index(place, self._shape), strict=True)]
                named = {header: level for header, level in zip(self._headers, levels, strict=True) if level}
                yield named, round(float(self.value[place])), how

    def _lines(self, apart: frozenset[str]) -> tuple[Places, Places, Numbers, Numbers]:
        """Row, column and sign of what stands in each equation, and its right side: parts less their total are 0."""
        number = np.arange(self._cells).reshape(self._shape)
        left = self._cells
        rows: list[Places] = [np.zeros(0, dtype=np.int64)]
        cols: list[Places] = [np.zeros(0, dtype=np.int64)]
        signs: list[Numbers] = [np.zeros(0)]
        count = 0
        for axis, levels in enumerate(self._levels):
            lines = np.moveaxis(number, axis, -1).reshape(-1, len(levels))
            if self._headers[axis] in apart:
                if self._headers[axis] == COHORT or EVERYBODY not in levels:
                    continue
                for part in range(1, len(levels)):
                    leaves = np.arange(left, left + len(lines))
                    rows.append(np.repeat(np.arange(count, count + len(lines)), 3))
                    cols.append(np.column_stack([lines[:, part], leaves, lines[:, 0]]).ravel())
                    signs.append(np.tile([1.0, 1.0, -1.0], len(lines)))
                    left, count = left + len(lines), count + len(lines)
                continue
            for total, level in enumerate(levels):
                parts = [at for at, one in enumerate(levels) if len(one) == 1 and (one <= level or not level)]
                if len(level) == 1:
                    continue
                rows.append(np.repeat(np.arange(count, count + len(lines)), len(parts) + 1))
                cols.append(lines[:, [*parts, total]].ravel())
                signs.append(np.tile([*[1.0] * len(parts), -1.0], len(lines)))
                count += len(lines)
        return np.concatenate(rows), np.concatenate(cols), np.concatenate(signs), np.zeros(count)

    def _learn(self, places: Places, values: Numbers, how: Method) -> None:
        if not len(places):
            return
        whole = np.round(values)
        if whole.min() < 0 or np.abs(values - whole).max() > ABOUT:
            raise DoesNotAddUp
        self.value[places] = whole
        if (self.value[places] != whole).any():
            raise DoesNotAddUp
        self._how.append((np.unique(places), how))

    def _settle(self, how: Method) -> None:
        """Put in what is known, as long as that leaves equations with one unknown."""
        while True:
            known = ~np.isnan(self.value[self._cols])
            if known.any():
                gone = self._signs[known] * self.value[self._cols[known]]
                self._right = self._right - np.bincount(self._rows[known], gone, minlength=len(self._right))
                self._rows, self._cols, self._signs = (each[~known] for each in (self._rows, self._cols, self._signs))
            many = np.bincount(self._rows, minlength=len(self._right))
            if np.abs(self._right[many == 0]).max(initial=0.0) > NEARLY:
                raise DoesNotAddUp
            alone = many[self._rows] == 1
            if not alone.any():
                return
            self._learn(self._cols[alone], self._right[self._rows[alone]] * self._signs[alone], how)

    def _by_algebra(self) -> bool:
        """Numbers on which all solutions of the equations agree; whether there were any.

        An unknown that stands in one equation alone leaves it open, so that equation says nothing of the others.
        """
        on = np.ones(len(self._rows), dtype=bool)
        while on.any():
            degree = np.bincount(self._cols[on], minlength=self._size)
            loose = np.zeros(len(self._right), dtype=bool)
            loose[self._rows[on & (degree[self._cols] == 1)]] = True
            if not loose.any():
                break
            on &= ~loose[self._rows]
        found = False
        for part in self._together(on):
            rows, row = np.unique(self._rows[part], return_inverse=True)
            cols, col = np.unique(self._cols[part], return_inverse=True)
            matrix = csr_array((self._signs[part], (row, col)), shape=(len(rows), len(cols)))
            solution, fixed = _agreed(matrix, self._right[rows])
            self._learn(cols[fixed], solution[fixed], "linear algebra")
            found |= bool(fixed.any())
        return found

    def _together(self, on: NDArray[np.bool_]) -> list[Places]:
        """The entries of the equations, of those that are on, by which hang together."""
        places = np.flatnonzero(on)
        if not len(places):
            return []
        many = len(self._right) + self._size
        graph = csr_array(
            (np.ones(len(places)), (self._rows[places], len(self._right) + self._cols[places])), shape=(many, many)
        )
        label = connected_components(graph, directed=False)[1][self._rows[places]]
        order = np.argsort(label, kind="stable")
        return np.split(places[order], np.flatnonzero(np.diff(label[order])) + 1)

    def _by_bounds(self) -> tuple[Numbers, Numbers]:
        """The least and the most that every number can be, as far as line by line tells: none is below zero."""
        low, high = np.where(np.isnan(self.value), 0.0, self.value), np.where(np.isnan(self.value), inf, self.value)
        rows, cols, plus = self._rows, self._cols, self._signs > 0
        for _ in range(ROUNDS if len(rows) else 0):
            least, most = np.where(plus, low[cols], -high[cols]), np.where(plus, high[cols], -low[cols])
            top = self._right[rows] - self._others(least, -inf)
            bottom = self._right[rows] - self._others(most, inf)
            lower, higher = low.copy(), high.copy()
            np.minimum.at(higher, cols, np.floor(np.where(plus, top, -bottom) + NEARLY))
            np.maximum.at(lower, cols, np.ceil(np.where(plus, bottom, -top) - NEARLY))
            if (lower > higher).any():
                raise DoesNotAddUp
            same = np.array_equal(lower, low) and np.array_equal(higher, high)
            low, high = lower, higher
            if same:
                break
        fixed = np.flatnonzero(np.isnan(self.value) & (low == high))
        self._learn(fixed, low[fixed], "bounds")
        return low, high

    def _others(self, ends: Numbers, without: float) -> Numbers:
        """By entry, what all others of its equation come to; without: where one of them has no end."""
        open_, closed = np.isinf(ends), np.where(np.isinf(ends), 0.0, ends)
        sums = np.bincount(self._rows, closed, minlength=len(self._right))[self._rows] - closed
        opens = np.bincount(self._rows, open_, minlength=len(self._right))[self._rows] - open_
        return np.where(opens > 0.5, without, sums)

    def _by_programmes(self, draw: random.Random, low: Numbers, high: Numbers) -> None:
        """Linear programmes for some of what is left; two solutions of any that differ spare a number its own."""
        targets = [int(one) for one in np.unique(self._cols) if one < self._cells and low[one] < self._minimum]
        order = sorted(draw.sample(targets, len(targets)), key=lambda one: bool(np.isinf(high[one])))
        least, most = np.full(self._size, inf), np.full(self._size, -inf)
        tried = 0
        around = _Around(self._rows, self._cols, len(self._right), self._size)
        for target in order:
            if tried == PROGRAMMES:
                break
            if most[target] > least[target] and np.less(*_whole(least[target], most[target])):
                continue
            tried += 1
            part, whole = around.near(target)
            if not len(part):
                continue
            rows, row = np.unique(self._rows[part], return_inverse=True)
            cols, col = np.unique(self._cols[part], return_inverse=True)
            matrix = csr_array((self._signs[part], (row, col)), shape=(len(rows), len(cols)))
            aim = (cols == target).astype(float)
            sums, limits = LinearConstraint(matrix, self._right[rows], self._right[rows]), Bounds(low[cols], high[cols])
            ends = []
            for sign in (1.0, -1.0):
                best = milp(sign * aim, constraints=sums, bounds=limits)
                if best.status == UNBOUNDED:
                    break
                if best.status != 0:
                    raise DoesNotAddUp
                ends.append(float(best.x @ aim))
                if whole:
                    least[cols], most[cols] = np.minimum(least[cols], best.x), np.maximum(most[cols], best.x)
                if sign > 0 and ends[0] >= self._minimum:
                    break  # whatever it is, it is not few
            if len(ends) == 2 and np.equal(*_whole(*ends)):
                self._learn(np.array([target]), np.array([float(_whole(*ends)[0])]), "linear programme")


class _Around:
    """Which entries of the equations stand near an unknown."""

    def __init__(self, rows: Places, cols: Places, equations: int, unknowns: int) -> None:
        places = np.arange(1, len(rows) + 1)  # 0 would be no entry
        self._by_row = csr_array((places, (rows, cols)), shape=(equations, unknowns))
        self._by_col = self._by_row.T.tocsr()

    def near(self, target: int) -> tuple[Places, bool]:
        """Entries of whole equations around it, and whether these are all that hang together with it."""
        unknowns, equations, ahead, whole = {target}, set[int](), [target], True
        while ahead and whole:
            following: list[int] = []
            for one in ahead:
                for equation in _row(self._by_col, one)[0]:
                    if equation not in equations:
                        new = [int(each) for each in _row(self._by_row, equation)[0] if each not in unknowns]
                        if len(unknowns) + len(new) > NEAR:
                            whole = False
                            continue
                        equations.add(equation)
                        unknowns.update(new)
                        following += new
            ahead = following
        entries = [_row(self._by_row, equation)[1] for equation in sorted(equations)]
        return np.concatenate(entries) - 1 if entries else np.zeros(0, dtype=np.int64), whole


def _row(table: csr_array, at: int) -> tuple[Places, Places]:
    start, end = table.indptr[at], table.indptr[at + 1]
    return table.indices[start:end], table.data[start:end]


def _levels(told: set[Level]) -> list[Level]:
    """What a header is divided into: each value, what was told of several together, and what one of these has beside
    another; everybody, and whoever has no value that was named, where everybody was told of."""
    values = sorted({value for level in told for value in level})
    several = [level for level in told if len(level) > 1]
    for level in list(several):
        inside = max((other for other in several if other < level), key=len, default=level)
        several += [level - inside] if len(level - inside) > 1 else []
    everybody = [EVERYBODY, frozenset([REST])] if EVERYBODY in told else []
    return [*everybody, *(frozenset([value]) for value in values), *sorted(set(several), key=sorted)]


def _agreed(matrix: csr_array, right: Numbers) -> tuple[Numbers, NDArray[np.bool_]]:
    """One solution, and on which of its numbers all solutions agree: where a random vector, less its part that the
    equations see, has nothing left. Raises DoesNotAddUp."""
    draw = np.random.default_rng(0)
    vectors = draw.standard_normal((matrix.shape[1], 2))
    sides = np.column_stack([right, matrix @ vectors])
    if matrix.shape[1] <= DENSE:
        solutions = np.linalg.lstsq(matrix.toarray(), sides)[0]
    else:
        solved = [lsmr(matrix, side, atol=1e-13, btol=1e-13, conlim=0, maxiter=20000)[0] for side in sides.T]
        solutions = np.column_stack(solved)
    if np.abs(matrix @ solutions[:, 0] - right).max(initial=0.0) > ABOUT:
        raise DoesNotAddUp
    fixed = np.abs(vectors - solutions[:, 1:]).max(axis=1) < NEARLY
    return solutions[:, 0], fixed


def _whole(low: float, high: float) -> tuple[int, int]:
    """The first and the last whole number between two."""
    return ceil(low - NEARLY), floor(high + NEARLY)
