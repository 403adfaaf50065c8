"""If every unknown outcome had been the worst, or the best, for participants and the reverse for the others?"""

from __future__ import annotations

from analysis.findings.checks.case import Case
from analysis.findings.results import Check
from analysis.findings.words import points

NAME, LABEL = "missing_follow_up", "Every outcome known"
NOTHING = "Every outcome is known, so there is nothing to assume."
REMEDY = "The termination dates of those who disappeared."


def check(case: Case) -> Check | None:
    if not case.fitted:
        return None
    if case.analysis.figure.vanished == 0:
        return Check(NAME, LABEL, "passed", NOTHING, 0.0, 0.0)
    bounds = [row.estimate for row in case.variations("missing_follow_up") if row.estimate is not None]
    if len(bounds) < 2:
        reasons = " ".join(row.reason for row in case.variations("missing_follow_up"))
        return Check(NAME, LABEL, "could_not_run", reasons or "The bounds could not be computed.", remedy=REMEDY)
    return Check(
        NAME,
        LABEL,
        "warning",
        f"Depending on what became of those who disappear, the difference lies anywhere from {points(min(bounds))} to "
        f"{points(max(bounds))} points.",
        max(bounds) - min(bounds),
        0.0,
        REMEDY,
    )
