"""Where exits are missing, retention is withheld, with the reason (PROTOCOL.md R8, part 7)."""

from __future__ import annotations

import pytest

from analysis.findings import answers
from analysis.findings.results import Finding, Outcome, Question
from tests.small_employer import Row, SmallEmployer, event, pair, people, person

DAY = "2023-02-15"
SNAPSHOTS = ["2022-12-31", "2023-06-30", "2024-06-30"]
JOINED = [f"joined {n}" for n in range(40)]


def staff(leaves_at: int) -> list[Row]:
    """Forty who joined and a hundred who did not; the first few of each leave, their exit told."""
    rows = []
    for number, name in enumerate([*JOINED, *(f"other {n}" for n in range(100))]):
        exit_on = {"termination_date": "2023-05-10", "termination_type": "voluntary"}
        leaves = number % 40 < leaves_at
        rows += person(name, SNAPSHOTS[:2] if leaves else SNAPSHOTS, on={"2023-06-30": exit_on} if leaves else {})
    return rows


def finding(employer: SmallEmployer, outcome: Outcome = "retention") -> Finding:
    (found,) = answers.effects(employer.reader, Question(outcome, "mentor"))
    return found


@pytest.fixture(scope="module")
def employer(tmp_path_factory: pytest.TempPathFactory) -> SmallEmployer:
    gone = person("gone", SNAPSHOTS[:2])
    folder = tmp_path_factory.mktemp("vanished")
    return SmallEmployer(folder, people=staff(4) + gone, pairs=[pair(name, DAY) for name in JOINED])


@pytest.mark.parametrize("outcome", ["retention", "voluntary_exit"])
def test_one_person_who_vanishes_withholds_the_number(employer: SmallEmployer, outcome: Outcome) -> None:
    found = finding(employer, outcome)
    assert found.verdict == "not_reliable_enough_to_read"
    assert (found.estimate, found.ci_low, found.rate_participants) == (None, None, None)
    assert "without an exit date" in str(found.reason)
    (curve,) = [answers.curves(employer.reader, "mentor")]
    assert curve.participants is None
    assert "without an exit date" in str(curve.reason)


def test_answered_left_the_number_is_read(employer: SmallEmployer) -> None:
    employer.load(plan='[study]\nabsent_without_exit = "left"\n')
    found = finding(employer)
    assert found.verdict not in ("not_reliable_enough_to_read", "not_shown", "too_few_to_tell")
    assert found.rate_participants == pytest.approx(0.9)


def test_survivors_only_withholds_the_number(tmp_path_factory: pytest.TempPathFactory) -> None:
    """An active-only master list; that leavers stand in the events does not help: none of them is in the list."""
    listed = people(*(person(name, ()) for name in [*JOINED, *(f"other {n}" for n in range(100))]))
    left = [event(f"somebody {n}", "2023-05-10", "termination") for n in range(20)]
    employer = SmallEmployer(
        tmp_path_factory.mktemp("survivors"),
        people=listed,
        job_events=[*left, event("other 1", "2024-06-30", "transfer")],
        pairs=[pair(name, DAY) for name in JOINED],
    )
    found = finding(employer)
    assert found.n_participants == len(JOINED)
    assert (found.verdict, found.estimate) == ("not_reliable_enough_to_read", None)
    assert "nobody who left" in str(found.reason)
