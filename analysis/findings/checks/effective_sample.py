"""How many people are the comparators worth after weighting, and does one of them weigh too much?"""

from __future__ import annotations

from analysis.findings.checks.case import Case
from analysis.findings.results import Check, CheckStatus

NAME, LABEL = "effective_sample", "Enough colleagues"


def check(case: Case) -> Check | None:
    overall = case.analysis.overall
    if overall is None or case.estimate is None:
        return None
    effective, needed = overall.effective, 2.0 * overall.participants
    heavy = case.analysis.largest_weight > case.plan.thresholds.largest_weight_amber
    status: CheckStatus = "warning" if effective < needed or heavy else "passed"
    text = (
        f"After weighting there are as many comparisons as {effective:,.0f} equally weighted ones (a colleague can be "
        f"compared in several cohorts); the heaviest one carries "
        f"{case.analysis.largest_weight:.1%} of the weight."
    )
    return Check(NAME, LABEL, status, text, effective, needed, "More colleagues who could have joined and did not.")
