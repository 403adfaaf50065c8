"""Matrices of 0/1 columns kept as integer codes: their products are look-ups and weighted cross-tables.

X' W X of dummy columns is a set of weighted cross-tables of the covariates, X v a sum of looked-up values, so no
large dense matrix is ever held (PROTOCOL.md 1.14).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.estimates.cells import Factor, Ints
from analysis.estimates.logistic import Floats


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
        return OneHot(self.codes, self.sizes, columns)

    def rows(self, mask: npt.NDArray[np.bool_]) -> OneHot:
        return OneHot(tuple(code[mask] for code in self.codes), self.sizes, self.chosen)

    @property
    def columns(self) -> int:
        return len(self.chosen)

    def dense(self) -> Floats:
        """The matrix itself, shape (cells, columns)."""
        starts = np.cumsum((0, *self.sizes[:-1]))
        owner = np.repeat(np.arange(len(self.sizes)), self.sizes)
        matrix = np.empty((len(self.codes[0]), len(self.chosen)), order="F")
        for position, column in enumerate(self.chosen):
            matrix[:, position] = self.codes[owner[column]] == column - starts[owner[column]]
        return matrix

    def times(self, vector: Floats) -> Floats:
        """X v, shape (cells,), for v of shape (columns,)."""
        of_level = np.zeros(sum(self.sizes))
        of_level[self.chosen] = vector
        total = np.full(len(self.codes[0]), of_level[0])
        start = 1
        for code, size in zip(self.codes[1:], self.sizes[1:], strict=True):
            part = of_level[start : start + size]
            if part.any():
                total += part[code]
            start += size
        return total

    def sums(self, weights: Floats) -> Floats:
        """X' w, shape (columns,), for w of shape (cells,)."""
        of_level = [np.array([weights.sum()])] + [
            np.bincount(code, weights=weights, minlength=size)
            for code, size in zip(self.codes[1:], self.sizes[1:], strict=True)
        ]
        return np.asarray(np.concatenate(of_level)[self.chosen], dtype=np.float64)

    def product(self, weights: Floats, other: OneHot | None = None) -> Floats:
        """X' W X, or X' W Z with another matrix on the same cells; shape (columns, columns of the other)."""
        right = other or self
        blocks = np.empty((sum(self.sizes), sum(right.sizes)))
        row = 0
        for i, (code, size) in enumerate(zip(self.codes, self.sizes, strict=True)):
            column = 0
            for j, (across, width) in enumerate(zip(right.codes, right.sizes, strict=True)):
                if other is None and j < i:
                    blocks[row : row + size, column : column + width] = blocks[
                        column : column + width, row : row + size
                    ].T
                else:
                    table = np.bincount(code * width + across, weights=weights, minlength=size * width)
                    blocks[row : row + size, column : column + width] = table.reshape(size, width)
                column += width
            row += size
        return blocks[np.ix_(self.chosen, right.chosen)]
