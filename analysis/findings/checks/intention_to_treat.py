"""Everybody who accepted an invitation, paired or not, against those who did not: nobody is sorted out afterwards."""

from __future__ import annotations

from analysis.findings.checks.case import Case, moved, told
from analysis.findings.results import Check

NAME, LABEL = "intention_to_treat", "As invited"
REMEDY = "Who was invited or applied, and what they answered, with dates."


def check(case: Case) -> Check | None:
    rows = case.variations("intention_to_treat")
    if not case.fitted or not rows:
        return None
    if rows[0].estimate is None:
        return Check(
            NAME,
            LABEL,
            "could_not_run",
            rows[0].reason,
            remedy=REMEDY,
        )
    apart = moved(case, rows[0])
    text = f"Everybody who accepted, paired or not: {told(rows[0])}."
    return Check(NAME, LABEL, "warning" if apart is not None and apart > 1.0 else "passed", text, apart, 1.0, REMEDY)
