"""From a figure to estimates: one fit, its groups, the same question by other methods, and what to check."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import pandas as pd

from analysis.estimates.balance import (
    LevelBalance,
    balance,
    balance_within,
    effective_sample_size,
    largest_imbalance,
    largest_weight_share,
)
from analysis.estimates.cells import Cells
from analysis.estimates.effect import Contrast, OutcomeModel, aipw, ipw_att, ipwra, outcome_model, overlap
from analysis.estimates.intervals import Interval, effective_people, mover, mover_p_value, newcombe
from analysis.estimates.logistic import Bools, Floats, SingularFit
from analysis.estimates.power import smallest_detectable
from analysis.estimates.propensity import CannotFit, Propensity, fit_propensity
from analysis.estimates.threads import one_thread
from analysis.findings.disclosure import EFFECT
from analysis.plan import Plan
from analysis.store import Cursor
from analysis.study.figures import (
    Comparators,
    Figure,
    Moments,
    cluster_moments,
    describe_comparators,
    open_figure,
)

# Headers whose groups come from the headline fit itself.
GROUP_HEADERS = ("cohort", "gender", "ethnicity", "level", "department", "location", "tenure_band", "age_band")
HIGHER_IS_BETTER = {"retention": True, "voluntary_exit": False, "promotion": True}


@dataclass(frozen=True)
class Estimate:
    """One risk difference, in proportions, with what it rests on. Counts are person-trials left in the fit."""

    rate_participants: float
    rate_comparators: float
    std_error: float
    interval: Interval
    p_value: float
    participants: int
    comparators: int
    effective: float
    detectable: float | None
    events: int
    imbalance: LevelBalance | None
    method: str

    @property
    def difference(self) -> float:
        return self.rate_participants - self.rate_comparators


@dataclass(frozen=True)
class MethodEstimate:
    label: str
    difference: float
    interval: Interval
    note: str


@dataclass(frozen=True)
class Analysis:
    """Everything known about one outcome of one figure; `overall` is None where `failure` says why."""

    outcome: str
    figure: Figure
    failure: str | None
    participants: int
    comparators: int
    overall: Estimate | None = None
    groups: dict[tuple[str, str], Estimate] = field(default_factory=dict)
    group_sizes: dict[tuple[str, str], int] = field(default_factory=dict)
    group_totals: dict[tuple[str, str], int] = field(default_factory=dict)
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


def analyse(
    cursor: Cursor,
    plan: Plan,
    side: str,
    outcome: str,
    horizon: int,
    cutoff: date,
    *,
    headers: tuple[str, ...] = GROUP_HEADERS,
    extra: str | None = None,
    cohort: str | None = None,
) -> dict[str, Analysis]:
    """Analyse the figure that holds `outcome`, one Analysis for each of its outcomes.

    headers: what to divide by. extra: one of them whose main effect stays in both models whatever else must go,
    and joins them where the plan does not name it. cohort: groups are then counted within that cohort, from the
    same fit.
    """
    divide = Division(headers, extra, cohort)
    with one_thread():
        return _analyse(cursor, plan, side, outcome, horizon, cutoff, divide)


@dataclass(frozen=True)
class Division:
    """How a figure is divided into groups; see `analyse`."""

    headers: tuple[str, ...]
    extra: str | None
    cohort: str | None


def _analyse(
    cursor: Cursor, plan: Plan, side: str, outcome: str, horizon: int, cutoff: date, divide: Division
) -> dict[str, Analysis]:
    extra = divide.extra
    added = extra if extra not in plan.covariates else None
    figure = open_figure(cursor, plan, side, outcome, horizon, cutoff, added)
    cells = Cells.from_frame(figure.cells, figure.covariates, figure.outcomes)
    sizes = (int(cells.participants), int(cells.comparators))
    try:
        if cells.participants < plan.thresholds.participants_to_show:
            raise CannotFit(f"Fewer than {plan.thresholds.participants_to_show} participants.")
        protected = (extra,) if extra else ()
        propensity = fit_propensity(cells, level_by_rating=plan.level_by_rating, protected=protected)
    except (CannotFit, SingularFit) as error:
        reason = str(error) if isinstance(error, CannotFit) else f"The propensity model has no solution: {error}."
        groups = _sizes(cells, _groups(figure, cells, divide))
        return {name: Analysis(name, figure, reason, *sizes, group_sizes=groups) for name in figure.outcomes}
    return {name: _analyse_outcome(cursor, figure, cells, propensity, name, divide) for name in figure.outcomes}


def _analyse_outcome(
    cursor: Cursor,
    figure: Figure,
    cells: Cells,
    propensity: Propensity,
    outcome: str,
    divide: Division,
) -> Analysis:
    y = propensity.cells.outcomes[outcome]
    groups_found = _groups(figure, propensity.cells, divide)
    sizes = _sizes(propensity.cells, groups_found)
    # Groups below the minimum are hidden whatever their estimate: only their size is needed.
    masks = {key: mask for key, mask in groups_found.items() if sizes[key] >= EFFECT}
    notes = list(propensity.notes)
    plain, trouble = _unweighted_model(propensity, y)
    try:
        model = outcome_model(propensity, y, start=plain)
        overall = ipwra(propensity, model, y)
        contrasts = {key: ipwra(propensity, model, y, mask) for key, mask in masks.items()}
        fallback = False
    except SingularFit as error:
        notes.append(f"No outcome model could be fitted ({error}); odds weighting alone was used.")
        fallback = True
        try:
            overall = ipw_att(propensity, y)
            contrasts = {key: ipw_att(propensity, y, mask) for key, mask in _comparable(propensity, masks).items()}
        except SingularFit as second:
            reason = f"No comparison could be fitted: {second}."
            people = (int(cells.participants), int(cells.comparators))
            return Analysis(outcome, figure, reason, *people, group_sizes=sizes)
    notes += overall.notes
    others = [overlap(propensity, y)]
    if plain is not None:
        others.append(aipw(propensity, plain, y))
    elif trouble:
        notes.append(f"The doubly robust score could not be computed: {trouble}.")
    everything = [overall, *others, *contrasts.values()]
    moments = _moments(cursor, propensity, everything)
    effective = [effective_sample_size(propensity)] * (1 + len(others)) + [
        effective_sample_size(propensity, masks[key]) for key in contrasts
    ]
    better_up = HIGHER_IS_BETTER[outcome]
    estimates = [
        _estimate(contrast, moment, ess, better_up)
        for contrast, moment, ess in zip(everything, moments, effective, strict=True)
    ]
    rows = balance(propensity)
    imbalances = _imbalances(propensity, masks)
    groups = {
        key: replace(estimate, imbalance=imbalances[key])
        for key, estimate in zip(contrasts, estimates[1 + len(others) :], strict=True)
    }
    headline = replace(estimates[0], imbalance=largest_imbalance(rows))
    apart = max(abs(other.difference - headline.difference) for other in estimates[1 : 1 + len(others)])
    weights = pd.DataFrame({"cell_id": propensity.cells.cell_id, "weight": propensity.weight})
    return Analysis(
        outcome=outcome,
        figure=figure,
        failure=None,
        participants=headline.participants,
        comparators=headline.comparators,
        overall=headline,
        groups=groups,
        group_sizes=sizes,
        group_totals=_sizes(propensity.cells, _groups(figure, propensity.cells, replace(divide, cohort=None))),
        methods=(*_methods(estimates[: 1 + len(others)]), _raw(cells, outcome)),
        disagreement=apart / headline.std_error if headline.std_error > 0 else None,
        balance=rows,
        excluded=int(propensity.positivity.participants_excluded),
        excluded_reasons=propensity.positivity.reasons,
        largest_weight=largest_weight_share(propensity),
        fallback=fallback,
        covariates=propensity.covariates,
        left_out=propensity.left_out,
        notes=tuple(notes),
        colleagues=describe_comparators(cursor, weights),
        alone_in_cell=_alone_in_cell(figure),
    )


def _groups(figure: Figure, cells: Cells, divide: Division) -> dict[tuple[str, str], Bools]:
    """(header, group) to the cells of that group, for every group that holds a participant."""
    frame = figure.cells.iloc[cells.cell_id]
    inside = np.ones(len(frame), dtype=np.bool_)
    if divide.cohort is not None:
        inside = (frame["cohort"] == divide.cohort).to_numpy(np.bool_)
    took_part = cells.a > 0
    masks: dict[tuple[str, str], Bools] = {}
    for header in divide.headers:
        if header not in frame.columns:
            continue
        values = frame[header].to_numpy()
        present = set(values[took_part & inside])
        for group in [name for name in figure.cohorts if name in present] if header == "cohort" else sorted(present):
            masks[(header, str(group))] = (values == group) & inside
    return masks


def _sizes(cells: Cells, masks: dict[tuple[str, str], Bools]) -> dict[tuple[str, str], int]:
    """Participants of each group."""
    return {key: round(float((cells.n * cells.a) @ mask)) for key, mask in masks.items()}


def _comparable(propensity: Propensity, masks: dict[tuple[str, str], Bools]) -> dict[tuple[str, str], Bools]:
    """Groups that hold comparators too: weighting alone can't borrow them from elsewhere."""
    return {key: mask for key, mask in masks.items() if float((propensity.cells.n * propensity.weight) @ mask) > 0}


