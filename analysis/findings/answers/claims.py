"""What is said of reverse mentoring, and what these data say of it; what was registered before the data came."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from analysis.findings import codec, disclosure
from analysis.findings.answers.common import UnknownChoice, context, stored
from analysis.findings.answers.effects import effects
from analysis.findings.answers.people import reach
from analysis.findings.answers.repeated import event_study, repeated_metrics
from analysis.findings.answers.surveys import surveys
from analysis.findings.claims import counted, tested
from analysis.findings.claims.asks import Around, Ask, Change, Effect, Gap, Level, Nulls, Reach, Share, Spread
from analysis.findings.claims.catalogue import Claim, catalogue
from analysis.findings.claims.claim_results import (
    Arrival,
    ClaimAnswer,
    ClaimsFinding,
    ClaimState,
    RegisteredFinding,
)
from analysis.findings.claims.judged import REGISTERED, Registered, judge_registered
from analysis.findings.claims.needs import missing
from analysis.findings.claims.precompute import counted_now, grid_shares, share_key
from analysis.findings.claims.registry import Registration, kind_and_name
from analysis.findings.claims.registry import registrations as read_registrations
from analysis.findings.claims.requirements import REQUIREMENTS
from analysis.findings.claims.tested import ClaimResult
from analysis.findings.results import HEADLINES, SIDES, Question
from analysis.store import Reader
from analysis.study import claims as study
from analysis.study.claims import Held
from analysis.study.periods import UnknownQuarter

NO_TEST = "The data for this can be held, and no test of it is built in. What the column or metric shows is not judged."


@lru_cache(maxsize=8)
def claims(reader: Reader) -> ClaimsFinding:
    """Every claim with today's state; what our data say where that is stored or cheap. Works on an empty store."""
    states = tuple(_state(reader, claim) for claim in catalogue())
    here = context(reader)
    sentence = _sentence(states)
    return ClaimsFinding(states, sentence, sentence, here.quarters[0] if here.quarters else "", reader.data_version)


@lru_cache(maxsize=128)
def claim(reader: Reader, claim_id: str) -> ClaimAnswer:
    """One claim with every question it can be asked by, slow ones too. Raises UnknownChoice for an unknown id."""
    state = next((one for one in claims(reader).claims if one.claim.id == claim_id), None)
    if state is None:
        raise UnknownChoice("This is not the id of a claim; ids look like B1 or P12, and the table has them all.")
    if state.state == "not_with_hr_data":
        return ClaimAnswer(state, (), state.why_not)
    if state.state == "missing":
        return ClaimAnswer(state, (), f"Not testable with today's data. Missing: {'; '.join(state.missing)}.")
    if not state.built_in:
        return ClaimAnswer(state, (), NO_TEST)
    results = tuple(_ask(reader, ask) for ask in _askable(reader, claim_id))
    return ClaimAnswer(replace(state, result=results[0]), results, results[0].sentence)


@lru_cache(maxsize=8)
def registrations(reader: Reader) -> tuple[RegisteredFinding, ...]:
    """What was registered, newest first, each with its timing and its result by the registered rule."""
    with reader.cursor() as cursor:
        found = read_registrations(cursor)
    return tuple(_registered(reader, one) for one in found)


@lru_cache(maxsize=8)
def _held(reader: Reader) -> Held:
    with reader.cursor() as cursor:
        return study.held(cursor, context(reader).plan)


def _state(reader: Reader, of: Claim) -> ClaimState:
    requirement = REQUIREMENTS[of.id]
    if requirement.why_not:
        return ClaimState(of, "not_with_hr_data", (), (), requirement.why_not, None, False)
    first = requirement.asks[0].needs if requirement.asks else ()
    needs = tuple(dict.fromkeys(need.words for need in (*first, *requirement.also)))
    askable = _askable(reader, of.id)
    lacking = missing((*first, *requirement.also), _held(reader))
    if (requirement.asks and not askable) or (not requirement.asks and lacking):
        return ClaimState(of, "missing", needs, lacking, "", None, False, bool(requirement.asks))
    if not requirement.asks:
        return ClaimState(of, "testable", needs, (), "", None, False, built_in=False)
    judging = askable[0]
    needs = tuple(dict.fromkeys(need.words for need in (*judging.needs, *requirement.also)))
    result = None if judging.slow else _ask(reader, judging)
    return ClaimState(of, "testable", needs, (), "", result, judging.slow)


def _askable(reader: Reader, claim_id: str) -> tuple[Ask, ...]:
    """The questions of a claim that the store holds what is needed for, in their declared order."""
    requirement, held = REQUIREMENTS[claim_id], _held(reader)
    return tuple(ask for ask in requirement.asks if not missing((*ask.needs, *requirement.also), held))


