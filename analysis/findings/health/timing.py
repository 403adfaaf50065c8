"""How long pairs wait: for their first session, and until they first lapse. Pairs that have had none count."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from analysis.estimates.curves import arm_curve, last_month_with, log_log_band
from analysis.estimates.intervals import Interval
from analysis.estimates.logistic import Floats
from analysis.findings import words
from analysis.findings.disclosure import EFFECT
from analysis.findings.health.results import DayCurve, Number, Quartiles, Timing
from analysis.findings.health.shares import DECIMALS

WEEK = 7
LONGEST_FIRST = 168  # days of the curve of first sessions: 24 weeks
TOO_FEW_PAIRS = f"Not shown: fewer than {EFFECT} pairs."

Kind = Literal["first", "lapse"]


def first_session(course: pd.DataFrame, limit: int) -> Timing:
    """Share of pairs with a first session by each day. A pair that ended without one never has one: it competes, and is
    not taken as somebody who would still have met (Aalen-Johansen; without such pairs, one minus Kaplan-Meier)."""
    met = course["first_after"].notna()
    ended = course["state"].isin(["completed", "ended_early", "unknown"])
    days = course["first_after"].where(met, course["followed"]).astype(np.int64).to_numpy()
    # The first day counts as day 1: a session on it is within any limit.
    days = np.where(met.to_numpy(), np.maximum(days, 1), days)
    status = np.where(met, 1, np.where(ended, 2, 0)).astype(np.int64)
    return _timing("first", days, status, limit, LONGEST_FIRST)


def first_lapse(course: pd.DataFrame, limit: int) -> Timing:
    """Share of pairs that have not yet gone without a session for longer than the plan's limit, by each day of the
    plan (Kaplan-Meier; a pair is followed until it ends, the plan ends, or the day)."""
    judged = course[course["lapse_followed"].notna()]
    lapsed = judged["lapse_after"].notna()
    days = judged["lapse_after"].where(lapsed, judged["lapse_followed"]).astype(np.int64).to_numpy()
    status = np.where(lapsed, 1, 0).astype(np.int64)
    return _timing("lapse", days, status, limit, 366)


def _timing(kind: Kind, days: np.ndarray, status: np.ndarray, limit: int, longest: int) -> Timing:
    people = np.ones(len(days))
    if len(days) < EFFECT:
        return _nothing(limit, TOO_FEW_PAIRS if len(days) else "No pair can be followed yet.")
    last = last_month_with(days, people, EFFECT, longest)
    if last < WEEK:
        return _nothing(limit, f"Not shown: fewer than {EFFECT} pairs have been followed for a week.")
    cap = max(last, min(limit, int(days.max())))
    found = arm_curve(days, status, people, people, cap, 1, (1, 2))
    if kind == "first":
        share: Floats = found.incidence[0]
        spread = [float((found.incidence_influence(0, day) ** 2).sum()) for day in range(cap + 1)]
        bands = [log_log_band(1.0 - float(s), v) for s, v in zip(share, spread, strict=True)]
        bands = [Interval(1.0 - band.high, 1.0 - band.low) for band in bands]
        gone = share
    else:
        share = found.survival
        spread = [float((found.survival_influence(day) ** 2).sum()) for day in range(cap + 1)]
        bands = [log_log_band(float(s), v) for s, v in zip(share, spread, strict=True)]
        gone = 1.0 - share
    drawn = [*range(0, last + 1, WEEK)]
    curve = DayCurve(
        tuple(drawn),
        tuple(round(float(share[day]), DECIMALS) for day in drawn),
        tuple(round(bands[day].low, DECIMALS) for day in drawn),
        tuple(round(bands[day].high, DECIMALS) for day in drawn),
        tuple(int(found.at_risk[day]) for day in drawn),
    )
    at_limit = Number(None, None, None, None, f"No {EFFECT} pairs have been followed for {limit} days.")
    day = limit if kind == "first" else last
    if day <= last:
        at_limit = Number(
            round(float(share[day]), DECIMALS),
            round(bands[day].low, DECIMALS),
            round(bands[day].high, DECIMALS),
            len(days),
        )
    quartiles = Quartiles(
        _reached(gone, 0.5, last),
        _first_day([band.high if kind == "first" else 1.0 - band.low for band in bands], 0.5, last),
        _first_day([band.low if kind == "first" else 1.0 - band.high for band in bands], 0.5, last),
        _reached(gone, 0.25, last),
        _reached(gone, 0.75, last),
        len(days),
    )
    sentence = _sentence(kind, last, at_limit, quartiles, limit)
    return Timing(curve, at_limit, limit, quartiles, sentence, sentence, None)


def _nothing(limit: int, reason: str) -> Timing:
    none = Number(None, None, None, None, reason)
    return Timing(None, none, limit, Quartiles(None, None, None, None, None, None, reason), reason, reason, reason)


def _reached(gone: Floats, share: float, last: int) -> float | None:
    return _first_day([float(value) for value in gone], share, last)


def _first_day(values: list[float], share: float, last: int) -> float | None:
    """The first day by which so many had the event; None where they never did while enough were followed."""
    return next((float(day) for day, value in enumerate(values[: last + 1]) if value >= share - 1e-12), None)


def _sentence(kind: Kind, last: int, at_limit: Number, found: Quartiles, limit: int) -> str:
    range_ = ""
    if at_limit.value is not None:
        range_ = (
            f"{words.percent(at_limit.value)} (95% interval {words.percent(at_limit.low or 0.0)} to "
            f"{words.percent(at_limit.high or 0.0)})"
        )
    if kind == "first":
        half = f"Half of all pairs met within {found.median:.0f} days" if found.median is not None else (
            f"Fewer than half of all pairs had met by day {last}"
        )  # fmt: skip
        return f"{half}; by day {limit}, {range_}." if range_ else f"{half}."
    end = f"By day {last} of the plan, {range_} of pairs had never gone without a session for more than {limit} days"
    half = f"; half had lapsed by day {found.median:.0f}" if found.median is not None else ""
    return f"{end}{half}."