def _moments(cursor: Cursor, propensity: Propensity, contrasts: list[Contrast]) -> list[Moments]:
    columns = np.column_stack([contrast.influence for contrast in contrasts])
    frame = pd.DataFrame(columns, columns=[f"f{i}" for i in range(columns.shape[1])])
    frame.insert(0, "cell_id", propensity.cells.cell_id)
    return cluster_moments(cursor, frame, float(propensity.cells.n.sum()))


def _estimate(contrast: Contrast, moments: Moments, effective: float, better_up: bool) -> Estimate:
    n1, rate1, rate0 = contrast.participants, contrast.rate_participants, contrast.rate_comparators
    n0 = effective_people(rate0, moments.v00, effective)
    variance = max(moments.v11 + moments.v00 - 2.0 * moments.v10, 0.0)
    return Estimate(
        rate_participants=rate1,
        rate_comparators=rate0,
        std_error=float(np.sqrt(variance)),
        interval=mover(rate1, n1, rate0, n0),
        p_value=mover_p_value(rate1, n1, rate0, n0),
        participants=round(n1),
        comparators=round(contrast.comparators),
        effective=effective,
        detectable=smallest_detectable(rate0, n1, effective, increase=better_up),
        events=round(rate1 * n1),
        imbalance=None,
        method=contrast.method,
    )