@lru_cache(maxsize=256)
def _ask(reader: Reader, ask: Ask) -> ClaimResult:
    """Put one question. What the data can't answer yet comes back as a result without a number."""
    try:
        return _put(reader, ask)
    except (UnknownQuarter, UnknownChoice) as none:
        return tested.without(str(none).rstrip("."), ask.expects, str(none), "pp")


def _put(reader: Reader, ask: Ask) -> ClaimResult:
    here = context(reader)
    quarter = here.quarter(None)
    if isinstance(ask, Effect):
        return _effect(reader, ask)
    if isinstance(ask, Change):
        return tested.of_change(ask, surveys(reader))
    if isinstance(ask, Level):
        return tested.of_level(ask, surveys(reader))
    if isinstance(ask, Reach):
        return tested.of_reach(ask, reach(reader, ask.side), disclosure.DEMOGRAPHIC_HEADERS)
    if isinstance(ask, Around):
        known = {metric.name for metric in repeated_metrics(reader)}
        metric = next((name for name in ask.metrics if name in known), ask.metrics[0])
        return tested.of_around(ask, event_study(reader, ask.side, metric))
    if isinstance(ask, Nulls):
        headlines = [effects(reader, Question(outcome, side))[0] for side in SIDES for outcome in HEADLINES]
        return tested.of_nulls(headlines, surveys(reader))
    if isinstance(ask, Share):
        kept = stored(reader, share_key(ask))
        if kept:
            return codec.decode(ClaimResult, kept)
        return _shares(reader, (ask,) if ask.slow else grid_shares())[ask]
    if isinstance(ask, Gap | Spread):
        with reader.cursor() as cursor:
            cutoff = here.cutoff(cursor, quarter)
            if isinstance(ask, Gap):
                return counted.of_gap(ask, study.gap_between_generations(cursor, ask.construct, cutoff))
            return counted.of_spread(ask, study.spread_between_generations(cursor, ask.construct, ask.side, cutoff))
    standing = [one for one in registrations(reader) if not one.registration.withdrawn]
    return tested.of_coverage(len(standing), sum(one.arrival != "none" for one in standing))


@lru_cache(maxsize=32)
def _shares(reader: Reader, asked: tuple[Share, ...]) -> dict[Share, ClaimResult]:
    with reader.cursor() as cursor:
        return counted_now(cursor, context(reader), asked)


def _effect(reader: Reader, ask: Effect) -> ClaimResult:
    found = effects(reader, Question(ask.outcome, ask.side, by=ask.by))
    chosen = next((one for one in found if ask.by is None or one.group == ask.group), None)
    if chosen is None:
        return tested.without("the group asked for", ask.expects, "nobody of this group took part yet.", "pp")
    return tested.of_effect(ask, chosen)


def _sentence(states: tuple[ClaimState, ...]) -> str:
    testable = sum(one.state == "testable" for one in states)
    lacking = sum(one.state == "missing" for one in states)
    never = len(states) - testable - lacking
    results = [one.result for one in states if one.result is not None]
    told = {name: sum(one.judgement == name for one in results) for name in ("supported", "other_way", "not_supported")}
    text = (
        f"Of {len(states)} claims {testable} can be tested with today's data, for {lacking} data are missing, and "
        f"{never} are nothing that HR data can show."
    )
    if not results:
        return text
    return (
        f"{text} Of the {len(results)} tested at once, our data support {told['supported']}, point the other way for "
        f"{told['other_way']} and do not support {told['not_supported']}; the others lean, can't tell, or describe."
    )


def _registered(reader: Reader, of: Registration) -> RegisteredFinding:
    kind, name = kind_and_name(of.measured_by)
    with reader.cursor() as cursor:
        since = study.arrived(cursor, kind, name)
    when = f"Registered on {of.at[:10]} as version {of.data_version}"
    if since is None:
        timing = f"{when}. No data that answer it have been loaded yet."
        return RegisteredFinding(of, "none", timing, "no_data", REGISTERED["no_data"], None)
    if of.data_version <= since:
        timing = f"{when}, before the first data that answer it were loaded (version {since})."
    else:
        timing = (
            f"{when}, after data that answer it had been loaded (version {since}): whoever registered it could have "
            "seen the result. It does not count as said beforehand."
        )
    arrival: Arrival = "before" if of.data_version <= since else "after"
    result: ClaimResult | None = None
    outcome: Registered = "no_data"
    if not missing(of.ask.needs, _held(reader)):
        result = _ask(reader, of.ask)
        outcome = judge_registered(
            result.estimate,
            result.low,
            result.high,
            direction=of.direction,
            smallest=of.smallest,
            rule=of.rule,
            firm=result.judgement != "too_few",
        )
    return RegisteredFinding(of, arrival, timing, outcome, REGISTERED[outcome], result)
