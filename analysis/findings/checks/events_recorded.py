"""Are promotions and moves in the data at all? Where nobody ever has one, they are probably not recorded."""

from __future__ import annotations

from analysis.findings.checks.case import Case
from analysis.findings.results import Check

NAME, LABEL = "events_recorded", "Events recorded"
ENOUGH = 100  # among fewer, it can happen that nobody is promoted or moves in a year
WORDS = {"promotion": "promotion", "internal_move": "move within the company"}


def check(case: Case) -> Check | None:
    overall, word = case.analysis.overall, WORDS.get(case.analysis.outcome)
    if word is None or overall is None or case.estimate is None:
        return None
    people = overall.participants + overall.comparators
    if people < ENOUGH or overall.rate_participants > 0.0 or overall.rate_comparators > 1e-9:
        return Check(NAME, LABEL, "passed", f"The data hold at least one {word} of the people compared.")
    text = f"Not one {word} of {people:,} person-trials is in the data: they are probably not recorded."
    return Check(NAME, LABEL, "failed", text, remedy="Job events, or snapshots with level and department.")
