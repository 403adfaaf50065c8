"""Weighted curves of both arms as a finding: employment by month and voluntary exits (PROTOCOL.md 1.8)."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from analysis.estimates.cells import Cells
from analysis.estimates.curves import ArmCurve, last_month_with, log_log_band
from analysis.estimates.curves import arm_curve as estimate_arm
from analysis.estimates.intervals import Z
from analysis.estimates.logistic import SingularFit
from analysis.estimates.propensity import CannotFit, Propensity, fit_propensity
from analysis.estimates.threads import one_thread
from analysis.findings import words
from analysis.findings.results import Curve, CurvesFinding, Side
from analysis.plan import Plan
from analysis.store import Cursor
from analysis.study.figures import Moments, cluster_moments, open_figure

LAST_MONTH = 24
YEAR = 12


def curves(cursor: Cursor, plan: Plan, side: Side, quarter: str, cutoff: date, data_version: int) -> CurvesFinding:
    """All cohorts of a side, mature or not, followed to the cutoff or to the last month with 10 participants."""
    figure = open_figure(cursor, plan, side, "months", 0, cutoff)
    cells = Cells.from_frame(figure.cells, figure.covariates, figure.outcomes)
    minimum = plan.thresholds.participants_to_show
    try:
        if cells.participants < minimum:
            raise CannotFit(f"Fewer than {minimum} participants.")
        if figure.vanished:
            raise CannotFit("People disappear from later snapshots without an exit date.")
        with one_thread():
            propensity = fit_propensity(cells, level_by_rating=plan.level_by_rating)
    except (CannotFit, SingularFit) as error:
        reason = f"No curve: {error}"
        return CurvesFinding(side, quarter, None, None, None, None, None, reason, reason, reason, data_version)
    return _curves(cursor, propensity, side, quarter, minimum, data_version)


def _curves(
    cursor: Cursor, propensity: Propensity, side: Side, quarter: str, minimum: int, data_version: int
) -> CurvesFinding:
    kept = propensity.cells
    months = kept.outcomes["months"].astype(np.int64)
    status = kept.outcomes["status"].astype(np.int64)
    took_part = kept.a == 1
    last = last_month_with(months[took_part], kept.n[took_part], minimum, LAST_MONTH)
    arms = {
        arm: estimate_arm(months[mask], status[mask], kept.n[mask], weight[mask], last, YEAR)
        for arm, mask, weight in (
            ("participants", took_part, np.ones_like(propensity.e)),
            ("comparators", ~took_part, propensity.odds),
        )
    }
    one, zero = arms["participants"], arms["comparators"]
    moments = _moments(cursor, propensity, one, zero, last)
    gained = one.rmst - zero.rmst
    spread = moments[-1]
    half = Z * float(np.sqrt(max(spread.v11 + spread.v00 - 2.0 * spread.v10, 0.0)))
    participants = _curve("participants", one, [moment.v11 for moment in moments], last)
    comparators = _curve("comparators", zero, [moment.v00 for moment in moments], last)
    horizon = min(YEAR, last)
    sentence = (
        f"{words.signed(gained)} months of employment in the first "
        f"{'year' if horizon == YEAR else f'{horizon} months'}, "
        f"95% interval {words.signed(gained - half)} to {words.signed(gained + half)}."
    )
    alt = (
        f"{words.SIDE_LABELS[side]}: {words.percent(participants.survival[last])} of participants and an estimated "
        f"{words.percent(comparators.survival[last])} of similar colleagues are still employed after {last} months. "
        f"{sentence}"
    )
    return CurvesFinding(
        side,
        quarter,
        participants,
        comparators,
        round(gained, 8),
        round(gained - half, 8),
        round(gained + half, 8),
        sentence,
        alt,
        None,
        data_version,
    )


def _moments(cursor: Cursor, propensity: Propensity, one: ArmCurve, zero: ArmCurve, last: int) -> list[Moments]:
    """Clustered variances of survival and voluntary exit at each month, then of the restricted means."""
    took_part = propensity.cells.a == 1
    rows = len(took_part)

    def spread(values: np.ndarray[tuple[int], np.dtype[np.float64]], arm: bool) -> object:
        full = np.zeros(rows)
        full[took_part == arm] = values
        return full

    columns: dict[str, object] = {"cell_id": propensity.cells.cell_id}
    for month in range(last + 1):
        columns[f"s1_{month}"] = spread(one.d_survival[:, month], True)
        columns[f"s0_{month}"] = spread(zero.d_survival[:, month], False)
    for month in range(last + 1):
        columns[f"v1_{month}"] = spread(one.d_voluntary[:, month], True)
        columns[f"v0_{month}"] = spread(zero.d_voluntary[:, month], False)
    columns["r1"], columns["r0"] = spread(one.d_rmst, True), spread(zero.d_rmst, False)
    return cluster_moments(cursor, pd.DataFrame(columns), 1.0)


def _curve(arm: str, curve: ArmCurve, variances: list[float], last: int) -> Curve:
    bands = [log_log_band(float(s), v) for s, v in zip(curve.survival, variances[: last + 1], strict=True)]
    # A cumulative incidence F gets its band as 1 - S does: on the log(-log) scale of 1 - F.
    exits = [
        log_log_band(float(1.0 - f), v)
        for f, v in zip(curve.voluntary, variances[last + 1 : 2 * last + 2], strict=True)
    ]
    return Curve(
        "participants" if arm == "participants" else "comparators",
        tuple(range(last + 1)),
        _tuple(curve.survival),
        tuple(round(band.low, 10) for band in bands),
        tuple(round(band.high, 10) for band in bands),
        tuple(round(float(value)) for value in curve.at_risk),
        _tuple(curve.voluntary),
        tuple(round(1.0 - band.high, 10) for band in exits),
        tuple(round(1.0 - band.low, 10) for band in exits),
    )


def _tuple(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> tuple[float, ...]:
    return tuple(round(float(value), 10) for value in values)
