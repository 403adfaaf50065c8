"""Surveys: scores and change, questions, who answered, whether it can be read, and how it was made."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeVar

from analysis.findings import codec, words
from analysis.findings.answers.common import UnknownChoice, context, stored
from analysis.findings.results import EVERYBODY, HealthFinding, Selection
from analysis.findings.survey_health import survey_health as judge
from analysis.findings.survey_item_results import SurveyItems
from analysis.findings.survey_method import Choices, SurveyMethod, choices, method
from analysis.findings.survey_precompute import (
    FIRST_BY,
    RESPONSE_BY,
    items_key,
    response_key,
    survey_bundle,
    surveys_key,
)
from analysis.findings.survey_response import divided
from analysis.findings.survey_response_hiding import Answered, Key, answered_by_wave
from analysis.findings.survey_response_results import SurveyResponse
from analysis.findings.survey_results import SurveyFinding
from analysis.store import Reader
from analysis.study.surveys import Narrowing, score_surveys

NEWEST_ONLY = (
    "As of an older quarter surveys are told of all participants together; filters work as of the newest quarter, "
    "which counts every wave before it. Of a smaller group few answer between two quarters, and the difference would "
    "be theirs."
)
T = TypeVar("T")


def surveys(
    reader: Reader, quarter: str | None = None, cohort: str | None = None, where: Selection = EVERYBODY
) -> SurveyFinding:
    """Scores by wave, paired change, change against colleagues and response, of everybody or a narrowed view.

    Raises UnknownQuarter, or UnknownChoice for a cohort or value that nobody who joined by then has, and for any as of
    an older quarter: one quarter less the one before is often a few people of a view, whose answers would follow.
    """
    asked = context(reader).quarter(quarter)
    return _answer(reader, SurveyFinding, surveys_key(asked), asked, cohort, where)


def survey_items(
    reader: Reader, quarter: str | None = None, cohort: str | None = None, where: Selection = EVERYBODY
) -> SurveyItems:
    """Question by question: spread of answers, favourable share and its change, eNPS, reliability. Raises as above."""
    asked = context(reader).quarter(quarter)
    return _answer(reader, SurveyItems, items_key(asked), asked, cohort, where)


def survey_response(
    reader: Reader,
    quarter: str | None = None,
    by: str = FIRST_BY,
    cohort: str | None = None,
    where: Selection = EVERYBODY,
) -> SurveyResponse:
    """Who did not answer, by one header, and how they stood before. Raises as above, and for an unknown header."""
    if by not in RESPONSE_BY:
        raise UnknownChoice(f"{by} is not a header to divide by; those are {', '.join(RESPONSE_BY)}.")
    asked = context(reader).quarter(quarter)
    whole = cohort is None and where == EVERYBODY
    found = _answer(reader, SurveyResponse, response_key(asked, by if whole else FIRST_BY), asked, cohort, where)
    if found.by == by:
        return found
    return divided(found, _everybody_asked(reader, asked), by, _narrowing(cohort, where).chosen)


def survey_health(
    reader: Reader, quarter: str | None = None, cohort: str | None = None, where: Selection = EVERYBODY
) -> HealthFinding:
    """Whether the answers can be read: five checks. Raises as above."""
    return judge(
        surveys(reader, quarter, cohort, where),
        survey_items(reader, quarter, cohort, where),
        survey_response(reader, quarter, FIRST_BY, cohort, where),
    )


@lru_cache(maxsize=64)
def survey_choices(reader: Reader, quarter: str | None = None) -> Choices:
    """What a view can be narrowed to as of a quarter; nothing in an empty store or as of an older quarter."""
    here = context(reader)
    if not here.quarters or here.quarter(quarter) != here.quarters[0]:
        return Choices((), (), (), (), ())
    with reader.cursor() as cursor:
        return choices(cursor, here.cutoff(cursor, here.quarter(quarter)))


@lru_cache(maxsize=1)
def survey_method(reader: Reader) -> SurveyMethod:
    """Rules, sources and the text of every SQL file behind the surveys page."""
    return method()


def _answer(reader: Reader, kind: type[T], key: str, quarter: str, cohort: str | None, where: Selection) -> T:
    if cohort is None and where == EVERYBODY:
        return codec.decode(kind, stored(reader, key) or _bundle(reader, quarter, Narrowing())[key])
    if quarter != context(reader).quarters[0]:
        raise UnknownChoice(NEWEST_ONLY)
    _check(survey_choices(reader, quarter), cohort, where)
    return codec.decode(kind, _bundle(reader, quarter, _narrowing(cohort, where))[key])


def _narrowing(cohort: str | None, where: Selection) -> Narrowing:
    return Narrowing(cohort, where.programme, where.department, where.level, where.location)


def _check(known: Choices, cohort: str | None, where: Selection) -> None:
    """Raises UnknownChoice for a value that no participant had."""
    asked = {**({} if cohort is None else {"cohort": cohort}), **where.chosen}
    for header, value in asked.items():
        values: tuple[str, ...] = getattr(known, header)
        if value not in values:
            name, named = words.header_label(header).lower(), ", ".join(values) or "none"
            raise UnknownChoice(f"No participant has the {name} {value} as of this quarter; there are {named}.")


@lru_cache(maxsize=64)
def _bundle(reader: Reader, quarter: str, narrowing: Narrowing) -> dict[str, str]:
    here = context(reader)
    with reader.cursor() as cursor:
        days = here.from_quarter(cursor, quarter)
        by = (FIRST_BY,) if narrowing.chosen else RESPONSE_BY
        return survey_bundle(cursor, quarter, days[0], here.data_version, narrowing, days[1:], by)


@lru_cache(maxsize=1)
def _everybody_asked(reader: Reader, quarter: str) -> dict[Key, Answered]:
    """Who was asked in each wave as of the newest quarter: of it every narrowed view is divided by any header."""
    with reader.cursor() as cursor:
        score_surveys(cursor, context(reader).cutoff(cursor, quarter))
        return answered_by_wave(cursor)
