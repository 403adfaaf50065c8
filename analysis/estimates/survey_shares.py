"""Shares of answers: the same people twice, and the net of two shares, each with an interval that is right for it.

Proportions throughout; an eNPS of +12 is 0.12 here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.optimize import brentq

from analysis.estimates.intervals import Interval, Z, wilson


@dataclass(frozen=True)
class Change:
    """Share after less share before among the same people, with its 95 % interval; proportions."""

    people: int
    before: float
    after: float
    value: float
    interval: Interval


def paired_change_in_share(both: int, before_only: int, after_only: int, neither: int) -> Change:
    """From the four counts of people. Newcombe's interval for paired proportions, his method 10.

    Square-and-add of both Wilson intervals with their correlation phi, whose numerator is corrected for continuity
    (Newcombe, Stat Med 1998;17:2635). It has a width even where nobody moved, unlike the one of McNemar's test.
    Raises ValueError for no people.
    """
    n = both + before_only + after_only + neither
    if n < 1:
        raise ValueError("a change needs at least one person")
    before, after = (both + before_only) / n, (both + after_only) / n
    first, second = wilson(before, n), wilson(after, n)
    phi = _correlation(both, before_only, after_only, neither)
    down, up = after - second.low, second.high - after
    other_up, other_down = first.high - before, before - first.low
    value = after - before
    low = value - math.sqrt(max(down**2 - 2 * phi * down * other_up + other_up**2, 0.0))
    high = value + math.sqrt(max(up**2 - 2 * phi * up * other_down + other_down**2, 0.0))
    return Change(n, before, after, value, Interval(max(low, -1.0), min(high, 1.0)))


def _correlation(both: int, before_only: int, after_only: int, neither: int) -> float:
    """Phi with Newcombe's continuity correction; 0 where a margin is empty."""
    margins = (both + before_only) * (after_only + neither) * (both + after_only) * (before_only + neither)
    if margins == 0:
        return 0.0
    n = both + before_only + after_only + neither
    product = both * neither - before_only * after_only
    corrected = product if product < 0 else max(product - n / 2, 0.0)
    return float(corrected / math.sqrt(margins))


@dataclass(frozen=True)
class Net:
    """One share less another of the same people (promoters less detractors), its standard error and 95 % interval."""

    people: int
    value: float
    std_error: float
    interval: Interval


def net_share(for_: int, neutral: int, against: int) -> Net:
    """From the three counts of people: of a trinomial, Var(p - q) = (p + q - (p - q)^2) / n.

    The interval is the score interval: all differences whose test, with that variance at the likeliest shares that
    have this difference, does not reject (Tango, Stat Med 1998;17:891, whose b and c are the same trinomial). Unlike
    estimate and 1.96 standard errors it stays within -1 and 1 and has a width where everybody is of one kind; score
    and adjusted intervals are the ones found to cover for net promoter scores (Rocks, Am Stat 2016;70:365).
    Raises ValueError for no people.
    """
    n = for_ + neutral + against
    if n < 1:
        raise ValueError("a net share needs at least one person")
    value = (for_ - against) / n
    error = math.sqrt(max((for_ + against) / n - value**2, 0.0) / n)

    def limit(end: float) -> float:
        if value == end:
            return end

        def distance(difference: float) -> float:
            return abs(_score(for_, against, n, difference)) - Z

        # From the estimate, where the score is 0, outwards to where it is beyond all bounds.
        return float(brentq(distance, value, end - math.copysign(1e-12, end), xtol=1e-12))

    return Net(n, value, error, Interval(limit(-1.0), limit(1.0)))


def _score(for_: int, against: int, n: int, difference: float) -> float:
    """How far the counts are from a difference, in standard errors at the likeliest shares that have it."""
    linear = -for_ - against + (2 * n - for_ + against) * difference
    constant = -against * difference * (1 - difference)
    likeliest = (math.sqrt(max(linear**2 - 8 * n * constant, 0.0)) - linear) / (4 * n)
    variance = n * (2 * likeliest + difference * (1 - difference))
    distance = for_ - against - n * difference
    if variance <= 0:
        return 0.0 if abs(distance) < 1e-12 else math.copysign(math.inf, distance)
    return distance / math.sqrt(variance)
