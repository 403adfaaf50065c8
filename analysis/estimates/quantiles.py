"""Quartiles of a few values, and an interval of the median that assumes nothing about them."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import binom

from analysis.estimates.intervals import Interval


def quartiles(values: ArrayLike) -> tuple[float, float, float]:
    """First quartile, median, third quartile; linear between values. Raises ValueError without a value."""
    found = np.asarray(values, dtype=np.float64)
    if found.size == 0:
        raise ValueError("quartiles need at least one value")
    first, middle, third = np.quantile(found, [0.25, 0.5, 0.75])
    return float(first), float(middle), float(third)


def median_interval(values: ArrayLike) -> Interval | None:
    """At least 95 %, between two of the values themselves (order statistics, from the binomial distribution).

    None with fewer than six values: the lowest and the highest of five hold the median less often than that.
    """
    found = np.sort(np.asarray(values, dtype=np.float64))
    count = found.size
    if count < 6:
        return None
    cut = int(binom.ppf(0.025, count, 0.5))
    return Interval(float(found[cut - 1]), float(found[count - cut]))
