"""Participants against comparable colleagues: one number, its parts, and whatever stands behind it."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from analysis.findings import codec
from analysis.findings.answers.common import BY_HEADERS, UnknownChoice, context, known_here, stored
from analysis.findings.bundle import bundle, key_of, robustness_bundle
from analysis.findings.comparison import Comparison, compare, disjoint
from analysis.findings.differences import family
from analysis.findings.effects import is_declared
from analysis.findings.evidence import (
    DifferencesFinding,
    GroupDifference,
    PowerFinding,
    Robustness,
    SpecificationStrip,
)
from analysis.findings.groups import GROUP_HEADERS
from analysis.findings.outcomes import DEFINITIONS, outcomes_of
from analysis.findings.overlap import OverlapFinding
from analysis.findings.power import power as compute_power
from analysis.findings.results import OUTCOMES, SIDES, Finding, Outcome, OutcomeDetail, Question, Side
from analysis.findings.robustness import untold
from analysis.findings.specifications import specifications as compute_specifications
from analysis.findings.unadjusted import UnadjustedFinding, why_it_moves
from analysis.store import Reader


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
    asked = resolved(reader, question)
    if asked.by is None and asked.cohort is not None:
        return (_one_cohort(reader, asked),)
    return _effects(reader, asked)


@lru_cache(maxsize=512)
def _effects(reader: Reader, asked: Question) -> tuple[Finding, ...]:
    """Kept as it is read: the leaders' page, its changes and the claims ask for the same ones."""
    return codec.decode_all(Finding, _effect_answer(reader, asked, key_of("effects", asked)))


def outcome_detail(reader: Reader, question: Question) -> OutcomeDetail:
    """The finding with the other methods and the balance behind it; they describe the pooled fit."""
    asked = replace(resolved(reader, question), by=None)
    pooled = replace(asked, cohort=None)
    whole = codec.decode(OutcomeDetail, _effect_answer(reader, pooled, key_of("detail", pooled)))
    if asked.cohort is None:
        return whole
    return replace(whole, finding=_one_cohort(reader, asked))


def overlap(reader: Reader, question: Question) -> OverlapFinding:
    """How the chances of taking part are spread in both groups, and the weights; of the whole figure."""
    pooled = replace(resolved(reader, question), cohort=None, by=None)
    return codec.decode(OverlapFinding, _effect_answer(reader, pooled, key_of("overlap", pooled)))


def robustness(reader: Reader, question: Question) -> Robustness:
    """The comparison under other conditions, on which the diagnostics rest; of the whole figure.

    Where the figure's own number is not shown, neither is any of these.
    """
    asked = replace(resolved(reader, question), cohort=None, by=None)
    found = _robustness(reader, asked)
    return found if effects(reader, asked)[0].estimate is not None else untold(found)


def specifications(reader: Reader, question: Question) -> SpecificationStrip:
    """The estimate under every reasonable choice; of the whole figure."""
    return _specifications(reader, replace(resolved(reader, question), cohort=None, by=None))


def unadjusted(reader: Reader, question: Question) -> UnadjustedFinding:
    """The plain difference beside the adjusted one, and which covariates lie between them; of the whole figure."""
    return _unadjusted(reader, replace(resolved(reader, question), cohort=None, by=None))


def differences(reader: Reader, question: Question) -> DifferencesFinding:
    """Whether effects differ between groups, over every header that these data can be divided by."""
    asked = replace(resolved(reader, question), cohort=None, by=None)
    headers = dict.fromkeys(("cohort", *group_headers(reader, asked.side, asked.quarter)))
    rows = []
    for header in headers:
        by = replace(asked, by=header)
        key = key_of("difference", by)
        # Whatever the headline adjusts for comes from its one fit; the rest asks for a fit each.
        one_fit = header in context(reader).plan.covariates
        body = stored(reader, key) or (_bundle(reader, asked, GROUP_HEADERS) if one_fit else _bundle(reader, by))[key]
        rows.append(codec.decode(GroupDifference, body))
    return family(asked, rows, reader.data_version)


