"""A programme of 34 pairs, six kinds of pair, whose every number can be counted by hand (see `PAIRS`)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.tiny import Person, Tiny, crowd, csv, employer

PLAN = '[[programmes]]\nid = "reverse"\norientation = "reverse"\nsessions_a_month = 1\nmonths = 6\n'


@dataclass(frozen=True)
class Kind:
    """`many` pairs alike; sessions are (day, status, cancelled_by, topic)."""

    many: int
    cohort: str
    start: str
    end: str = ""
    status: str = "active"
    reason: str = ""
    sessions: tuple[tuple[str, str, str, str], ...] = ()
    mentor_born: str = "1995"
    mentee_hired: str = "2010-01-01"


def _held(*days: str, topic: str = "culture") -> tuple[tuple[str, str, str, str], ...]:
    return tuple((day, "held", "", topic) for day in days)


PAIRS = {
    # Done: a session a month, all six of them.
    "done": Kind(6, "one", "2024-07-01", "2024-12-31", "completed",
                 sessions=_held(*(f"2024-{month:02d}-15" for month in range(7, 13))),
                 mentor_born="1960", mentee_hired="2022-01-01"),
    # Ended early, without a single session: the mentee cancelled twice.
    "early": Kind(5, "one", "2024-07-01", "2024-09-30", "ended_early", "workload",
                  (("2024-07-15", "cancelled", "mentee", ""), ("2024-08-15", "cancelled", "mentee", "")), "1960"),
    # Running and on schedule: 4 held, 4 due by 30 September.
    "good": Kind(7, "two", "2025-06-01",
                 sessions=_held("2025-06-11", "2025-07-11", "2025-08-11", "2025-09-11", topic="tech_support")),
    # Running, one session and then none for 101 days.
    "stalled": Kind(5, "two", "2025-06-01", sessions=_held("2025-06-21")),
    # Running for 46 days without a session.
    "waiting": Kind(6, "two", "2025-08-15"),
    # Past its planned end (1 July), still running, and cancelled twice by the mentor.
    "over": Kind(5, "three", "2025-01-01", sessions=(
        *_held(*(f"2025-{m:02d}-15" for m in range(1, 7))),
        ("2025-07-10", "cancelled", "mentor", ""), ("2025-07-24", "cancelled", "mentor", ""))),
}  # fmt: skip


def programme(folder: Path, *, south: int = 0, kinds: dict[str, Kind] | None = None, plan: str = PLAN) -> Tiny:
    """Loaded. south: how many of the mentors of "good" pairs are in the department South, the others in North."""
    people: list[Person] = crowd(10, more={"department": "North", "birth_year": "1980"})
    pairs: list[dict[str, str]] = []
    sessions: list[dict[str, str]] = []
    goals: list[dict[str, str]] = []
    for name, kind in (kinds or PAIRS).items():
        for number in range(kind.many):
            mentor, mentee, pair_id = f"{name} mentor {number}", f"{name} mentee {number}", f"{name} {number}"
            place = "South" if name == "good" and number < south else "North"
            people.append(
                Person(mentor, hired="2020-01-01", more={"department": place, "birth_year": kind.mentor_born})
            )
            people.append(
                Person(
                    mentee,
                    hired=kind.mentee_hired,
                    levels={"2000-01-01": "C"},
                    more={"department": "North", "birth_year": "1970"},
                )
            )
            pairs.append(
                {"mentor_id": mentor, "mentee_id": mentee, "start_date": kind.start, "cohort": kind.cohort,
                 "pair_id": pair_id, "end_date": kind.end, "status": kind.status, "end_reason": kind.reason}
            )  # fmt: skip
            sessions += [
                {"pair_id": pair_id, "session_date": day, "status": status, "cancelled_by": by, "topic": topic,
                 "duration_min": "60" if status == "held" else ""}
                for day, status, by, topic in kind.sessions
            ]  # fmt: skip
            if name == "done":
                goals.append({"pair_id": pair_id, "kind": "smart", "set_on": "2024-07-20", "status": "achieved",
                              "closed_on": "2024-12-01"})  # fmt: skip
            if name == "good":
                goals.append({"pair_id": pair_id, "kind": "okr_objective", "set_on": "2025-07-20",
                              "status": "on_track", "closed_on": ""})  # fmt: skip
    extra = {"sessions.csv": csv(sessions), "goals.csv": csv(goals)}
    return employer(folder, people, pairs, plan=plan, extra={name: body for name, body in extra.items() if body})
