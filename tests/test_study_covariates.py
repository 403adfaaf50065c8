"""Covariates are those of the base snapshot, all known and banded to the day (PROTOCOL.md R1, 1.4)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.small_employer import LADDER, Row, SmallEmployer, pair, people, person

DAY, BETWEEN, TOO_EARLY, AFTER_LEAP_DAY = "2023-03-31", "2023-06-29", "2022-05-15", "2024-03-31"
COVARIATES = (
    "level", "department", "location", "tenure_band", "performance_rating", "part_time", "gender", "ethnicity",
    "age_band", "disability", "lgbtq", "generation",
)  # fmt: skip
BEFORE = {
    "level": "B", "department": "dept 1", "location": "Leeds", "fte": 0.6, "performance_rating": "2",
    "gender": "woman", "ethnicity": "asian", "birth_year": 1989, "disability": "no", "lgbtq": "declined",
}  # fmt: skip
AFTER = {
    "level": "C", "department": "dept 9", "location": "York", "fte": 1, "performance_rating": "10",
    "gender": "man", "ethnicity": "white", "birth_year": 1955, "disability": "yes", "lgbtq": "yes",
}  # fmt: skip
PEOPLE = people(
    person("changed on the day", since={"2022-06-30": AFTER, DAY: BEFORE, "2023-06-30": AFTER}),
    person("says nothing", level=""),
    person("joined too early"),
    *(person(f"joined {n} dept {d}", department=f"dept {d}") for d in range(1, 10) for n in range(1 + (d < 9))),
    person("in a tenth department", department="dept 10"),
    person("in the ninth department", department="dept 9"),
    # Two and five years to the day
    person("two years", hire="2021-03-31"),
    person("two years but a day", hire="2021-04-01"),
    person("two years but a day, over a leap day", hire="2022-04-01"),
    person("two years, over a leap day", hire="2022-03-31"),
    person("five years", hire="2018-03-31"),
    person("five years but a day", hire="2018-04-01"),
    # More than six ratings: low, mid and high
    *(person(f"rated {rating}", performance_rating=str(rating)) for rating in range(1, 10)),
    person("rated in words", performance_rating="outstanding"),
    *(person(f"born {year}", birth_year=year) for year in (1964, 1965, 1980, 1981, 1996, 1997)),
    person("told by the list alone"),
)
MASTER = [
    {"employee_id": "told by the list alone", "hire_date": "2015-01-01", "gender": "man", "ethnicity": "mixed",
     "birth_year": 1990, "disability": "yes", "lgbtq": "no", "level": "D", "department": "dept 1",
     "performance_rating": "9"},
    {"employee_id": "changed on the day", "hire_date": "2015-01-01", "gender": "non_binary"},
]  # fmt: skip


@pytest.fixture(scope="module")
def employer(tmp_path_factory: pytest.TempPathFactory) -> SmallEmployer:
    joined = sorted({row["employee_id"] for row in PEOPLE if row["employee_id"].startswith("joined")})
    pairs = [pair(name, DAY) for name in joined]
    pairs += [
        pair("changed on the day", BETWEEN, "D"),
        pair("joined too early", TOO_EARLY, "B"),
        pair("says nothing", AFTER_LEAP_DAY, "L"),
    ]
    folder = tmp_path_factory.mktemp("covariates")
    return SmallEmployer(folder, people=PEOPLE, master_list=MASTER, pairs=pairs, ladder=LADDER)


def _told(row: Row) -> dict[str, object]:
    return {name: row[name] for name in COVARIATES}


@pytest.fixture(scope="module")
def rows(employer: SmallEmployer) -> dict[str, Row]:
    return employer.person_trials(DAY)


def test_the_base_snapshot_is_the_latest_on_or_before_time_zero(employer: SmallEmployer) -> None:
    found = {row["time_zero"].isoformat(): row["base_date"] for row in employer.trials()}
    assert found == {
        TOO_EARLY: None,
        DAY: date(2023, 3, 31),
        BETWEEN: date(2023, 3, 31),
        AFTER_LEAP_DAY: date(2024, 3, 31),
    }


def test_nothing_later_than_the_base_snapshot_is_known(employer: SmallEmployer) -> None:
    expected = {
        "level": "B", "department": "dept 1", "location": "Leeds", "tenure_band": "5 years and more",
        "performance_rating": "low", "part_time": "yes", "gender": "woman", "ethnicity": "asian",
        "age_band": "1980s", "disability": "no", "lgbtq": "declined", "generation": "millennial",
    }  # fmt: skip
    for day in (DAY, BETWEEN):
        assert _told(employer.person_trials(day)["changed on the day"]) == expected


def test_a_batch_before_the_first_snapshot_is_left_out_and_counted(employer: SmallEmployer) -> None:
    assert employer.person_trials(TOO_EARLY) == {}
    assert employer.figure().batches_without_snapshot == 1
    assert "B" not in employer.figure().cohorts


def test_what_is_missing_is_unknown_and_drops_nobody(rows: dict[str, Row]) -> None:
    told = _told(rows["says nothing"])
    assert told.pop("tenure_band") == "5 years and more"
    assert set(told.values()) == {"unknown"}
    assert rows["says nothing"]["barred"] is None


def test_a_master_list_fills_in_what_never_changes_and_no_more(rows: dict[str, Row]) -> None:
    told = _told(rows["told by the list alone"])
    assert (told["gender"], told["ethnicity"], told["age_band"]) == ("man", "mixed", "1990s")
    assert (told["disability"], told["lgbtq"], told["generation"]) == ("yes", "no", "millennial")
    assert (told["level"], told["department"], told["performance_rating"]) == ("A", "unknown", "unknown")


@pytest.mark.parametrize(
    ("name", "band"),
    [
        ("two years", "2-5 years"),
        ("two years but a day", "0-2 years"),
        ("five years", "5 years and more"),
        ("five years but a day", "2-5 years"),
    ],
)
def test_tenure_is_banded_to_the_day(rows: dict[str, Row], name: str, band: str) -> None:
    assert rows[name]["tenure_band"] == band


def test_tenure_is_in_calendar_years(employer: SmallEmployer) -> None:
    rows = employer.person_trials(AFTER_LEAP_DAY)
    assert rows["two years but a day, over a leap day"]["tenure_band"] == "0-2 years"
    assert rows["two years, over a leap day"]["tenure_band"] == "2-5 years"


def test_a_long_rating_scale_is_banded_in_its_own_order(rows: dict[str, Row]) -> None:
    bands = [rows[f"rated {rating}"]["performance_rating"] for rating in range(1, 10)]
    assert set(bands) == {"low", "mid", "high"}
    assert bands == sorted(bands, key=("low", "mid", "high").index), "10 comes after 9, not after 1"
    assert rows["rated in words"]["performance_rating"] == "unknown"


def test_generations_and_decades_of_birth(rows: dict[str, Row]) -> None:
    told = {year: rows[f"born {year}"] for year in (1964, 1965, 1980, 1981, 1996, 1997)}
    assert [row["generation"] for row in told.values()] == ["boomer", "x", "x", "millennial", "millennial", "z"]
    assert [row["age_band"] for row in told.values()] == ["1960s", "1960s", "1980s", "1980s", "1990s", "1990s"]


def test_departments_beyond_the_eight_largest_among_participants_are_other(employer: SmallEmployer) -> None:
    rows = employer.figure_rows(DAY)
    joined = {row["department"] for row in rows.values() if row["a"] == 1}
    assert joined == {*(f"dept {d}" for d in range(1, 9)), "other"}
    assert rows["in the ninth department"]["department"] == rows["in a tenth department"]["department"] == "other"
    assert rows["joined 0 dept 9"]["department"] == "other"


def test_a_short_rating_scale_keeps_its_own_words(tmp_path_factory: pytest.TempPathFactory) -> None:
    words = ("1", "2", "3", "4", "5", "not rated yet")
    both = ["2022-12-31", "2024-06-30"]
    employer = SmallEmployer(
        tmp_path_factory.mktemp("ratings"),
        people=people(*(person(f"rated {word}", both, performance_rating=word) for word in words)),
        pairs=[pair("rated 1", DAY)],
    )
    assert {row["performance_rating"] for row in employer.person_trials().values()} == set(words)
