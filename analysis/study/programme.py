"""Programme health: what pairs planned and did, as counts. The unit is the pair; ids stay in the store.

`open_programme` makes the pairs, `open_day` says what they were on a day, `view` narrows them; the rest counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.plan import Plan
from analysis.store import Cursor
from analysis.study.build import sql
from analysis.study.choose import filled

BETWEEN = " | "  # two values in one column
NARROWING = ("cohort", "programme", "department", "level", "location")


@dataclass(frozen=True)
class Period:
    """A quarter with its first day and the last one that counts: its end, or the last day that the data cover."""

    quarter: str
    first_day: date
    last_day: date


def open_programme(cursor: Cursor, plan: Plan) -> None:
    """Make the temporary table programme_pair, which everything here reads."""
    programmes = [programme for programme in plan.programmes if programme.orientation == "reverse"]
    asked = {
        "programmes": [programme.id for programme in programmes],
        "months": [programme.months for programme in programmes],
        "sessions_a_month": [programme.sessions_a_month for programme in programmes],
        "first_month": plan.fiscal_year_first_month,
    }
    cursor.execute(sql("programme_pair.sql"), asked)
    cursor.execute(sql("programme_state.sql"))


def open_day(cursor: Cursor, plan: Plan, day: date, newest: bool) -> None:
    """Say what each pair was on a day, and who its people were when it began. newest: the data end on that day."""
    cursor.execute(sql("programme_told.sql"))
    cursor.execute(sql("programme_person.sql"))
    limits = {"day": day, "newest": newest, "gaps": plan.programme_health.planned_gaps_to_lapse}
    cursor.execute(sql("programme_placed.sql"), limits)
    cursor.execute(sql("programme_placed_session.sql"), {"day": day})


def view(cursor: Cursor, narrowed: Mapping[str, str]) -> None:
    """Choose the pairs that what follows counts. narrowed: a value for some of NARROWING; a place is the mentor's."""
    cursor.execute(sql("programme_viewed.sql"), {name: narrowed.get(name) for name in NARROWING})
    cursor.execute(
        "create or replace temp view viewed_session as "
        "select placed_session.* from placed_session semi join viewed_pair using (pair_id)"
    )


def first_start(cursor: Cursor) -> date | None:
    """The day on which the first pair began; None where none has."""
    row = cursor.execute(
        "select min(start_date) from programme_pair where status is distinct from 'planned'"
    ).fetchone()
    return row[0] if row else None


def last_session(cursor: Cursor) -> date | None:
    """The day of the last session up to the day that is open, of any pair; None without a session."""
    row = cursor.execute("select max(session_date) from placed_session where status <> 'scheduled'").fetchone()
    return row[0] if row else None


def values(cursor: Cursor, minimum: int) -> dict[str, tuple[str, ...]]:
    """What a view can be narrowed to: by header, the values that at least `minimum` pairs have; cohorts in time order,
    all of them."""
    cohorts = cursor.execute(
        "select cohort from placed_pair group by cohort order by min(start_date), cohort"
    ).fetchall()
    found = {"cohort": tuple(str(row[0]) for row in cohorts)}
    for name, column in zip(NARROWING[1:], ("programme_id", *NARROWING[2:]), strict=True):
        rows = cursor.execute(
            f"select {column} from placed_pair where {column} <> 'unknown' group by 1 having count(*) >= ? order by 1",
            [minimum],
        ).fetchall()
        found[name] = tuple(str(row[0]) for row in rows)
    return found


def by_quarter(cursor: Cursor, periods: Sequence[Period]) -> pd.DataFrame:
    """quarter, active, should_have_finished, finished (pairs), of all pairs."""
    asked = {"quarters": [each.quarter for each in periods], "last_days": [each.last_day for each in periods]}
    return cursor.execute(sql("programme_quarter.sql"), asked).df()


