"""Do the adjusted methods agree within one standard error (PROTOCOL.md 1.5)?"""

from __future__ import annotations

from analysis.findings.checks.case import Case
from analysis.findings.results import Check

NAME = "method_agreement"
REMEDY = "More participants who resemble their colleagues."


def check(case: Case) -> Check | None:
    if not case.fitted:
        return None
    analysis = case.analysis
    label, apart = f"Same answer by {len(analysis.methods) - 1} methods", analysis.disagreement
    if apart is None:
        return Check(NAME, label, "could_not_run", "The headline has no standard error.", remedy=REMEDY)
    if apart <= 1.0:
        return Check(NAME, label, "passed", "The adjusted methods agree within one standard error.", apart, 1.0)
    return Check(
        NAME,
        "Answer depends on the method",
        "warning",
        f"The answer depends on the method: they differ by {apart:.1f} standard errors.",
        apart,
        1.0,
        REMEDY,
    )
