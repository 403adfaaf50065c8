"""Could everything that the plan declares be adjusted for?"""

from __future__ import annotations

from analysis.findings.checks.case import Case
from analysis.findings.results import Check
from analysis.findings.words import header_label

NAME, LABEL = "adjusted_for_all", "All covariates used"


def check(case: Case) -> Check | None:
    if not case.fitted:
        return None
    if not case.analysis.left_out:
        return Check(NAME, LABEL, "passed", "Everything the plan declares is adjusted for.")
    named = ", ".join(header_label(name).lower() for name in case.analysis.left_out)
    text = f"With so few participants the comparison leaves out: {named}."
    return Check(NAME, LABEL, "warning", text, remedy="More participants.")
