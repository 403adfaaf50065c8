"""From contrasts to estimates: clustered variances from the store, MOVER-Wilson intervals, what could be detected."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from analysis.estimates.balance import LevelBalance, effective_sample_size
from analysis.estimates.cells import Cells
from analysis.estimates.effect import Contrast, headline_fit, outcome_model
from analysis.estimates.intervals import Interval, effective_people, mover, mover_p_value
from analysis.estimates.logistic import Floats, SingularFit, Start
from analysis.estimates.power import participants_needed, smallest_detectable
from analysis.estimates.propensity import CannotFit, Propensity, fit_propensity
from analysis.plan import Plan
from analysis.store import Cursor
from analysis.study.figures import Moments, cluster_moments


@dataclass(frozen=True)
class Estimate:
    """One risk difference, in proportions, with what it rests on. Counts are person-trials left in the fit.

    comparators_counted: the independent people that would give the comparators' rate its variance.
    """

    rate_participants: float
    rate_comparators: float
    std_error: float
    interval: Interval
    p_value: float
    participants: int
    comparators: int
    comparators_counted: float
    effective: float
    detectable: float | None
    needed: int | None
    events: int
    imbalance: LevelBalance | None
    method: str

    @property
    def difference(self) -> float:
        return self.rate_participants - self.rate_comparators


@dataclass(frozen=True)
class Aim:
    """What counts as better, and the smallest difference that matters (a proportion)."""

    higher_is_better: bool
    smallest_difference: float


def estimates_of(
    cursor: Cursor, propensity: Propensity, contrasts: list[Contrast], effective: list[float], aim: Aim
) -> list[Estimate]:
    """One estimate a contrast of the same fit; effective: the comparators' effective sample size for each."""
    return [
        _estimate(contrast, moment, people, aim)
        for contrast, moment, people in zip(contrasts, _moments(cursor, propensity, contrasts), effective, strict=True)
    ]


@dataclass(frozen=True)
class Nearby:
    """Coefficients of the declared fit, by name: where fits on almost the same cells start."""

    propensity: Start
    outcomes: dict[str, Start]


def nearby(plan: Plan, cells: Cells, outcomes: tuple[str, ...]) -> Nearby | None:
    """The declared fits on these cells, without their variances; None where there is none to start from."""
    try:
        propensity = fit_propensity(cells, level_by_rating=plan.level_by_rating)
    except (CannotFit, SingularFit):
        return None
    found: dict[str, Start] = {}
    for outcome in outcomes:
        with suppress(SingularFit):
            found[outcome] = outcome_model(propensity, propensity.cells.outcomes[outcome]).start
    return Nearby(propensity.start, found)


def estimate_again(
    cursor: Cursor,
    plan: Plan,
    cells: Cells,
    outcomes: tuple[str, ...],
    aims: dict[str, Aim],
    *,
    level_by_rating: bool = True,
    near: Nearby | None = None,
) -> dict[str, Estimate]:
    """The declared comparison on other cells of the open figure, one fit of who takes part for all outcomes.

    level_by_rating False leaves the interaction out where the plan has it; near: fits to start from. Raises CannotFit
    or SingularFit with the reason; an outcome without any fit is left out.
    """
    if cells.participants < plan.thresholds.participants_to_show:
        raise CannotFit(f"Fewer than {plan.thresholds.participants_to_show} participants.")
    crossed = plan.level_by_rating and level_by_rating
    propensity = fit_propensity(cells, level_by_rating=crossed, start=near.propensity if near else None)
    contrasts: dict[str, Contrast] = {}
    for outcome in outcomes:
        try:
            start = near.outcomes.get(outcome) if near else None
            contrasts[outcome] = headline_fit(propensity, propensity.cells.outcomes[outcome], start).contrast
        except SingularFit:
            continue
    if not contrasts:
        raise CannotFit("No outcome model has a solution.")
    moments = _moments(cursor, propensity, list(contrasts.values()))
    people = effective_sample_size(propensity)
    return {
        outcome: _estimate(contrast, moment, people, aims[outcome])
        for (outcome, contrast), moment in zip(contrasts.items(), moments, strict=True)
    }


def _moments(cursor: Cursor, propensity: Propensity, contrasts: list[Contrast]) -> list[Moments]:
    columns: dict[str, Floats] = {}
    for position, contrast in enumerate(contrasts):
        columns[f"participants_{position}"] = contrast.influence[:, 0]
        columns[f"comparators_{position}"] = contrast.influence[:, 1]
    return cluster_moments(cursor, {"cell_id": propensity.cells.cell_id, **columns}, float(propensity.cells.n.sum()))


def _estimate(contrast: Contrast, moments: Moments, effective: float, aim: Aim) -> Estimate:
    n1, rate1, rate0 = contrast.participants, contrast.rate_participants, contrast.rate_comparators
    n0 = effective_people(rate0, moments.v00, effective)
    variance = max(moments.v11 + moments.v00 - 2.0 * moments.v10, 0.0)
    wanted = aim.smallest_difference if aim.higher_is_better else -aim.smallest_difference
    return Estimate(
        rate_participants=rate1,
        rate_comparators=rate0,
        std_error=float(np.sqrt(variance)),
        interval=mover(rate1, n1, rate0, n0),
        p_value=mover_p_value(rate1, n1, rate0, n0),
        participants=round(n1),
        comparators=round(contrast.comparators),
        comparators_counted=n0,
        effective=effective,
        detectable=smallest_detectable(rate0, n1, effective, increase=aim.higher_is_better),
        needed=participants_needed(rate0, wanted, effective / n1 if n1 > 0 else 0.0),
        events=round(rate1 * n1),
        imbalance=None,
        method=contrast.method,
    )
