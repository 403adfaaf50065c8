"""The quarters that a view of programme health looks back on."""

from __future__ import annotations

from datetime import date, timedelta

from analysis.findings.context import Context
from analysis.store import Cursor
from analysis.study.periods import quarter_end, quarter_of
from analysis.study.programme import Period


def periods_to(
    cursor: Cursor, context: Context, quarter: str, most: int, since: date | None = None
) -> tuple[Period, ...]:
    """At most `most` quarters, oldest first, the last one `quarter`; none that ended before `since`."""
    first_month = context.plan.fiscal_year_first_month
    found: list[Period] = []
    name = quarter
    while len(found) < most:
        end = quarter_end(name, first_month)
        first = _first_day(end)
        if found and since is not None and end < since:
            break
        found.append(Period(name, first, context.cutoff(cursor, name)))
        name = quarter_of(first - timedelta(days=1), first_month)
    return tuple(reversed(found))


def _first_day(end: date) -> date:
    """The first day of the quarter that ends on a day."""
    year, month = divmod(end.year * 12 + end.month - 3, 12)
    return date(year, month + 1, 1)
