"""Do colleagues close to a participant share the effect? Without them, and without pairs in one reporting line."""

from __future__ import annotations

from analysis.findings.checks.case import Case, moved, told
from analysis.findings.results import Check

NAME, LABEL = "spill_over", "No spill-over"
REMEDY = "Cohorts that fill one office or department at a time, compared with others."


def check(case: Case) -> Check | None:
    rows = case.variations("spill_over")
    if not case.fitted or not rows:
        return None
    if rows[0].estimate is None:
        return Check(
            NAME,
            LABEL,
            "could_not_run",
            rows[0].reason,
            remedy="manager_id in the people files.",
        )
    apart = moved(case, rows[0])
    text = (
        f"Without colleagues who share a manager with a participant, and pairs in one reporting line: {told(rows[0])}."
    )
    return Check(NAME, LABEL, "warning" if apart is not None and apart > 1.0 else "passed", text, apart, 1.0, REMEDY)
