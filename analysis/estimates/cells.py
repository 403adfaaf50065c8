"""Cells: covariate pattern x arm x outcomes, each with its count. Every estimate is computed from these."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.estimates.logistic import Bools, Floats

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[Any]  # whole numbers, as narrow as they come: with millions of cells width is time


@dataclass(frozen=True)
class Factor:
    """One covariate: integer codes, shape (cells,), and the level that each code stands for."""

    name: str
    codes: Codes
    levels: tuple[str, ...]

    def keep(self, mask: Bools) -> Factor:
        return Factor(self.name, self.codes[mask], self.levels)

    def counts(self, weights: Floats) -> Floats:
        """Sum of weights by level, shape (levels,)."""
        sums = np.bincount(self.codes, weights=weights, minlength=len(self.levels))
        return np.asarray(sums, dtype=np.float64)

    def relabel(self, codes: Codes, levels: tuple[str, ...]) -> Factor:
        return Factor(self.name, codes, levels)


@dataclass(frozen=True)
class Cells:
    """Aggregated person-trials. `a` is 1 for participants, `n` the number of person-trials of a cell.

    outcomes and flags: 0/1 values, shape (cells,), by name; flags mark cells that some analyses leave out.
    """

    cell_id: Ints
    factors: tuple[Factor, ...]
    a: Floats
    n: Floats
    outcomes: dict[str, Floats]
    flags: dict[str, Floats] = field(default_factory=dict)

    @staticmethod
    def from_frame(
        frame: pd.DataFrame, covariates: tuple[str, ...], outcomes: tuple[str, ...], flags: tuple[str, ...] = ()
    ) -> Cells:
        """From a frame with columns cell_id, a, n, the covariates (text or categories), outcomes and flags (0/1)."""
        return Cells(
            frame["cell_id"].to_numpy(np.int64),
            tuple(_factor(frame[name], name) for name in covariates),
            frame["a"].to_numpy(np.float64),
            frame["n"].to_numpy(np.float64),
            {name: frame[name].to_numpy(np.float64) for name in outcomes},
            {name: frame[name].to_numpy(np.float64) for name in flags},
        )

    def keep(self, mask: Bools) -> Cells:
        if mask.all():
            return self
        return Cells(
            self.cell_id[mask],
            tuple(factor.keep(mask) for factor in self.factors),
            self.a[mask],
            self.n[mask],
            {name: values[mask] for name, values in self.outcomes.items()},
            {name: values[mask] for name, values in self.flags.items()},
        )

    def has(self, name: str) -> bool:
        return any(factor.name == name for factor in self.factors)

    def factor(self, name: str) -> Factor:
        return next(factor for factor in self.factors if factor.name == name)

    def with_factors(self, factors: tuple[Factor, ...]) -> Cells:
        return replace(self, factors=factors)

    def strata(self, names: tuple[str, ...]) -> Ints:
        """Which combination of these covariates each cell belongs to, numbered from 0; those not held do not count."""
        code, size = np.zeros(len(self.n), dtype=np.int64), 1
        for name in names:
            if self.has(name):
                size *= len(self.factor(name).levels)
                code = code * len(self.factor(name).levels) + self.factor(name).codes
        return numbered(code, size)[1]

    @property
    def participants(self) -> float:
        return float(self.n @ self.a)

    @property
    def comparators(self) -> float:
        return float(self.n @ (1.0 - self.a))


def numbered(code: Ints, size: int) -> tuple[Ints, Ints]:
    """The values from 0 to size - 1 that occur, and for each cell which of them it has; by counting, not sorting."""
    present = np.bincount(code, minlength=size) > 0
    return np.flatnonzero(present), (np.cumsum(present) - 1)[code]


def _factor(column: pd.Series[str], name: str) -> Factor:
    if isinstance(column.dtype, pd.CategoricalDtype):
        codes, levels = column.cat.codes.to_numpy(), tuple(str(level) for level in column.cat.categories)
        present = np.bincount(codes, minlength=len(levels)) > 0
        if present.all():
            return Factor(name, codes, levels)
        return Factor(name, (np.cumsum(present) - 1)[codes], tuple(np.array(levels, dtype=object)[present]))
    codes, found = pd.factorize(column, sort=True)
    return Factor(name, np.asarray(codes, dtype=np.int64), tuple(str(level) for level in found))


def rating_bands(levels: tuple[str, ...]) -> tuple[str, ...]:
    """Three bands for a rating's own values, for the interaction with level (PROTOCOL.md 1.4).

    Up to three values stay as they are; numbers are cut at thirds of their range; "unknown" stays.
    Other scales (more than three words without an order) stay as they are too.
    """
    known = [level for level in levels if level != "unknown"]
    try:
        values = {level: float(level) for level in known}
    except ValueError:
        return levels
    if len(known) <= 3:
        return levels
    low, high = min(values.values()), max(values.values())
    third = (high - low) / 3.0

    def band(level: str) -> str:
        if level == "unknown":
            return level
        if values[level] < low + third:
            return "low"
        return "mid" if values[level] <= low + 2.0 * third else "high"

    return tuple(band(level) for level in levels)


def interaction(level: Factor, rating: Factor) -> Factor:
    """Level x rating band as one covariate whose levels are the combinations."""
    bands = rating_bands(rating.levels)
    named = sorted(set(bands))
    band_of = np.array([named.index(band) for band in bands], dtype=np.int64)
    both = level.codes.astype(np.int64) * len(named) + band_of[rating.codes]
    found, codes = numbered(both, len(level.levels) * len(named))
    levels = tuple(f"{level.levels[code // len(named)]}, rating {named[code % len(named)]}" for code in found)
    return Factor("level_by_rating", codes, levels)
