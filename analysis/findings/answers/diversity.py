"""Who is reached: the way of each group, who made up the cohorts, and who leads."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import combinations

import pandas as pd

from analysis.findings import codec
from analysis.findings.answers.common import UnknownChoice, context, known_here, stored
from analysis.findings.disclosure import MOST_RESTRICTIONS, TOO_NARROW, Cell
from analysis.findings.diversity import Asked, hiding_of
from analysis.findings.diversity import diversity as compute_diversity
from analysis.findings.diversity_results import DiversityFinding, LeadershipFinding
from analysis.findings.leadership import ATTRIBUTES, TWO_PLACES, leadership_finding, without
from analysis.findings.path_hiding import BySiblings, Counts, Hiding, tables_of, view_of
from analysis.findings.people_precompute import diversity_key, leadership_key, started_key
from analysis.findings.results import EVERYBODY, SIDES, Selection, Side
from analysis.store import Reader
from analysis.study.participation import REACH_HEADERS
from analysis.study.path import PathCohort, open_path, path_counts, path_counts_by
from analysis.study.path import leadership as ask_leadership

DIVIDED_BY = REACH_HEADERS  # these, and where people work

OTHER = "other"  # groups that are too small to be named, together

Chosen = tuple[tuple[str, str], ...]


def started_cohorts(reader: Reader, side: Side, quarter: str | None = None) -> tuple[str, ...]:
    """Cohorts of a side that have started by a quarter, whether or not a year has passed since."""
    asked = context(reader).quarter(quarter)
    known = stored(reader, started_key(side, asked))
    return (
        tuple(json.loads(known)) if known else tuple(each.cohort for each in _path(reader, side, asked, EVERYBODY)[0])
    )


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
    cohorts, frames, _ = _path(reader, asked.side, asked.quarter, asked.where)
    named = [cohort.cohort for cohort in cohorts]
    if asked.cohort is not None and asked.cohort not in named:
        known = ", ".join(named) or "none yet"
        raise UnknownChoice(f"{asked.cohort} is not a cohort that has started; those are {known}.")
    if asked.where.chosen and not frames[0]:
        told = ", ".join(f"{header} {value}" for header, value in asked.where.chosen.items())
        raise UnknownChoice(f"Nobody who could take part was of {told}.")
    return compute_diversity(asked, cohorts, frames[0], _hiding(reader, asked), here.data_version, here.plan.hash)


def _later(reader: Reader, asked: Asked) -> tuple[Counts, ...]:
    """Counts of the same selection as of every later quarter, which holds whoever this one holds."""
    quarters = context(reader).quarters
    later = quarters[: quarters.index(asked.quarter)]
    return tuple(_alone(reader, asked.side, quarter, asked.where) for quarter in later)


@lru_cache(maxsize=128)
def _alone(reader: Reader, side: Side, quarter: str, where: Selection) -> Counts:
    here = context(reader)
    with reader.cursor() as cursor:
        open_path(cursor, here.plan, side, here.cutoff(cursor, quarter))
        return tables_of(path_counts(cursor, where.chosen))


@lru_cache(maxsize=256)
def _hiding(reader: Reader, asked: Asked) -> Hiding:
    """What a view may not show. Of the table of cohorts every quarter tells what the newest does."""
    newest = context(reader).quarters[0]
    cohorts, frames, siblings = _path(reader, asked.side, asked.quarter, asked.where)
    counts = (*frames, *_later(reader, asked))
    if asked.cohort is not None:
        return hiding_of(asked, cohorts, counts, siblings, all_=_hiding(reader, replace(asked, cohort=None)))
    later = None if asked.quarter == newest else _not_told_by(reader, replace(asked, quarter=newest), frames[0])
    return hiding_of(asked, cohorts, counts, siblings, later)


def _not_told_by(reader: Reader, newest: Asked, older: Counts) -> frozenset[Cell]:
    """Cells of an older table of cohorts that the newest does not tell: those that it hides, those of groups that it
    counts among the others, and where there is such a group, or one that the older does not name, the others."""
    named, named_now = (
        set(view_of(counts.get(newest.header, {}), None))
        for counts in (older, _path(reader, newest.side, newest.quarter, newest.where)[1][0])
    )
    groups = (named - named_now) | ({OTHER} if named != named_now else set())
    away = {(cohort, group) for cohort in older.get(newest.header, {}) if cohort is not None for group in groups}
    return _hiding(reader, newest).cells | away


def _with_wider(where: Selection) -> tuple[Chosen, ...]:
    """The selection, and every one that holds it, the last of them everybody."""
    chosen = tuple(where.chosen.items())
    return tuple(kept for size in range(len(chosen), -1, -1) for kept in combinations(chosen, size))


@lru_cache(maxsize=32)
def _path(
    reader: Reader, side: Side, quarter: str, where: Selection
) -> tuple[tuple[PathCohort, ...], tuple[Counts, ...], tuple[BySiblings, ...]]:
    """Cohorts, counts of the selection and of every wider one, and what each restriction could have been instead."""
    here = context(reader)
    with reader.cursor() as cursor:
        cohorts = open_path(cursor, here.plan, side, here.cutoff(cursor, quarter))
        frames = tuple(tables_of(path_counts(cursor, dict(chosen))) for chosen in _with_wider(where))
        chosen = where.chosen
        siblings = tuple(
            BySiblings(
                headers,
                tuple(chosen[name] for name in headers),
                _by_value(path_counts_by(cursor, _without(chosen, headers), headers)),
            )
            for many in (1, 2)
            for headers in combinations(chosen, many)
        )
        return cohorts, frames, siblings


def _without(chosen: Mapping[str, str], headers: Sequence[str]) -> dict[str, str]:
    return {name: kept for name, kept in chosen.items() if name not in headers}


def _by_value(frame: pd.DataFrame) -> dict[str, Counts]:
    return {str(value): tables_of(rows) for value, rows in frame.groupby("value")}


@lru_cache(maxsize=64)
def _leadership(reader: Reader, by: str, quarter: str, where: Selection) -> LeadershipFinding:
    here = context(reader)
    places = {name: value for name, value in where.chosen.items() if name in ("department", "location")}
    if len(places) > 1:
        return without(by, quarter, TWO_PLACES, here.data_version)
    place = next(iter(places), None)
    with reader.cursor() as cursor:
        levels, frame = ask_leadership(cursor, here.plan, by, here.cutoff(cursor, quarter), place)
    return leadership_finding(by, quarter, levels, frame, here.data_version, places[place] if place else None)
