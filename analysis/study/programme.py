"""Programme health: what pairs planned and did, as counts. The unit is the pair; nobody is named on the way out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.plan import Plan
from analysis.store import Cursor
from analysis.study.build import sql


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


def first_start(cursor: Cursor) -> date | None:
    """The day on which the first pair began; None where none has."""
    row = cursor.execute(
        "select min(start_date) from programme_pair where status is distinct from 'planned'"
    ).fetchone()
    return row[0] if row else None


def by_quarter(cursor: Cursor, periods: Sequence[Period]) -> pd.DataFrame:
    """quarter, active, should_have_finished, finished (pairs)."""
    asked = {"quarters": [each.quarter for each in periods], "last_days": [each.last_day for each in periods]}
    return cursor.execute(sql("programme_quarter.sql"), asked).df()


def sessions_by_quarter(cursor: Cursor, periods: Sequence[Period]) -> pd.DataFrame:
    """quarter, held, cancelled, no_show (sessions of one pair) and how many pairs had these counts."""
    asked = {
        "quarters": [each.quarter for each in periods],
        "first_days": [each.first_day for each in periods],
        "last_days": [each.last_day for each in periods],
    }
    return cursor.execute(sql("programme_sessions.sql"), asked).df()
