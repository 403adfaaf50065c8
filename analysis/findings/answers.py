"""The one door to findings: pages, files and the command line ask here and get frozen objects.

What was computed while loading is read from the store; a question nobody asked before is computed now, by the
same code, and remembered by this process.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from analysis.findings import codec
from analysis.findings.bundle import bundle, key_of, robustness_bundle
from analysis.findings.context import Context, read_context
from analysis.findings.curves import YEAR
from analysis.findings.curves import curves as compute_curves
from analysis.findings.differences import family
from analysis.findings.dose import dose as compute_dose
from analysis.findings.effects import is_declared
from analysis.findings.event_study import EventStudyFinding, RepeatedMetric, UnknownMetric
from analysis.findings.event_study import event_study as compute_event_study
from analysis.findings.event_study import repeated_metrics as find_metrics
from analysis.findings.evidence import (
    DifferencesFinding,
    DoseFinding,
    GroupDifference,
    PowerFinding,
    Robustness,
    SpecificationStrip,
)
from analysis.findings.groups import GROUP_HEADERS
from analysis.findings.impact import compose
from analysis.findings.outcomes import DEFINITIONS, outcomes_of
from analysis.findings.power import power as compute_power
from analysis.findings.precompute import curves_key, reach_key, surveys_key
from analysis.findings.reach import promoted as compute_promoted
from analysis.findings.reach import reach as compute_reach
from analysis.findings.results import (
    HEADLINES,
    OUTCOMES,
    SIDES,
    CurvesFinding,
    Finding,
    ImpactPage,
    Measure,
    Outcome,
    OutcomeDetail,
    Question,
    ReachFinding,
    Side,
)
from analysis.findings.robustness import untold
from analysis.findings.specifications import specifications as compute_specifications
from analysis.findings.survey_results import SurveyFinding
from analysis.findings.surveys import surveys as compute_surveys
from analysis.plan import COVARIATES
from analysis.store import Reader
from analysis.study.figures import EXTRA_HEADERS
from analysis.study.periods import UnknownQuarter

BY_HEADERS = tuple(dict.fromkeys([*COVARIATES, *EXTRA_HEADERS]))

__all__ = ["BY_HEADERS", "UnknownChoice", "UnknownQuarter"]


class UnknownChoice(ValueError):
    """A cohort, header or horizon that these data do not have; the message says which they have."""


def quarters(reader: Reader) -> tuple[str, ...]:
    """Quarters that can be asked for, newest first; none in an empty store."""
    return context(reader).quarters


def context(reader: Reader) -> Context:
    """Plan, coverage and loads of a data version."""
    return _context(reader)


def cohorts(reader: Reader, side: Side, quarter: str | None = None) -> tuple[str, ...]:
    """Cohorts of a side that are mature for 12-month outcomes as of a quarter."""
    found = effects(reader, Question("retention", side, 12, quarter, by="cohort"))
    return tuple(finding.group for finding in found if finding.group)


def group_headers(reader: Reader, side: Side, quarter: str | None = None) -> tuple[str, ...]:
    """Headers that divide the participants of a side into at least two groups in these data."""
    with reader.cursor() as cursor:
        columns = ", ".join(f"count(distinct {name})" for name in BY_HEADERS)
        row = cursor.execute(f"select {columns} from person_trial where side = ? and a = 1", [side]).fetchone()
    return tuple(name for name, many in zip(BY_HEADERS, row or (), strict=True) if many > 1)


def effects(reader: Reader, question: Question) -> tuple[Finding, ...]:
    """One finding, or with `by` one a group.

    Raises UnknownQuarter, or UnknownChoice for a cohort, header or horizon that can't be asked for.
    """
    asked = _resolved(reader, question)
    if asked.by is None and asked.cohort is not None:
        return (_one_cohort(reader, asked),)
    return codec.decode_all(Finding, _effect_answer(reader, asked, key_of("effects", asked)))


def outcome_detail(reader: Reader, question: Question) -> OutcomeDetail:
    """The finding with the other methods and the balance behind it; they describe the pooled fit."""
    asked = replace(_resolved(reader, question), by=None)
    pooled = replace(asked, cohort=None)
    whole = codec.decode(OutcomeDetail, _effect_answer(reader, pooled, key_of("detail", pooled)))
    if asked.cohort is None:
        return whole
    return replace(whole, finding=_one_cohort(reader, asked))


def robustness(reader: Reader, question: Question) -> Robustness:
    """The comparison under other conditions, on which the diagnostics rest; of the whole figure.

    Where the figure's own number is not shown, neither is any of these.
    """
    asked = replace(_resolved(reader, question), cohort=None, by=None)
    found = _robustness(reader, asked)
    return found if effects(reader, asked)[0].estimate is not None else untold(found)


def specifications(reader: Reader, question: Question) -> SpecificationStrip:
    """The estimate under every reasonable choice; of the whole figure."""
    return _specifications(reader, replace(_resolved(reader, question), cohort=None, by=None))


def differences(reader: Reader, question: Question) -> DifferencesFinding:
    """Whether effects differ between groups, over every header that these data can be divided by."""
    asked = replace(_resolved(reader, question), cohort=None, by=None)
    headers = dict.fromkeys(("cohort", *group_headers(reader, asked.side, asked.quarter)))
    rows = []
    for header in headers:
        by = replace(asked, by=header)
        key = key_of("difference", by)
        # Whatever the headline adjusts for comes from its one fit; the rest asks for a fit each.
        one_fit = header in context(reader).plan.covariates
        body = _stored(reader, key) or (_bundle(reader, asked, GROUP_HEADERS) if one_fit else _bundle(reader, by))[key]
        rows.append(codec.decode(GroupDifference, body))
    return family(asked, rows, reader.data_version)


def power(reader: Reader, question: Question, differences: tuple[float, ...] = ()) -> PowerFinding:
    """The smallest effect that this figure, cohort or group could have shown, and the people stated ones would need."""
    return compute_power(effects(reader, replace(question, by=None))[0], differences)


def dose(reader: Reader, question: Question) -> DoseFinding:
    """Participants by sessions held: a description, not an effect."""
    return _dose(reader, replace(_resolved(reader, question), cohort=None, by=None))


def promoted(reader: Reader, side: Side, quarter: str | None = None) -> ReachFinding:
    """Which participants were promoted within four quarters, by group, with the four-fifths ratio."""
    return _promoted(reader, side, context(reader).quarter(quarter))


def curves(
    reader: Reader, side: Side, quarter: str | None = None, measure: Measure = "employment", gained_by: int = YEAR
) -> CurvesFinding:
    """Curves of all cohorts; gained_by: months of follow-up over which months of employment gained are counted."""
    asked = context(reader).quarter(quarter)
    stored = _stored(reader, curves_key(side, asked, measure)) if gained_by == YEAR else None
    return codec.decode(CurvesFinding, stored) if stored else _curves(reader, side, asked, measure, gained_by)


def reach(reader: Reader, side: Side, quarter: str | None = None) -> ReachFinding:
    asked = context(reader).quarter(quarter)
    stored = _stored(reader, reach_key(side, asked))
    return codec.decode(ReachFinding, stored) if stored else _reach(reader, side, asked)


def surveys(reader: Reader, quarter: str | None = None) -> SurveyFinding:
    asked = context(reader).quarter(quarter)
    stored = _stored(reader, surveys_key(asked))
    return codec.decode(SurveyFinding, stored) if stored else _surveys(reader, asked)


def impact_page(reader: Reader, quarter: str | None = None) -> ImpactPage:
    """Everything on the leaders' page, for one quarter."""
    asked = context(reader).quarter(quarter)
    headlines = tuple(effects(reader, Question(outcome, side, 12, asked))[0] for side in SIDES for outcome in HEADLINES)
    trend = tuple(
        finding
        for side in SIDES
        for outcome in HEADLINES
        for finding in effects(reader, Question(outcome, side, 12, asked, by="cohort"))
    )
    reached = tuple(reach(reader, side, asked) for side in SIDES)
    with reader.cursor() as cursor:
        cutoff = context(reader).cutoff(cursor, asked)
    return compose(context(reader), asked, cutoff, headlines, trend, reached, surveys(reader, asked))


