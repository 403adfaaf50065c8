"""The specification strip: the estimate under every reasonable choice, so that nobody can choose one afterwards.

Choices that look into the future are not among them: no comparators picked by what they did later, no sessions held.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from analysis.estimates.balance import effective_sample_size
from analysis.estimates.cells import Cells
from analysis.estimates.effect import Contrast, aipw, ipw_att, outcome_model, overlap
from analysis.estimates.logistic import SingularFit
from analysis.estimates.propensity import CannotFit, fit_propensity
from analysis.estimates.threads import one_thread
from analysis.findings.analysis import aim_of, read_cells, stratified
from analysis.findings.checks.case import side_of_zero
from analysis.findings.estimate import estimate_again, estimates_of
from analysis.findings.evidence import Family, SpecificationStrip, Variation
from analysis.findings.outcomes import DEFINITIONS
from analysis.findings.results import Finding, Outcome
from analysis.findings.robustness import DECIMALS, variation
from analysis.findings.words import points
from analysis.plan import Plan
from analysis.store import Cursor
from analysis.study.figures import open_figure

WINDOWS = (6, 12, 18, 24)
DEMOGRAPHICS = ("gender", "ethnicity", "age_band")
# What is left out of the adjustment, beyond the interaction of level and rating.
FEWER_COVARIATES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("without gender, ethnicity and age", DEMOGRAPHICS),
    ("without the performance rating", ("performance_rating",)),
    ("without promotion in the year before", ("promoted_last_year",)),
    ("without department and location", ("department", "location")),
)
# Comparators only where a participant shares all of these.
STRICTER: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("same cohort, level and department", ("cohort", "level", "department")),
    ("same cohort, level and time in the company", ("cohort", "level", "tenure_band")),
)


def specifications(cursor: Cursor, plan: Plan, finding: Finding, cutoff: date) -> SpecificationStrip:
    """The strip of one finding over the whole figure; the declared analysis comes first."""
    declared = Variation("declared", "as declared", finding.estimate, finding.ci_low, finding.ci_high)
    if finding.estimate is None:
        return SpecificationStrip(finding, (), finding.sentence, finding.sentence)
    outcome, side, horizon = finding.outcome, finding.side, finding.horizon_months
    kind = DEFINITIONS[outcome].figure
    with one_thread():
        cells = read_cells(open_figure(cursor, plan, side, kind, horizon, cutoff, where=finding.where))
        rows = [
            *_estimators(cursor, plan, cells, outcome),
            *(_again(cursor, plan, "covariates", label, fewer, outcome) for label, fewer in _fewer_covariates(cells)),
            *(_again(cursor, plan, "comparators", label, chosen, outcome) for label, chosen in _comparators(cells)),
        ]
        if plan.level_by_rating:
            rows.append(_again(cursor, plan, "covariates", "without level by rating", cells, outcome, crossed=False))
        for months in WINDOWS:
            if months != horizon:
                other = open_figure(cursor, plan, side, kind, months, cutoff, where=finding.where)
                label = f"within {months} months"
                if other.cohorts:
                    rows.append(_again(cursor, plan, "window", label, read_cells(other), outcome))
    sentence = _sentence(finding, rows)
    return SpecificationStrip(finding, (declared, *rows), sentence, sentence)


def _again(
    cursor: Cursor, plan: Plan, family: Family, label: str, cells: Cells, outcome: Outcome, *, crossed: bool = True
) -> Variation:
    try:
        found = estimate_again(
            cursor, plan, cells, (outcome,), {outcome: aim_of(outcome, plan)}, level_by_rating=crossed
        )
    except (CannotFit, SingularFit) as error:
        return variation(family, label, str(error), outcome)
    return variation(family, label, found, outcome)


def _estimators(cursor: Cursor, plan: Plan, cells: Cells, outcome: Outcome) -> Iterator[Variation]:
    propensity = fit_propensity(cells, level_by_rating=plan.level_by_rating)
    y = propensity.cells.outcomes[outcome]
    contrasts: list[Contrast] = [overlap(propensity, y), ipw_att(propensity, y)]
    try:
        contrasts.append(aipw(propensity, outcome_model(propensity, y, weighted=False), y))
    except SingularFit as error:
        yield variation("estimator", "Doubly robust score", str(error), outcome)
    people = [effective_sample_size(propensity)] * len(contrasts)
    for found in estimates_of(cursor, propensity, contrasts, people, aim_of(outcome, plan)):
        yield variation("estimator", found.method, {outcome: found}, outcome)
    for row in stratified(cells, outcome):
        band = row.interval
        low, high = (round(band.low, DECIMALS), round(band.high, DECIMALS)) if band else (None, None)
        reason = "" if band else "No interval could be computed."
        yield Variation("estimator", row.label, round(row.difference, DECIMALS), low, high, reason)


def _fewer_covariates(cells: Cells) -> Iterator[tuple[str, Cells]]:
    for label, dropped in FEWER_COVARIATES:
        if any(cells.has(name) for name in dropped):
            yield label, cells.with_factors(tuple(f for f in cells.factors if f.name not in dropped))
    kept = tuple(factor for factor in cells.factors if factor.name in ("cohort", "level"))
    if len(kept) < len(cells.factors):
        yield "cohort and level only", cells.with_factors(kept)


def _comparators(cells: Cells) -> Iterator[tuple[str, Cells]]:
    for label, names in STRICTER:
        strata = cells.strata(names)
        joined = np.bincount(strata, weights=cells.n * cells.a)
        compared = np.bincount(strata, weights=cells.n * (1.0 - cells.a))
        yield label, cells.keep(((joined > 0) & (compared > 0))[strata])
    near = cells.flags["near"] > 0
    if near.any():
        yield "without colleagues close to a participant", cells.keep(~near)


def _sentence(finding: Finding, rows: list[Variation]) -> str:
    found = [row for row in rows if row.estimate is not None and row.ci_low is not None and row.ci_high is not None]
    if not found or finding.ci_low is None or finding.ci_high is None:
        return "No other choice could be computed."
    estimates = sorted(row.estimate for row in found if row.estimate is not None)
    side = side_of_zero(finding.ci_low, finding.ci_high)
    other = [row for row in found if side_of_zero(row.ci_low, row.ci_high) != side]
    text = (
        f"{len(found)} other reasonable choices give differences from {points(estimates[0])} to "
        f"{points(estimates[-1])} points; "
    )
    declared = {1: "lies above 0", -1: "lies below 0", 0: "holds 0"}[side]
    if not other:
        return text + f"in each the interval {declared}, as declared. Leaving out a cohort is a check of its own."
    named = ", ".join(row.label for row in other)
    return text + f"as declared the interval {declared}, in {len(other)} of them it does not: {named}."
