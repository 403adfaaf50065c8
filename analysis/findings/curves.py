"""Weighted curves of both arms: employment with its competing ways of leaving, and promotion against leaving first
(PROTOCOL.md 1.8)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Literal

import numpy as np

from analysis.estimates.cells import Cells
from analysis.estimates.curves import ArmCurve, last_month_with, log_log_band
from analysis.estimates.curves import arm_curve as estimate_arm
from analysis.estimates.intervals import Interval, Z
from analysis.estimates.logistic import Bools, Floats, SingularFit
from analysis.estimates.propensity import CannotFit, Propensity, fit_propensity
from analysis.estimates.threads import one_thread
from analysis.findings import words
from analysis.findings.effect_hiding import effect_hiding
from analysis.findings.results import EVERYBODY, Cause, Curve, CurvesFinding, Incidence, Measure, Selection, Side
from analysis.plan import Plan
from analysis.store import Cursor
from analysis.study.figures import FigureKind, Moments, cluster_moments, open_figure

LAST_MONTH = 24
YEAR = 12
DECIMALS = 10
TOGETHER = 12  # pairs of influence columns that go to the store at once

FIGURES: dict[Measure, FigureKind] = {"employment": "months", "promotion": "promotion_months"}
# Status 1, 2, ... of the figure.
CAUSES: dict[Measure, tuple[Cause, ...]] = {
    "employment": ("voluntary_exit", "involuntary_exit", "other_exit"),
    "promotion": ("promotion", "left_before_promotion"),
}


def curves(
    cursor: Cursor,
    plan: Plan,
    side: Side,
    quarter: str,
    cutoff: date,
    data_version: int,
    measure: Measure,
    gained_by: int = YEAR,
    where: Selection = EVERYBODY,
    quarters: Sequence[date] = (),
) -> CurvesFinding:
    """All cohorts of a side, mature or not, followed to the cutoff or to the last month with 10 participants.

    gained_by: months of follow-up over which the months of employment gained are counted. quarters: the last days of
    all that can be asked for, newest first, which must not give a few people away together.
    """
    (hiding, *_) = effect_hiding(cursor, plan, side, FIGURES[measure], 0, cutoff, quarters, where)[None].values()
    figure = open_figure(cursor, plan, side, FIGURES[measure], 0, cutoff, where=where)
    cells = Cells.from_frame(figure.cells, figure.covariates, figure.outcomes)
    minimum = plan.thresholds.participants_to_show
    try:
        if cells.participants < minimum:
            raise CannotFit(f"Fewer than {minimum} participants.")
        if hiding.whole:
            raise CannotFit("So few participants stand outside of this selection that they could be recognised.")
        if figure.vanished:
            raise CannotFit("People disappear from later snapshots without an exit date.")
        with one_thread():
            propensity = fit_propensity(cells, level_by_rating=plan.level_by_rating)
    except (CannotFit, SingularFit) as error:
        reason = f"No curve: {error}"
        return CurvesFinding(measure, side, quarter, None, None, None, None, None, reason, reason, reason, data_version)
    return _Arms.of(cursor, propensity, measure, minimum, gained_by).finding(side, quarter, data_version)


@dataclass(frozen=True)
class _Arms:
    """Both arms of one fit, and the clustered variances of everything that is drawn of them."""

    cursor: Cursor
    propensity: Propensity
    measure: Measure
    last: int
    gained_by: int
    participants: ArmCurve
    comparators: ArmCurve

    @staticmethod
    def of(cursor: Cursor, propensity: Propensity, measure: Measure, minimum: int, gained_by: int) -> _Arms:
        kept = propensity.cells
        months = kept.outcomes["months"].astype(np.int64)
        status = kept.outcomes["status"].astype(np.int64)
        took_part: Bools = kept.a == 1
        last = last_month_with(months[took_part], kept.n[took_part], minimum, LAST_MONTH)
        causes = tuple(range(1, len(CAUSES[measure]) + 1))
        one, zero = (
            estimate_arm(months[mask], status[mask], kept.n[mask], weight[mask], last, gained_by, causes)
            for mask, weight in ((took_part, np.ones_like(propensity.e)), (~took_part, propensity.odds))
        )
        return _Arms(cursor, propensity, measure, last, gained_by, one, zero)

    def finding(self, side: Side, quarter: str, data_version: int) -> CurvesFinding:
        one, zero, count = self.participants, self.comparators, self.last + 1
        moments = list(self._moments())
        gained = one.rmst - zero.rmst
        spread = moments[0]
        half = Z * float(np.sqrt(max(spread.v11 + spread.v00 - 2.0 * spread.v10, 0.0)))
        band = Interval(gained - half, gained + half)
        series = [moments[1 + count * k : 1 + count * (k + 1)] for k in range(1 + len(CAUSES[self.measure]))]
        drawn = (
            self._curve("participants", one, [[moment.v11 for moment in row] for row in series]),
            self._curve("comparators", zero, [[moment.v00 for moment in row] for row in series]),
        )
        sentence, alt = _sentences(self.measure, side, drawn, gained, band, self.gained_by)
        employment = self.measure == "employment"  # months before a promotion are no gain
        return CurvesFinding(
            self.measure,
            side,
            quarter,
            *drawn,
            round(gained, 8) if employment else None,
            round(band.low, 8) if employment else None,
            round(band.high, 8) if employment else None,
            sentence,
            alt,
            None,
            data_version,
        )

    def _influences(self) -> Iterator[tuple[Floats, Floats]]:
        """Of both arms: on the restricted means, then on survival and on each incidence, month by month."""
        one, zero = self.participants, self.comparators
        yield one.rmst_influence(), zero.rmst_influence()
        for month in range(self.last + 1):
            yield one.survival_influence(month), zero.survival_influence(month)
        for cause in range(len(CAUSES[self.measure])):
            for month in range(self.last + 1):
                yield one.incidence_influence(cause, month), zero.incidence_influence(cause, month)

    def _moments(self) -> Iterator[Moments]:
        """Clustered variances in that order, a few columns at a time: all of them would not fit at a million people."""
        took_part = self.propensity.cells.a == 1
        influences = self._influences()
        while pairs := tuple(islice(influences, TOGETHER)):
            columns: dict[str, Floats] = {}
            for position, arms in enumerate(pairs):
                for name, mask, values in zip(("one", "zero"), (took_part, ~took_part), arms, strict=True):
                    column = np.zeros(len(took_part))
                    column[mask] = values
                    columns[f"{name}_{position}"] = column
            yield from cluster_moments(self.cursor, {"cell_id": self.propensity.cells.cell_id, **columns}, 1.0)

    def _curve(
        self, arm: Literal["participants", "comparators"], curve: ArmCurve, variances: list[list[float]]
    ) -> Curve:
        bands = [log_log_band(float(s), v) for s, v in zip(curve.survival, variances[0], strict=True)]
        return Curve(
            arm,
            tuple(range(self.last + 1)),
            _tuple(curve.survival),
            tuple(round(band.low, DECIMALS) for band in bands),
            tuple(round(band.high, DECIMALS) for band in bands),
            tuple(round(float(value)) for value in curve.at_risk),
            tuple(
                _incidence(cause, rate, spread)
                for cause, rate, spread in zip(CAUSES[self.measure], curve.incidence, variances[1:], strict=True)
            ),
        )


def _incidence(cause: Cause, rate: Floats, variances: list[float]) -> Incidence:
    """A cumulative incidence F gets its band as 1 - S does: on the log(-log) scale of 1 - F."""
    bands = [log_log_band(float(1.0 - f), v) for f, v in zip(rate, variances, strict=True)]
    return Incidence(
        cause,
        _tuple(rate),
        tuple(round(1.0 - band.high, DECIMALS) for band in bands),
        tuple(round(1.0 - band.low, DECIMALS) for band in bands),
    )


def _sentences(
    measure: Measure, side: Side, drawn: tuple[Curve, Curve], gained: float, band: Interval, gained_by: int
) -> tuple[str, str]:
    one, zero = drawn
    last, who = one.months[-1], words.SIDE_LABELS[side]
    if measure == "promotion":
        own, other = (curve.incidence("promotion").rate[last] for curve in drawn)
        sentence = (
            f"{words.percent(own)} of participants and an estimated {words.percent(other)} of similar colleagues were "
            f"promoted within {last} months; leaving first competes with promotion."
        )
        return sentence, f"{who}: {sentence}"
    counted = min(last, gained_by)
    window = "year" if counted == YEAR else words.people(counted, "month")
    sentence = (
        f"{words.signed(gained)} months of employment in the first {window}, "
        f"95% interval {words.signed(band.low)} to {words.signed(band.high)}."
    )
    alt = (
        f"{who}: {words.percent(one.survival[last])} of participants and an estimated "
        f"{words.percent(zero.survival[last])} of similar colleagues are still employed after {last} months. {sentence}"
    )
    return sentence, alt


def _tuple(values: Floats) -> tuple[float, ...]:
    return tuple(round(float(value), DECIMALS) for value in values)
