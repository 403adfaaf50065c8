"""Are the two groups alike within the group that a finding is about?"""

from __future__ import annotations

from analysis.findings.checks.case import Case
from analysis.findings.results import Check

NAME, LABEL = "balance_within_group", "Alike within the group"
REMEDY = "More people in this group."


def check(case: Case) -> Check | None:
    if case.estimate is None or case.estimate is case.analysis.overall:
        return None
    worst, limit = case.estimate.imbalance, case.plan.thresholds.balance_red
    if worst is None:
        return Check(NAME, LABEL, "could_not_run", "The group is too small.", remedy=REMEDY)
    value = abs(worst.after)
    text = (
        f"Within this group the largest difference after weighting is {value:.2f} standard deviations; the outcome "
        "model corrects for what remains."
    )
    return Check(NAME, LABEL, "warning" if value > limit else "passed", text, value, limit, REMEDY)
