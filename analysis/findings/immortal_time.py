"""The immortal-time demonstration in words: an invented workforce, no effect, two ways of counting."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from analysis.estimates.immortal_time import ImmortalTime, immortal_time
from analysis.findings.words import percent, points

WINDOW = 24  # months from the launch to the count


@dataclass(frozen=True)
class Demonstration:
    """Both ways of counting, as proportions, with what they say."""

    found: ImmortalTime
    sentence: str
    alt_text: str


@lru_cache(maxsize=256)
def demonstrate(yearly_exit: float, signing_up: float, spread: int) -> Demonstration:
    """Proportions, and months over which joining is spread; ValueError as `immortal_time` raises it."""
    found = immortal_time(yearly_exit, signing_up, spread, WINDOW)
    sentence = (
        f"The programme does nothing here. Yet {percent(found.ever)} of those who ever joined are still employed "
        f"{WINDOW} months after the launch, and {percent(found.never)} of those who never did: a false benefit of "
        f"{points(found.false_benefit)} points, because nobody can join after leaving. Followed from the day of "
        f"joining, beside colleagues who were there on that day, both groups keep {percent(found.participants)} for "
        f"a year: a difference of {points(found.same_day)}."
    )
    alt = (
        f"No true effect. Ever against never: {points(found.false_benefit)} points. From the same day: "
        f"{points(found.same_day)} points."
    )
    return Demonstration(found, sentence, alt)
