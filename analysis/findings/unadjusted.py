"""Why the plain difference is not the answer: which covariates move it to the adjusted one, and by how much.

Each covariate twice: adjusted for it alone, and for all others without it. Neither way adds up, because covariates
overlap; together they say what matters (the estimator is the declared one, on the cells of the figure).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from analysis.estimates.balance import LevelBalance, balance
from analysis.estimates.cells import Cells
from analysis.estimates.effect import headline_fit
from analysis.estimates.logistic import SingularFit
from analysis.estimates.propensity import CannotFit, Propensity, fit_propensity
from analysis.estimates.threads import one_thread
from analysis.findings.analysis import read_cells, unadjusted
from analysis.findings.outcomes import DEFINITIONS
from analysis.findings.results import Finding, Outcome
from analysis.findings.robustness import DECIMALS
from analysis.findings.words import header_label, points
from analysis.plan import Plan
from analysis.store import Cursor
from analysis.study.figures import open_figure

MOST_NAMED = 3
WORTH_NAMING = 0.0005  # half of what one decimal shows


@dataclass(frozen=True)
class CovariateShift:
    """By how much one covariate raises the plain difference (proportions; negative lowers it).

    alone: plain difference minus the one adjusted for this covariate alone. without: the one adjusted for all others
    minus the declared one. None where no fit was to be had. more: the level that participants hold more often than
    their colleagues, by the standardised difference, "" where no level held by five participants is.
    """

    covariate: str
    alone: float | None
    without: float | None
    more: str


@dataclass(frozen=True)
class UnadjustedFinding:
    """The plain difference (a proportion, with Newcombe's 95 % interval) beside the adjusted one, and what moves it."""

    plain: float | None
    plain_low: float | None
    plain_high: float | None
    adjusted: float | None
    rows: tuple[CovariateShift, ...]
    sentence: str
    alt_text: str


def why_it_moves(cursor: Cursor, plan: Plan, finding: Finding, cutoff: date) -> UnadjustedFinding:
    """For one finding over the whole figure; nothing where it shows no estimate."""
    if finding.estimate is None:
        return UnadjustedFinding(None, None, None, None, (), finding.sentence, finding.sentence)
    outcome, kind = finding.outcome, DEFINITIONS[finding.outcome].figure
    with one_thread():
        figure = open_figure(cursor, plan, finding.side, kind, finding.horizon_months, cutoff, where=finding.where)
        cells = read_cells(figure)
        raw = unadjusted(cells, outcome)
        rows = _shifts(cells, plan, outcome, raw.difference, finding.estimate)
    ordered = tuple(sorted(rows, key=lambda row: -abs(row.alone or 0.0)))
    band = raw.interval
    sentence = _sentence(raw.difference, finding.estimate, ordered)
    return UnadjustedFinding(
        round(float(raw.difference), DECIMALS),
        round(band.low, DECIMALS) if band else None,
        round(band.high, DECIMALS) if band else None,
        finding.estimate,
        ordered,
        sentence,
        f"Plain difference {points(raw.difference)} points, adjusted {points(finding.estimate)} points.",
    )


def _shifts(cells: Cells, plan: Plan, outcome: Outcome, plain: float, adjusted: float) -> list[CovariateShift]:
    more = _held_more(cells, plan)
    rows = []
    for factor in cells.factors:
        others = tuple(other for other in cells.factors if other.name != factor.name)
        alone = _difference(cells.with_factors((factor,)), plan, outcome)
        without = _difference(cells.with_factors(others), plan, outcome) if others else plain
        rows.append(
            CovariateShift(
                factor.name,
                None if alone is None else round(float(plain - alone), DECIMALS),
                None if without is None else round(float(without - adjusted), DECIMALS),
                more.get(factor.name, ""),
            )
        )
    return rows


def _fit(cells: Cells, plan: Plan) -> Propensity | None:
    try:
        return fit_propensity(cells, level_by_rating=plan.level_by_rating)
    except (CannotFit, SingularFit):
        return None


def _difference(cells: Cells, plan: Plan, outcome: Outcome) -> float | None:
    """The declared estimate on these covariates; its variance is not asked for, which saves most of the time."""
    propensity = _fit(cells, plan)
    if propensity is None:
        return None
    try:
        return headline_fit(propensity, propensity.cells.outcomes[outcome]).contrast.difference
    except SingularFit:
        return None


def _held_more(cells: Cells, plan: Plan) -> dict[str, str]:
    """By covariate, the level that stands out most among participants before weighting."""
    propensity = _fit(cells, plan)
    found: dict[str, LevelBalance] = {}
    for row in balance(propensity) if propensity else ():
        known = found.get(row.covariate)
        if row.counts and row.before > 0 and (known is None or row.before > known.before):
            found[row.covariate] = row
    return {name: row.level for name, row in found.items()}


def _sentence(plain: float, adjusted: float, rows: tuple[CovariateShift, ...]) -> str:
    text = f"The plain difference is {points(plain)} points, the adjusted one {points(adjusted)}."
    told = [row for row in rows if abs(row.alone or 0.0) >= WORTH_NAMING][:MOST_NAMED]
    raised = [row for row in told if (row.alone or 0.0) > 0]
    lowered = [row for row in told if (row.alone or 0.0) < 0]
    if not told:
        return f"{text} No covariate by itself moves it by a tenth of a point."
    parts = [
        f"{'was raised' if way else 'was lowered'} by {_named(members)}"
        for way, members in ((True, raised), (False, lowered))
        if members
    ]
    return (
        f"{text} Taken one at a time, the plain one {' and '.join(parts)}. Covariates overlap, so these do not add up."
    )


def _named(rows: list[CovariateShift]) -> str:
    """ "Performance rating (0.6 points) and time in the company (0.5)"."""
    named = [f"{header_label(row.covariate).lower()} ({100 * abs(row.alone or 0.0):.1f})" for row in rows]
    named[0] = f"{named[0][:-1]} points)"
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