def sessions_by_quarter(cursor: Cursor, periods: Sequence[Period], *, of_view: bool = True) -> pd.DataFrame:
    """quarter; held, by_mentee, by_mentor, by_unknown (cancelled), no_show, tech, with_topic, tech_minutes and
    topic_minutes of one pair; and how many pairs had these counts. of_view False: of all pairs, no day needed."""
    everybody = (
        "(select sessions.* replace (coalesce(topic, 'unknown') as topic) "
        "from sessions semi join programme_pair using (pair_id))"
    )
    text = filled("programme_sessions.sql", {"sessions": "viewed_session" if of_view else everybody})
    return cursor.execute(text, _spans(periods)).df()


def weeks(cursor: Cursor, periods: Sequence[Period]) -> pd.DataFrame:
    """quarter, week (1 to 13), sessions held and the pairs that held them."""
    return cursor.execute(sql("programme_week.sql"), _spans(periods)).df()


def course(cursor: Cursor, day: date, first_day: date) -> pd.DataFrame:
    """One row a pair that has begun, in no order that tells which; columns as programme_course.sql says."""
    return cursor.execute(sql("programme_course.sql"), {"day": day, "first_day": first_day}).df()


def states(cursor: Cursor) -> pd.DataFrame:
    """cohort, state, pairs; cohorts in time order."""
    return cursor.execute(
        "select cohort, state, count(*)::integer as pairs from viewed_pair "
        "join (select cohort, min(start_date) as first_day from viewed_pair group by cohort) using (cohort) "
        "group by cohort, state, first_day order by first_day, cohort, state"
    ).df()


def endings(cursor: Cursor) -> pd.DataFrame:
    """reason, pairs: of those that ended early; a reason that is not given is unknown."""
    return cursor.execute(
        "select coalesce(end_reason, 'unknown') as reason, count(*)::integer as pairs from viewed_pair "
        "where state = 'ended_early' group by all order by all"
    ).df()


def topics(cursor: Cursor) -> pd.DataFrame:
    """topic, sessions held about it, pairs that held one."""
    return cursor.execute(sql("programme_topic.sql")).df()


def goals(cursor: Cursor, day: date) -> pd.DataFrame:
    """kind; goals, decided and achieved of one pair; pairs with these counts."""
    return cursor.execute(sql("programme_goal.sql"), {"day": day}).df()


def gaps(cursor: Cursor) -> pd.DataFrame:
    """level_gap (ranks), tenure_gap and age_gap (years), one row a pair that has begun."""
    return cursor.execute(sql("programme_gap.sql")).df()


def levels(cursor: Cursor) -> pd.DataFrame:
    """level and rank of the mentee; recorded, held and by_mentee (cancelled) of one pair; pairs with these counts."""
    return cursor.execute(sql("programme_level.sql")).df()


def siblings(cursor: Cursor, plan: Plan, headers: Sequence[str], periods: Sequence[Period]) -> pd.DataFrame:
    """value (of a header of NARROWING, or of two with BETWEEN between them), family, name, pairs: every group that a
    view tells, for each value that the pairs of this view have. The first period is all to the day. Raises KeyError
    for another header."""
    columns = {**{name: name for name in NARROWING}, "programme": "programme_id"}
    column = f" || '{BETWEEN}' || ".join(columns[header] for header in headers)
    day = periods[0].last_day
    _nudges(cursor, plan, day)
    return cursor.execute(filled("programme_sibling.sql", {"value": column}), {**_spans(periods), "day": day}).df()


def steward_list(cursor: Cursor, plan: Plan, day: date) -> list[dict[str, object]]:
    """The running pairs of the view that need a nudge, each by the file and line that it was loaded from."""
    _nudges(cursor, plan, day)
    found = cursor.execute(sql("programme_steward.sql"))
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _nudges(cursor: Cursor, plan: Plan, day: date) -> None:
    """Make the table pair_nudge of the pairs of the view."""
    limits = plan.programme_health
    asked = {"day": day, "first_days": limits.days_to_first_session, "in_a_row": limits.cancellations_in_a_row}
    cursor.execute(sql("programme_nudge.sql"), asked)


def _spans(periods: Sequence[Period]) -> dict[str, object]:
    return {
        "quarters": [each.quarter for each in periods],
        "first_days": [each.first_day for each in periods],
        "last_days": [each.last_day for each in periods],
    }
