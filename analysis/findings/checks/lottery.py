"""Where places were drawn by lot: drawn against not drawn. The only comparison here that motivation cannot explain."""

from __future__ import annotations

from analysis.findings.checks.case import Case, side_of_zero, told
from analysis.findings.results import Check

NAME, LABEL = "randomised", "Chosen by lot"
REMEDY = "Fill an oversubscribed cohort by lot and load who was drawn."


def check(case: Case) -> Check:
    rows = [row for row in case.variations("lottery") if row.estimate is not None]
    if not rows:
        reasons = [row.reason for row in case.variations("lottery") if row.reason]
        text = "Taking part was not random: what cannot be seen, such as motivation, may differ."
        return Check(NAME, LABEL, "could_not_run", " ".join([text, *reasons]), remedy=REMEDY)
    text = f"Among applicants to oversubscribed cohorts, drawn against not drawn by lot: {told(rows[0])} (grade A"
    text += ")." if side_of_zero(rows[0].ci_low, rows[0].ci_high) else "; on its own it cannot tell)."
    return Check(NAME, LABEL, "passed", text, rows[0].estimate)
