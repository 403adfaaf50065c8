"""The way of a programme's people: eligible, invited, accepted, joined, still here a year on, promoted; by group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.plan import Plan
from analysis.store import Cursor
from analysis.study.build import sql
from analysis.study.choose import choose_rows, choose_started, filled
from analysis.study.participation import REACH_HEADERS
from analysis.study.periods import quarter_of

BETWEEN = " | "  # two values in one column
NARROWED_BY = ("programme", "department", "level", "location")
# An attribute of the people files, as leadership.sql reads it; generations as in person-trials.
_ATTRIBUTES = {
    **{name: f"people.{name}" for name in ("gender", "ethnicity", "disability", "lgbtq")},
    "generation": "case when people.birth_year <= 1964 then 'boomer' when people.birth_year <= 1980 then 'x' "
    "when people.birth_year <= 1996 then 'millennial' when people.birth_year is not null then 'z' end",
}
_PLACES: dict[str | None, str] = {
    None: "''",
    **{name: f"coalesce({name}, 'unknown')" for name in ("department", "location")},
}


@dataclass(frozen=True)
class PathCohort:
    """A cohort of a side: people who joined, whether a year has passed, whether its invitations were loaded; how many
    of those followed vanished without an exit, and how many joined without an invitation on record."""

    cohort: str
    followed: bool
    held: bool
    joined: int
    vanished: int
    unrecorded: int


def open_path(cursor: Cursor, plan: Plan, side: str, cutoff: date) -> tuple[PathCohort, ...]:
    """Make the table path_person of a side as of the cutoff on the cursor, and say which cohorts it holds."""
    choose_rows(cursor, plan, side, "months", 0, cutoff)
    _make_people(cursor, plan, side, [cutoff], {})
    rows = cursor.execute(sql("path_cohort.sql")).fetchall()
    return tuple(PathCohort(row[0], bool(row[1]), bool(row[2]), *row[3:]) for row in rows)


def started_cohorts(cursor: Cursor, side: str, cutoff: date) -> tuple[str, ...]:
    """The cohorts that `open_path` says, by name only."""
    choose_started(cursor, side, cutoff)
    rows = cursor.execute("select cohort from figure_trial group by cohort order by min(time_zero), cohort").fetchall()
    return tuple(row[0] for row in rows)


def later_counts(
    cursor: Cursor, plan: Plan, side: str, cutoff: date, later: Sequence[date], where: Mapping[str, str]
) -> tuple[pd.DataFrame, ...]:
    """`path_counts` as of each of some later days, of the groups as they are named as of the cutoff: what it counts
    among the others is counted there. No path stays open."""
    if not later:
        return ()
    choose_rows(cursor, plan, side, "months", 0, cutoff)  # which places are named
    choose_started(cursor, side, max(later))
    cursor.execute(sql("figure_scope.sql"), {"eligible_levels": list(plan.eligible_levels[side])})
    _make_people(cursor, plan, side, later, where)
    frame = _counts(cursor, where, "as_of::text")
    return tuple(frame[frame["value"] == day.isoformat()].drop(columns="value") for day in later)


def path_counts(cursor: Cursor, where: Mapping[str, str]) -> pd.DataFrame:
    """How many stood at each step, of the path that is open on the cursor: columns cohort (missing: all cohorts, a
    person once), header, group, eligible, held, invited, accepted, paired, joined, followed, stayed, could_rise and
    promoted.

    where: of programme, department, level and location, those that narrow, with their values.
    """
    return _counts(cursor, where, "''").drop(columns="value")


def path_counts_by(cursor: Cursor, where: Mapping[str, str], headers: Sequence[str]) -> pd.DataFrame:
    """The same for every value of one or two headers that `where` leaves open: a column value more, two values with
    BETWEEN between them. A person who changed it between cohorts counts in both. Raises KeyError for a header that
    nothing can be narrowed to."""
    columns = {"programme": "programme_id", **{name: f"{name}::text" for name in NARROWED_BY[1:]}}
    values = f" || '{BETWEEN}' || ".join(f"coalesce({columns[header]}, 'unknown')" for header in headers)
    return _counts(cursor, where, values)


def _make_people(cursor: Cursor, plan: Plan, side: str, days: Sequence[date], where: Mapping[str, str]) -> None:
    """Make path_person as of some days; of nobody who never had what `where` asks for, as they would not be counted."""
    # Of one day the figure knows which levels are eligible; of an earlier one of several there may be fewer.
    scoped = len(days) > 1 and not plan.eligible_levels[side]
    places = [name for name in where if name != "programme"]
    had = " and ".join(f"{name}::text = ${name}" for name in places)
    texts = {
        "in_scope": "(as_of, programme_id, level) in (select (as_of, programme_id, level) from joined_level)"
        if scoped
        else "true",
        "among": f"person in (select person from figure_part join pattern using (pattern_id) where {had})"
        if places
        else "true",
    }
    asked = {"side": side, "programmes": list(plan.reverse_programmes), "days": list(days)}
    cursor.execute(filled("path_person.sql", texts), asked | {name: where[name] for name in places})


def _counts(cursor: Cursor, where: Mapping[str, str], value: str) -> pd.DataFrame:
    words = ", ".join(f"{name}::text as {name}" for name in REACH_HEADERS)
    texts = {"words": words, "headers": ", ".join(REACH_HEADERS), "value": value}
    asked = {name: where.get(name) for name in NARROWED_BY}
    return cursor.execute(filled("path_count.sql", texts), asked).df()


def leadership(
    cursor: Cursor, plan: Plan, header: str, cutoff: date, place: str | None = None
) -> tuple[tuple[str, ...], pd.DataFrame]:
    """The names of the two highest levels, and a frame of quarter, place, group, people and senior (those at these
    levels), from the last list of each quarter. Both empty without a ladder of three levels or more, or without dated
    lists.

    place: department or location, whose values are told apart; None for the whole company. Raises KeyError for a
    header that is not demographic, or a place that is neither.
    """
    ranks = cursor.execute("select count(distinct rank) from ladder").fetchone()
    if not ranks or ranks[0] < 3:
        return (), pd.DataFrame(columns=["quarter", "place", "group", "people", "senior"])
    top = cursor.execute(
        "select level from ladder where rank >= (select max(rank) from ladder) - 1 order by rank desc, level"
    ).fetchall()
    asked = {
        "cutoff": cutoff,
        "worker_types": list(plan.worker_types),
        "first_month": plan.fiscal_year_first_month,
    }
    texts = {"header": _ATTRIBUTES[header], "place": _PLACES[place]}
    found = cursor.execute(filled("leadership.sql", texts), asked).df()
    quarters = [quarter_of(day.date(), plan.fiscal_year_first_month) for day in found["as_of_date"]]
    names = tuple(row[0] for row in top)
    return (names), found.assign(quarter=quarters).drop(columns="as_of_date")
