"""Whom the programme may have reached beside their own pair, by the base snapshot's managers (PROTOCOL.md Part 8)."""

from __future__ import annotations

import pytest

from tests.small_employer import Row, SmallEmployer, pair, people, person

DAY, LATER = "2023-02-15", "2023-08-15"


@pytest.fixture(scope="module")
def employer(tmp_path_factory: pytest.TempPathFactory) -> SmallEmployer:
    """ann reports to chief; low reports to middle, middle to upper, upper to chief."""
    line = [person(f"line {n}", manager_id=f"line {n + 1}") for n in range(12)]
    return SmallEmployer(
        tmp_path_factory.mktemp("near"),
        people=people(
            person("ann", manager_id="chief"),
            person("beside ann", manager_id="chief"),
            person("moved to ann's manager later", since={"2023-03-31": {"manager_id": "chief"}}, manager_id="else"),
            person("under somebody else", manager_id="else"),
            person("no manager"),
            person("low", manager_id="middle"),
            person("middle", manager_id="upper"),
            person("upper", manager_id="boss"),
            person("manager not in the files", manager_id="gone"),
            person("under the same", manager_id="gone"),
            *line,
            person("line 12"),
            person("joined later", manager_id="else"),
        ),
        pairs=[
            pair("ann", DAY, mentee="a stranger"),
            pair("low", DAY, mentee="upper"),
            pair("manager not in the files", DAY, mentee="boss"),
            pair("line 1", DAY, mentee="line 11"),
            pair("line 0", DAY, mentee="line 12"),
            pair("joined later", LATER, "D", mentee="a stranger"),
        ],
    )


def _near(rows: dict[str, Row], a: int) -> set[str]:
    return {name for name, row in rows.items() if row["near"] == 1 and row["a"] == a}


def test_comparators_who_share_a_manager_with_a_participant(employer: SmallEmployer) -> None:
    assert _near(employer.figure_rows(DAY), 0) == {"beside ann", "under the same"}


def test_participants_whose_mentee_is_among_their_managers_ten_steps_up(employer: SmallEmployer) -> None:
    """line 11 is ten steps above line 1, line 12 twelve above line 0."""
    assert _near(employer.figure_rows(DAY), 1) == {"low", "line 1"}


def test_each_trial_has_its_own_participants_and_snapshot(employer: SmallEmployer) -> None:
    assert _near(employer.figure_rows(LATER, kind="exits", horizon=9), 0) == {"under somebody else"}


def test_mentees_are_near_when_they_stand_above_their_mentor(employer: SmallEmployer) -> None:
    assert _near(employer.figure_rows(DAY, side="mentee"), 1) == {"upper", "line 11"}


def test_flags_divide_cells_and_only_those_of_outcomes(employer: SmallEmployer) -> None:
    cells = employer.figure().cells
    assert int((cells["n"] * cells["near"]).sum()) == len(_near(employer.figure_rows(DAY), 0)) + 2
    assert not {"near", "unknown_outcome"} & set(employer.figure("months", 0).cells.columns)
