"""The one door to findings: pages, files and the command line ask here and get frozen objects.

What was computed while loading is read from the store; a question nobody asked before is computed now, by the
same code, and remembered by this process.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from analysis.findings import codec
from analysis.findings.bundle import bundle, detail_key, effects_key
from analysis.findings.context import Context, read_context
from analysis.findings.curves import curves as compute_curves
from analysis.findings.impact import compose
from analysis.findings.precompute import curves_key, reach_key, surveys_key
from analysis.findings.reach import reach as compute_reach
from analysis.findings.results import (
    OUTCOMES,
    SIDES,
    CurvesFinding,
    Finding,
    ImpactPage,
    OutcomeDetail,
    Question,
    ReachFinding,
    Side,
    SurveyFinding,
)
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
    return codec.decode_all(Finding, _effect_answer(reader, asked, effects_key(asked)))


def outcome_detail(reader: Reader, question: Question) -> OutcomeDetail:
    """The finding with the other methods and the balance behind it; they describe the pooled fit."""
    asked = replace(_resolved(reader, question), by=None)
    whole = codec.decode(
        OutcomeDetail, _effect_answer(reader, replace(asked, cohort=None), detail_key(replace(asked, cohort=None)))
    )
    if asked.cohort is None:
        return whole
    return replace(whole, finding=_one_cohort(reader, asked))


def curves(reader: Reader, side: Side, quarter: str | None = None) -> CurvesFinding:
    asked = context(reader).quarter(quarter)
    stored = _stored(reader, curves_key(side, asked))
    return codec.decode(CurvesFinding, stored) if stored else _curves(reader, side, asked)


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
    headlines = tuple(effects(reader, Question(outcome, side, 12, asked))[0] for side in SIDES for outcome in OUTCOMES)
    trend = tuple(
        finding
        for side in SIDES
        for outcome in OUTCOMES
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
    if not 1 <= asked.horizon_months <= 60 or (asked.outcome == "promotion" and asked.horizon_months != 12):
        raise UnknownChoice("The horizon is 1 to 60 months; promotion is counted within 12 months only.")
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
def _bundle(reader: Reader, asked: Question) -> dict[str, str]:
    with reader.cursor() as cursor:
        return bundle(cursor, context(reader), asked)


@lru_cache(maxsize=64)
def _curves(reader: Reader, side: Side, quarter: str) -> CurvesFinding:
    here = context(reader)
    with reader.cursor() as cursor:
        return compute_curves(cursor, here.plan, side, quarter, here.cutoff(cursor, quarter), here.data_version)


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
