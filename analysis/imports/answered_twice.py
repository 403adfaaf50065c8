"""Somebody who answers twice in one wave of a survey: one response counts, the others are set aside with the reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from analysis.imports.report import Issue
from analysis.imports.table import Rejections

ROUND = 90  # days: of responses further apart than this, the later one belongs to another round of the same wave
_PULSE = "pulse"  # asked again and again: two responses are of one round where they are of one day
_PERSON, _RESPONSE = ("survey_id", "side", "person"), ("survey_id", "side", "person", "response_id", "wave", "cohort")


@dataclass
class _Response:
    """One response of one person. `answers` are its answered questions by wave."""

    name: str
    cohort: str | None
    day: date | None
    lines: set[int]
    answers: dict[str, int]

    @property
    def fullness(self) -> tuple[int, date, int]:
        """The more answers the fuller; of equal ones the last."""
        return sum(self.answers.values()), self.day or date.min, max(self.lines)


def keep_one_response(rows: pa.Table, rejections: Rejections) -> None:
    """Set the lines aside of all but one response of a person to a wave, and say how many.

    The fullest response is kept, of equally full ones the last. `rows` are those of a survey with its canonical
    columns, `line`, and `email` where people are known by their hashed address. Responses of different cohorts, or more
    than 90 days apart (in a pulse survey: of different days), are of different rounds, and each counts.
    """
    again = [loser for responses in _of_people(rows).values() if len(responses) > 1 for loser in _beaten(responses)]
    if not again:
        return
    for loser, winner in again:
        for line in sorted(loser.lines):
            sentence = (
                f"the person of this response answered the same wave again in line {min(winner.lines)}. The fuller "
                "response counts, of equally full ones the last."
            )
            rejections.add(line, "response_id", "answered-twice", sentence, excused=True)
    people = "person" if len(again) == 1 else "people"
    rejections.notes.append(
        Issue(
            min(line for loser, _ in again for line in loser.lines),
            "response_id",
            "answered-twice",
            f"{len(again):,} responses are set aside because their {people} answered the same wave of the survey more "
            "than once. The fullest response of each counts, of equally full ones the last.",
        )
    )


def _of_people(rows: pa.Table) -> dict[tuple[object, ...], list[_Response]]:
    """(survey, side, person) to their responses; who is not known may be anybody, and is left alone."""
    known = [rows[name].cast(pa.string()) for name in ("employee_id", "email") if name in rows.column_names]
    person = pc.coalesce(*known)
    wanted = pa.table(
        {
            **{name: rows[name].cast(pa.string()) for name in _RESPONSE if name != "person"},
            "person": person,
            "line": rows["line"],
            "day": rows["submitted_at"],
        }
    ).filter(pc.is_valid(person))
    parts = wanted.group_by(list(_RESPONSE)).aggregate([("line", "list"), ("day", "max")])
    found: dict[tuple[object, ...], dict[str, _Response]] = defaultdict(dict)
    for part in parts.to_pylist():
        responses = found[tuple(part[name] for name in _PERSON)]
        name = part["response_id"]
        one = responses.setdefault(name, _Response(name, part["cohort"], part["day_max"], set(), {}))
        one.lines.update(part["line_list"])
        one.answers[part["wave"]] = one.answers.get(part["wave"], 0) + len(part["line_list"])
    return {key: list(responses.values()) for key, responses in found.items()}


def _beaten(responses: Iterable[_Response]) -> list[tuple[_Response, _Response]]:
    """Each response that does not count, with the one that counts in its place."""
    kept: list[_Response] = []
    beaten = []
    for one in sorted(responses, key=lambda response: response.fullness, reverse=True):
        winner = next((other for other in kept if _of_one_round(one, other)), None)
        if winner is None:
            kept.append(one)
        else:
            beaten.append((one, winner))
    return beaten


def _of_one_round(one: _Response, other: _Response) -> bool:
    waves = one.answers.keys() & other.answers.keys()
    if not waves or (one.cohort and other.cohort and one.cohort != other.cohort):
        return False
    if one.day is None or other.day is None:
        return True
    return abs((one.day - other.day).days) <= (0 if waves == {_PULSE} else ROUND)
