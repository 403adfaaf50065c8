"""Where only a master list is held: nothing that was true only later may be used (PROTOCOL.md R1)."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.findings import answers
from analysis.findings.results import Question
from analysis.study.periods import coverage
from tests.small_employer import LADDER, Row, SmallEmployer, event, pair, people, person, promotion

BEFORE_EVENTS, DAY = "2021-06-15", "2023-02-15"
LATER = {"department": "sales", "location": "York", "fte": 0.5, "performance_rating": "5", "gender": "woman"}
PEOPLE = people(
    person("ann", (), **LATER),
    person("bob", (), level="B"),
    person("no events", (), level="B"),
    person("promoted after", (), level="B"),
    person("promoted before and after", (), level="C"),
    person("promoted on the day", (), level="C"),
    person("promoted, levels not told", (), level="C"),
    person("promoted, levels not told at first", (), level="C"),
    person("moved long before", (), level="A"),
    person("hired later", (), hire="2023-02-16"),
    person("left before", (), termination_date="2023-02-01"),
    person("left after", (), termination_date="2023-05-10", termination_type="voluntary"),
    person("terminated, no date", (), employment_status="terminated"),
    person("on notice", (), termination_date="2025-01-31", employment_status="notice"),
    person("contract ends one day", (), termination_date="2150-01-01"),
)
EVENTS = [
    promotion("promoted before and after", "2022-03-10"),
    promotion("promoted before and after", "2023-09-01", "B", "C"),
    promotion("promoted after", "2023-06-01"),
    promotion("promoted on the day", DAY),
    event("promoted on the day", "2023-06-01", "promotion"),
    event("promoted, levels not told", "2023-06-01", "promotion"),
    event("promoted, levels not told at first", "2023-06-01", "promotion"),
    promotion("promoted, levels not told at first", "2023-09-01", "B", "C"),
    event("moved long before", "2021-07-01", "lateral", from_level="A", to_level="A"),
    event("bob", "2024-06-30", "transfer"),
    event("bob", "2150-01-01", "termination"),
]


@pytest.fixture(scope="module")
def employer(tmp_path_factory: pytest.TempPathFactory) -> SmallEmployer:
    pairs = [pair("ann", DAY), pair("bob", BEFORE_EVENTS, "B")]
    folder = tmp_path_factory.mktemp("master")
    return SmallEmployer(folder, people=PEOPLE, job_events=EVENTS, pairs=pairs, ladder=LADDER)


@pytest.fixture(scope="module")
def rows(employer: SmallEmployer) -> dict[str, Row]:
    return employer.person_trials(DAY)


def test_a_plan_for_the_future_makes_no_cohort_mature(employer: SmallEmployer) -> None:
    with employer.reader.cursor() as cursor:
        assert coverage(cursor).data_as_of == date(2024, 6, 30), "the last fact that has happened"


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("no events", "B"),
        ("promoted after", "A"),
        ("promoted before and after", "B"),
        ("promoted on the day", "B"),
        ("promoted, levels not told", "unknown"),
        ("promoted, levels not told at first", "unknown"),
    ],
)
def test_level_is_that_of_the_day_from_the_events(rows: dict[str, Row], name: str, level: str) -> None:
    assert rows[name]["level"] == level


def test_before_events_are_held_nobody_has_a_level(employer: SmallEmployer) -> None:
    """Else who has an event later would be known, and who has none would not."""
    assert {row["level"] for row in employer.person_trials(BEFORE_EVENTS).values()} == {"unknown"}


def test_what_could_have_become_true_later_is_unknown(rows: dict[str, Row]) -> None:
    ann = rows["ann"]
    assert {ann[name] for name in ("department", "location", "part_time", "performance_rating")} == {"unknown"}
    assert ann["gender"] == "woman"


def test_employment_comes_from_the_two_dates(rows: dict[str, Row]) -> None:
    assert "hired later" not in rows
    assert rows["left before"]["barred"] == "left on or before time zero"
    assert (rows["left after"]["exit_month"], rows["left after"]["exit_type"]) == (3, "voluntary")
    assert rows["on notice"]["exit_month"] is None


def test_promotion_comes_from_the_events_alone(employer: SmallEmployer, rows: dict[str, Row]) -> None:
    months = {name: row["promotion_month"] for name, row in rows.items() if row["promotion_month"]}
    assert months == {
        "promoted after": 4,
        "promoted before and after": 7,
        "promoted on the day": 4,
        "promoted, levels not told": 4,
        "promoted, levels not told at first": 4,
    }
    assert [row["promotions_known_to"] for row in employer.trials()] == [None, date(2024, 6, 30)]


def test_an_exit_without_a_date_is_unknown_not_retained(employer: SmallEmployer, rows: dict[str, Row]) -> None:
    assert rows["terminated, no date"]["vanished"]
    assert employer.figure().vanished >= 1


def test_the_reader_is_warned(employer: SmallEmployer) -> None:
    (finding,) = answers.effects(employer.reader, Question("retention", "mentor"))
    (check,) = [check for check in finding.checks if check.name == "covariates_as_of_time_zero"]
    assert check.status == "warning"
    assert "master list" in check.text
