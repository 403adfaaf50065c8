"""Who is reached: the way of each group, who made up the cohorts, and who leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import combinations

import pandas as pd

from analysis.findings import codec
from analysis.findings.answers.common import UnknownChoice, context, known_here, stored
from analysis.findings.disclosure import MOST_RESTRICTIONS, TOO_NARROW
from analysis.findings.diversity import Asked, hiding_of
from analysis.findings.diversity import diversity as compute_diversity
from analysis.findings.diversity_results import DiversityFinding, LeadershipFinding
from analysis.findings.leadership import ATTRIBUTES, TWO_PLACES, leadership_finding, without
from analysis.findings.path_hiding import BySiblings, Hiding
from analysis.findings.path_tables import Counts, tables_of
from analysis.findings.people_precompute import diversity_key, leadership_key
from analysis.findings.results import EVERYBODY, SIDES, Selection, Side
from analysis.store import Reader
from analysis.study.participation import REACH_HEADERS
from analysis.study.path import BETWEEN, PathCohort, later_counts, open_path, path_counts, path_counts_by
from analysis.study.path import leadership as ask_leadership
from analysis.study.path import started_cohorts as ask_started

DIVIDED_BY = REACH_HEADERS  # these, and where people work


def started_cohorts(reader: Reader, side: Side, quarter: str | None = None) -> tuple[str, ...]:
    """Cohorts of a side that have started by a quarter, whether or not a year has passed since."""
    asked = context(reader).quarter(quarter)
    return _started(reader, side, asked)


@lru_cache(maxsize=32)
def _started(reader: Reader, side: Side, quarter: str) -> tuple[str, ...]:
    here = context(reader)
    with reader.cursor() as cursor:
        return ask_started(cursor, side, here.cutoff(cursor, quarter))


def diversity(
    reader: Reader,
    side: Side,
    by: str,
    quarter: str | None = None,
    cohort: str | None = None,
    where: Selection = EVERYBODY,
) -> DiversityFinding:
    """How far each group of one attribute came, over all cohorts or in one, and who made up the cohorts.

    Raises UnknownQuarter, or UnknownChoice for an attribute, cohort or selection that these data do not have.
    """
    here = context(reader)
    asked = Asked(side, here.quarter(quarter), by, cohort, where)
    if side not in SIDES:
        raise UnknownChoice(f"Sides are {', '.join(SIDES)}.")
    if by not in DIVIDED_BY:
        raise UnknownChoice(f"{by} is not an attribute to divide by here; those are {', '.join(DIVIDED_BY)}.")
    known_here(reader, side, where)
    if len(where.chosen) + (cohort is not None) > MOST_RESTRICTIONS:
        raise UnknownChoice(TOO_NARROW)
    everybody = cohort is None and not where.chosen
    known = stored(reader, diversity_key(side, asked.quarter, by)) if everybody else None
    return codec.decode(DiversityFinding, known) if known else _diversity(reader, asked)


def leadership(reader: Reader, by: str, quarter: str | None = None, where: Selection = EVERYBODY) -> LeadershipFinding:
    """Who holds the two highest levels, by quarter up to the one asked for: of the company, or of one department or
    location. Raises UnknownQuarter, or UnknownChoice for what is not an attribute of a person."""
    if by not in ATTRIBUTES:
        raise UnknownChoice(f"Who leads is told by {', '.join(ATTRIBUTES)}.")
    asked = context(reader).quarter(quarter)
    known = None if where.chosen else stored(reader, leadership_key(asked, by))
    return codec.decode(LeadershipFinding, known) if known else _leadership(reader, by, asked, where)


@lru_cache(maxsize=64)
def _diversity(reader: Reader, asked: Asked) -> DiversityFinding:
    here = context(reader)
    cohorts, frames, _ = _view(reader, asked.side, asked.quarter, asked.where)
    named = [cohort.cohort for cohort in cohorts]
    if asked.cohort is not None and asked.cohort not in named:
        known = ", ".join(named) or "none yet"
        raise UnknownChoice(f"{asked.cohort} is not a cohort that has started; those are {known}.")
    if asked.where.chosen and not frames[0]:
        told = ", ".join(f"{header} {value}" for header, value in asked.where.chosen.items())
        raise UnknownChoice(f"Nobody who could take part was of {told}.")
    return compute_diversity(asked, cohorts, frames[0], _hiding(reader, asked), here.data_version, here.plan.hash)


@lru_cache(maxsize=256)
def _hiding(reader: Reader, asked: Asked) -> Hiding:
    """What a view may not show. Of the table of cohorts every quarter tells what the newest does."""
    cohorts, frames, siblings = _view(reader, asked.side, asked.quarter, asked.where)
    after = _later(reader, asked.side, asked.quarter, asked.where)
    if asked.cohort is not None:
        everyone = _hiding(reader, replace(asked, cohort=None))
        return hiding_of(asked, cohorts, frames, siblings, after, all_=everyone)
    newest = _hiding(reader, replace(asked, quarter=context(reader).quarters[0])) if after else None
    return hiding_of(asked, cohorts, frames, siblings, after, newest)


@lru_cache(maxsize=128)
def _later(reader: Reader, side: Side, quarter: str, where: Selection) -> tuple[Counts, ...]:
    """Counts of the same selection as of every later quarter, which holds whoever this one holds."""
    here = context(reader)
    with reader.cursor() as cursor:
        days = here.cutoffs(cursor)
        at = here.quarters.index(quarter)
        return tuple(map(tables_of, later_counts(cursor, here.plan, side, days[at], days[:at], where.chosen)))


def _view(
    reader: Reader, side: Side, quarter: str, where: Selection
) -> tuple[tuple[PathCohort, ...], tuple[Counts, ...], tuple[BySiblings, ...]]:
    """Cohorts, counts of the selection and of every wider one, and what each restriction could have been instead."""
    chosen = where.chosen
    cohorts, tables = _tables(reader, side, quarter, tuple(chosen))
    frames = [tables[kept].get(_key(chosen, kept), {}) for kept in _parts(tuple(chosen))]
    siblings = [
        BySiblings(headers, tuple(chosen[name] for name in headers), _beside(tables[tuple(chosen)], chosen, headers))
        for headers in reversed(_parts(tuple(chosen))[:-1])
    ]
    return cohorts, tuple(frames), tuple(siblings)


@lru_cache(maxsize=12)
def _tables(
    reader: Reader, side: Side, quarter: str, headers: tuple[str, ...]
) -> tuple[tuple[PathCohort, ...], Mapping[tuple[str, ...], Mapping[str, Counts]]]:
    """Cohorts, and counts by the values of the headers and of every part of them, the last of which is none."""
    here = context(reader)
    with reader.cursor() as cursor:
        cohorts = open_path(cursor, here.plan, side, here.cutoff(cursor, quarter))
        found = {part: _by_value(path_counts_by(cursor, {}, part)) for part in _parts(headers) if part}
        return cohorts, {**found, (): {"": tables_of(path_counts(cursor, {}))}}


def _parts(headers: tuple[str, ...]) -> list[tuple[str, ...]]:
    """These headers, and every part of them, the last of them none."""
    return [kept for size in range(len(headers), -1, -1) for kept in combinations(headers, size)]


def _key(chosen: Mapping[str, str], headers: Sequence[str]) -> str:
    return BETWEEN.join(chosen[name] for name in headers)


def _beside(tables: Mapping[str, Counts], chosen: Mapping[str, str], headers: Sequence[str]) -> dict[str, Counts]:
    """Of the tables by all that was chosen, those that have it but for these headers; by the values of these."""
    found = {}
    for key, counts in tables.items():
        values = dict(zip(chosen, key.split(BETWEEN, len(chosen) - 1), strict=True))
        if all(values[name] == value for name, value in chosen.items() if name not in headers):
            found[_key(values, headers)] = counts
    return found


def _by_value(frame: pd.DataFrame) -> dict[str, Counts]:
    return {str(value): tables_of(rows) for value, rows in frame.groupby("value")}


@lru_cache(maxsize=64)
def _leadership(reader: Reader, by: str, quarter: str, where: Selection) -> LeadershipFinding:
    here = context(reader)
    places = {name: value for name, value in where.chosen.items() if name in ("department", "location")}
    if len(places) > 1:
        return without(by, quarter, TWO_PLACES, here.data_version)
    place = next(iter(places), None)
    levels, frame = _who_leads(reader, by, quarter, place)
    return leadership_finding(by, quarter, levels, frame, here.data_version, places[place] if place else None)


@lru_cache(maxsize=12)
def _who_leads(reader: Reader, by: str, quarter: str, place: str | None) -> tuple[tuple[str, ...], pd.DataFrame]:
    """Counts of the company, or of every department or location side by side: the next one is asked for soon."""
    here = context(reader)
    with reader.cursor() as cursor:
        return ask_leadership(cursor, here.plan, by, here.cutoff(cursor, quarter), place)
