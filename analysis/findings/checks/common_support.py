"""How many participants have no colleague of the same cohort, level and department at once? Shown, not judged."""

from __future__ import annotations

from analysis.findings.checks.case import Case
from analysis.findings.results import Check

NAME, LABEL = "common_support", "Alike in everything at once"


def check(case: Case) -> Check | None:
    if not case.fitted:
        return None
    alone = case.analysis.alone_in_cell
    text = "Every participant has a colleague of the same cohort, level and department."
    if alone > 0:
        text = (
            f"{alone:.0%} of participants have no colleague of the same cohort, level and department at once; for them "
            "the models combine colleagues who share some of it."
        )
    return Check(NAME, LABEL, "passed", text, alone)
