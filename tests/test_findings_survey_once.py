"""What a few said who answered one wave only does not follow from the change of the others and both waves' means."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from analysis.findings import answers
from analysis.findings.survey_disclosure import answered_once_by_few
from analysis.store import Reader
from tests.tiny import Person, crowd, csv, employer, pair

SCALES = {"confidence": (1, 1, 5), "engagement": (3, 1, 5), "enps": (1, 0, 10)}  # items, and the ends of the scale


def surveyed(folder: Path, silent_after: int) -> Reader:
    """Thirty mentors who all answered before, some of them not after."""
    chance = random.Random(1)
    mentors = [f"m{number}" for number in range(30)]
    people = [*crowd(60), *map(Person, mentors), *(Person(f"senior of {mentor}") for mentor in mentors)]
    rows = [
        {"survey_id": "s", "wave": wave, "response_id": f"{mentor}{wave}", "item": f"{construct}{item}",
         "score": str(chance.randint(low, high)), "employee_id": mentor, "side": "mentor", "cohort": "one",
         "submitted_at": day, "construct": construct, "scale_min": str(low), "scale_max": str(high),
         "reversed": "false"}
        for number, mentor in enumerate(mentors)
        for wave, day in (("pre", "2024-07-01"), ("post", "2025-01-15"))
        if wave == "pre" or number >= silent_after
        for construct, (items, low, high) in SCALES.items()
        for item in range(items)
    ]  # fmt: skip
    pairs = [pair(mentor, "2024-07-10") for mentor in mentors]
    return employer(folder, people, pairs, extra={"survey.csv": csv(rows)}).reader


@pytest.mark.parametrize(("silent", "told"), [(1, False), (4, False), (5, True)])
def test_the_change_is_hidden_where_few_answered_once(tmp_path: Path, silent: int, told: bool) -> None:
    reader = surveyed(tmp_path, silent)
    scored, items = answers.surveys(reader), answers.survey_items(reader)
    changes = [change.mean_change for change in scored.changes if change.side == "mentor"]
    changes += [
        change.change for one in items.constructs for asked in (one.whole, *one.items) for change in asked.changes
    ]
    changes += [change.change for change in items.net_changes]
    assert len(changes) == 3 + 8 + 1
    assert {change is not None for change in changes} == {told}
    assert all(wave.mean is not None for wave in scored.waves), "otherwise there is nothing to give away"


def test_those_of_both_waves_count_together() -> None:
    """What one said before less what one said after is told too: on a scale with ends that can be either of them."""
    hidden = [answered_once_by_few(30, before, 31) is not None for before in (30, 31, 33, 34)]
    assert hidden == [True, True, True, False]
    assert answered_once_by_few(30, 30, 30) is None
