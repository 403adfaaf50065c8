"""Are the two groups alike? Standardised mean differences, effective sample size, weights (PROTOCOL.md 1.7)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.estimates.cells import Cells, Factor
from analysis.estimates.logistic import Bools, Floats
from analysis.estimates.propensity import Propensity

SMALLEST_LEVEL = 5


@dataclass(frozen=True)
class LevelBalance:
    """Standardised mean difference of one covariate level (signed), before and after weighting.

    counts: False for levels held by fewer than 5 participants, which are shown but set no colour.
    """

    covariate: str
    level: str
    before: float
    after: float
    counts: bool


def balance(propensity: Propensity, group: Bools | None = None) -> tuple[LevelBalance, ...]:
    """(mean of participants - weighted mean of comparators) / SD of participants, for every level."""
    cells = propensity.cells
    inside = np.ones_like(cells.a) if group is None else group.astype(np.float64)
    rows: list[LevelBalance] = []
    for factor in cells.factors:
        if factor.name != "level_by_rating":
            rows += _levels(factor, cells, inside, propensity.weight)
    return tuple(rows)


def _levels(factor: Factor, cells: Cells, inside: Floats, weight: Floats) -> list[LevelBalance]:
    def shares(weights: Floats) -> Floats:
        return np.asarray(factor.counts(weights) / weights.sum(), dtype=np.float64)

    people = factor.counts(cells.n * cells.a * inside)
    compared = cells.n * (1.0 - cells.a) * inside
    if people.sum() == 0 or compared.sum() == 0 or float(compared @ weight) == 0:
        return []
    mean = people / people.sum()
    spread = np.sqrt(mean * (1.0 - mean))
    before, after = shares(compared), shares(compared * weight)
    return [
        LevelBalance(
            factor.name,
            factor.levels[i],
            float((mean[i] - before[i]) / spread[i]),
            float((mean[i] - after[i]) / spread[i]),
            bool(people[i] >= SMALLEST_LEVEL),
        )
        for i in np.flatnonzero(spread > 0)
    ]


def largest_imbalance(rows: tuple[LevelBalance, ...]) -> LevelBalance | None:
    """The level that is furthest from balance after weighting, among those that count."""
    counted = [row for row in rows if row.counts]
    return max(counted, key=lambda row: abs(row.after)) if counted else None


def effective_sample_size(propensity: Propensity, group: Bools | None = None) -> float:
    """Kish's effective number of comparators, (sum w)^2 / sum w^2."""
    n, w = propensity.cells.n, propensity.weight
    if group is not None:
        w = w * group
    squares = float(n @ w**2)
    return float(n @ w) ** 2 / squares if squares > 0 else 0.0


def largest_weight_share(propensity: Propensity) -> float:
    """The share of all comparators' weight that one person-trial holds at most."""
    w = propensity.weight
    return float(w.max() / (propensity.cells.n @ w))
