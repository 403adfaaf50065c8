"""Negative control: the programme should not prevent redundancies; a clear difference there points at selection."""

from __future__ import annotations

from analysis.findings.checks.case import Case, side_of_zero, told
from analysis.findings.results import Check

NAME, LABEL = "involuntary_exit", "Nothing where nothing should be"


def check(case: Case) -> Check | None:
    rows = case.variations("involuntary_exit")
    if not case.fitted or not rows:  # counted in the figure of exits only
        return None
    if rows[0].estimate is None:
        return Check(NAME, LABEL, "could_not_run", rows[0].reason, remedy="Exit types: voluntary or involuntary.")
    if side_of_zero(rows[0].ci_low, rows[0].ci_high) == 0:
        text = f"Involuntary exits, which the programme should not touch, show no clear difference: {told(rows[0])}."
        return Check(NAME, LABEL, "passed", text, rows[0].estimate)
    text = (
        f"Involuntary exits differ too, though the programme should not touch them: {told(rows[0])}. Who joins may "
        "differ in ways that were not seen."
    )
    remedy = "A lottery among applicants, or more of what is known about people on the day."
    return Check(NAME, "Differs where it should not", "warning", text, rows[0].estimate, remedy=remedy)