def power(reader: Reader, question: Question, differences: tuple[float, ...] = ()) -> PowerFinding:
    """The smallest effect that this figure, cohort or group could have shown, and the people stated ones would need."""
    return compute_power(effects(reader, replace(question, by=None))[0], differences)


def resolved(reader: Reader, question: Question) -> Question:
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
    known_here(reader, asked.side, asked.where)
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
    known = stored(reader, key)
    if known:
        return known
    if asked.where.chosen and (asked.by is None or (asked.by == "cohort" and _adjusts_for_cohort(reader))):
        figure = outcomes_of(DEFINITIONS[asked.outcome].figure)
        return _narrowed(reader, replace(asked, outcome=figure[0], by=None))[key]
    if asked.where.chosen and asked.cohort is None and asked.by in context(reader).plan.covariates:
        return _narrowed_groups(reader, asked)[key]
    return _bundle(reader, asked)[key]


def _adjusts_for_cohort(reader: Reader) -> bool:
    return "cohort" in context(reader).plan.covariates


@lru_cache(maxsize=64)
def _narrowed(reader: Reader, asked: Question) -> dict[str, str]:
    """All outcomes of a narrowed figure, whole and by cohort, from one fit: a page asks for several of them."""
    outcomes = outcomes_of(DEFINITIONS[asked.outcome].figure)
    with reader.cursor() as cursor:
        return bundle(cursor, context(reader), asked, {}, headers=("cohort",), outcomes=outcomes)


def _narrowed_groups(reader: Reader, asked: Question) -> dict[str, str]:
    """One outcome of a narrowed figure, whole and by every covariate: a page that asks for the groups of one asks also
    whether effects differ by any."""
    return _bundle(reader, replace(asked, cohort=None, by=None), GROUP_HEADERS)


@lru_cache(maxsize=64)
def _bundle(reader: Reader, asked: Question, headers: tuple[str, ...] = ()) -> dict[str, str]:
    here = context(reader)
    robust: dict[Outcome, Robustness] = {}
    if not asked.where.chosen and is_declared(here.plan, asked.outcome, asked.horizon_months):
        headers = headers or ("cohort",)  # a verdict names the cohorts that were harmed
        robust[asked.outcome] = _robustness(reader, replace(asked, cohort=None, by=None))
    # Groups that come from a fit of their own stand beside the headline, which may leave other people out.
    own_fit = asked.by is not None and asked.cohort is None and asked.by not in here.plan.covariates
    told = _participants_told(reader, replace(asked, by=None)) if own_fit else None
    with reader.cursor() as cursor:
        return bundle(cursor, here, asked, robust, headers=headers, told=told)


def _participants_told(reader: Reader, whole: Question) -> int | None:
    """Participants of the headline, None where it is not told."""
    if whole.where.chosen:
        (found,) = codec.decode_all(Finding, _narrowed_groups(reader, whole)[key_of("effects", whole)])
        return found.n_participants
    return effects(reader, whole)[0].n_participants


def _robustness(reader: Reader, asked: Question) -> Robustness:
    key = key_of("robustness", asked)
    body = stored(reader, key)
    if body is None:
        figure = outcomes_of(DEFINITIONS[asked.outcome].figure)
        body = _robustness_bundle(reader, replace(asked, outcome=figure[0]))[key]
    return codec.decode(Robustness, body)


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
def _unadjusted(reader: Reader, asked: Question) -> UnadjustedFinding:
    (finding,) = effects(reader, asked)
    here = context(reader)
    with reader.cursor() as cursor:
        return why_it_moves(cursor, here.plan, finding, here.cutoff(cursor, asked.quarter or ""))


def comparison(reader: Reader, one: Question, other: Question) -> Comparison:
    """Two selections side by side, with the difference of their effects where they share nobody."""
    return compare(effects(reader, one)[0], effects(reader, other)[0], apart=disjoint(one, other))
