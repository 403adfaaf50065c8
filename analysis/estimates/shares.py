"""Shares of things that come in clusters, the gap between two changes, and how much of a spread lies between groups."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from scipy.optimize import brentq
from scipy.stats import beta, f, ncf, t

from analysis.estimates.intervals import Interval, effective_people, wilson

MOST = 1e6  # of a noncentrality: no table of people reaches it


@dataclass(frozen=True)
class ClusteredShare:
    """A proportion, its 95 % interval, and how many independent things it is worth."""

    rate: float
    interval: Interval
    effective: float


@dataclass(frozen=True)
class Difference:
    """A difference of two means with its 95 % Welch interval, in the unit of the means."""

    value: float
    interval: Interval


@dataclass(frozen=True)
class SpreadBetween:
    """Eta squared: the share of the variance that lies between groups (a proportion), with its 95 % interval."""

    share: float
    interval: Interval


def clustered_share(
    units: int, hits: float, total: float, hits_squared: float, total_squared: float, crossed: float
) -> ClusteredShare:
    """Share of `total` things in `units` clusters: ratio estimator, its linearised variance, Wilson's interval.

    The sums are over clusters: of hits², of total², of hits x total. With one thing a cluster this is Wilson's interval
    of the plain proportion (up to the factor units / (units - 1) of the variance). Things alike within a cluster count
    for less, never for more than they are. Raises ValueError for nothing counted.
    """
    if units < 1 or total <= 0:
        raise ValueError("a share needs at least one thing")
    rate = hits / total
    if units == 1:
        return ClusteredShare(rate, wilson_within(rate, 1.0), 1.0)
    residual = max(hits_squared - 2.0 * rate * crossed + rate * rate * total_squared, 0.0)
    variance = residual / (total * total) * units / (units - 1)
    effective = min(effective_people(rate, variance, float(units)), total)
    return ClusteredShare(rate, wilson_within(rate, effective), effective)


def wilson_within(rate: float, n: float) -> Interval:
    """Wilson's interval without the last digit of rounding that can lie beyond 0 or 1."""
    found = wilson(rate, n)
    return Interval(max(found.low, 0.0), min(found.high, 1.0))


def clopper_pearson(hits: int, n: int) -> Interval:
    """The exact 95 % interval of a proportion (Clopper and Pearson 1934): never covers less than it says."""
    low = 0.0 if hits == 0 else float(beta.ppf(0.025, hits, n - hits + 1))
    high = 1.0 if hits == n else float(beta.ppf(0.975, hits + 1, n - hits))
    return Interval(low, high)


def welch(one: tuple[int, float, float], other: tuple[int, float, float]) -> Difference:
    """Mean of one minus mean of the other; each is (people, sum, sum of squares), at least two people.

    Raises ValueError where neither group varies.
    """
    means, errors, sizes = [], [], []
    for people, total, squares in (one, other):
        mean = total / people
        means.append(mean)
        errors.append(max(squares - people * mean * mean, 0.0) / (people - 1) / people)
        sizes.append(people)
    variance = sum(errors)
    if variance <= 0:
        raise ValueError("nobody's value differs")
    freedom = variance**2 / sum(error**2 / (size - 1) for error, size in zip(errors, sizes, strict=True))
    half = float(t.ppf(0.975, freedom)) * math.sqrt(variance)
    value = means[0] - means[1]
    return Difference(value, Interval(value - half, value + half))


def spread_between(groups: Sequence[tuple[int, float, float]]) -> SpreadBetween:
    """Eta squared of (people, sum, sum of squares) by group; interval by inverting the noncentral F (Steiger 2004).

    Raises ValueError for fewer than two groups, or where nothing varies.
    """
    people = sum(count for count, _, _ in groups)
    if len(groups) < 2 or people <= len(groups):
        raise ValueError("spread between groups needs two groups and more people than groups")
    mean = sum(total for _, total, _ in groups) / people
    between = sum(count * (total / count - mean) ** 2 for count, total, _ in groups)
    whole = sum(squares for _, _, squares in groups) - people * mean * mean
    within = whole - between
    if within <= 0:
        raise ValueError("nobody's value differs")
    one, two = len(groups) - 1, people - len(groups)
    statistic = (between / one) / (within / two)

    def limit(probability: float) -> float:
        """The noncentrality at which so much of the distribution lies below the statistic, as a share of variance."""

        def beyond(noncentrality: float) -> float:
            below = f.cdf(statistic, one, two) if noncentrality == 0 else ncf.cdf(statistic, one, two, noncentrality)
            return float(below) - probability

        if beyond(0.0) <= 0:
            return 0.0
        top = 1.0
        while beyond(top) > 0 and top < MOST:
            top *= 2.0
        found = float(brentq(beyond, 0.0, top))
        return found / (found + people)

    return SpreadBetween(between / whole, Interval(limit(0.975), limit(0.025)))