def _alone_in_cell(figure: Figure) -> float:
    """The share of participants with no comparator of the same cohort, level and department (1.7, shown only)."""
    alike = [name for name in ("cohort", "level", "department") if name in figure.cells.columns]
    counted = figure.cells.assign(joined=figure.cells["n"] * figure.cells["a"]).groupby(alike)[["n", "joined"]].sum()
    alone = counted.loc[counted["n"] == counted["joined"], "joined"].sum()
    return float(alone / counted["joined"].sum())


def _unweighted_model(propensity: Propensity, y: Floats) -> tuple[OutcomeModel | None, str]:
    """The outcome model of the doubly robust score, which also starts the headline's; None and why not."""
    try:
        return outcome_model(propensity, y, weighted=False), ""
    except SingularFit as error:
        return None, str(error)


def _imbalances(
    propensity: Propensity, masks: dict[tuple[str, str], Bools]
) -> dict[tuple[str, str], LevelBalance | None]:
    """The largest imbalance within each group; the groups of one header share a pass over the cells."""
    found: dict[tuple[str, str], LevelBalance | None] = {}
    for header in dict.fromkeys(name for name, _ in masks):
        keys = [key for key in masks if key[0] == header]
        codes = np.full(len(propensity.e), -1, dtype=np.int64)
        for position, key in enumerate(keys):
            codes[masks[key]] = position
        for key, rows in zip(keys, balance_within(propensity, codes, len(keys)), strict=True):
            found[key] = largest_imbalance(rows)
    return found


def _methods(estimates: list[Estimate]) -> list[MethodEstimate]:
    notes = {
        "Overlap weights": "those who could have gone either way",
        "Doubly robust score": "another way to combine the two models",
    }
    return [
        MethodEstimate(estimate.method, estimate.difference, estimate.interval, notes.get(estimate.method, ""))
        for estimate in estimates
    ]


def _raw(cells: Cells, outcome: str) -> MethodEstimate:
    """Participants against all who were eligible on the same day, unadjusted: not the answer, but asked for."""
    y: Floats = cells.outcomes[outcome]
    n1, n0 = cells.participants, cells.comparators
    x1, x0 = float((cells.n * cells.a) @ y), float((cells.n * (1.0 - cells.a)) @ y)
    return MethodEstimate("No adjustment", x1 / n1 - x0 / n0, newcombe(x1, n1, x0, n0), "not the answer: groups differ")