def _resolved(reader: Reader, question: Question) -> Question:
    here = context(reader)
    asked = replace(question, quarter=here.quarter(question.quarter))
    if asked.outcome not in OUTCOMES or asked.side not in SIDES:
        raise UnknownChoice(f"Outcomes are {', '.join(OUTCOMES)}; sides are {', '.join(SIDES)}.")
    if not 1 <= asked.horizon_months <= 60:
        raise UnknownChoice("The horizon is 1 to 60 months.")
    if asked.by is not None and asked.by not in BY_HEADERS:
        raise UnknownChoice(f"{asked.by} is not a header to divide by; those are {', '.join(BY_HEADERS)}.")
    if asked.by == "cohort" and asked.cohort is not None:
        raise UnknownChoice("Divide by cohort, or choose one cohort, not both.")
    if asked.cohort is not None:
        known = effects(reader, replace(asked, cohort=None, by="cohort"))
        if asked.cohort not in [finding.group for finding in known]:
            named = ", ".join(finding.group for finding in known if finding.group) or "none yet"
            raise UnknownChoice(f"{asked.cohort} is not a cohort with this follow-up; those are {named}.")
    return asked


def _one_cohort(reader: Reader, asked: Question) -> Finding:
    found = effects(reader, replace(asked, cohort=None, by="cohort"))
    chosen = next(finding for finding in found if finding.group == asked.cohort)
    return replace(chosen, by=None, group=None)


