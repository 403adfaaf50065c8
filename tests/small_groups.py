"""An employer of small groups, drawn by a fixed seed: whatever can go wrong with disclosure control goes wrong here.

Three places, three departments, five cohorts that start in three quarters, two of them together and one of them tiny;
people leave, are promoted, meet, and answer surveys.
"""

from __future__ import annotations

import random
from pathlib import Path

from tests.tiny import Person, Tiny, csv, employer, pair

PLACES, DEPARTMENTS = ("Rome", "Paris", "Oslo"), ("Finance", "Sales", "Law")
COHORTS = {"one": ("2024-04-10", 34), "two": ("2024-05-12", 26), "tiny": ("2024-06-03", 6), "three": ("2024-07-15", 30),
           "four": ("2024-09-10", 22)}  # fmt: skip
AGAIN = {"three": ("one", 7), "four": ("two", 3)}  # so many of an earlier cohort join a later one as well


def build(folder: Path, seed: int = 3) -> Tiny:
    draw = random.Random(seed)
    juniors = [_somebody(draw, f"crowd{number}") for number in range(260)]
    mentors, pairs, sessions = [], [], []
    for cohort, (start, many) in COHORTS.items():
        for number in range(many):
            one = _somebody(draw, f"{cohort}{number}", chance=0.12)
            mentors.append(one)
            pairs.append(pair(one.name, start, cohort))
            held = draw.randrange(4)
            sessions += [
                {"pair_id": pairs[-1]["pair_id"], "session_date": f"{start[:4]}-{int(start[5:7]) + month:02d}-20",
                 "status": "held", "topic": draw.choice(("career", "culture"))}
                for month in range(1, 1 + held) if int(start[5:7]) + month <= 12
            ]  # fmt: skip
    for cohort, (earlier, many) in AGAIN.items():
        pairs += [pair(f"{earlier}{number}", COHORTS[cohort][0], cohort) for number in range(many)]
    seniors = [_somebody(draw, f"senior of {one.name}", level="C") for one in mentors]
    others = [_somebody(draw, f"leader{number}", level=draw.choice(("B", "C"))) for number in range(60)]
    extra = {"sessions.csv": csv(sessions), "survey.csv": csv(_answers(draw, pairs))}
    return employer(folder, [*juniors, *mentors, *seniors, *others], pairs, extra=extra)


def _answers(draw: random.Random, pairs: list[dict[str, str]]) -> list[dict[str, str]]:
    """Two scales of mentors before and after; of some groups a few answer, of others all but a few."""
    found = []
    for one in pairs:
        for wave, month, chance in (("pre", 0, 0.85), ("post", 4, 0.6)):
            if draw.random() < chance:
                year, begun = one["start_date"][:4], int(one["start_date"][5:7])
                found += [
                    {"survey_id": "s", "wave": wave, "side": "mentor", "cohort": one["cohort"], "item": f"{scale}1",
                     "response_id": f"{wave} {one['pair_id']}", "employee_id": one["mentor_id"], "construct": scale,
                     "score": str(draw.randint(1, 5)), "scale_min": "1", "scale_max": "5",
                     "submitted_at": f"{year}-{min(begun + month, 12):02d}-25"}
                    for scale in ("confidence", "inclusion")
                ]  # fmt: skip
    return found


def _somebody(draw: random.Random, name: str, *, level: str = "A", chance: float = 0.2) -> Person:
    levels = {"2000-01-01": level}
    if level == "A" and draw.random() < 0.15:
        levels[f"2024-{draw.randint(10, 12)}-15"] = "B"
    left = f"{draw.choice(('2024-1', '2025-0'))}{draw.randint(0, 2) or 1}-{draw.randint(1, 28):02d}"
    more = {
        "location": draw.choices(PLACES, (5, 4, 1))[0],
        "department": draw.choices(DEPARTMENTS, (5, 3, 2))[0],
        "gender": draw.choices(("woman", "man", "non_binary"), (6, 5, 1))[0],
        "disability": draw.choices(("yes", "no"), (1, 7))[0],
    }
    return Person(
        name,
        left=left if draw.random() < chance else "",
        how=draw.choice(("voluntary", "involuntary")),
        levels=levels,
        more=more,
    )
