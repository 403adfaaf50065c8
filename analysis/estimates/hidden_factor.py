"""How strong would a hidden factor have to be? The E-value (VanderWeele and Ding, Ann Intern Med 2017;167:268)."""

from __future__ import annotations

import math
from dataclasses import dataclass

from analysis.estimates.intervals import Interval, mover_ratio


@dataclass(frozen=True)
class EValue:
    """The ratio by which a hidden factor would have to be linked to both taking part and the outcome.

    point: to explain the estimate away; limit: to move its interval to 1, exactly 1 where it holds 1 already.
    A missing one has its reason, a sentence for people.
    """

    point: float | None
    limit: float | None
    reason: str = ""


def e_value(ratio: float, interval: Interval) -> EValue:
    """E-value of a ratio of rates and of its 95 % interval. Raises ValueError unless low <= ratio <= high."""
    if not 0.0 <= interval.low <= ratio <= interval.high:
        raise ValueError("a ratio lies within its interval, and neither is below 0")
    nearest = 1.0
    if interval.low > 1.0:
        nearest = interval.low
    elif interval.high < 1.0:
        nearest = interval.high
    return _e_value(ratio, nearest)


def e_value_of_rates(rate1: float, n1: float, rate0: float, n0: float) -> EValue:
    """E-value of the ratio of two rates, with the square-and-add interval (`intervals.mover_ratio`).

    Give the rarer coding, exits rather than retention: on the other the number is much smaller and misleads
    (PROTOCOL.md 1.9).
    Rates are proportions, n1 participants, n0 the comparators' effective number. Raises ValueError for rates outside
    0 to 1 and for an arm without people.
    """
    if not (0.0 <= rate1 <= 1.0 and 0.0 <= rate0 <= 1.0):
        raise ValueError("a rate lies between 0 and 1")
    if not (n1 > 0 and n0 > 0):
        raise ValueError("each arm needs at least one person")
    if rate1 == 0.0 and rate0 == 0.0:
        return EValue(None, None, "It happened in neither group, so there is no difference to explain.")
    # The smaller rate over the larger one is finite, and so is its upper limit, the one nearest 1.
    (small, n_small), (large, n_large) = sorted([(rate1, n1), (rate0, n0)])
    return _e_value(small / large, min(mover_ratio(small, n_small, large, n_large).high, 1.0))


def _e_value(ratio: float, nearest: float) -> EValue:
    if ratio == 0.0 or math.isinf(ratio):
        return EValue(None, _linked(nearest), "One of the two rates is zero, so their ratio has no finite size.")
    return EValue(_linked(ratio), _linked(nearest))


def _linked(ratio: float) -> float | None:
    if ratio == 0.0 or math.isinf(ratio):
        return None
    above = max(ratio, 1.0 / ratio)
    return above + math.sqrt(above * (above - 1.0))
