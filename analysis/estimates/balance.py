"""Are the two groups alike? Standardised mean differences, effective sample size, weights (PROTOCOL.md 1.7)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.estimates.cells import Factor, Ints
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


def balance(propensity: Propensity) -> tuple[LevelBalance, ...]:
    """(mean of participants - weighted mean of comparators) / SD of participants, for every level."""
    (rows,) = _balance(propensity, np.zeros(len(propensity.e), dtype=np.int64), 1)
    return rows


def balance_within(propensity: Propensity, groups: Ints, count: int) -> list[tuple[LevelBalance, ...]]:
    """The same within each group: `groups` gives each cell's group, 0 to count - 1, or -1 for none."""
    return _balance(propensity, groups, count)


def _balance(propensity: Propensity, groups: Ints, count: int) -> list[tuple[LevelBalance, ...]]:
    cells, levels = propensity.cells, propensity.design.everything
    compared = cells.n * (1.0 - cells.a)
    people, before, after = (
        levels.sums_within(groups, count, weights)
        for weights in (cells.n * cells.a, compared, cells.n * propensity.weight)
    )
    found: list[list[LevelBalance]] = [[] for _ in range(count)]
    start = 1  # after the constant
    for factor in cells.factors:
        own = slice(start, start + len(factor.levels))
        start = own.stop
        if factor.name != "level_by_rating":
            for group in range(count):
                found[group] += _levels(factor, people[group, own], before[group, own], after[group, own])
    return [tuple(rows) for rows in found]


def _levels(factor: Factor, people: Floats, before: Floats, after: Floats) -> list[LevelBalance]:
    if people.sum() == 0 or before.sum() == 0 or after.sum() == 0:
        return []
    mean = people / people.sum()
    spread = np.sqrt(mean * (1.0 - mean))
    shown = np.flatnonzero(spread > 0)
    raw = (mean - before / before.sum())[shown] / spread[shown]
    weighted = (mean - after / after.sum())[shown] / spread[shown]
    return [
        LevelBalance(factor.name, factor.levels[i], float(one), float(two), bool(people[i] >= SMALLEST_LEVEL))
        for i, one, two in zip(shown, raw, weighted, strict=True)
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
