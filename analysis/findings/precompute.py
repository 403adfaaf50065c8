"""All headline findings of a data version, computed while loading and stored with it (PROTOCOL.md 1.14)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from analysis.findings import codec
from analysis.findings.bundle import at_quarter, bundle, key_of, robustness_bundle
from analysis.findings.claims.precompute import claims_bundle
from analysis.findings.context import Context, read_context
from analysis.findings.curves import curves
from analysis.findings.evidence import Robustness
from analysis.findings.groups import GROUP_HEADERS
from analysis.findings.health.programme import health_as_of, summary_as_of
from analysis.findings.outcomes import DEFINITIONS, outcomes_of
from analysis.findings.people_precompute import leadership_bundle, people_bundle
from analysis.findings.reach import reach
from analysis.findings.reach_totals import taken_part
from analysis.findings.results import OUTCOMES, SIDES, Finding, Measure, Outcome, Question, Side
from analysis.findings.survey_precompute import survey_bundle, surveys_key
from analysis.findings.survey_results import SurveyFinding
from analysis.findings.words import SIDE_LABELS
from analysis.store import Cursor
from analysis.study.figures import mature_trials

# Retention and voluntary exit come from one figure, promotion from its own.
FIGURES: tuple[Outcome, ...] = ("retention", "promotion")
MEASURES: tuple[Measure, ...] = ("employment", "promotion")
HORIZON = 12


def store_headlines(connection: Cursor, data_version: int, say: Callable[[str], None] = lambda step: None) -> None:
    """Compute and store, for each quarter and side: effects by cohort with their detail, reach and surveys; for the
    newest quarter also effects by every header, curves, what pages open with, and whatever else the plan declares.
    Quarters in which the same cohorts are mature share one fit. `say` is told what is being computed."""
    connection.execute("delete from stored_finding")
    context = read_context(connection, data_version)
    rows: dict[str, str] = {}
    for side in SIDES:
        for outcome in FIGURES:
            rows |= _effects(connection, context, side, outcome, HORIZON, context.quarters, say)
        for outcome, horizon in _also_declared(context):
            rows |= _effects(connection, context, side, outcome, horizon, context.quarters[:1], say)
        taken = taken_part(connection, context.plan, side, context.cutoffs(connection))
        for at, quarter in enumerate(context.quarters):
            later = [each.frame for each in taken[:at]]
            told = reach(side, quarter, taken[at].frame, later, data_version, taken[at].hidden)
            rows[reach_key(side, quarter)] = codec.encode(told)
        for quarter in context.quarters[:1]:
            cutoff = context.cutoff(connection, quarter)
            for measure in MEASURES:
                days = context.cutoffs(connection)
                drawn = curves(connection, context.plan, side, quarter, cutoff, data_version, measure, quarters=days)
                rows[curves_key(side, quarter, measure)] = codec.encode(drawn)
    for quarter in context.quarters:
        days = context.from_quarter(connection, quarter)
        rows |= survey_bundle(connection, quarter, days[0], data_version, later=days[1:])
    for quarter in context.quarters[:1]:
        say(f"Who takes part, leads and is promoted, {quarter}")
        rows |= _opened_first(connection, context, quarter, rows)
    connection.execute(
        "insert into stored_finding select unnest($questions), unnest($bodies)",
        {"questions": list(rows), "bodies": list(rows.values())},
    )


def _opened_first(connection: Cursor, context: Context, quarter: str, rows: Mapping[str, str]) -> dict[str, str]:
    """What else pages open with, as of the newest quarter. rows: what was computed before, surveys among them."""
    found = {health_key(quarter): codec.encode(health_as_of(connection, context, quarter))}

    def answered(of: str) -> SurveyFinding:
        return codec.decode(SurveyFinding, rows[surveys_key(of)])

    found[summary_key(quarter)] = codec.encode(summary_as_of(connection, context, quarter, answered))
    for side in SIDES:
        found |= people_bundle(connection, context, side)
    return found | leadership_bundle(connection, context) | claims_bundle(connection, context)


def declared_retention(connection: Cursor, data_version: int, stored: bool) -> tuple[Finding, ...]:
    """Retention at twelve months of each side in the newest quarter, as the leaders' page has it; none where no
    cohort was followed that long. `stored` answers are looked up, as a published version has them; else computed."""
    context = read_context(connection, data_version)
    found: list[Finding] = []
    for side in SIDES if context.quarters else ():
        key = key_of("effects", Question("retention", side, HORIZON, context.quarters[0]))
        if stored:
            row = connection.execute("select body from stored_finding where question = ?", [key]).fetchone()
            body = row[0] if row else None
        else:
            body = _effects(connection, context, side, "retention", HORIZON, context.quarters[:1], lambda step: None)[
                key
            ]
        found += codec.decode_all(Finding, body) if body else ()
    return tuple(found)


def reach_key(side: Side, quarter: str) -> str:
    return f"reach|{side}|{quarter}"


def curves_key(side: Side, quarter: str, measure: Measure) -> str:
    return f"curves|{side}|{quarter}|{measure}"


def health_key(quarter: str) -> str:
    return f"health|{quarter}"


def summary_key(quarter: str) -> str:
    return f"health_summary|{quarter}"


def _also_declared(context: Context) -> list[tuple[Outcome, int]]:
    """One outcome of each figure, and horizon, that the plan declares beyond the leaders' page."""
    plan = context.plan
    first = {DEFINITIONS[name].figure: name for name in reversed(OUTCOMES) if name in plan.outcomes}
    known = {DEFINITIONS[name].figure for name in FIGURES}
    return [
        (name, horizon)
        for figure, name in first.items()
        for horizon in plan.horizons
        if horizon != HORIZON or figure not in known
    ]


def _effects(
    connection: Cursor,
    context: Context,
    side: Side,
    outcome: Outcome,
    horizon: int,
    quarters: tuple[str, ...],
    say: Callable[[str], None],
) -> dict[str, str]:
    rows: dict[str, str] = {}
    fitted: dict[tuple[int, ...], dict[str, str]] = {}
    promotion = DEFINITIONS[outcome].figure == "promotion"
    for quarter in quarters:
        batches = mature_trials(connection, side, horizon, context.cutoff(connection, quarter), promotion=promotion)
        if batches in fitted:
            rows |= at_quarter(fitted[batches], quarter)
            continue
        say(f"{SIDE_LABELS[side]}, {outcome.replace('_', ' ')}, {quarter}")
        headers = GROUP_HEADERS if quarter == context.quarters[0] else ("cohort",)
        asked = Question(outcome, side, horizon, quarter)
        stored = robustness_bundle(connection, context, asked)
        outcomes = outcomes_of(DEFINITIONS[outcome].figure)
        robust = {
            name: codec.decode(Robustness, stored[key_of("robustness", replace(asked, outcome=name))])
            for name in outcomes
        }
        fitted[batches] = stored | bundle(connection, context, asked, robust, headers=headers, outcomes=outcomes)
        rows |= fitted[batches]
    return rows
