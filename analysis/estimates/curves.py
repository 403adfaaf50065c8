"""Weighted Kaplan-Meier and Aalen-Johansen curves from cells, with infinitesimal-jackknife derivatives.

Causes compete: survival and the incidences of all causes add up to one exactly. Weights are taken as known in the
variance, as R's survfit(weights, robust) does (PROTOCOL.md 1.8).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.estimates.cells import Ints
from analysis.estimates.intervals import Interval, Z
from analysis.estimates.logistic import Floats


@dataclass(frozen=True)
class ArmCurve:
    """One arm at months 0..M, shape (M+1,); what a record adds to it depends on its end and its weight alone.

    incidence: one array a cause, in the order the causes were given. rmst: restricted mean months event-free to
    `tau`. The derivatives by the weight of one record are tables of shape (ends, M+1), found by `end_of`, (records,).
    """

    survival: Floats
    incidence: tuple[Floats, ...]
    at_risk: Floats
    rmst: float
    end_of: Ints
    weight: Floats
    survival_by_end: Floats
    incidence_by_end: tuple[Floats, ...]
    rmst_by_end: Floats

    def survival_influence(self, month: int) -> Floats:
        """Influence of each record on survival at a month, shape (records,)."""
        return np.asarray(self.weight * self.survival_by_end[self.end_of, month], dtype=np.float64)

    def incidence_influence(self, cause: int, month: int) -> Floats:
        """The same for the incidence of the cause at position `cause`."""
        return np.asarray(self.weight * self.incidence_by_end[cause][self.end_of, month], dtype=np.float64)

    def rmst_influence(self) -> Floats:
        return self.weight * self.rmst_by_end[self.end_of]


def arm_curve(
    months: Ints,
    status: Ints,
    count: Floats,
    weight: Floats,
    last_month: int,
    tau: int,
    causes: tuple[int, ...] = (1, 2),
) -> ArmCurve:
    """The curve of one arm. months, status, count and weight have shape (records,); weight is per person.

    status: 0 where somebody was still followed without an event, else one of `causes`, which compete.
    """
    codes, end_of = np.unique(months * (max(causes) + 1) + status, return_inverse=True)
    month_of, status_of = np.divmod(codes, max(causes) + 1)
    mass = np.bincount(end_of, weights=count * weight, minlength=len(codes))
    people = np.bincount(end_of, weights=count, minlength=len(codes))
    grid = np.arange(1, last_month + 1)
    present = (month_of[:, None] >= grid).astype(np.float64)
    at = mass @ present
    safe = np.where(at > 0, at, 1.0)
    happened = [((month_of[:, None] == grid) & (status_of[:, None] == cause)).astype(np.float64) for cause in causes]
    rates = [mass @ which / safe for which in happened]
    hazard = np.sum(rates, axis=0)
    survival = np.concatenate([[1.0], np.cumprod(1.0 - hazard)])
    before = survival[:-1]
    d_hazard = (np.sum(happened, axis=0) - present * hazard) / safe
    d_log = np.cumsum(np.where(hazard < 1.0, -d_hazard / np.where(hazard < 1.0, 1.0 - hazard, 1.0), 0.0), axis=1)
    zero = np.zeros((len(codes), 1))
    d_survival = np.column_stack([zero, survival[1:] * d_log])
    incidence, d_incidence = [], []
    for which, rate in zip(happened, rates, strict=True):
        incidence.append(np.concatenate([[0.0], np.cumsum(before * rate)]))
        step = d_survival[:, :-1] * rate + before * (which - present * rate) / safe
        d_incidence.append(np.column_stack([zero, np.cumsum(step, axis=1)]))
    until = min(tau, last_month)
    return ArmCurve(
        survival=survival,
        incidence=tuple(incidence),
        at_risk=np.array([people[month_of >= t].sum() for t in range(last_month + 1)]),
        rmst=float(survival[:until].sum()),
        end_of=end_of,
        weight=weight,
        survival_by_end=d_survival,
        incidence_by_end=tuple(d_incidence),
        rmst_by_end=d_survival[:, :until].sum(axis=1),
    )


def log_log_band(survival: float, variance: float) -> Interval:
    """95 % interval of a survival probability on the log(-log S) scale; the point itself at 0 and 1."""
    if not 0.0 < survival < 1.0 or variance <= 0:
        return Interval(survival, survival)
    spread = Z * np.sqrt(variance) / (survival * np.log(survival))
    return Interval(float(survival ** np.exp(-spread)), float(survival ** np.exp(spread)))


def last_month_with(months: Ints, count: Floats, people: int, cap: int) -> int:
    """The last month in which at least `people` are still followed, at most `cap`."""
    reached = [t for t in range(cap + 1) if count[months >= t].sum() >= people]
    return max(reached, default=0)
