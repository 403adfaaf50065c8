"""What events, invitations, sessions, goals, surveys and measures are told about the people and pairs they name."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.small_employer import Row
from tests.told import LADDER, staff, tell

AHEAD = (date.today() + timedelta(days=30)).isoformat()
PEOPLE = staff("2023-12-31", "abcde")
PAIRS = [
    {"pair_id": "p", "mentor_id": "a", "mentee_id": "b", "start_date": "2023-02-01", "end_date": "2023-08-01"},
]


def promotion(before: str = "", after: str = "", day: str = "2024-02-01", who: str = "a") -> Row:
    return {
        "employee_id": who, "effective_date": day, "event_type": "promotion", "from_level": before, "to_level": after,
    }  # fmt: skip


def answer(name: str, day: str = "2022-06-01", wave: str = "pre") -> Row:
    return {"survey_id": "s", "wave": wave, "response_id": f"r{name}{wave}", "item": "i", "score": 3,
            "employee_id": name, "submitted_at": day}  # fmt: skip


UNKNOWN = {
    "job_events": [promotion(), promotion(who="q")],
    "invitations": [{"employee_id": name, "side": "mentor"} for name in "aq"],
    "survey": [answer("a"), answer("q")],
    "measures": [{"metric": "hours", "date": "2023-05-01", "value": 1, "employee_id": name} for name in "aq"],
}
FUTURE = {
    "invitations": [{"employee_id": name, "side": "mentor", "invited_on": day} for name, day in
                    (("a", "2023-01-01"), ("b", AHEAD))],
    "sessions": [{"pair_id": "p", "session_date": day, "status": status} for day, status in
                 (("2023-03-01", "held"), (AHEAD, "no_show"), (AHEAD, "scheduled"))],
    "goals": [{"pair_id": "p", "kind": "smart", "set_on": first, "closed_on": day} for first, day in
              (("2023-03-01", ""), ("2023-04-01", AHEAD))],
    "survey": [answer("a"), answer("b", AHEAD)],
    "measures": [{"metric": "hours", "date": day, "value": 1, "employee_id": "a"} for day in ("2023-05-01", AHEAD)],
}  # fmt: skip


@pytest.mark.parametrize("kind", UNKNOWN)
def test_somebody_in_no_people_file_is_told_and_somebody_in_one_is_not(kind: str, tmp_path: Path) -> None:
    told = tell(tmp_path, people=PEOPLE, **{kind: UNKNOWN[kind]})
    assert {code: issue.line for (_, code), issue in told.items()} == {"unknown-person": 3}


@pytest.mark.parametrize("kind", FUTURE)
def test_facts_dated_after_today_are_told_and_earlier_ones_are_not(kind: str, tmp_path: Path) -> None:
    told = tell(tmp_path, people=PEOPLE, pairs=PAIRS, **{kind: FUTURE[kind]})
    assert told[kind, "future-date"].line == 3 and ": 1, the first" in told[kind, "future-date"].message


@pytest.mark.parametrize("kind", ["sessions", "goals"])
def test_a_pair_in_no_pairs_file_is_told(kind: str, tmp_path: Path) -> None:
    row = FUTURE[kind][0]
    told = tell(tmp_path, people=PEOPLE, pairs=PAIRS, **{kind: [row, row | {"pair_id": "q"}]})
    assert {code: issue.line for (_, code), issue in told.items()} == {"unknown-pair": 3}


def test_sessions_outside_their_pair_are_told(tmp_path: Path) -> None:
    days = ["2023-02-01", "2023-08-01", "2023-01-31", "2023-08-02"]
    sessions = [{"pair_id": "p", "session_date": day, "status": "held"} for day in days]
    sessions += [{"pair_id": "p", "session_date": "2023-09-01", "status": "cancelled"}]
    told = tell(tmp_path, people=PEOPLE, pairs=PAIRS, sessions=sessions)
    assert {code: issue.line for (_, code), issue in told.items()} == {
        "session-before-start": 4, "session-after-end": 5,
    }  # fmt: skip


def test_events_to_come_are_announced(tmp_path: Path) -> None:
    told = tell(tmp_path, people=PEOPLE, job_events=[promotion(), promotion(day=AHEAD)])
    assert {code: issue.line for (_, code), issue in told.items()} == {"announced-event": 3}


def test_promotions_without_a_rise_are_told_by_the_levels_they_name(tmp_path: Path) -> None:
    events = [promotion("A", "B"), promotion("B", "B", who="b"), promotion("C", "A", who="c")]
    told = tell(tmp_path, people=PEOPLE, ladder=LADDER, job_events=events)
    assert set(told) == {("job_events", "promotion-without-rise")}
    assert ": 2, the first in line 3" in told["job_events", "promotion-without-rise"].message


def test_promotions_without_a_rise_are_told_by_the_snapshots_around_them(tmp_path: Path) -> None:
    later = staff("2024-03-31", "bcde") + staff("2024-03-31", "a", level="B")
    events = [promotion(), promotion(who="b")]
    told = tell(tmp_path, people=PEOPLE, people_2=later, ladder=LADDER, job_events=events)
    assert {code: issue.line for (_, code), issue in told.items()} == {"promotion-without-rise": 3}


def test_nothing_is_known_of_a_rise_without_levels_or_without_a_ladder(tmp_path: Path) -> None:
    assert not tell(tmp_path / "levels", people=PEOPLE, ladder=LADDER, job_events=[promotion()])
    assert not tell(tmp_path / "ladder", people=PEOPLE, job_events=[promotion("B", "B")])


def test_accepted_invitations_without_a_pair_are_told(tmp_path: Path) -> None:
    def invited(name: str, side: str, cohort: str = "", response: str = "accepted") -> Row:
        return {"employee_id": name, "side": side, "cohort": cohort, "response": response}

    accepted = [invited("a", "mentor", "one"), invited("b", "mentee"), invited("c", "mentor", response="declined")]
    paired = [PAIRS[0] | {"cohort": "one"}]
    assert not tell(tmp_path / "fits", people=PEOPLE, pairs=paired, invitations=accepted)
    missing = [*accepted, invited("c", "mentor", "two"), invited("a", "mentee", "one"), invited("b", "mentee", "two")]
    told = tell(tmp_path / "missing", people=PEOPLE, pairs=paired, invitations=missing)
    assert ": 3, the first in line 5" in told["invitations", "accepted-without-pair"].message
    assert not tell(tmp_path / "unpaired", people=PEOPLE, invitations=accepted)


def test_invitations_to_an_address_are_told(tmp_path: Path) -> None:
    addressed = staff("2023-12-31", "a", email="a@x.org")
    told = tell(
        tmp_path,
        people=addressed,
        invitations=[{"employee_id": name, "side": "mentor"} for name in ("a", "A@X.org".lower())],
    )
    assert told["invitations", "named-by-email"].line == 3


def leavers(count: int, leaving: int) -> list[Row]:
    return [
        {"employee_id": f"p{n}", "hire_date": "2015-01-01", "termination_date": "2023-05-01" if n < leaving else ""}
        for n in range(count)
    ]


def test_a_survey_without_any_later_leaver_is_told(tmp_path: Path) -> None:
    stayed = [answer(f"p{n}") for n in range(40, 100)]
    told = tell(tmp_path, people=leavers(100, 20), survey=stayed)
    issue = told["survey", "survey-lacks-leavers"]
    assert "None of the 60 people" in issue.message and "about 12 would" in issue.message


def test_one_later_leaver_or_few_answers_are_no_suspicion(tmp_path: Path) -> None:
    assert not tell(tmp_path / "one", people=leavers(100, 20), survey=[answer(f"p{n}") for n in range(19, 100)])
    assert not tell(tmp_path / "few", people=leavers(100, 20), survey=[answer(f"p{n}") for n in range(60, 100)])
    after = [answer(f"p{n}", "2023-06-01") for n in range(20, 100)]
    assert not tell(tmp_path / "after", people=leavers(100, 20), survey=after)


def test_answers_without_a_person_are_told(tmp_path: Path) -> None:
    told = tell(tmp_path, people=PEOPLE, survey=[answer("a"), answer("") | {"response_id": "r"}])
    assert {code: issue.line for (_, code), issue in told.items()} == {"unlinked-response": 3}
