"""Do effects differ between groups? A score-type test that keeps its size in small groups (PROTOCOL.md 1.10).

The participants' variance is taken where all groups share one difference, as in a score test, not at each group's
own observed rate: with small groups the latter raises false alarms two to four times as often as it should.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import chi2, norm

from analysis.estimates.intervals import Z
from analysis.estimates.logistic import Floats
from analysis.estimates.power import POWER

MOST_STEPS = 500


@dataclass(frozen=True)
class DifferenceOfEffects:
    """Cochran-type Q, its degrees of freedom and p value, and the one difference that fits all groups best.

    All four are None, and reason is a sentence for people, where the question cannot be answered.
    """

    q: float | None
    degrees_of_freedom: int | None
    p_value: float | None
    common_difference: float | None
    reason: str = ""


def difference_of_effects(
    rates1: ArrayLike, participants: ArrayLike, rates0: ArrayLike, covariance0: ArrayLike
) -> DifferenceOfEffects:
    """Test that the difference of rates is the same in every group.

    rates1, participants, rates0: shape (groups,), participants' rates, their numbers, comparators' weighted rates;
    covariance0: clustered covariance of rates0, shape (groups, groups). Raises ValueError where shapes disagree.
    """
    one, people, zero = (np.asarray(values, dtype=np.float64) for values in (rates1, participants, rates0))
    covariance = np.asarray(covariance0, dtype=np.float64)
    groups = len(one)
    if not (one.shape == people.shape == zero.shape == (groups,) and covariance.shape == (groups, groups)):
        raise ValueError("rates, participants and covariance must speak of the same groups")
    if groups < 2:
        return _no("A difference between groups needs at least two groups.")
    if not all(np.isfinite(values).all() for values in (one, people, zero, covariance)) or (people < 1).any():
        return _no("A group has no participants or no rate to compare with.")
    differences = one - zero
    try:
        common, precision = _common_difference(differences, people, zero, covariance)
    except np.linalg.LinAlgError:
        return _no("The uncertainty of these groups cannot be told apart.")
    left = differences - common
    q = max(float(left @ precision @ left), 0.0)
    return DifferenceOfEffects(q, groups - 1, float(chi2.sf(q, groups - 1)), common)


def _common_difference(differences: Floats, people: Floats, rates0: Floats, covariance: Floats) -> tuple[float, Floats]:
    """By generalised least squares, again until the variances are those of the difference they lead to."""
    common = float(people @ differences / people.sum())
    for _ in range(MOST_STEPS):
        rates = np.clip(rates0 + common, 0.5 / people, 1.0 - 0.5 / people)
        variance = np.diag(rates * (1.0 - rates) / people) + covariance
        np.linalg.cholesky(variance)
        precision: Floats = np.asarray(np.linalg.inv(variance), dtype=np.float64)
        step = float(precision.sum(axis=0) @ differences / precision.sum()) - common
        if abs(step) < 1e-13:
            return common, precision
        common += step / 2.0  # half a step: whole ones can go to and fro where a rate is clipped
    raise np.linalg.LinAlgError("the common difference does not settle")


def smallest_detectable_between(
    rates0: tuple[float, float], participants: tuple[float, float], comparators: tuple[float, float]
) -> float | None:
    """Smallest gap between two groups' effects, a proportion, found in 80 % of studies of this size; None if none.

    rates0: the comparators' rates; comparators: their effective numbers. Normal approximation, with variances where
    the programme does nothing, so that it follows from the design alone and never from the result (PROTOCOL.md 1.13).
    """
    if not all(0.0 < rate < 1.0 for rate in rates0) or not all(n > 0 for n in (*participants, *comparators)):
        return None
    variance = sum(
        rate * (1.0 - rate) * (1.0 / n1 + 1.0 / n0)
        for rate, n1, n0 in zip(rates0, participants, comparators, strict=True)
    )
    gap = (Z + float(norm.ppf(POWER))) * math.sqrt(variance)
    # With no effect in one group, the other's can at most bring everybody, or nobody, to the outcome.
    room = max(max(rate, 1.0 - rate) for rate in rates0)
    return gap if gap < room else None


def _no(reason: str) -> DifferenceOfEffects:
    return DifferenceOfEffects(None, None, None, None, reason)
