"""Rates of events that come in clusters, such as the sessions of a pair: sessions of one pair are alike, so they count
for fewer than their number (Wilson's interval at the effective number: Dean and Pagano 2015)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.estimates.intervals import Interval, Z, effective_people, wilson


@dataclass(frozen=True)
class ClusteredRate:
    """events / trials, a proportion, with its 95 % interval; `effective` independent trials would say as much."""

    rate: float
    interval: Interval
    events: int
    trials: int
    clusters: int
    effective: float


def clustered_rate(
    events: Sequence[float], trials: Sequence[float], clusters: Sequence[float] | None = None
) -> ClusteredRate:
    """A proportion whose trials come in clusters. events, trials: by cluster, or by kind of cluster with how many
    `clusters` are of that kind; all of one shape.

    The linearised variance of the ratio of two sums gives the effective number of trials, never more than there are;
    where nothing or everything happened each cluster counts as one. Raises ValueError without a trial.
    """
    x, n = np.asarray(events, dtype=np.float64), np.asarray(trials, dtype=np.float64)
    many = np.ones_like(n) if clusters is None else np.asarray(clusters, dtype=np.float64)
    many = np.where(n > 0, many, 0.0)
    total, held = float(many @ n), float(many @ x)
    if total <= 0:
        raise ValueError("a rate needs at least one trial")
    rate, of = held / total, float(many.sum())
    variance = _variance(x - rate * n, many, total)
    effective = min(effective_people(rate, variance, of), total)
    return ClusteredRate(rate, wilson(rate, effective), round(held), round(total), round(of), effective)


def clustered_ratio(
    events: Sequence[float], exposure: Sequence[float], clusters: Sequence[float] | None = None
) -> tuple[float, Interval]:
    """Events for each unit of exposure, such as sessions a month, with its 95 % interval on the log scale.

    Shapes as in clustered_rate. Raises ValueError without exposure; without an event, or with one cluster, the interval
    reaches from 0 to infinity.
    """
    x, n = np.asarray(events, dtype=np.float64), np.asarray(exposure, dtype=np.float64)
    many = np.ones_like(n) if clusters is None else np.asarray(clusters, dtype=np.float64)
    total = float(many @ n)
    if total <= 0:
        raise ValueError("a rate needs exposure")
    rate = float(many @ x) / total
    if rate <= 0 or float(many.sum()) < 2:
        return rate, Interval(0.0, math.inf)
    spread = Z * math.sqrt(_variance(x - rate * n, many, total)) / rate
    return rate, Interval(rate * math.exp(-spread), rate * math.exp(spread))


def odds_of(rate: ClusteredRate) -> tuple[float, Interval]:
    """How many events of one kind come on one of the other, from the share of the one kind: two counts out of the same
    trials have the ratio share / (1 - share), and the same for the limits. A limit is infinite at a share of 1."""

    def odds(share: float) -> float:
        return share / (1.0 - share) if share < 1.0 else math.inf

    return odds(rate.rate), Interval(odds(rate.interval.low), odds(rate.interval.high))


def _variance(residuals: NDArray[np.float64], many: NDArray[np.float64], total: float) -> float:
    of = float(many.sum())
    return float(of / (of - 1.0) * (many @ residuals**2) / total**2) if of > 1 else 0.0
