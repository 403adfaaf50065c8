"""Means and paired changes from their sums, with t intervals (PROTOCOL.md 1.12)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import t as student

from analysis.estimates.intervals import Interval


@dataclass(frozen=True)
class Mean:
    """A mean of `people` values on their own scale, its 95 % t interval, and mean / standard deviation."""

    value: float
    interval: Interval | None
    people: int
    standardised: float | None


def mean_from_sums(people: int, total: float, squares: float) -> Mean:
    """From the count, the sum and the sum of squares. One value has no interval; no spread no standardised size."""
    if people < 1:
        raise ValueError("a mean needs at least one value")
    value = total / people
    if people == 1:
        return Mean(value, None, people, None)
    variance = max(squares - people * value**2, 0.0) / (people - 1)
    half = float(student.ppf(0.975, people - 1)) * np.sqrt(variance / people)
    spread = float(np.sqrt(variance))
    return Mean(value, Interval(value - half, value + half), people, value / spread if spread > 0 else None)


def difference_of_means(
    one: tuple[int, float, float], other: tuple[int, float, float]
) -> tuple[float, Interval] | None:
    """Mean of one group less that of the other, with Welch's 95 % interval.

    Each is given as people, sum and sum of squares. None where a group has fewer than two people, or neither has
    any spread.
    """
    if min(one[0], other[0]) < 2:
        return None
    variances = [max(squares - total**2 / n, 0.0) / (n - 1) / n for n, total, squares in (one, other)]
    if sum(variances) <= 0:
        return None
    freedom = sum(variances) ** 2 / sum(v**2 / (n - 1) for v, (n, _, _) in zip(variances, (one, other), strict=True))
    half = float(student.ppf(0.975, freedom)) * float(np.sqrt(sum(variances)))
    value = one[1] / one[0] - other[1] / other[0]
    return value, Interval(value - half, value + half)
