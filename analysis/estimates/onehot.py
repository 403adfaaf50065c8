"""Matrices of 0/1 columns kept as integer codes: their products are look-ups and weighted cross-tables.

X' W X of dummy columns is a set of weighted cross-tables of the covariates, X v a sum of looked-up values, so no
large dense matrix is ever held (PROTOCOL.md 1.14). Covariates are taken several at a time, as one of their
combinations: six cross-tables of four blocks hold all sixty-six of twelve covariates. Models on the same cells, with
some levels left out or taken together, share the blocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from analysis.estimates.cells import Factor, Ints
from analysis.estimates.logistic import Bools, Floats

SMALLEST_BLOCK, LARGEST_BLOCK = 32, 512
CELLS_A_BIN = 4  # a block's tables may have one bin for so many cells


@dataclass(frozen=True, eq=False)
class _Blocks:
    """Factors put together: for each block the code of their combination, shape (cells,), and how many there are."""

    codes: tuple[Ints, ...]
    sizes: tuple[int, ...]

    @cached_property
    def _pairs(self) -> dict[tuple[int, int], Ints]:
        """The code of two blocks' combination: asked again at every step of every fit."""
        count = len(self.codes)
        return {
            (i, j): self.codes[i] * self.sizes[j] + self.codes[j] for i in range(count) for j in range(i + 1, count)
        }

    def sums(self, weights: Floats) -> list[Floats]:
        """Sums of weights by combination, one array a block."""
        return [
            np.asarray(np.bincount(code, weights=weights, minlength=size), dtype=np.float64)
            for code, size in zip(self.codes, self.sizes, strict=True)
        ]

    def tables(self, weights: Floats) -> dict[tuple[int, int], Floats]:
        """Sums of weights by the combinations of two blocks, the first before the second."""
        found = {}
        for (i, j), code in self._pairs.items():
            sums = np.bincount(code, weights=weights, minlength=self.sizes[i] * self.sizes[j])
            found[i, j] = np.asarray(sums, dtype=np.float64).reshape(self.sizes[i], self.sizes[j])
        return found


@dataclass(frozen=True, eq=False)
class OneHot:
    """Columns that are each a level of a factor, or several levels of one taken together, the constant first.

    holds: for each block which columns a combination has, 0/1, shape (combinations, columns).
    """

    blocks: _Blocks
    holds: tuple[Floats, ...]

    @staticmethod
    def of_all_levels(factors: tuple[Factor, ...], cells: int) -> OneHot:
        """The constant and every level of every factor, counted through."""
        constant = Factor("constant", np.zeros(cells, dtype=np.int8), ("",))
        everything = (constant, *factors)
        starts = np.cumsum([0, *(len(factor.levels) for factor in everything)])
        codes, holds = [], []
        for group in _groups([len(factor.levels) for factor in everything], cells):
            code, size = np.zeros(cells, dtype=np.int64), 1
            for i in group:
                code = code * len(everything[i].levels) + everything[i].codes
                size *= len(everything[i].levels)
            left, held = size, np.zeros((size, starts[-1]))
            for i in group:
                left //= len(everything[i].levels)
                held[np.arange(size), np.arange(size) // left % len(everything[i].levels) + starts[i]] = 1.0
            codes.append(code)
            holds.append(held)
        return OneHot(_Blocks(tuple(codes), tuple(len(held) for held in holds)), tuple(holds))

    def choose(self, columns: Ints) -> OneHot:
        return OneHot(self.blocks, tuple(held[:, columns] for held in self.holds))

    def combine(self, columns: Floats) -> OneHot:
        """New columns, each the sum of some of these: 0/1, shape (these columns, new columns)."""
        return OneHot(self.blocks, tuple(held @ columns for held in self.holds))

    def rows(self, mask: Bools) -> OneHot:
        return OneHot(_Blocks(tuple(code[mask] for code in self.blocks.codes), self.blocks.sizes), self.holds)

    @property
    def columns(self) -> int:
        return int(self.holds[0].shape[1])

    def dense(self) -> Floats:
        """The matrix itself, shape (cells, columns)."""
        matrix = np.zeros((len(self.blocks.codes[0]), self.columns), order="F")
        for code, held in zip(self.blocks.codes, self.holds, strict=True):
            for column in np.flatnonzero(held.any(axis=0)):
                matrix[:, column] = held[:, column][code]
        return matrix

    def times(self, vector: Floats) -> Floats:
        """X v, shape (cells,), for v of shape (columns,)."""
        total = np.zeros(len(self.blocks.codes[0]))
        for code, held in zip(self.blocks.codes, self.holds, strict=True):
            total += (held @ vector)[code]
        return total

    def sums(self, weights: Floats) -> Floats:
        """X' w, shape (columns,), for w of shape (cells,)."""
        total = np.zeros(self.columns)
        for sums, held in zip(self.blocks.sums(weights), self.holds, strict=True):
            total += sums @ held
        return total

    def sums_within(self, groups: Ints, count: int, weights: Floats) -> Floats:
        """X' w within each group: `groups` gives each cell's, 0 to count - 1, or -1 for none; (count, columns)."""
        total = np.zeros((count, self.columns))
        for code, size, held in zip(self.blocks.codes, self.blocks.sizes, self.holds, strict=True):
            # Cells of no group come before all others.
            sums = np.bincount((groups + 1) * size + code, weights=weights, minlength=(count + 1) * size)
            total += sums[size:].reshape(count, size) @ held
        return total

    def product(self, weights: Floats, other: OneHot | None = None) -> Floats:
        """X' W X, or X' W Z with another matrix that shares the blocks; shape (columns, columns of the other)."""
        left, right = self.holds, self.holds if other is None else other.holds
        tables = self.blocks.tables(weights)
        # A table's margins are its blocks' sums.
        sums = {i: table.sum(axis=1) for (i, _), table in tables.items()}
        sums |= {j: table.sum(axis=0) for (_, j), table in tables.items()}
        total = np.zeros((self.columns, right[0].shape[1]))
        for i, of_block in sums.items() if sums else enumerate(self.blocks.sums(weights)):
            total += left[i].T @ (of_block[:, None] * right[i])
        for (i, j), table in tables.items():
            across = left[i].T @ (table @ right[j])
            total += across + (across.T if other is None else left[j].T @ (table.T @ right[i]))
        return total


def _groups(sizes: list[int], cells: int) -> list[list[int]]:
    """Factors put together, largest first, while a block stays small beside the number of cells."""
    limit = int(min(max((cells / CELLS_A_BIN) ** 0.5, SMALLEST_BLOCK), LARGEST_BLOCK))
    groups: list[list[int]] = []
    for factor in sorted(range(len(sizes)), key=lambda i: (-sizes[i], i)):
        fits = [group for group in groups if np.prod([sizes[i] for i in group]) * sizes[factor] <= limit]
        if fits:
            max(fits, key=lambda group: float(np.prod([sizes[i] for i in group]))).append(factor)
        else:
            groups.append([factor])
    return groups
