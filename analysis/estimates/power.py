"""How small a difference could have been seen? Computed from the design, never from the result (PROTOCOL.md 1.13)."""

from __future__ import annotations

import math

from scipy.optimize import brentq
from scipy.special import ndtr, ndtri

from analysis.estimates.intervals import Z

POWER = 0.80


def smallest_detectable(rate0: float, n1: float, n0: float, *, increase: bool) -> float | None:
    """Smallest true difference (a proportion, positive) found in 80 % of studies of this size; None if there is none.

    rate0: the comparators' rate; n1 participants; n0 effective comparators. The critical value uses the null
    standard error, the power the alternative one.
    """
    if n1 <= 0 or n0 <= 0 or not 0.0 < rate0 < 1.0:
        return None
    null = math.sqrt(rate0 * (1.0 - rate0) * (1.0 / n1 + 1.0 / n0))

    def shortfall(difference: float) -> float:
        rate1 = rate0 + difference if increase else rate0 - difference
        alternative = math.sqrt(rate1 * (1.0 - rate1) / n1 + rate0 * (1.0 - rate0) / n0)
        return float(ndtr((difference - Z * null) / alternative)) - POWER

    room = (1.0 - rate0 if increase else rate0) - 1e-9
    if shortfall(room) < 0:
        return None
    return float(brentq(shortfall, 1e-9, room, xtol=1e-10))


def participants_needed(rate0: float, difference: float, ratio_of_effective_comparators: float) -> int | None:
    """How many participants a study needs to find this true difference in 80 % of cases; None if none suffices.

    rate0: the comparators' rate; difference: a proportion, below 0 for a decrease; effective comparators for each
    participant, infinity for as many as one likes. The inverse of `smallest_detectable`, by the same formula: both
    standard errors shrink with the root of the size, so it has a closed form.
    """
    rate1 = rate0 + difference
    if not (0.0 < rate0 < 1.0 and 0.0 <= rate1 <= 1.0) or difference == 0 or not ratio_of_effective_comparators > 0:
        return None
    comparators = rate0 * (1.0 - rate0) / ratio_of_effective_comparators
    null = math.sqrt(rate0 * (1.0 - rate0) + comparators)
    alternative = math.sqrt(rate1 * (1.0 - rate1) + comparators)
    needed = ((Z * null + float(ndtri(POWER)) * alternative) / difference) ** 2
    return math.ceil(needed - 1e-9)
