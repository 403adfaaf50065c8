"""Panels of what was measured again and again: whose, from when on, and which rows never enter."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from analysis.plan import current_plan
from analysis.study.panel import CannotBuildPanel, Metric, Panel, metrics, panel
from tests.small_employer import QUARTER_ENDS, Row, SmallEmployer, pair, people, person

LAST = "2024-06-30"
FIRST_QUARTER = (2022 * 12 + 6 - 1) // 3  # of QUARTER_ENDS: the second quarter of 2022


def ratings(*marks: object) -> dict[str, Row]:
    return {day: {"performance_rating": mark} for day, mark in zip(QUARTER_ENDS, marks, strict=False)}


def measure(metric: str, day: str, value: float, **whose: object) -> Row:
    return {
        "metric": metric,
        "date": day,
        "value": value,
        "employee_id": "",
        "department": "",
        "denominator": "",
    } | whose


@pytest.fixture(scope="module")
def employer(tmp_path_factory: pytest.TempPathFactory) -> SmallEmployer:
    """ann joins in the first quarter of 2023, gus in the fourth; boss on the other side; sales has five people and
    more, law has fewer."""
    crowd = [person(f"sales {n}", department="Sales", level="C") for n in range(6)]
    leaver = person(
        "leaver", QUARTER_ENDS[:5], department="Sales", level="C",
        on={"2023-06-30": {"termination_date": "2023-05-10", "termination_type": "voluntary"}},
    )  # fmt: skip
    law = [person(f"law {n}", department="Law", level="C") for n in range(3)]
    return SmallEmployer(
        tmp_path_factory.mktemp("panel"),
        people=people(
            person("ann", on=ratings(3, 3, 4, 4, "", "not rated", 5), department="Ops"),
            person("bob", on=ratings(2, 2, 2, 3, 3, 3, 3, 3, 3), department="Ops"),
            person("gus", on=ratings("", 1, 1, 1, 1, 1, 1, 1, 1), department="Ops"),
            person("too high", level="D", on=ratings(5, 5, 5), department="Ops"),
            person("boss", on=ratings(4, 4, 4, 4), department="Ops"),
            person("late boss", on=ratings(5, 5, 5, 5, 5, 5, 5, 5, 5), department="Ops"),
            *crowd,
            leaver,
            *law,
        ),
        pairs=[pair("ann", "2023-02-15", mentee="boss"), pair("gus", "2023-11-20", cohort="D", mentee="late boss")],
        measures=[
            measure("hours", "2023-01-31", 4, employee_id="ann"),
            measure("hours", "2023-03-31", 6, employee_id="ann"),
            measure("hours", "2023-05-31", 9, employee_id="ann"),
            measure("hours", "2023-05-31", 1, employee_id="bob"),
            measure("hours", "2024-09-30", 1, employee_id="bob"),
            measure("engagement", "2023-01-31", 60, department="Sales", denominator=30),
            measure("engagement", "2023-02-28", 80, department="Sales", denominator=10),
            measure("engagement", "2023-05-31", 70, department="Sales", denominator=4),
            measure("engagement", "2023-05-31", 50, department="Ops", denominator=5),
            measure("once", "2023-05-31", 50, department="Ops"),
        ],
    )


def of(employer: SmallEmployer, name: str, side: str = "mentor", cutoff: str = LAST) -> Panel:
    with employer.reader.cursor() as cursor:
        metric = {held.name: held for held in metrics(cursor)}[name]
        return panel(cursor, current_plan(cursor), side, metric, date.fromisoformat(cutoff))


def by_unit(found: Panel) -> dict[tuple[int, ...], list[float]]:
    """Outcomes by (joined, quarters since the first snapshot), which tells most of these few people apart."""
    rows: dict[tuple[int, ...], list[float]] = {}
    for unit in np.unique(found.unit):
        mine = found.unit == unit
        joined = int(found.joined[mine][0])
        rows[(joined and joined - FIRST_QUARTER, *(found.quarter[mine] - FIRST_QUARTER))] = found.outcome[mine].tolist()
    return rows


def test_what_is_held_for_several_dates_is_named(employer: SmallEmployer) -> None:
    with employer.reader.cursor() as cursor:
        assert metrics(cursor) == (
            Metric("performance_rating", "person", "rating"),
            Metric("department_turnover", "department", "turnover"),
            Metric("hours", "person", "measure", "hours"),
            Metric("engagement", "department", "measure", "engagement"),
        )


def test_a_metric_of_people_and_departments_has_two_names(tmp_path_factory: pytest.TempPathFactory) -> None:
    rows = [
        measure("hours", day, 1, **whose)
        for day in ("2023-03-31", "2023-06-30")
        for whose in ({"employee_id": "ann"}, {"department": "Ops"})
    ]
    both = SmallEmployer(tmp_path_factory.mktemp("both"), people=people(person("ann")), measures=rows)
    with both.reader.cursor() as cursor:
        assert [metric.name for metric in metrics(cursor)] == ["hours", "hours by department"]


def test_ratings_are_numbers_of_the_quarter_of_people_who_could_have_joined(employer: SmallEmployer) -> None:
    found = by_unit(of(employer, "performance_rating"))
    assert found == {
        (3, 0, 1, 2, 3, 6): [3.0, 3.0, 4.0, 4.0, 5.0],
        (0, 0, 1, 2, 3, 4, 5, 6, 7, 8): [2.0, 2.0, 2.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0],
        (6, 1, 2, 3, 4, 5, 6, 7, 8): [1.0] * 8,
        # Could have joined as a mentor until the quarter of joining as a mentee; the first boss never could.
        (0, 0, 1, 2, 3, 4, 5): [5.0] * 6,
    }


def test_as_of_a_quarter_later_joining_and_later_values_are_not_known(employer: SmallEmployer) -> None:
    found = by_unit(of(employer, "performance_rating", cutoff="2023-09-30"))
    assert set(found) == {(3, 0, 1, 2, 3), (0, 0, 1, 2, 3, 4, 5), (0, 1, 2, 3, 4, 5)}, "ann, both others, gus"


def test_people_are_numbers_and_nothing_else(employer: SmallEmployer) -> None:
    found = of(employer, "performance_rating")
    assert {array.dtype.kind for array in (found.unit, found.joined, found.quarter)} == {"i"}
    assert found.outcome.dtype == np.float64 and found.unit_kind == "person"


def test_turnover_is_exits_over_mean_headcount_in_whole_quarters(employer: SmallEmployer) -> None:
    found = by_unit(of(employer, "department_turnover"))
    # Sales: seven people, one left in the fifth quarter; a headcount of seven before and six after. Law is too small.
    sales = found[(0, *range(1, 9))]
    assert sales == pytest.approx([0, 0, 0, 1 / 6.5, 0, 0, 0, 0])
    assert len(found) == 2, "Sales and Ops"
    assert (3, *range(1, 9)) in found, "Ops counts from its first participant on"
    unfinished = by_unit(of(employer, "department_turnover", cutoff="2024-05-31"))
    assert {max(key[1:]) for key in unfinished} == {7}


def test_turnover_needs_every_exit(tmp_path_factory: pytest.TempPathFactory) -> None:
    rows = people(person("ann", department="Ops"), person("gone", QUARTER_ENDS[:4], department="Law"))
    lost = SmallEmployer(tmp_path_factory.mktemp("lost"), people=rows)
    with pytest.raises(CannotBuildPanel, match="without an exit date"):
        of(lost, "department_turnover")


def test_measures_are_means_of_the_quarter_weighted_by_people(employer: SmallEmployer) -> None:
    assert by_unit(of(employer, "hours")) == {(3, 3, 4): [5.0, 9.0], (0, 4): [1.0]}
    # Four answers are too few to stand for a department.
    assert by_unit(of(employer, "engagement")) == {(0, 3): [65.0], (3, 4): [50.0]}
