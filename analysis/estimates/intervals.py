"""Intervals for rates, differences and ratios: Wilson 1927, Newcombe 1998, Zou and Donner 2008."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.optimize import brentq
from scipy.stats import norm
from statsmodels.stats.proportion import confint_proportions_2indep

Z = float(norm.ppf(0.975))


@dataclass(frozen=True)
class Interval:
    """A 95 % interval, proportions unless the caller says otherwise."""

    low: float
    high: float


def wilson(rate: float, n: float, z: float = Z) -> Interval:
    """Wilson's score interval of a proportion for n (not necessarily whole) people.

    statsmodels' proportion_confint gives the same (a test holds it); this one is asked thousands of times a load.
    """
    if n <= 0:
        return Interval(0.0, 1.0)
    centre = (rate + z * z / (2.0 * n)) / (1.0 + z * z / n)
    half = z * math.sqrt(rate * (1.0 - rate) / n + z * z / (4.0 * n * n)) / (1.0 + z * z / n)
    return Interval(min(centre - half, rate), max(centre + half, rate))


def effective_people(rate: float, variance: float, fallback: float) -> float:
    """How many independent people would give this variance of a rate; `fallback` where that is undefined."""
    if variance <= 0 or rate <= 0 or rate >= 1:
        return fallback
    return rate * (1.0 - rate) / variance


def mover(rate1: float, n1: float, rate0: float, n0: float, z: float = Z) -> Interval:
    """Square-and-add interval of rate1 - rate0 from two Wilson intervals (PROTOCOL.md 1.6).

    Without covariates this is Newcombe's method 10. n0 is the comparators' effective number of people.
    """
    one, zero = wilson(rate1, n1, z), wilson(rate0, n0, z)
    difference = rate1 - rate0
    return Interval(
        difference - math.hypot(rate1 - one.low, zero.high - rate0),
        difference + math.hypot(one.high - rate1, rate0 - zero.low),
    )


def mover_ratio(rate1: float, n1: float, rate0: float, n0: float) -> Interval:
    """Interval of rate1 / rate0 from the same four limits (Donner and Zou 2012); works with zero events."""
    one, zero = wilson(rate1, n1), wilson(rate0, n0)
    both = rate1 * rate0

    def root(x: float, y: float) -> tuple[float, float, float]:
        over, under = x * (2.0 * rate1 - x), y * (2.0 * rate0 - y)
        return over, under, math.sqrt(max(both**2 - over * under, 0.0))

    over, _, middle = root(one.low, zero.high)
    # (both - middle) / under, written so that nothing is divided by zero where the upper limit is twice the rate.
    low = over / (both + middle) if over > 0 else 0.0
    _, under, middle = root(one.high, zero.low)
    return Interval(low, (both + middle) / under if under > 0 else math.inf)


def mover_p_value(rate1: float, n1: float, rate0: float, n0: float) -> float:
    """The smallest alpha whose MOVER interval touches 0."""
    if rate1 == rate0:
        return 1.0

    def nearest_limit(z: float) -> float:
        interval = mover(rate1, n1, rate0, n0, z)
        return interval.low if rate1 > rate0 else interval.high

    if nearest_limit(1e-6) * nearest_limit(20.0) > 0:
        return 0.0
    return float(2.0 * norm.sf(brentq(nearest_limit, 1e-6, 20.0, xtol=1e-13)))


def newcombe(events1: float, n1: float, events0: float, n0: float) -> Interval:
    """Newcombe's hybrid score interval of a plain difference of two proportions."""
    low, high = confint_proportions_2indep(events1, n1, events0, n0, method="newcomb", compare="diff")
    return Interval(float(low), float(high))
