"""Weighted Kaplan-Meier and Aalen-Johansen curves from cells, with infinitesimal-jackknife derivatives.

Status: 0 followed to the end, 1 voluntary exit, 2 any other exit. S + F1 + F2 = 1 exactly. Weights are taken as
known in the variance, as R's survfit(weights, robust) does (PROTOCOL.md 1.8).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.estimates.cells import Ints
from analysis.estimates.intervals import Interval, Z
from analysis.estimates.logistic import Floats


@dataclass(frozen=True)
class ArmCurve:
    """One arm at months 0..M, shape (M+1,), and derivatives by the weight of one record, (records, M+1).

    rmst: restricted mean months employed to `tau`, and its derivative, shape (records,).
    """

    survival: Floats
    voluntary: Floats
    at_risk: Floats
    d_survival: Floats
    d_voluntary: Floats
    rmst: float
    d_rmst: Floats


def arm_curve(months: Ints, status: Ints, count: Floats, weight: Floats, last_month: int, tau: int) -> ArmCurve:
    """The curve of one arm. months, status, count and weight have shape (records,); weight is per person."""
    mass = count * weight
    grid = np.arange(1, last_month + 1)
    at = np.array([mass[months >= t].sum() for t in grid])
    safe = np.where(at > 0, at, 1.0)
    events = {kind: np.array([mass[(months == t) & (status == kind)].sum() for t in grid]) for kind in (1, 2)}
    hazard = (events[1] + events[2]) / safe
    survival = np.concatenate([[1.0], np.cumprod(1.0 - hazard)])
    before = survival[:-1]
    voluntary = np.concatenate([[0.0], np.cumsum(before * events[1] / safe)])

    present = (months[:, None] >= grid).astype(np.float64)
    happened = {kind: ((months[:, None] == grid) & (status[:, None] == kind)).astype(np.float64) for kind in (1, 2)}
    d_hazard = (happened[1] + happened[2] - present * hazard) / safe
    d_log = np.cumsum(np.where(hazard < 1.0, -d_hazard / np.where(hazard < 1.0, 1.0 - hazard, 1.0), 0.0), axis=1)
    zero = np.zeros((len(months), 1))
    d_survival = np.column_stack([zero, survival[1:] * d_log])
    rate1 = events[1] / safe
    step = d_survival[:, :-1] * rate1 + before * (happened[1] - present * rate1) / safe
    d_voluntary = np.column_stack([zero, np.cumsum(step, axis=1)])
    until = min(tau, last_month)
    return ArmCurve(
        survival,
        voluntary,
        np.array([count[months >= t].sum() for t in range(last_month + 1)]),
        d_survival * weight[:, None],
        d_voluntary * weight[:, None],
        float(survival[:until].sum()),
        d_survival[:, :until].sum(axis=1) * weight,
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
