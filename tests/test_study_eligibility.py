"""The same service, worker type and level rules for both arms; who fails them is counted (PROTOCOL.md R4 to R6)."""

from __future__ import annotations

import pytest

from tests.small_employer import LADDER, SmallEmployer, pair, people, person, promotion

SPRING, SUMMER, LEAP = "2023-03-15", "2023-08-31", "2024-02-29"
PEOPLE = people(
    person("ann"),
    person("bob", level="B"),
    person("cyd"),
    # Six months before 15 March, before 31 August (28 February) and before 29 February (29 August)
    person("served spring", hire="2022-09-15"),
    person("short spring", hire="2022-09-16"),
    person("served summer", hire="2023-02-28"),
    person("short summer", hire="2023-03-01"),
    person("served leap", hire="2023-08-29"),
    person("short leap", hire="2023-08-30"),
    person("contractor", worker_type="contractor"),
    person("unknown type", worker_type="unknown"),
    person("employee", worker_type="employee"),
    person("level C", level="C"),
    person("no level", level=""),
    person("rose into B", since={"2023-03-31": {"level": "B"}}),
    person("rose into C", since={"2023-03-31": {"level": "C"}}),
    person("hired since", ["2023-03-31", "2023-06-30", "2024-06-30"], hire="2022-01-01"),
)
PAIRS = [
    pair("ann", SPRING),
    pair("bob", SPRING),
    pair("short spring", "2023-03-02"),
    pair("contractor", "2023-03-03"),
    pair("hired since", "2023-03-03"),
    pair("nobody we know", "2023-03-04"),
    pair("served summer", SUMMER, "D"),
    pair("cyd", LEAP, "E"),
]
EVENTS = [promotion("rose into B", "2023-03-15"), promotion("rose into C", "2023-03-01", after="C")]
FISCAL = "[study]\nfiscal_year_first_month = 7\n"


@pytest.fixture(scope="module")
def employer(tmp_path_factory: pytest.TempPathFactory) -> SmallEmployer:
    folder = tmp_path_factory.mktemp("eligibility")
    return SmallEmployer(folder, people=PEOPLE, pairs=PAIRS, ladder=LADDER, job_events=EVENTS, plan=FISCAL)


@pytest.mark.parametrize(
    ("day", "served", "short"),
    [
        (SPRING, "served spring", "short spring"),
        (SUMMER, "served summer", "short summer"),
        (LEAP, "served leap", "short leap"),
    ],
)
def test_six_calendar_months_of_service_to_the_day(employer: SmallEmployer, day: str, served: str, short: str) -> None:
    rows = employer.person_trials(day)
    assert rows[served]["barred"] is None
    assert rows[short]["barred"] == "too short a service at time zero"


def test_only_employees_and_blank_worker_types_are_compared(employer: SmallEmployer) -> None:
    rows = employer.person_trials(SPRING)
    assert {name for name, row in rows.items() if row["barred"] == "worker type not in the study"} == {
        "contractor",
        "unknown type",
    }


def test_eligible_levels_are_those_that_hold_a_participant(employer: SmallEmployer) -> None:
    rows = employer.figure_rows(SPRING)
    assert {row["level"] for row in rows.values()} == {"A", "B"}
    assert rows["rose into B"]["level"] == "B", "promoted by time zero"
    assert not {"level C", "no level", "rose into C"} & set(rows)
    assert employer.figure().excluded == {
        "not in the base snapshot": 2,
        "too short a service at time zero": 1,
        "worker type not in the study": 1,
    }


def test_a_barred_participant_makes_no_level_eligible(employer: SmallEmployer) -> None:
    joined = employer.query("select * from person_trial where a = 1 and barred is not null")
    assert {row["level"] for row in joined} == {"A"}
    rows = employer.figure_rows(SPRING)
    assert {name for name, row in rows.items() if row["a"] == 1} == {"ann", "bob"}


def test_both_arms_obey_the_same_rules(employer: SmallEmployer) -> None:
    rows = employer.figure_rows(SPRING)
    assert {name for name, row in rows.items() if row["a"] == 0} == {
        "cyd", "served spring", "employee", "rose into B"
    }  # fmt: skip


def test_an_unknown_level_is_a_level_and_drops_nobody(employer: SmallEmployer) -> None:
    assert employer.person_trials(SPRING)["no level"]["level"] == "unknown"
    employer.load(pairs=[pair("no level", "2023-04-03", "U")])
    rows = employer.figure_rows("2023-04-03")
    assert rows["no level"]["a"] == 1


def test_levels_declared_in_the_plan_hold_and_who_fails_is_counted(employer: SmallEmployer) -> None:
    employer.load(plan='[eligible_levels]\nmentor = ["B", "C"]\n[study]\nmonths_of_service = 0\n')
    assert set(employer.figure_rows(SPRING)) == {"bob", "level C", "rose into B", "rose into C"}
    excluded = employer.figure().excluded
    assert excluded["level not eligible"] == 3
    assert "too short a service at time zero" not in excluded
