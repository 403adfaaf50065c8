"""From a figure to estimates: one fit, its groups, the same question by other methods, and what to check."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import pandas as pd

from analysis.estimates.balance import (
    LevelBalance,
    balance,
    effective_sample_size,
    largest_imbalance,
    largest_weight_share,
)
from analysis.estimates.cells import Cells
from analysis.estimates.effect import (
    Contrast,
    HeadlineFit,
    OutcomeModel,
    aipw,
    headline_fit,
    ipw_att,
    ipwra,
    outcome_model,
    overlap,
)
from analysis.estimates.intervals import Interval, newcombe
from analysis.estimates.logistic import DENSE_CELLS, Bools, Floats, SingularFit
from analysis.estimates.overlap import Overlap
from analysis.estimates.propensity import CannotFit, Propensity, fit_propensity
from analysis.estimates.stratified import NoSharedStratum, mantel_haenszel_difference
from analysis.estimates.threads import one_thread
from analysis.findings.disclosure import EFFECT
from analysis.findings.estimate import Aim, Estimate, estimates_of
from analysis.findings.groups import GROUP_HEADERS, Division, Key, imbalances_of, masks_of, participants_of
from analysis.findings.outcomes import DEFINITIONS, outcomes_of
from analysis.findings.overlap import spread
from analysis.findings.results import EVERYBODY, Outcome, Selection
from analysis.plan import Plan
from analysis.store import Cursor
from analysis.study.figures import (
    Comparators,
    Figure,
    FigureKind,
    cluster_covariance,
    describe_comparators,
    open_figure,
)

FLAGS = ("near", "unknown_outcome")  # cells that some diagnostics leave out or set to the worst
STRATA = ("cohort", "level", "performance_rating")  # Mantel-Haenszel compares within their combinations


@dataclass(frozen=True)
class MethodEstimate:
    label: str
    difference: float
    interval: Interval | None
    note: str


@dataclass(frozen=True)
class Covariance:
    """Clustered covariance of the comparators' rates of one header's groups, shape (groups, groups)."""

    groups: tuple[str, ...]
    matrix: Floats


@dataclass(frozen=True)
class Analysis:
    """Everything known about one outcome of one figure; `overall` is None where `failure` says why.

    counted, group_counted: participants before those without a comparable colleague were left out.
    """

    outcome: Outcome
    figure: Figure
    failure: str | None
    participants: int
    comparators: int
    overall: Estimate | None = None
    groups: dict[Key, Estimate] = field(default_factory=dict)
    group_sizes: dict[Key, int] = field(default_factory=dict)
    counted: int = 0
    group_counted: dict[Key, int] = field(default_factory=dict)
    covariances: dict[str, Covariance] = field(default_factory=dict)
    methods: tuple[MethodEstimate, ...] = ()
    disagreement: float | None = None
    balance: tuple[LevelBalance, ...] = ()
    excluded: int = 0
    excluded_reasons: tuple[tuple[str, str, float], ...] = ()
    largest_weight: float = 0.0
    fallback: bool = False
    covariates: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    colleagues: Comparators | None = None
    alone_in_cell: float = 0.0
    overlap: Overlap | None = None


def read_cells(figure: Figure) -> Cells:
    flags = tuple(name for name in FLAGS if name in figure.cells.columns)
    return Cells.from_frame(figure.cells, figure.covariates, figure.outcomes, flags)


def aim_of(outcome: Outcome, plan: Plan) -> Aim:
    return Aim(DEFINITIONS[outcome].higher_is_better, plan.smallest_difference)


def analyse(
    cursor: Cursor,
    plan: Plan,
    side: str,
    kind: FigureKind,
    horizon: int,
    cutoff: date,
    divide: Division | None = None,
    outcomes: tuple[Outcome, ...] = (),
    where: Selection = EVERYBODY,
) -> dict[Outcome, Analysis]:
    """Analyse a figure, one Analysis for each of `outcomes`, or of all that the figure holds."""
    divide = divide or Division(GROUP_HEADERS)
    with one_thread():
        return _analyse(cursor, plan, side, kind, horizon, cutoff, divide, outcomes or outcomes_of(kind), where)


def _analyse(
    cursor: Cursor,
    plan: Plan,
    side: str,
    kind: FigureKind,
    horizon: int,
    cutoff: date,
    divide: Division,
    outcomes: tuple[Outcome, ...],
    where: Selection,
) -> dict[Outcome, Analysis]:
    extra = divide.extra
    new = extra if extra not in plan.covariates else None
    figure = open_figure(cursor, plan, side, kind, horizon, cutoff, new, where=where)
    cells = read_cells(figure)
    try:
        if cells.participants < plan.thresholds.participants_to_show:
            raise CannotFit(f"Fewer than {plan.thresholds.participants_to_show} participants.")
        protected = (extra,) if extra else ()
        propensity = fit_propensity(cells, level_by_rating=plan.level_by_rating, protected=protected)
    except (CannotFit, SingularFit) as error:
        reason = str(error) if isinstance(error, CannotFit) else f"The propensity model has no solution: {error}."
        sizes = participants_of(cells, masks_of(cells, cells, divide, figure.cohorts))
        people = (int(cells.participants), int(cells.comparators))
        return {name: Analysis(name, figure, reason, *people, group_sizes=sizes) for name in outcomes}
    one = _OneFit(cursor, plan, figure, cells, propensity, divide)
    return {name: one.analysis(name) for name in outcomes}


@dataclass(frozen=True)
class _OneFit:
    """One fit of who takes part, and the outcomes that are read off it."""

    cursor: Cursor
    plan: Plan
    figure: Figure
    cells: Cells
    propensity: Propensity
    divide: Division

    def analysis(self, outcome: Outcome) -> Analysis:
        propensity = self.propensity
        y = propensity.cells.outcomes[outcome]
        found = masks_of(self.cells, propensity.cells, self.divide, self.figure.cohorts)
        sizes = participants_of(propensity.cells, found)
        # Groups below the minimum are hidden whatever their estimate: only their size is needed.
        masks = {key: mask for key, mask in found.items() if sizes[key] >= EFFECT}
        plain, trouble = _unweighted_model(propensity, y)
        try:
            # Where both models take integer codes anyway, the second starts from the first.
            large = len(y) > DENSE_CELLS
            fit = headline_fit(propensity, y, plain.start if plain and large else None)
        except SingularFit as error:
            reason = f"No comparison could be fitted: {error}."
            people = (int(self.cells.participants), int(self.cells.comparators))
            return Analysis(outcome, self.figure, reason, *people, group_sizes=sizes)
        contrasts = _by_group(propensity, fit, y, masks)
        others = [overlap(propensity, y), *([aipw(propensity, plain, y)] if plain else [])]
        notes = fit.notes
        if trouble:
            notes += (f"The doubly robust score could not be computed: {trouble}.",)
        whole = effective_sample_size(propensity)
        effective = [whole] * (1 + len(others)) + [effective_sample_size(propensity, masks[key]) for key in contrasts]
        estimates = estimates_of(
            self.cursor,
            propensity,
            [fit.contrast, *others, *contrasts.values()],
            effective,
            aim_of(outcome, self.plan),
        )
        rows = balance(propensity)
        headline = replace(estimates[0], imbalance=largest_imbalance(rows))
        adjusted = estimates[: 1 + len(others)]
        apart = max(abs(other.difference - headline.difference) for other in adjusted[1:])
        imbalances = imbalances_of(propensity, masks)
        return Analysis(
            outcome=outcome,
            figure=self.figure,
            failure=None,
            participants=headline.participants,
            comparators=headline.comparators,
            overall=headline,
            groups={
                key: replace(estimate, imbalance=imbalances[key])
                for key, estimate in zip(contrasts, estimates[len(adjusted) :], strict=True)
            },
            group_sizes=sizes,
            counted=int(self.cells.participants),
            group_counted=participants_of(
                self.cells, masks_of(self.cells, self.cells, self.divide, self.figure.cohorts)
            ),
            covariances=self._covariances(contrasts),
            methods=(*_methods(adjusted), *stratified(self.cells, outcome), unadjusted(self.cells, outcome)),
            disagreement=apart / headline.std_error if headline.std_error > 0 else None,
            balance=rows,
            excluded=int(propensity.positivity.participants_excluded),
            excluded_reasons=propensity.positivity.reasons,
            largest_weight=largest_weight_share(propensity),
            fallback=fit.model is None,
            covariates=propensity.covariates,
            left_out=propensity.left_out,
            notes=notes,
            colleagues=describe_comparators(
                self.cursor, pd.DataFrame({"cell_id": propensity.cells.cell_id, "weight": propensity.weight})
            ),
            alone_in_cell=_alone_in_cell(self.cells),
            overlap=spread(propensity, self.figure.batches),
        )

    def _covariances(self, contrasts: dict[Key, Contrast]) -> dict[str, Covariance]:
        """For the test of differences between groups, by header; a header of one group has nothing to differ."""
        found: dict[str, Covariance] = {}
        total = float(self.propensity.cells.n.sum())
        for header in dict.fromkeys(name for name, _ in contrasts):
            groups = tuple(group for name, group in contrasts if name == header)
            if len(groups) > 1:
                columns = np.column_stack([contrasts[(header, group)].influence[:, 1] for group in groups])
                matrix = cluster_covariance(self.cursor, self.propensity.cells.cell_id, columns, total)
                found[header] = Covariance(groups, matrix)
        return found


def _by_group(propensity: Propensity, fit: HeadlineFit, y: Floats, masks: dict[Key, Bools]) -> dict[Key, Contrast]:
    """Effects within groups from the one fit. Weighting alone can't borrow comparators from elsewhere."""
    if fit.model is not None:
        return {key: ipwra(propensity, fit.model, y, mask) for key, mask in masks.items()}
    weight = propensity.cells.n * propensity.weight
    return {key: ipw_att(propensity, y, mask) for key, mask in masks.items() if float(weight @ mask) > 0}


