"""Matrices of 0/1 columns kept as integer codes: their products are look-ups and weighted cross-tables.

X' W X of dummy columns is a set of weighted cross-tables of the covariates, X v a sum of looked-up values, so no
large dense matrix is ever held (PROTOCOL.md 1.14). Covariates are taken several at a time, as one of their
combinations: five cross-tables of blocks hold all sixty-six of twelve covariates.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from analysis.estimates.cells import Factor, Ints
from analysis.estimates.logistic import Floats

SMALLEST_BLOCK, LARGEST_BLOCK = 32, 512
CELLS_A_BIN = 4  # a block's tables may have one bin for so many cells


@dataclass(frozen=True)
class _Block:
    """Some factors as one: code, shape (cells,), of their combination, and which levels a combination holds.

    holds: 0/1, shape (combinations, all levels of all factors).
    """

    code: Ints
    size: int
    holds: Floats


@dataclass(frozen=True)
class OneHot:
    """Columns out of all levels of some factors, the constant first.

    codes: one array of shape (cells,) a factor, the constant's all zero; sizes: levels of each factor;
    chosen: which of all levels, counted through, are columns.
    """

    codes: tuple[Ints, ...]
    sizes: tuple[int, ...]
    chosen: npt.NDArray[np.int64]

    @staticmethod
    def of_all_levels(factors: tuple[Factor, ...], cells: int) -> OneHot:
        codes = (np.zeros(cells, dtype=np.int64), *(factor.codes for factor in factors))
        sizes = (1, *(len(factor.levels) for factor in factors))
        return OneHot(codes, sizes, np.arange(sum(sizes)))

    def choose(self, columns: npt.NDArray[np.int64]) -> OneHot:
        chosen = OneHot(self.codes, self.sizes, columns)
        chosen.__dict__["_blocks"] = self._blocks  # the same codes make the same blocks
        return chosen

    def rows(self, mask: npt.NDArray[np.bool_]) -> OneHot:
        kept = OneHot(tuple(code[mask] for code in self.codes), self.sizes, self.chosen)
        kept.__dict__["_blocks"] = tuple(_Block(block.code[mask], block.size, block.holds) for block in self._blocks)
        return kept

    @property
    def columns(self) -> int:
        return len(self.chosen)

    @property
    def _starts(self) -> npt.NDArray[np.int64]:
        return np.cumsum((0, *self.sizes[:-1]))

    @cached_property
    def _blocks(self) -> tuple[_Block, ...]:
        """Factors put together, smallest first, while a block stays small beside the number of cells."""
        cells = len(self.codes[0])
        limit = int(min(max((cells / CELLS_A_BIN) ** 0.5, SMALLEST_BLOCK), LARGEST_BLOCK))
        groups: list[list[int]] = []
        for factor in sorted(range(len(self.sizes)), key=lambda i: (-self.sizes[i], i)):
            fits = [group for group in groups if np.prod([self.sizes[i] for i in group]) * self.sizes[factor] <= limit]
            if fits:
                max(fits, key=lambda group: float(np.prod([self.sizes[i] for i in group]))).append(factor)
            else:
                groups.append([factor])
        return tuple(self._block(group) for group in groups)

    def _block(self, group: list[int]) -> _Block:
        code, size = np.zeros(len(self.codes[0]), dtype=np.int64), 1
        combinations: list[npt.NDArray[np.int64]] = []
        for factor in group:
            code = code * self.sizes[factor] + self.codes[factor]
            size *= self.sizes[factor]
        left = size
        for factor in group:
            left //= self.sizes[factor]
            combinations.append(np.arange(size) // left % self.sizes[factor] + self._starts[factor])
        holds = np.zeros((size, sum(self.sizes)))
        for levels in combinations:
            holds[np.arange(size), levels] = 1.0
        return _Block(code, size, holds)

    def dense(self) -> Floats:
        """The matrix itself, shape (cells, columns)."""
        owner = np.repeat(np.arange(len(self.sizes)), self.sizes)
        matrix = np.empty((len(self.codes[0]), len(self.chosen)), order="F")
        for position, column in enumerate(self.chosen):
            matrix[:, position] = self.codes[owner[column]] == column - self._starts[owner[column]]
        return matrix

    def times(self, vector: Floats) -> Floats:
        """X v, shape (cells,), for v of shape (columns,)."""
        of_level = np.zeros(sum(self.sizes))
        of_level[self.chosen] = vector
        total = np.zeros(len(self.codes[0]))
        for block in self._blocks:
            total += (block.holds @ of_level)[block.code]
        return total

    def sums(self, weights: Floats) -> Floats:
        """X' w, shape (columns,), for w of shape (cells,)."""
        total = np.zeros(sum(self.sizes))
        for block in self._blocks:
            total += np.bincount(block.code, weights=weights, minlength=block.size) @ block.holds
        return np.asarray(total[self.chosen], dtype=np.float64)

    def product(self, weights: Floats, other: OneHot | None = None) -> Floats:
        """X' W X, or X' W Z with another matrix on the same cells; shape (columns, columns of the other)."""
        right = self if other is None else other
        total = np.zeros((sum(self.sizes), sum(right.sizes)))
        for i, one in enumerate(self._blocks):
            if other is None:
                sums = np.bincount(one.code, weights=weights, minlength=one.size)
                total += one.holds.T @ (sums[:, None] * one.holds)
            for two in right._blocks[i + 1 if other is None else 0 :]:
                both = one.code * two.size + two.code
                table = np.bincount(both, weights=weights, minlength=one.size * two.size)
                levels = one.holds.T @ (table.reshape(one.size, two.size) @ two.holds)
                total += levels if other is not None else levels + levels.T
        return np.asarray(total[np.ix_(self.chosen, right.chosen)], dtype=np.float64)
