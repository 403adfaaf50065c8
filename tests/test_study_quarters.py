"""Quarters for fiscal years that start in any month, and the day on which the data are cut off (PROTOCOL.md R0)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.study.periods import UnknownQuarter, coverage, cutoff, quarter_end, quarter_of, quarters
from tests.small_employer import SmallEmployer, pair, people, person

DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))
MONTHS = st.integers(1, 12)


@given(DAYS, MONTHS)
def test_a_day_lies_in_its_quarter_and_not_in_the_one_before(day: date, first_month: int) -> None:
    end = quarter_end(quarter_of(day, first_month), first_month)
    assert day <= end
    assert quarter_of(end, first_month) == quarter_of(day, first_month)
    assert quarter_of(end + timedelta(days=1), first_month) != quarter_of(day, first_month)
    assert (end - day).days < 92


@given(st.integers(1951, 2149), st.integers(1, 4), MONTHS)
def test_quarter_of_and_quarter_end_are_inverse(year: int, number: int, first_month: int) -> None:
    quarter = f"{year}Q{number}"
    assert quarter_of(quarter_end(quarter, first_month), first_month) == quarter


@given(st.integers(1951, 2149), MONTHS)
def test_four_quarters_make_the_fiscal_year_that_ends_in_the_year_of_its_name(year: int, first_month: int) -> None:
    ends = [quarter_end(f"{year}Q{number}", first_month) for number in (1, 2, 3, 4)]
    assert [(end + timedelta(days=1)).day for end in ends] == [1, 1, 1, 1]
    assert all(80 < (after - before).days < 100 for before, after in pairwise(ends))
    assert ends[-1].year == year
    assert (ends[-1] + timedelta(days=1)).month == first_month


@pytest.mark.parametrize("text", ["", "2024", "Q1 2024", "2024Q5", "2024Q0", "24Q1", "2024Q1x"])
def test_what_is_no_quarter_is_refused(text: str) -> None:
    with pytest.raises(UnknownQuarter):
        quarter_end(text)


@pytest.fixture(scope="module")
def employer(tmp_path_factory: pytest.TempPathFactory) -> SmallEmployer:
    seen = ["2022-12-31", "2024-05-15"]
    return SmallEmployer(
        tmp_path_factory.mktemp("quarters"),
        people=people(person("ann", seen), person("bob", seen)),
        pairs=[pair("ann", "2023-02-15")],
    )


@pytest.mark.parametrize(
    ("first_month", "expected"), [(1, ("2024Q2", "2024Q1")), (4, ("2025Q1", "2024Q4")), (2, ("2025Q2", "2025Q1"))]
)
def test_quarters_run_from_the_first_mature_cohort_to_the_data(
    employer: SmallEmployer, first_month: int, expected: tuple[str, ...]
) -> None:
    with employer.reader.cursor() as cursor:
        assert quarters(cursor, first_month) == expected


def test_the_cutoff_is_the_quarter_s_end_or_the_last_known_exit_day(employer: SmallEmployer) -> None:
    with employer.reader.cursor() as cursor:
        assert cutoff(coverage(cursor).data_as_of, "2024Q1", 1) == date(2024, 3, 31)
        assert cutoff(coverage(cursor).data_as_of, "2024Q2", 1) == date(2024, 5, 15), "the last snapshot"
