"""Mantel-Haenszel: two arms compared stratum by stratum and pooled without a model.

Difference of rates with Sato's variance (Biometrics 1989;45:1323), ratio of rates with Greenland and Robins'
(Biometrics 1985;41:55). statsmodels' StratifiedTable has neither the difference nor an interval of the ratio.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analysis.estimates.intervals import Interval, Z
from analysis.estimates.logistic import Bools, Floats


class NoSharedStratum(ArithmeticError):
    """No stratum holds people of both arms; the message is a sentence for people."""


@dataclass(frozen=True)
class _Pooled:
    """What every pooled comparison says of itself.

    interval is None, and reason a sentence, where the variance is zero: an interval without width would mislead.
    strata: how many hold both arms. left_out1, left_out0: people of each arm in strata where the other arm is empty.
    """

    strata: int
    left_out1: float
    left_out0: float
    interval: Interval | None
    reason: str


@dataclass(frozen=True)
class StratifiedDifference(_Pooled):
    """Rate of arm 1 minus rate of arm 0, a proportion, pooled over the strata that hold both arms."""

    difference: float
    std_error: float


@dataclass(frozen=True)
class StratifiedRatio(_Pooled):
    """Rate of arm 1 divided by rate of arm 0, and the standard error of its logarithm; None with a reason."""

    ratio: float | None
    std_error_of_log: float | None


@dataclass(frozen=True)
class _Strata:
    """The strata that hold both arms, arrays of shape (strata,)."""

    events1: Floats
    people1: Floats
    events0: Floats
    people0: Floats
    left_out1: float
    left_out0: float

    @property
    def people(self) -> Floats:
        return self.people1 + self.people0

    @property
    def counted(self) -> tuple[int, float, float]:
        """How many strata, and the people of each arm that they leave out."""
        return len(self.people1), self.left_out1, self.left_out0


def mantel_haenszel_difference(
    events1: ArrayLike, people1: ArrayLike, events0: ArrayLike, people0: ArrayLike
) -> StratifiedDifference:
    """Pooled difference of rates with its 95 % interval; arguments are counts of shape (strata,).

    Raises NoSharedStratum where no stratum holds both arms, ValueError for counts that cannot be.
    """
    strata = _shared(events1, people1, events0, people0)
    one, zero, people = strata.people1, strata.people0, strata.people
    weight = one * zero / people
    difference = float(weight @ (strata.events1 / one - strata.events0 / zero) / weight.sum())
    by_size = (one**2 * strata.events0 - zero**2 * strata.events1 + one * zero * (zero - one) / 2.0) / people**2
    by_events = (strata.events1 * (zero - strata.events0) + strata.events0 * (one - strata.events1)) / (2.0 * people)
    variance = float(difference * by_size.sum() + by_events.sum()) / float(weight.sum()) ** 2
    if variance <= 1e-15:
        error, interval = 0.0, None
        reason = "Within every group compared, everybody in an arm has the same outcome, so no interval can be given."
    else:
        error, reason = float(np.sqrt(variance)), ""
        interval = Interval(max(difference - Z * error, -1.0), min(difference + Z * error, 1.0))
    return StratifiedDifference(*strata.counted, interval, reason, difference, error)


def mantel_haenszel_ratio(
    events1: ArrayLike, people1: ArrayLike, events0: ArrayLike, people0: ArrayLike
) -> StratifiedRatio:
    """Pooled ratio of rates with its 95 % interval; arguments are counts of shape (strata,).

    Raises NoSharedStratum where no stratum holds both arms, ValueError for counts that cannot be.
    """
    strata = _shared(events1, people1, events0, people0)
    one, zero, people = strata.people1, strata.people0, strata.people
    above = float((strata.events1 * zero / people).sum())
    below = float((strata.events0 * one / people).sum())
    ratio: float | None = None
    error: float | None = None
    interval, reason = None, ""
    if above == 0 or below == 0:
        reason = "It did not happen to anybody in one of the two arms."
    else:
        events = strata.events1 + strata.events0
        spread = (one * zero * events - strata.events1 * strata.events0 * people) / people**2
        ratio, error = above / below, float(np.sqrt(max(float(spread.sum()), 0.0) / (above * below)))
        if error < 1e-8:
            error, reason = 0.0, "It happened to everybody, so no interval can be given."
        else:
            interval = Interval(float(ratio * np.exp(-Z * error)), float(ratio * np.exp(Z * error)))
    return StratifiedRatio(*strata.counted, interval, reason, ratio, error)


def _shared(events1: ArrayLike, people1: ArrayLike, events0: ArrayLike, people0: ArrayLike) -> _Strata:
    counts = [np.asarray(values, dtype=np.float64) for values in (events1, people1, events0, people0)]
    a, one, c, zero = counts
    if any(values.ndim != 1 or values.shape != a.shape for values in counts):
        raise ValueError("events and people must be four lists of the same length")
    if not all(np.isfinite(values).all() for values in counts):
        raise ValueError("a count is missing")
    if (a < 0).any() or (c < 0).any() or (a > one).any() or (c > zero).any():
        raise ValueError("events must lie between 0 and the number of people")
    both: Bools = (one > 0) & (zero > 0)
    if not both.any():
        raise NoSharedStratum("No group holds people of both sides, so like cannot be compared with like.")
    return _Strata(a[both], one[both], c[both], zero[both], float(one[~both].sum()), float(zero[~both].sum()))