def _unweighted_model(propensity: Propensity, y: Floats) -> tuple[OutcomeModel | None, str]:
    """The outcome model of the doubly robust score, which also starts the headline's; None and why not."""
    try:
        return outcome_model(propensity, y, weighted=False), ""
    except SingularFit as error:
        return None, str(error)


def _alone_in_cell(cells: Cells) -> float:
    """The share of participants with no comparator of the same cohort, level and department (1.7, shown only)."""
    strata = cells.strata(("cohort", "level", "department"))
    joined = np.bincount(strata, weights=cells.n * cells.a)
    compared = np.bincount(strata, weights=cells.n * (1.0 - cells.a))
    return float(joined[compared == 0].sum() / joined.sum())


def _methods(estimates: list[Estimate]) -> list[MethodEstimate]:
    notes = {
        "Overlap weights": "those who could have gone either way",
        "Doubly robust score": "another way to combine the two models",
    }
    return [
        MethodEstimate(estimate.method, estimate.difference, estimate.interval, notes.get(estimate.method, ""))
        for estimate in estimates
    ]


def stratified(cells: Cells, outcome: Outcome) -> list[MethodEstimate]:
    """Mantel-Haenszel: like compared with like stratum by stratum, no model; empty where no stratum is shared."""
    strata, y = cells.strata(STRATA), cells.outcomes[outcome]
    counts = [
        np.bincount(strata, weights=cells.n * arm * value)
        for arm in (cells.a, 1.0 - cells.a)
        for value in (y, np.ones_like(y))
    ]
    try:
        found = mantel_haenszel_difference(*counts)
    except NoSharedStratum:
        return []
    note = "within cohort, level and rating, no model"
    return [MethodEstimate("Mantel-Haenszel", found.difference, found.interval, note)]


def unadjusted(cells: Cells, outcome: Outcome) -> MethodEstimate:
    """Participants against all who were eligible on the same day, unadjusted: not the answer, but asked for."""
    y: Floats = cells.outcomes[outcome]
    n1, n0 = cells.participants, cells.comparators
    x1, x0 = float((cells.n * cells.a) @ y), float((cells.n * (1.0 - cells.a)) @ y)
    return MethodEstimate("No adjustment", x1 / n1 - x0 / n0, newcombe(x1, n1, x0, n0), "not the answer: groups differ")
