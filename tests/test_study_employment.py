"""Who is employed at time zero, and which day is their exit (PROTOCOL.md R2, R8, R9, R12)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.small_employer import QUARTER_ENDS, Row, SmallEmployer, event, pair, people, person

DAY = "2023-02-15"  # its base snapshot is that of 2022-12-31
LEFT = "left on or before time zero"


def until(day: str, first: str = "") -> list[str]:
    return [snapshot for snapshot in QUARTER_ENDS if first <= snapshot <= day]


def leaver(name: str, exit_on: str, told_on: str, **facts: object) -> list[Row]:
    """Seen until `told_on`, whose row is the only one to carry the exit."""
    return person(name, until(told_on), on={told_on: {"termination_date": exit_on, **facts}})


def told(exit_on: str, until_before: str, **facts: object) -> dict[str, dict[str, Row]]:
    """Rows before a day already carry an exit to come."""
    return {"on": {day: {"termination_date": exit_on, **facts} for day in QUARTER_ENDS if day < until_before}}


PEOPLE = people(
    person("stays"),
    # Around time zero
    leaver("left between", "2023-01-20", "2023-03-31"),
    leaver("left on the day", "2023-02-15", "2023-03-31"),
    leaver("left a day after", "2023-02-16", "2023-03-31"),
    leaver("told on the last row", "2023-11-03", "2023-12-31", termination_type="involuntary"),
    person("told all along", until("2023-09-30"), termination_date="2023-11-03", termination_type="voluntary"),
    person("terminated by then, no date", until("2022-12-31"), on={"2022-12-31": {"employment_status": "terminated"}}),
    # Exits that are none
    person("end of time", termination_date="9999-12-31"),
    person("to come", on={"2024-06-30": {"termination_date": "2024-12-31"}}),
    person("on leave", on={"2023-06-30": {"employment_status": "leave"}}),
    person("absent once", [day for day in QUARTER_ENDS if day != "2023-06-30"]),
    person("transferred"),
    person("withdrawn", **told("2023-05-10", "2023-03-31")),
    person("withdrawn late", **told("2023-05-10", "2023-06-30")),
    person("withdrawn, told by an event", **told("2023-05-10", "2023-06-30")),
    person("postponed", until("2023-09-30"), termination_date="2023-11-03", **told("2023-05-10", "2023-06-30")),
    # Hired again
    person(
        "rehired before",
        on={"2022-06-30": {"termination_date": "2022-07-31"}},
        since={"2022-09-30": {"hire_date": "2022-08-12"}},
    ),
    person("rehired after", until("2023-03-31"))
    + person("rehired after", ["2023-06-30"], termination_date="2023-05-10")
    + person("rehired after", until("2024-06-30", "2023-09-30"), hire="2023-08-01"),
    person("rehired, same hire date", on={"2023-06-30": {"termination_date": "2023-05-10"}}),
    person(
        "rehired, same hire date, left again",
        until("2023-12-31"),
        on={"2023-06-30": {"termination_date": "2023-05-10"}, "2023-12-31": {"termination_date": "2023-11-03"}},
    ),
    person("left on a snapshot, back later", on={"2023-06-30": {"termination_date": "2023-06-30"}}),
    person(
        "left as planned, new spell",
        since={"2023-06-30": {"hire_date": "2023-06-01"}},
        **told("2023-05-10", "2023-06-30"),
    ),
    person("rehired unseen", [d for d in QUARTER_ENDS if d != "2023-06-30"], **told("2023-05-10", "2023-06-30")),
    person(
        "left the new spell",
        until("2023-09-30"),
        on={"2022-06-30": {"termination_date": "2022-07-31"}},
        since={"2022-09-30": {"hire_date": "2022-08-12"}},
    ),
    # Events
    person("told by an event", until("2023-03-31")),
    leaver("told twice", "2023-05-10", "2023-06-30", termination_type="voluntary"),
    leaver("told twice, event first", "2023-06-20", "2023-06-30"),
    # Types
    leaver("retired", "2023-05-10", "2023-06-30", termination_type="retirement"),
    leaver("no type", "2023-05-10", "2023-06-30"),
    leaver("resigned", "2023-05-10", "2023-06-30", termination_type="voluntary"),
    person(
        "type corrected",
        until("2023-09-30"),
        on={
            "2023-06-30": {"termination_date": "2023-05-10", "termination_type": "voluntary"},
            "2023-09-30": {"termination_date": "2023-05-10", "termination_type": "involuntary"},
        },
    ),
    # Nobody knows
    person("vanished", until("2023-03-31")),
    person("vanished after the base snapshot", until("2022-12-31")),
    person("terminated, no date", since={"2023-06-30": {"employment_status": "terminated"}}),
    person("hired again, no exit", until("2023-03-31"))
    + person("hired again, no exit", until("2024-06-30", "2023-12-31"), hire="2023-11-01"),
    person("hire date corrected", since={"2023-06-30": {"hire_date": "2015-01-02"}}),
    person("contractor who vanished", until("2023-03-31"), worker_type="contractor"),
)
EVENTS = [
    event("told by an event", "2023-05-10", "termination"),
    event("told twice", "2023-05-12", "termination"),
    event("told twice, event first", "2023-05-10", "termination"),
    event("left the new spell", "2023-11-03", "termination"),
    event("withdrawn, told by an event", "2023-05-10", "termination"),
    event("transferred", "2023-05-10", "transfer"),
    event("not among the people", "2023-05-10", "termination"),
]


@pytest.fixture(scope="module")
def employer(tmp_path_factory: pytest.TempPathFactory) -> SmallEmployer:
    folder = tmp_path_factory.mktemp("employment")
    return SmallEmployer(folder, people=PEOPLE, job_events=EVENTS, pairs=[pair("stays", DAY)])


@pytest.fixture(scope="module")
def rows(employer: SmallEmployer) -> dict[str, Row]:
    return employer.person_trials()


@pytest.mark.parametrize("name", ["left between", "left on the day", "terminated by then, no date"])
def test_who_left_by_time_zero_is_not_compared(rows: dict[str, Row], name: str) -> None:
    assert rows[name]["barred"] == LEFT


@pytest.mark.parametrize(
    "name",
    [
        "stays", "end of time", "to come", "on leave", "absent once", "transferred", "withdrawn", "withdrawn late",
        "withdrawn, told by an event", "rehired before", "hire date corrected",
    ],
)  # fmt: skip
def test_what_is_no_exit_leaves_people_employed(rows: dict[str, Row], name: str) -> None:
    assert (rows[name]["barred"], rows[name]["exit_month"], rows[name]["vanished"]) == (None, None, False)


@pytest.mark.parametrize(
    ("name", "month"),
    [
        ("left a day after", 1),
        ("told on the last row", 9),
        ("told all along", 9),
        ("postponed", 9),
        ("rehired after", 3),
        ("rehired, same hire date", 3),
        ("rehired, same hire date, left again", 3),
        ("left on a snapshot, back later", 5),
        ("left as planned, new spell", 3),
        ("rehired unseen", 3),
        ("left the new spell", 9),
        ("told by an event", 3),
        ("told twice", 3),
        ("told twice, event first", 5),
    ],
)
def test_the_first_exit_of_the_spell_counts_wherever_it_is_told(rows: dict[str, Row], name: str, month: int) -> None:
    assert (rows[name]["barred"], rows[name]["exit_month"], rows[name]["vanished"]) == (None, month, False)


@pytest.mark.parametrize(
    ("name", "exit_type"),
    [
        ("resigned", "voluntary"),
        ("told on the last row", "involuntary"),
        ("type corrected", "involuntary"),
        ("retired", "other"),
        ("no type", "other"),
        ("told by an event", "other"),
        ("told twice", "voluntary"),
    ],
)
def test_exit_types(rows: dict[str, Row], name: str, exit_type: str) -> None:
    assert rows[name]["exit_type"] == exit_type


def test_the_new_spell_starts_its_own_service(rows: dict[str, Row]) -> None:
    assert rows["rehired before"]["tenure_band"] == "0-2 years"
    assert rows["rehired, same hire date"]["tenure_band"] == "5 years and more"


def test_an_exit_to_come_is_an_exit_once_the_data_reach_it(employer: SmallEmployer) -> None:
    found = employer.query("select employee_id, exit_date from exit_date")
    assert "to come" not in {row["employee_id"] for row in found}
    assert max(row["exit_date"] for row in found) < date(2024, 6, 30)


def test_exits_of_people_in_no_people_file_are_not_held(employer: SmallEmployer) -> None:
    found = {row["employee_id"] for row in employer.query("select employee_id from exit_date")}
    assert "not among the people" not in found and "told by an event" in found


VANISHED = {"vanished": 2, "vanished after the base snapshot": 1, "terminated, no date": 2, "hired again, no exit": 2}


def test_who_disappears_without_an_exit_is_unknown_not_retained(employer: SmallEmployer, rows: dict[str, Row]) -> None:
    found = {name: row["exit_month"] for name, row in rows.items() if row["vanished"] and row["barred"] is None}
    assert found == VANISHED
    figure = employer.figure()
    assert figure.vanished == len(VANISHED)


def test_answered_left_they_left_the_day_after_their_last_snapshot(employer: SmallEmployer) -> None:
    employer.load(plan='[study]\nabsent_without_exit = "left"\n')
    rows = employer.person_trials()
    assert not any(row["vanished"] for row in rows.values())
    assert rows["vanished after the base snapshot"]["barred"] == LEFT
    assert rows["vanished"]["exit_type"] == "other"
    exits = {row["employee_id"]: row["exit_date"] for row in employer.query("select * from exit_date")}
    assert exits["vanished"] == date(2023, 4, 1)
    assert employer.figure().vanished == 0
