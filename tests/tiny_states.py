"""Employers in which little may be shown: one with few participants, one whose exits and sessions are not complete.

The same kinds of file each time, so that every page has something to say of each.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from tests.tiny import SNAPSHOTS, Person, csv, employer, pair

State = Literal["few", "failing"]
# People who took part, and colleagues who answered the surveys too.
SIZES: dict[State, tuple[int, int]] = {"few": (15, 12), "failing": (40, 12)}
JOINED, BEFORE, AFTER = "2024-04-20", "2024-04-10", "2024-10-01"
MET = ("2024-05-01", "2024-06-01", "2024-07-01")


def employer_in(state: State, folder: Path) -> Path:
    """The folder of its store. Six colleagues resigned; of the failing one a mentor is in no later list, nobody knows
    why, and the log of sessions ends a year before the data. One quarter can be worked out: the data end with it."""
    many, colleagues = SIZES[state]
    names = [f"mentor{number}" for number in range(many)]
    mentors = [Person(name, more=_who(number)) for number, name in enumerate(names)]
    if state == "failing":
        mentors[0].seen_until = "2024-09-30"
    seniors = [Person(f"senior of {name}", levels={"2000-01-01": "C"}, more=_who(3)) for name in names]
    others = [Person(f"other{number}", more=_who(number)) for number in range(120)]
    leaders = [Person(f"leader{number}", levels={"2000-01-01": "C"}, more=_who(number)) for number in range(60)]
    for number in range(6):
        others[number].left = f"2024-0{5 + number % 4}-15"
    answered = [*mentors, *others[-colleagues:]]
    extra = {
        "sessions.csv": csv([row for name in names for row in _sessions(name, state)]),
        "survey.csv": csv([row for at, one in enumerate(answered) for row in _answers(one.name, at)]),
    }
    people = [*mentors, *seniors, *others, *leaders]
    pairs = [pair(name, JOINED) for name in names]
    return employer(folder, people, pairs, extra=extra, snapshots=SNAPSHOTS[:-1]).store.folder


def _who(number: int) -> dict[str, str]:
    return {"gender": "woman" if number % 2 else "man", "department": "Sales" if number % 3 else "Legal"}


def _sessions(name: str, state: State) -> list[dict[str, str]]:
    days: Sequence[str] = MET if state == "failing" else (*MET, "2025-06-20")
    return [
        {"pair_id": f"{name} {JOINED}", "session_date": day, "status": "held", "topic": "culture", "duration_min": "60"}
        for day in days
    ]


def _answers(name: str, number: int) -> list[dict[str, str]]:
    """Two waves of one question, better after; as many kinds of change as it takes to have an interval."""
    return [
        {
            "survey_id": "s", "wave": wave, "response_id": f"{name} {wave}", "item": "i1", "score": str(score),
            "employee_id": name, "side": "mentor", "submitted_at": day, "construct": "confidence", "scale_min": "1",
            "scale_max": "5", "reversed": "false",
        }
        for wave, day, score in (("pre", BEFORE, 2 + number // 2 % 2), ("post", AFTER, 3 + number % 3))
    ]  # fmt: skip
