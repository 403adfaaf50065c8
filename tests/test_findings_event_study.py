"""The event study as a finding: what is shown, what is hidden, what it warns of, and what can't be asked."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from analysis.findings import answers, codec
from analysis.findings.event_study import FIRST, LAST, EventStudyFinding, RepeatedMetric
from analysis.store import Reader
from tests.small_employer import QUARTER_ENDS, Row, SmallEmployer, pair, people, person

DAYS = QUARTER_ENDS
JOINING = {"2022-11-20": "Autumn", "2023-05-20": "Spring"}


def employer(
    folder: Path, participants: int, others: int, *, effect: float = 3.0, before: float = 0.0
) -> SmallEmployer:
    """Half of the participants join in each cohort; hours rise by `effect` from joining on, by `before` just before."""
    rng = np.random.default_rng(7)
    starts = list(JOINING)
    joined = {f"p{n}": starts[n % 2] for n in range(participants)}
    rows: list[Row] = []
    for who in [*joined, *(f"c{n}" for n in range(others))]:
        level = rng.normal(10, 1)
        for at, day in enumerate(DAYS):
            first = next((k for k, end in enumerate(DAYS) if who in joined and end >= joined[who]), 99)
            hours = level + 0.1 * at + effect * (at >= first) + before * (at == first - 1) + rng.normal(0, 0.5)
            row = {"metric": "hours", "date": day, "value": round(hours, 3), "employee_id": who, "department": ""}
            rows += [row, row | {"metric": "flat", "value": 5}]
    return SmallEmployer(
        folder,
        people=people(*(person(who, DAYS) for who in [*joined, *(f"c{n}" for n in range(others))])),
        pairs=[pair(who, day, cohort=JOINING[day], mentee="boss") for who, day in joined.items()],
        measures=rows,
    )


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return employer(tmp_path_factory.mktemp("shown"), 60, 80).reader


def test_the_planted_effect_is_found_quarter_by_quarter(reader: Reader) -> None:
    found = answers.event_study(reader, "mentor", "hours")
    assert found.estimate == pytest.approx(3.0, abs=0.2)
    assert found.low is not None and found.high is not None and found.low < 3 < found.high
    at = {point.quarters: point for point in found.points}
    assert min(at) >= FIRST and max(at) <= LAST
    for quarters, point in at.items():
        assert point.low is not None and point.high is not None
        assert point.low < point.high
        assert point.estimate == pytest.approx(3 if quarters >= 0 else 0, abs=0.5)
    assert (found.treated, found.comparison) == (60, 110), "80 who never joined, 30 who had not yet"
    assert "higher since joining" in found.sentence and "95% interval" in found.sentence
    assert found.alt_text.startswith("Mentors, hours by quarter since joining.")
    assert not found.caution and any("no proof" in text for text in found.notes)


def test_it_goes_to_text_and_back(reader: Reader) -> None:
    found = answers.event_study(reader, "mentor", "hours")
    assert codec.decode(EventStudyFinding, codec.encode(found)) == found


def test_metrics_are_listed_and_individual_retention_is_none(reader: Reader) -> None:
    assert answers.repeated_metrics(reader) == (
        RepeatedMetric("flat", "Flat", "person"),
        RepeatedMetric("hours", "Hours", "person"),
    )
    for metric in ("retention", "voluntary_exit"):
        with pytest.raises(answers.UnknownChoice, match="flat, hours"):
            answers.event_study(reader, "mentor", metric)
    with pytest.raises(answers.UnknownQuarter):
        answers.event_study(reader, "mentor", "hours", "1999Q1")


def test_what_never_changes_is_said_and_not_shown(reader: Reader) -> None:
    found = answers.event_study(reader, "mentor", "flat")
    assert found.estimate is None and found.low is None and not found.points
    assert found.reason is not None and "changed by the same" in found.reason


def test_a_side_with_too_few_people_shows_no_number(reader: Reader) -> None:
    found = answers.event_study(reader, "mentee", "hours")
    assert (found.estimate, found.low, found.treated, found.points) == (None, None, None, ())
    assert found.reason and found.sentence == found.reason


def test_movement_and_level_before_joining_are_warned_of(tmp_path: Path) -> None:
    """A peak just before joining looks like a fall since: regression to the mean, and no effect."""
    found = answers.event_study(employer(tmp_path, 60, 80, effect=0.0, before=1.5).reader, "mentor", "hours")
    assert found.high is not None and found.high < 0, "what a naive reading would call harm"
    assert found.caution and "differed before joining" in found.sentence
    assert any("had already moved by +1." in text for text in found.notes)
    assert any("regression to the mean" in text and "fall back" in text for text in found.notes)


def test_ten_to_twenty_nine_people_get_an_interval_and_no_estimate(tmp_path: Path) -> None:
    found = answers.event_study(employer(tmp_path, 24, 40).reader, "mentor", "hours")
    assert found.estimate is None and found.low is not None and "too few to tell" in found.sentence
    # Quarters that only one cohort of twelve reaches are shown, none with fewer than ten.
    assert {point.treated for point in found.points} == {12, 24}


def test_quarters_with_fewer_than_ten_people_are_hidden_with_a_reason(tmp_path: Path) -> None:
    found = answers.event_study(employer(tmp_path, 18, 40).reader, "mentor", "hours")
    hidden = [point for point in found.points if point.reason]
    assert hidden and all(point.reason == "Not shown: fewer than 10 people." for point in hidden)
    assert all((point.estimate, point.low, point.high, point.treated) == (None,) * 4 for point in hidden)
    assert {point.treated for point in found.points if not point.reason} == {18}


def departments(folder: Path, joining: int) -> SmallEmployer:
    """Twelve departments of six; `joining` of them have a mentor from 2023 on. Engagement rises by 5 there."""
    rng = np.random.default_rng(3)
    names = [f"D{n:02}" for n in range(12)]
    rows = [
        {"metric": "engagement", "date": day, "department": name, "denominator": 6, "employee_id": "",
         "value": round(70 + n + 5 * (n < joining and day >= "2023-03-31") + rng.normal(0, 1), 2)}
        for n, name in enumerate(names)
        for day in DAYS
    ]  # fmt: skip
    return SmallEmployer(
        folder,
        people=people(*(person(f"{name} {k}", DAYS, department=name) for name in names for k in range(6))),
        pairs=[pair(f"{name} 0", "2023-02-15", mentee="boss") for name in names[:joining]],
        measures=rows,
    )


def test_departments_are_shown_from_five_on_and_said_to_be_few(tmp_path: Path) -> None:
    found = answers.event_study(departments(tmp_path, 6).reader, "mentor", "engagement")
    assert found.metric.unit == "department" and (found.treated, found.comparison) == (6, 6)
    assert found.estimate == pytest.approx(5, abs=1.5)
    assert any("Departments are compared" in text for text in found.notes)
    assert "6 departments with mentors" in found.sentence


def test_fewer_than_five_departments_or_none_without_are_a_reason(tmp_path: Path) -> None:
    few = answers.event_study(departments(tmp_path / "few", 4).reader, "mentor", "engagement")
    assert few.reason and "fewer than 5 departments" in few.reason and few.low is None
    every = answers.event_study(departments(tmp_path / "all", 12).reader, "mentor", "engagement")
    assert every.reason and "some that had not" in every.reason and every.points == ()


def test_turnover_is_a_proportion_in_points(tmp_path: Path) -> None:
    found = answers.event_study(departments(tmp_path, 6).reader, "mentor", "department_turnover")
    assert found.proportion and found.reason and "changed by the same" in found.reason, "nobody left"
