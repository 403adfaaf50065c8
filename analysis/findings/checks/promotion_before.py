"""Negative control: promotion in the year before joining cannot be the programme's doing. Never past retention: to
join, everybody had to be there."""

from __future__ import annotations

from analysis.findings.checks.case import Case, side_of_zero, told
from analysis.findings.results import Check

NAME, LABEL = "promotion_before", "Alike in the year before"


def check(case: Case) -> Check | None:
    rows = case.variations("promotion_before")
    if not case.fitted or not rows:
        return None
    if rows[0].estimate is None:
        reason = rows[0].reason
        return Check(NAME, LABEL, "could_not_run", reason, remedy="Snapshots from a year before the first cohort on.")
    if side_of_zero(rows[0].ci_low, rows[0].ci_high) == 0:
        text = f"In the year before joining, promotions show no clear difference: {told(rows[0])}."
        return Check(NAME, LABEL, "passed", text, rows[0].estimate)
    text = (
        f"Already in the year before joining, promotions differed: {told(rows[0])}. The comparison adjusts for "
        "promotion in that year, but who joins may differ in other ways too."
    )
    remedy = "A lottery among applicants, or more of what is known about people on the day."
    return Check(NAME, "Different already before", "warning", text, rows[0].estimate, remedy=remedy)
