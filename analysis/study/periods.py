"""Quarters: "2025Q4" and the days it ends on, for fiscal years that start in any month."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from analysis.store import Cursor


class UnknownQuarter(ValueError):
    """Not a quarter, or not one that the data reach; the message says which are."""


@dataclass(frozen=True)
class Coverage:
    """What the data cover. data_as_of: the date to which exits are known, None where nothing is dated. typed_exits:
    those that are known to be voluntary or involuntary."""

    data_as_of: date | None
    has_snapshots: bool
    has_ladder: bool
    exits: int
    typed_exits: int | None = None


def coverage(cursor: Cursor) -> Coverage:
    row = cursor.execute(
        "select data_as_of, has_snapshots, has_ladder, (select count(*) from exit_date), "
        "(select count(*) from exit_date where exit_type in ('voluntary', 'involuntary')) from calendar"
    ).fetchone()
    return Coverage(*row) if row else Coverage(None, False, False, 0)


def quarter_of(day: date, first_month: int = 1) -> str:
    """The quarter that holds a day; a fiscal year carries the number of the calendar year in which it ends."""
    month = (day.month - first_month) % 12
    year = day.year + (1 if first_month > 1 and day.month >= first_month else 0)
    return f"{year}Q{month // 3 + 1}"


def quarter_end(quarter: str, first_month: int = 1) -> date:
    """The last day of a quarter. Raises UnknownQuarter."""
    match = re.fullmatch(r"(\d{4})\s?Q([1-4])", quarter.strip(), re.IGNORECASE)
    if not match:
        raise UnknownQuarter(f"{quarter!r} is not a quarter; write it like 2025Q4.")
    months = int(match[1]) * 12 + (first_month - 1) + int(match[2]) * 3 - 1 - (12 if first_month > 1 else 0)
    year, month = divmod(months, 12)
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def quarters(cursor: Cursor, first_month: int, horizon: int = 12) -> tuple[str, ...]:
    """Quarters that can be asked for, newest first: from the first with a mature cohort to the newest data."""
    data_as_of = coverage(cursor).data_as_of
    if data_as_of is None:
        return ()
    row = cursor.execute("select (min(time_zero) + to_months(?))::date from trial where has_base", [horizon]).fetchone()
    first = row[0] if row and row[0] and row[0] <= data_as_of else data_as_of
    found: list[str] = []
    day = data_as_of
    while True:
        found.append(quarter_of(day, first_month))
        if quarter_end(found[-1], first_month) <= first or found[-1] == quarter_of(first, first_month):
            return tuple(found)
        end = quarter_end(found[-1], first_month)
        year, month = divmod(end.year * 12 + end.month - 3, 12)
        day = date(year, month + 1, 1) - timedelta(days=1)


def cutoff(data_as_of: date | None, quarter: str, first_month: int) -> date:
    """The last day that counts as of a quarter: its end, or the date to which exits are known (R0)."""
    end = quarter_end(quarter, first_month)
    return end if data_as_of is None else min(end, data_as_of)


@lru_cache(maxsize=16_384)
def months_after(day: date, months: int) -> date:
    """A day so many calendar months later, at the end of a month that is too short (as the store counts them)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
