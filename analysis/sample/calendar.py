"""Months as whole numbers (since January 1970), and the days in them."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.sample.settings import LAST_MONTH

Days = NDArray[np.datetime64]

SEASONS = ("Winter", "Spring", "Summer", "Autumn")  # of December to February, and so on
NEVER = 10**6  # a month that does not come


def last_month() -> int:
    """The month of the last snapshot."""
    return (LAST_MONTH[0] - 1970) * 12 + LAST_MONTH[1] - 1


def first_month(quarters: int) -> int:
    """The month of the first of so many quarterly snapshots."""
    return last_month() - 3 * (quarters - 1)


def year(month: int) -> int:
    return 1970 + month // 12


def days(month: ArrayLike, day: ArrayLike) -> Days:
    """Dates from months and days of the month, both whole numbers of one shape (or a scalar)."""
    start = np.asarray(month, dtype=np.int64).astype("datetime64[M]").astype("datetime64[D]")
    dates: Days = np.add(start, np.asarray(day, dtype=np.int64) - 1)
    return dates


def month_end(month: int) -> Days:
    """The last day of a month, as an array without dimensions."""
    end: Days = days(month + 1, 1) - np.timedelta64(1, "D")
    return end


def months(dates: Days) -> NDArray[np.int64]:
    """The month of each date."""
    return dates.astype("datetime64[M]").astype(np.int64)


def quarter_label(month: int) -> str:
    """2026Q3 for any month in it."""
    return f"{year(month)}Q{month % 12 // 3 + 1}"


def season_label(month: int) -> str:
    """The name of a cohort that starts in this month: 2024 Spring. December belongs to next year's winter."""
    return f"{year(month + 1)} {SEASONS[(month % 12 + 1) // 3 % 4]}"
