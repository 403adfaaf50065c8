"""Selection ratios: the four-fifths rule with its interval and small-number test (PROTOCOL.md 1.10)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq
from scipy.stats import fisher_exact

from analysis.estimates.intervals import Interval, Z


@dataclass(frozen=True)
class SelectionRatio:
    """Rate of a group divided by the highest rate. `below_four_fifths` is compared in whole numbers."""

    ratio: float
    interval: Interval
    fisher_p: float
    below_four_fifths: bool


def selection_ratio(chosen: int, of: int, chosen_highest: int, of_highest: int) -> SelectionRatio:
    """Compare chosen / of with chosen_highest / of_highest (29 CFR 1607.4(D)); the flag is strictly below 0.80."""
    table = [[chosen, of - chosen], [chosen_highest, of_highest - chosen_highest]]
    return SelectionRatio(
        (chosen / of) / (chosen_highest / of_highest),
        score_ratio_interval(chosen, of, chosen_highest, of_highest),
        float(fisher_exact(table).pvalue),
        5 * chosen * of_highest < 4 * chosen_highest * of,
    )


def score_ratio_interval(x1: int, n1: int, x0: int, n0: int) -> Interval:
    """Miettinen and Nurminen's score interval of (x1/n1) / (x0/n0), 1985, with their N/(N-1) correction.

    statsmodels' is undefined at 0/n and n/n, so this one solves the score equation itself. x0 must be above 0.
    """
    total = n1 + n0

    def score(ratio: float) -> float:
        a, b, c = total * ratio, -(n1 * ratio + x1 + n0 + x0 * ratio), x1 + x0
        p0 = (-b - np.sqrt(max(b * b - 4.0 * a * c, 0.0))) / (2.0 * a)
        p1 = p0 * ratio
        variance = (p1 * (1.0 - p1) / n1 + ratio**2 * p0 * (1.0 - p0) / n0) * total / (total - 1.0)
        return float((x1 / n1 - ratio * x0 / n0) / np.sqrt(max(variance, 1e-300)))

    centre = (x1 / n1) / (x0 / n0)
    low = float(brentq(lambda ratio: score(ratio) - Z, 1e-10, centre)) if x1 else 0.0
    high = float(brentq(lambda ratio: score(ratio) + Z, max(centre, 1e-10), 1e8, maxiter=500))
    return Interval(low, high)
