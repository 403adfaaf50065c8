"""Months are calendar months, counted to the day, whatever the day of time zero (PROTOCOL.md R7, R8, R11)."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.small_employer import Row, SmallEmployer, pair, people, person

DAYS = (
    "2023-08-31", "2023-10-30", "2023-11-15", "2024-01-29", "2024-01-31", "2024-02-28", "2024-02-29", "2024-06-30",
)  # fmt: skip
FIRST, LAST = date(2022, 12, 31), date(2026, 1, 31)
EXITS = [date(2023, 8, 1) + timedelta(days=day) for day in range(640)]


def after_months(day: date, months: int) -> date:
    """The same day of a later month, or the last day of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def first_month(time_zero: date, day: date) -> int:
    return next(month for month in range(1, 60) if day <= after_months(time_zero, month))


def whole_months(time_zero: date, cutoff: date) -> int:
    return max(month for month in range(60) if after_months(time_zero, month) <= cutoff)


@pytest.fixture(scope="module")
def employer(tmp_path_factory: pytest.TempPathFactory) -> SmallEmployer:
    """Somebody leaves on each day of 21 months, every other one by choice; participants leave too."""
    both, types = [FIRST.isoformat(), LAST.isoformat()], ("voluntary", "involuntary")
    leavers = [
        person(day.isoformat(), both, on={both[1]: {"termination_date": day, "termination_type": types[day.day % 2]}})
        for day in EXITS
    ]
    joined = [person(f"joined {day}", both) for day in DAYS]
    pairs = [pair(f"joined {day}", day, cohort=day) for day in DAYS]
    folder = tmp_path_factory.mktemp("follow_up")
    return SmallEmployer(folder, people=people(*leavers, *joined), pairs=pairs)


def exit_of(row: Row) -> date | None:
    """Leavers are called by the day they leave."""
    return None if row["employee_id"].startswith("joined") else date.fromisoformat(row["employee_id"])


@pytest.fixture(scope="module")
def exits(employer: SmallEmployer) -> list[tuple[date, date, Row]]:
    """(time zero, exit, row) of everybody who left."""
    rows = employer.query("select * from person_trial join person using (person)")
    return [(row["time_zero"], day, row) for row in rows if (day := exit_of(row)) is not None]


def test_every_exit_falls_in_the_first_month_that_holds_it(exits: list[tuple[date, date, Row]]) -> None:
    later = [(time_zero, day, row) for time_zero, day, row in exits if row["barred"] is None]
    assert len(later) > 3000
    assert [row["exit_month"] for _, _, row in later] == [first_month(day, exit_on) for day, exit_on, _ in later]


def test_who_left_by_time_zero_and_nobody_else_is_barred(exits: list[tuple[date, date, Row]]) -> None:
    assert all((row["barred"] is not None) == (exit_on <= day) for day, exit_on, row in exits)


@pytest.mark.parametrize(
    ("time_zero", "retained_from"),
    [
        ("2023-08-31", "2024-09-01"),
        ("2024-02-29", "2025-03-01"),
        ("2024-01-31", "2025-02-01"),
        ("2024-02-28", "2025-03-01"),
        ("2023-11-15", "2024-11-16"),
    ],
)
def test_an_exit_on_the_last_day_of_the_year_is_an_exit(
    employer: SmallEmployer, time_zero: str, retained_from: str
) -> None:
    rows = employer.figure_rows(time_zero, cutoff=LAST.isoformat())
    retained = [name for name, row in rows.items() if row["retention"] == 1 and row["a"] == 0]
    assert min(retained) == retained_from
    assert all(row["voluntary_exit"] == 0 for row in rows.values() if row["retention"] == 1)


def test_other_horizons_clip_month_ends_as_well(employer: SmallEmployer) -> None:
    rows = employer.figure_rows("2023-08-31", horizon=6, cutoff=LAST.isoformat())
    assert min(name for name, row in rows.items() if row["retention"] == 1) == "2024-03-01"


def test_only_resignations_are_voluntary_exits(employer: SmallEmployer) -> None:
    rows = employer.figure_rows("2023-11-15", cutoff=LAST.isoformat())
    left = {date.fromisoformat(name): row for name, row in rows.items() if row["retention"] == 0}
    assert all(row["voluntary_exit"] == (day.day % 2 == 0) for day, row in left.items())


@pytest.mark.parametrize(
    ("time_zero", "mature_on"),
    [("2023-08-31", "2024-08-31"), ("2024-02-29", "2025-02-28"), ("2024-06-30", "2025-06-30")],
)
def test_a_cohort_is_mature_on_the_day_its_year_ends(employer: SmallEmployer, time_zero: str, mature_on: str) -> None:
    day_before = (date.fromisoformat(mature_on) - timedelta(days=1)).isoformat()
    assert time_zero not in employer.figure(cutoff=day_before).cohorts
    assert time_zero in employer.figure(cutoff=mature_on).cohorts


@pytest.mark.parametrize("cutoff", ["2024-02-29", "2024-06-29", "2025-02-28"])
def test_follow_up_ends_with_the_last_whole_month_by_the_cutoff(employer: SmallEmployer, cutoff: str) -> None:
    last = date.fromisoformat(cutoff)
    for day in ("2023-08-31", "2024-01-31", "2024-02-29", "2024-06-30"):
        time_zero = date.fromisoformat(day)
        rows = employer.figure_rows(day, kind="months", horizon=0, cutoff=cutoff)
        assert bool(rows) == (time_zero <= last)
        for row in rows.values():
            seen, exit_on = whole_months(time_zero, last), exit_of(row)
            month = first_month(time_zero, exit_on) if exit_on else 99
            status = (1 if exit_on and exit_on.day % 2 == 0 else 2) if month <= seen else 0
            assert (row["months"], row["status"]) == (min(month, seen), status), (day, row["employee_id"])


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(1, 1500))
def test_months_by_the_calendar_tile_time(time_zero: date, days: int) -> None:
    """What the tests above compare with: each later day lies in exactly one month."""
    day = time_zero + timedelta(days=days)
    month = first_month(time_zero, day)
    assert after_months(time_zero, month - 1) < day <= after_months(time_zero, month)
