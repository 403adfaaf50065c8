"""Who enrols, when time zero is, and who is a comparator on that day (PROTOCOL.md R0, R3)."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.study.periods import quarter_of
from tests.small_employer import LADDER, Row, SmallEmployer, pair, people, person

DAY = "2023-02-15"
NAMES = ("ann", "ben", "cat", "dan", "eve", "fay", "gus", "hal", "ida", "kim", "lea", "mia", "noa", "oli", "pia", "quy")
ONE_PROGRAMME = """
[[programmes]]
id = "reverse"
orientation = "reverse"
[[programmes]]
id = "sponsors"
orientation = "sponsorship"
"""
TWO_PROGRAMMES = """
[study]
fiscal_year_first_month = 4
[[programmes]]
id = "reverse"
orientation = "reverse"
[[programmes]]
id = "digital"
orientation = "reverse"
"""


@pytest.fixture(scope="module")
def employer(tmp_path_factory: pytest.TempPathFactory) -> SmallEmployer:
    pairs = [
        pair("ann", "2023-02-01"),
        pair("ben", "2023-02-15"),
        pair("cat", "2023-03-01"),
        pair("quy", "2023-03-01", cohort="F"),
        pair("dan", "2023-02-20", cohort=""),
        pair("eve", "2023-02-10", status="planned"),
        pair("fay", "2024-07-01"),
        pair("gus", "2023-01-10", programme_id="sponsors"),
        pair("ann", "2023-08-01", cohort="D"),
        pair("ida", "2023-08-10", cohort="D"),
        pair("ben", "2023-02-28"),
        pair("kim", "2023-02-10"),
        pair("another junior", "2023-01-05", mentee="kim"),
        pair("another junior", "2023-02-15", mentee="lea"),
        pair("another junior", "2023-02-16", mentee="mia"),
        pair("noa", "2024-02-15", cohort="E"),
        pair("oli", "2024-02-16", cohort="E"),
        pair("nobody we know", "2023-02-03"),
    ]
    accepted = [{"employee_id": "hal", "side": "mentor", "responded_on": "2023-02-01", "response": "accepted"}]
    everyone = people(*(person(name) for name in NAMES))
    folder = tmp_path_factory.mktemp("enrolment")
    return SmallEmployer(folder, plan=ONE_PROGRAMME, people=everyone, pairs=pairs, invitations=accepted)


def _days(trials: list[Row]) -> list[tuple[str, str, int]]:
    return [(row["cohort"], row["time_zero"].isoformat(), row["enrolled"]) for row in trials]


def test_a_batch_is_a_cohort_in_a_month_and_time_zero_its_last_first_enrolment(employer: SmallEmployer) -> None:
    assert _days(employer.trials()) == [
        ("C", "2023-01-05", 1),
        ("C", "2023-02-15", 4),
        ("2023Q1", "2023-02-20", 1),
        ("C", "2023-03-01", 1),
        ("F", "2023-03-01", 1),
        ("D", "2023-08-10", 1),
        ("E", "2024-02-16", 2),
    ]


def test_planned_future_sponsored_and_unpaired_people_do_not_enrol(employer: SmallEmployer) -> None:
    rows = employer.person_trials(DAY)
    assert {name for name in rows if rows[name]["a"] == 1} == {"ann", "ben", "kim"}
    for name in ("eve", "fay", "gus", "hal", "pia"):
        assert (rows[name]["a"], rows[name]["barred"], rows[name]["joined_later"]) == (0, None, False)


def test_who_joins_later_stays_a_comparator_on_the_day(employer: SmallEmployer) -> None:
    rows = employer.person_trials(DAY)
    for name in ("cat", "dan", "ida", "noa", "oli", "quy"):
        assert (rows[name]["a"], rows[name]["barred"]) == (0, None)
    joined = {name for name in rows if rows[name]["joined_later"]}
    assert joined == {"cat", "dan", "ida", "noa", "quy"}, "within twelve months, the last day included"


def test_who_joined_before_is_in_neither_arm(employer: SmallEmployer) -> None:
    rows = employer.person_trials("2023-08-10")
    assert rows["ida"]["a"] == 1
    assert not {"ann", "ben", "cat", "dan", "kim"} & set(rows)
    assert not {"ann", "ben"} & set(employer.person_trials("2023-02-20")), "their own date counts, not their batch's"
    same_day = employer.query(
        "select cohort, a, employee_id from person_trial join person using (person) "
        "where side = 'mentor' and time_zero = '2023-03-01' and employee_id in (select employee_id from enrolment "
        "where enrolled_on = '2023-03-01')"
    )
    assert sorted((row["cohort"], row["employee_id"], row["a"]) for row in same_day) == [
        ("C", "cat", 1),
        ("F", "quy", 1),
    ]


def test_who_took_part_on_the_other_side_is_in_neither_arm(employer: SmallEmployer) -> None:
    reason = "took part on the other side before"
    rows = employer.person_trials(DAY)
    assert (rows["kim"]["a"], rows["kim"]["barred"]) == (1, reason)
    assert (rows["lea"]["a"], rows["lea"]["barred"]) == (0, reason), "on the day itself"
    assert (rows["mia"]["a"], rows["mia"]["barred"]) == (0, None), "the day after"
    assert not {"kim", "lea"} & set(employer.figure_rows(DAY))
    assert employer.figure().excluded[reason] == 1


def test_enrolments_that_are_not_analysed_are_counted(employer: SmallEmployer) -> None:
    again = "joined again, counted the first time only"
    mature = employer.figure()
    assert mature.excluded == {"took part on the other side before": 1, "not in the base snapshot": 2, again: 1}
    everything = employer.figure("months", 0)
    assert everything.excluded[again] == 2, "the younger batch too"


def test_without_a_ladder_no_promotion_is_known(employer: SmallEmployer) -> None:
    assert {row["promotions_known_to"] for row in employer.trials()} == {None}
    assert employer.figure("promotion").cohorts == ()


@pytest.fixture(scope="module")
def two_programmes(tmp_path_factory: pytest.TempPathFactory) -> SmallEmployer:
    pairs = [
        pair("ann", "2023-02-15", programme_id="reverse"),
        pair("bob", "2023-02-17", programme_id="digital"),
        pair("ann", "2023-02-20", programme_id="digital"),
        pair("cyd", "2023-02-16", programme_id=""),
        *(pair(f"month {n}", f"2023-{n:02}-28", cohort="", programme_id="digital") for n in range(3, 13)),
    ]
    everyone = people(
        person("ann"),
        person("bob", level="B"),
        person("cyd"),
        person("dee"),
        person("eli", level="B"),
        person("gil", level="C"),
        *(person(f"month {n}", level="B") for n in range(3, 13)),
    )
    folder = tmp_path_factory.mktemp("programmes")
    return SmallEmployer(folder, plan=TWO_PROGRAMMES, people=everyone, pairs=pairs, ladder=LADDER)


def test_each_programme_has_its_own_batches(two_programmes: SmallEmployer) -> None:
    trials = [row for row in two_programmes.trials() if row["time_zero"] < date(2023, 3, 1)]
    assert _days(trials) == [("reverse: C", "2023-02-16", 2), ("digital: C", "2023-02-17", 1)]


def test_the_first_enrolment_in_any_programme_counts(two_programmes: SmallEmployer) -> None:
    assert two_programmes.person_trials("2023-02-16")["ann"]["a"] == 1
    assert "ann" not in two_programmes.person_trials("2023-02-17")
    assert "cyd" not in two_programmes.person_trials("2023-02-17"), "no programme named: the first one of the plan"


def test_eligible_levels_are_those_of_the_programme_itself(two_programmes: SmallEmployer) -> None:
    reverse, digital = (two_programmes.figure_rows(day) for day in ("2023-02-16", "2023-02-17"))
    assert {row["level"] for row in reverse.values()} == {"A"}
    assert {row["level"] for row in digital.values()} == {"B"}
    assert "dee" in reverse and "eli" in digital and "gil" not in {*reverse, *digital}


def test_without_a_cohort_the_fiscal_quarter_stands_for_it(two_programmes: SmallEmployer) -> None:
    found = {row["time_zero"]: row["cohort"] for row in two_programmes.trials() if ": 20" in row["cohort"]}
    assert len(found) == 10
    assert found == {day: f"digital: {quarter_of(day, 4)}" for day in found}
