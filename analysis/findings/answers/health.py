"""How the programme itself is doing: pairs, sessions, goals."""

from __future__ import annotations

from functools import lru_cache, partial

from analysis.findings import codec
from analysis.findings.answers.common import UnknownChoice, context, stored
from analysis.findings.answers.surveys import surveys
from analysis.findings.health.programme import health_as_of, narrowing, open_view, summary_as_of
from analysis.findings.health.results import ProgrammeHealth
from analysis.findings.health.shares import FEW
from analysis.findings.health.summary import HealthSummary
from analysis.findings.precompute import health_key, summary_key
from analysis.findings.results import EVERYBODY, Selection
from analysis.store import Reader
from analysis.study.programme import steward_list, values, view


def programme_health(
    reader: Reader, quarter: str | None = None, cohort: str | None = None, where: Selection = EVERYBODY
) -> ProgrammeHealth:
    """Pairs, sessions, topics, goals, direction and nudges as of the last day of a quarter; a place is the mentor's.

    Raises UnknownQuarter, or UnknownChoice for a cohort or a place that no pair has.
    """
    asked = context(reader).quarter(quarter)
    _known(reader, asked, cohort, where)
    known = stored(reader, health_key(asked)) if cohort is None and not where.chosen else None
    return codec.decode(ProgrammeHealth, known) if known else _health(reader, asked, cohort, where)


def health_choices(reader: Reader, quarter: str | None = None) -> dict[str, tuple[str, ...]]:
    """What a view of programme health can be narrowed to: cohort, programme, department, level, location."""
    return _choices(reader, context(reader).quarter(quarter), FEW)


def health_summary(reader: Reader, quarter: str | None = None) -> HealthSummary:
    """Four numbers for the leaders' page, with the quarters before. Raises UnknownQuarter."""
    asked = context(reader).quarter(quarter)
    known = stored(reader, summary_key(asked))
    return codec.decode(HealthSummary, known) if known else _summary(reader, asked)


def pairs_to_nudge(
    reader: Reader, quarter: str | None = None, cohort: str | None = None, where: Selection = EVERYBODY
) -> list[dict[str, object]]:
    """Which running pairs need a nudge and why: for stewards at the command line, never for a page.

    Ids are hashed in the store, so a pair is named by the file and line that it was loaded from.
    """
    here = context(reader)
    asked = here.quarter(quarter)
    _known(reader, asked, cohort, where)
    with reader.cursor() as cursor:
        periods = open_view(cursor, here, asked)
        view(cursor, narrowing(cohort, where))
        return steward_list(cursor, here.plan, periods[-1].last_day)


def _known(reader: Reader, quarter: str, cohort: str | None, where: Selection) -> None:
    if cohort is None and not where.chosen:
        return
    choices = _choices(reader, quarter, 1)
    for name, value in narrowing(cohort, where).items():
        if value not in choices[name]:
            listed = _choices(reader, quarter, FEW)[name]
            raise UnknownChoice(f"{value} is not a {name} of these pairs; those are {', '.join(listed) or 'none yet'}.")


@lru_cache(maxsize=64)
def _health(reader: Reader, quarter: str, cohort: str | None, where: Selection) -> ProgrammeHealth:
    with reader.cursor() as cursor:
        return health_as_of(cursor, context(reader), quarter, cohort, where)


@lru_cache(maxsize=64)
def _choices(reader: Reader, quarter: str, minimum: int) -> dict[str, tuple[str, ...]]:
    with reader.cursor() as cursor:
        open_view(cursor, context(reader), quarter)
        return values(cursor, minimum)


@lru_cache(maxsize=64)
def _summary(reader: Reader, quarter: str) -> HealthSummary:
    with reader.cursor() as cursor:
        return summary_as_of(cursor, context(reader), quarter, partial(surveys, reader))
