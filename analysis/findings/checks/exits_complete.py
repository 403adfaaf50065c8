"""Does anybody disappear from later snapshots without an exit date? Then who stayed is not known (rule R8)."""

from __future__ import annotations

from analysis.findings.checks.case import Case
from analysis.findings.nobody import counted_nobody
from analysis.findings.results import Check
from analysis.findings.words import people

NAME, LABEL = "follow_up", "Exits complete"


def check(case: Case) -> Check:
    if counted_nobody(case.analysis):
        return Check(NAME, LABEL, "could_not_run", "Nobody has been followed, so nobody can be seen to disappear.")
    missing = case.analysis.figure.vanished
    if missing == 0:
        return Check(NAME, LABEL, "passed", "Nobody disappears without an exit date.", 0.0, 0.0)
    return Check(
        NAME,
        LABEL,
        "failed",
        f"{people(missing, 'person-trial')} vanished from later snapshots without an exit date.",
        float(missing),
        0.0,
        'Their termination dates; or declare absent_without_exit = "left" in the plan.',
    )
