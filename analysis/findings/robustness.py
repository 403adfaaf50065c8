"""The declared comparison under other conditions: what the diagnostics of part 1.9 and part 8 of the protocol rest on.

Every row is the same estimator on other cells: without one cohort, without colleagues close to a participant, by who
accepted instead of who was paired, with unknown outcomes set to the worst, or on an outcome the programme cannot touch.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

import numpy as np
import pandas as pd

from analysis.estimates.cells import Cells
from analysis.estimates.intervals import newcombe
from analysis.estimates.logistic import SingularFit
from analysis.estimates.propensity import CannotFit
from analysis.estimates.stratified import NoSharedStratum, mantel_haenszel_difference
from analysis.estimates.threads import one_thread
from analysis.findings.analysis import aim_of, read_cells
from analysis.findings.disclosure import EFFECT, hide_groups
from analysis.findings.estimate import Aim, Estimate, Nearby, estimate_again, nearby
from analysis.findings.evidence import Family, Robustness, Variation
from analysis.findings.outcomes import outcomes_of
from analysis.findings.results import EVERYBODY, Outcome, Selection
from analysis.plan import Plan
from analysis.store import Cursor
from analysis.study.figures import Figure, FigureKind, lottery, open_figure

LOT = 30  # people drawn and not drawn, as for any verdict
LOT_LABEL = "drawn by lot against not drawn"
CONTROL: Outcome = "involuntary_exit"
DECIMALS = 10
Rows = dict[Outcome, list[Variation]]


def robustness(
    cursor: Cursor,
    plan: Plan,
    side: str,
    kind: FigureKind,
    horizon: int,
    cutoff: date,
    where: Selection = EVERYBODY,
    hidden: Collection[str] = (),
) -> dict[Outcome, Robustness]:
    """Every variation of a figure, for each of its outcomes; what could not be computed says why. hidden: cohorts of
    which nothing may be told by themselves."""
    with one_thread():
        return _robustness(cursor, plan, side, kind, horizon, cutoff, where, hidden)


def _robustness(
    cursor: Cursor,
    plan: Plan,
    side: str,
    kind: FigureKind,
    horizon: int,
    cutoff: date,
    where: Selection,
    hidden: Collection[str],
) -> dict[Outcome, Robustness]:
    opened = partial(open_figure, cursor, plan, side, horizon=horizon, cutoff=cutoff, where=where)
    figure = opened(kind)
    cells = read_cells(figure)
    rows: Rows = {outcome: [] for outcome in outcomes_of(kind)}
    if cells.participants >= plan.thresholds.participants_to_show:
        outcomes = tuple(outcome for outcome in rows if outcome != CONTROL)
        again = _Again(cursor, plan, outcomes, nearby(plan, cells, outcomes))
        _without_each_cohort(again, figure, cells, rows, hidden)
        _without_those_close(again, cells, rows)
        _unknown_outcomes(again, figure, cells, rows)
        if CONTROL in rows:
            _negative_control(again, cells, rows)
        # From here on the store holds another figure open.
        _as_accepted(again, read_cells(opened(kind, arm="accepted")), cells, rows)
        _the_year_before(again, read_cells(opened("promotion_before")), rows)
        if where.chosen:
            _not_narrowed(outcomes, rows)
        else:
            _by_lot(lottery(cursor, plan, side, kind, horizon, cutoff), outcomes, rows)
    return {outcome: Robustness(outcome, tuple(found)) for outcome, found in rows.items()}


@dataclass(frozen=True)
class _Again:
    """Asks the declared comparison of other cells of the figure that is open, and files the answers."""

    cursor: Cursor
    plan: Plan
    outcomes: tuple[Outcome, ...]
    near: Nearby | None

    def ask(self, family: Family, label: str, cells: Cells, rows: Rows) -> None:
        estimates = self.estimates(cells, self.outcomes)
        for outcome in self.outcomes:
            rows[outcome].append(variation(family, label, estimates, outcome))

    def estimates(
        self, cells: Cells, outcomes: tuple[str, ...], like: Outcome = "retention"
    ) -> dict[str, Estimate] | str:
        """Estimates by outcome, or the reason why there are none. `like`: the outcome that an unknown one resembles."""
        aims = {name: self._aim(name, like) for name in outcomes}
        try:
            return estimate_again(self.cursor, self.plan, cells, outcomes, aims, near=self.near)
        except CannotFit as error:
            return str(error)
        except SingularFit as error:
            return f"The model of who takes part has no solution: {error}."

    def _aim(self, name: str, like: Outcome) -> Aim:
        known = next((outcome for outcome in (*self.outcomes, CONTROL) if outcome == name), like)
        return aim_of(known, self.plan)


def untold(found: Robustness) -> Robustness:
    """The same without a number, for a figure whose own number is not shown."""
    reason = "Not told while the number itself is not shown."
    return replace(
        found,
        variations=tuple(
            row if row.estimate is None else Variation(row.family, row.label, None, None, None, reason)
            for row in found.variations
        ),
    )


def capital(reason: str) -> str:
    """A reason as a sentence."""
    return reason[:1].upper() + reason[1:] + ("" if reason.endswith(".") or not reason else ".")


def variation(family: Family, label: str, estimates: dict[str, Estimate] | str, outcome: str) -> Variation:
    """One row from estimates by outcome, or from the reason why there are none."""
    if isinstance(estimates, str):
        return Variation(family, label, None, None, None, capital(estimates))
    if outcome not in estimates:
        return Variation(family, label, None, None, None, "No outcome model has a solution.")
    found = estimates[outcome]
    return Variation(
        family,
        label,
        round(float(found.difference), DECIMALS),
        round(float(found.interval.low), DECIMALS),
        round(float(found.interval.high), DECIMALS),
    )


def _without_each_cohort(again: _Again, figure: Figure, cells: Cells, rows: Rows, hidden: Collection[str]) -> None:
    """Only cohorts that may be shown by themselves: the difference to the whole would give others away."""
    cohort = cells.factor("cohort")
    counts = cohort.counts(cells.n * cells.a)
    sizes = {name: round(float(counts[cohort.levels.index(name)])) for name in figure.cohorts}
    limits, total = again.plan.thresholds, sum(sizes.values())
    few = frozenset(name for name in hidden if name in sizes)
    away = hide_groups(sizes, max(limits.participants_to_show, EFFECT), header="cohort", few_events=few)
    # What remains must itself be a study: the hidden cohorts alone would be laid open.
    enough = {name for name, size in sizes.items() if total - size >= limits.participants_for_verdict}
    for name in [name for name in figure.cohorts if name in enough - set(away)]:
        again.ask("leave_one_cohort_out", name, cells.keep(cohort.codes != cohort.levels.index(name)), rows)


def _without_those_close(again: _Again, cells: Cells, rows: Rows) -> None:
    near = cells.flags["near"] > 0
    label = "without close colleagues"
    if near.any():
        again.ask("spill_over", label, cells.keep(~near), rows)
        return
    reason = "Nobody who is compared is known to share a manager with a participant."
    for outcome in again.outcomes:
        rows[outcome].append(Variation("spill_over", label, None, None, None, reason))


def _unknown_outcomes(again: _Again, figure: Figure, cells: Cells, rows: Rows) -> None:
    """All unknown outcomes good for participants and bad for the others, then the reverse."""
    if not figure.vanished:
        return
    unknown = cells.flags["unknown_outcome"] > 0
    for label, for_participants in (("at worst", 0.0), ("at best", 1.0)):
        assumed = np.where(cells.a > 0, for_participants, 1.0 - for_participants)
        outcomes = {name: np.where(unknown, assumed, y) for name, y in cells.outcomes.items()}
        again.ask("missing_follow_up", label, replace(cells, outcomes=outcomes), rows)


def _negative_control(again: _Again, cells: Cells, rows: Rows) -> None:
    found = again.estimates(cells, (CONTROL,))
    if not float(cells.n @ cells.outcomes[CONTROL]):
        found = "No exit is marked as involuntary."
    for outcome in again.outcomes:
        rows[outcome].append(variation("involuntary_exit", "involuntary exit", found, CONTROL))


def _as_accepted(again: _Again, accepted: Cells, joined: Cells, rows: Rows) -> None:
    label = "accepted, paired or not"
    if accepted.participants > joined.participants:
        again.ask("intention_to_treat", label, accepted, rows)
        return
    reason = "Nobody is known, with a date, to have accepted without being paired."
    for outcome in again.outcomes:
        rows[outcome].append(Variation("intention_to_treat", label, None, None, None, reason))


def _the_year_before(again: _Again, cells: Cells, rows: Rows) -> None:
    found = again.estimates(cells, ("promotion_before",), like="promotion")
    if isinstance(found, str) and not len(cells.n):
        found = "No snapshots from a year before joining are held."
    for outcome in again.outcomes:
        rows[outcome].append(variation("promotion_before", "promotion in the year before", found, "promotion_before"))


def _by_lot(drawn: pd.DataFrame, outcomes: tuple[Outcome, ...], rows: Rows) -> None:
    """Drawn against not drawn; Mantel-Haenszel over cohorts where places were drawn more than once."""
    one, zero = (drawn[drawn["drawn"] == arm].set_index("cohort") for arm in (1, 0))
    both = one.index.intersection(zero.index)
    one, zero = one.loc[both], zero.loc[both]
    for outcome in outcomes:
        rows[outcome].append(_lot(one, zero, outcome))


def _not_narrowed(outcomes: tuple[Outcome, ...], rows: Rows) -> None:
    """Lots were drawn among everybody who applied: within some of them, who was drawn is not told apart here."""
    reason = "Lots were drawn among all who applied; this view is narrowed to some of them."
    for outcome in outcomes:
        rows[outcome].append(Variation("lottery", LOT_LABEL, None, None, None, reason))


def _lot(one: pd.DataFrame, zero: pd.DataFrame, outcome: Outcome) -> Variation:
    label = LOT_LABEL
    if one["people"].sum() < LOT or zero["people"].sum() < LOT:
        reason = f"Fewer than {LOT} people were drawn by lot, or not drawn: too few to tell."
        if not len(one):
            reason = "No lottery is held."
        return Variation("lottery", label, None, None, None, reason)
    counts = [np.asarray(frame[name], dtype=np.float64) for frame in (one, zero) for name in (outcome, "people")]
    try:
        found = mantel_haenszel_difference(*counts)
    except NoSharedStratum as error:
        return Variation("lottery", label, None, None, None, str(error))
    band = newcombe(*(float(values.sum()) for values in counts)) if len(one) == 1 else found.interval
    if band is None:
        return Variation("lottery", label, None, None, None, found.reason)
    return Variation(
        "lottery", label, round(found.difference, DECIMALS), round(band.low, DECIMALS), round(band.high, DECIMALS)
    )
