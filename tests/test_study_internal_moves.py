"""Who moved sideways after time zero: by event where events are held, else between departments."""

from __future__ import annotations

import pytest

from tests.small_employer import LADDER, QUARTER_ENDS, Row, SmallEmployer, event, pair, people, person

DAY = "2023-02-15"  # the base snapshot is that of 2022-12-31


def moves(name: str, seen_on: str, **facts: object) -> list[Row]:
    """From Sales to Legal, first seen there on a snapshot."""
    return person(name, since={seen_on: {"department": "Legal"}}, department="Sales", **facts)  # type: ignore[arg-type]


LEFT = {"on": {"2023-06-30": {"termination_date": "2023-06-15"}}}
EVERYBODY = people(
    person("ann", department="Sales"),
    moves("second snapshot", "2023-06-30"),
    moves("between base and first snapshot", "2023-03-31"),
    moves("too late", "2024-03-31"),
    moves("at the top", "2023-06-30", level="D"),
    person("left before it was seen", [*QUARTER_ENDS[:4], "2023-06-30"], department="Sales", **LEFT),  # type: ignore[arg-type]
    person("department blank once", department="Sales", on={"2023-06-30": {"department": ""}}),
    *(person(f"reorganised {n}", since={"2023-12-31": {"department": "Tax"}}, department="Law") for n in range(6)),
    *(person(f"other {n}", department="Sales") for n in range(7)),
)
PLAN = '[eligible_levels]\nmentor = ["A", "D"]\n'


@pytest.fixture(scope="module")
def by_snapshots(tmp_path_factory: pytest.TempPathFactory) -> SmallEmployer:
    folder = tmp_path_factory.mktemp("moves")
    return SmallEmployer(folder, plan=PLAN, people=EVERYBODY, ladder=LADDER, pairs=[pair("ann", DAY)])


@pytest.fixture(scope="module")
def by_events(tmp_path_factory: pytest.TempPathFactory) -> SmallEmployer:
    events = [
        event("other 0", "2022-09-20", "transfer"),
        event("other 1", "2023-02-15", "lateral"),
        event("other 2", "2023-02-16", "lateral"),
        event("other 3", "2024-02-15", "transfer"),
        event("other 4", "2024-02-16", "transfer"),
        event("other 5", "2023-05-01", "promotion", from_level="A", to_level="B"),
        event("left before it was seen", "2023-06-15", "lateral"),
        event("other 6", "2024-06-03", "data_change"),
    ]
    folder = tmp_path_factory.mktemp("events")
    return SmallEmployer(
        folder, plan=PLAN, people=EVERYBODY, ladder=LADDER, pairs=[pair("ann", DAY)], job_events=events
    )


def _moved(employer: SmallEmployer, horizon: int = 12) -> set[str]:
    rows = employer.figure_rows(DAY, kind="internal_move", horizon=horizon)
    return {name for name, row in rows.items() if row["internal_move"] == 1}


def test_without_events_a_change_of_department_between_two_snapshots_after_time_zero(
    by_snapshots: SmallEmployer,
) -> None:
    assert _moved(by_snapshots) == {"second snapshot", "at the top"}


def test_a_reorganisation_and_a_blank_department_are_no_moves(by_snapshots: SmallEmployer) -> None:
    rows = by_snapshots.figure_rows(DAY, kind="internal_move", horizon=12)
    assert rows["reorganised 0"]["internal_move"] == rows["department blank once"]["internal_move"] == 0


def test_who_stands_at_the_top_can_move(by_snapshots: SmallEmployer) -> None:
    assert set(by_snapshots.figure_rows(DAY, kind="internal_move")) == set(by_snapshots.figure_rows(DAY))


def test_declared_moves_count_from_the_day_after_time_zero_to_the_last_day_and_before_any_exit(
    by_events: SmallEmployer,
) -> None:
    assert _moved(by_events) == {"other 2", "other 3"}
    assert _moved(by_events, 6) == {"other 2"}


def test_moves_must_be_known_to_the_horizon(by_events: SmallEmployer, by_snapshots: SmallEmployer) -> None:
    assert by_events.figure("internal_move", 16).cohorts == ("C",)
    assert by_snapshots.figure("internal_move", 3).cohorts == (), "one snapshot in the window shows no move"
    assert by_snapshots.figure("internal_move", 5).cohorts == ("C",)


def test_without_departments_nothing_is_known(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("unplaced")
    employer = SmallEmployer(folder, people=people(person("ann"), person("bob")), pairs=[pair("ann", DAY)])
    assert employer.figure("internal_move").cohorts == ()
    assert employer.figure("exits").cohorts == ("C",)
