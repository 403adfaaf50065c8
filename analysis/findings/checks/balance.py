"""Standardised mean differences after weighting: are the two groups alike (PROTOCOL.md 1.7)?"""

from __future__ import annotations

from analysis.findings.checks.case import Case, colour
from analysis.findings.results import Check
from analysis.findings.words import group_label, header_label

NAME, LABEL = "balance", "Comparable people"
REMEDY = "More participants."


def check(case: Case) -> Check | None:
    if not case.fitted:
        return None
    counted = [row for row in case.analysis.balance if row.counts]
    worst = max(counted, key=lambda row: abs(row.after), default=None)
    if worst is None:
        return Check(NAME, LABEL, "could_not_run", "No covariate level holds five participants.", remedy=REMEDY)
    value, limits = abs(worst.after), case.plan.thresholds
    where = f"{header_label(worst.covariate)}: {group_label(worst.covariate, worst.level)}"
    return Check(
        NAME,
        LABEL,
        colour(value, limits.balance_amber, limits.balance_red),
        f"The largest difference after weighting is {value:.2f} standard deviations ({where}).",
        value,
        limits.balance_amber if value <= limits.balance_red else limits.balance_red,
        f"More colleagues who are alike in {header_label(worst.covariate).lower()}.",
    )