def _effect_answer(reader: Reader, asked: Question, key: str) -> str:
    return _stored(reader, key) or _bundle(reader, asked)[key]


def _stored(reader: Reader, key: str) -> str | None:
    with reader.cursor() as cursor:
        row = cursor.execute("select body from stored_finding where question = ?", [key]).fetchone()
    return str(row[0]) if row else None


@lru_cache(maxsize=8)
def _context(reader: Reader) -> Context:
    with reader.cursor() as cursor:
        return read_context(cursor, reader.data_version)


@lru_cache(maxsize=64)
def _bundle(reader: Reader, asked: Question, headers: tuple[str, ...] = ()) -> dict[str, str]:
    here = context(reader)
    robust: dict[Outcome, Robustness] = {}
    if is_declared(here.plan, asked.outcome, asked.horizon_months):
        headers = headers or ("cohort",)  # a verdict names the cohorts that were harmed
        robust[asked.outcome] = _robustness(reader, replace(asked, cohort=None, by=None))
    with reader.cursor() as cursor:
        return bundle(cursor, here, asked, robust, headers=headers)


def _robustness(reader: Reader, asked: Question) -> Robustness:
    key = key_of("robustness", asked)
    stored = _stored(reader, key)
    if stored is None:
        figure = outcomes_of(DEFINITIONS[asked.outcome].figure)
        stored = _robustness_bundle(reader, replace(asked, outcome=figure[0]))[key]
    return codec.decode(Robustness, stored)


@lru_cache(maxsize=64)
def _robustness_bundle(reader: Reader, asked: Question) -> dict[str, str]:
    with reader.cursor() as cursor:
        return robustness_bundle(cursor, context(reader), asked)


@lru_cache(maxsize=64)
def _specifications(reader: Reader, asked: Question) -> SpecificationStrip:
    (finding,) = effects(reader, asked)
    here = context(reader)
    with reader.cursor() as cursor:
        return compute_specifications(cursor, here.plan, finding, here.cutoff(cursor, asked.quarter or ""))


@lru_cache(maxsize=64)
def _dose(reader: Reader, asked: Question) -> DoseFinding:
    here, compared = context(reader), effects(reader, asked)[0].n_participants
    with reader.cursor() as cursor:
        cutoff = here.cutoff(cursor, asked.quarter or "")
        return compute_dose(cursor, here.plan, asked, cutoff, here.data_version, compared)


@lru_cache(maxsize=64)
def _promoted(reader: Reader, side: Side, quarter: str) -> ReachFinding:
    here = context(reader)
    with reader.cursor() as cursor:
        return compute_promoted(cursor, here.plan, side, quarter, here.cutoff(cursor, quarter), here.data_version)


@lru_cache(maxsize=64)
def _curves(reader: Reader, side: Side, quarter: str, measure: Measure, gained_by: int) -> CurvesFinding:
    here = context(reader)
    with reader.cursor() as cursor:
        return compute_curves(
            cursor, here.plan, side, quarter, here.cutoff(cursor, quarter), here.data_version, measure, gained_by
        )


@lru_cache(maxsize=64)
def _reach(reader: Reader, side: Side, quarter: str) -> ReachFinding:
    here = context(reader)
    with reader.cursor() as cursor:
        return compute_reach(cursor, here.plan, side, quarter, here.cutoff(cursor, quarter), here.data_version)


@lru_cache(maxsize=64)
def _surveys(reader: Reader, quarter: str) -> SurveyFinding:
    here = context(reader)
    with reader.cursor() as cursor:
        return compute_surveys(cursor, quarter, here.cutoff(cursor, quarter), here.data_version)


@lru_cache(maxsize=8)
def repeated_metrics(reader: Reader) -> tuple[RepeatedMetric, ...]:
    """What these data hold for several quarters, and an event study can be asked for; nothing in an empty store."""
    with reader.cursor() as cursor:
        return find_metrics(cursor)


def event_study(reader: Reader, side: Side, metric: str, quarter: str | None = None) -> EventStudyFinding:
    """A metric around joining, quarter by quarter, against those who had not joined yet.

    Raises UnknownQuarter, or UnknownChoice for a metric that is not among repeated_metrics() or an unknown side.
    """
    asked = context(reader).quarter(quarter)
    if side not in SIDES:
        raise UnknownChoice(f"Sides are {', '.join(SIDES)}.")
    try:
        return _event_study(reader, side, metric, asked)
    except UnknownMetric as unknown:
        raise UnknownChoice(str(unknown)) from None


@lru_cache(maxsize=64)
def _event_study(reader: Reader, side: Side, metric: str, quarter: str) -> EventStudyFinding:
    here = context(reader)
    with reader.cursor() as cursor:
        return compute_event_study(
            cursor, here.plan, side, metric, quarter, here.cutoff(cursor, quarter), here.data_version
        )
