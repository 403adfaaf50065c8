"""Are those who left in the data at all? Among survivors everybody seems to stay."""

from __future__ import annotations

from analysis.findings.checks.case import Case
from analysis.findings.results import Check

ENOUGH_TO_SEE_EXITS = 100  # among fewer, it can happen that nobody leaves in a year
NAME, LABEL = "survivors_only", "Leavers included"
REMEDY = "A list of leavers with dates, or quarterly snapshots that include them."


def check(case: Case) -> Check:
    analysis, exits = case.analysis, case.data.exits
    people = analysis.participants + analysis.comparators
    if exits == 0:
        text = "The data hold nobody who left, so nobody can be seen to stay."
        return Check(NAME, LABEL, "failed", text, remedy=REMEDY)
    if not analysis.figure.exits and people >= ENOUGH_TO_SEE_EXITS:
        text = (
            f"Not one of {people:,} person-trials left within the follow-up: those who left are probably not in the "
            "data."
        )
        return Check(NAME, LABEL, "failed", text, remedy=REMEDY)
    return Check(NAME, LABEL, "passed", f"{exits:,} exits are held.")
