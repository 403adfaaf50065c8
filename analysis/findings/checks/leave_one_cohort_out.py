"""Does one cohort carry the answer? Left out one at a time, the conclusion should stay."""

from __future__ import annotations

from analysis.findings.checks.case import Case, side_of_zero
from analysis.findings.results import Check
from analysis.findings.words import points

NAME, LABEL = "leave_one_cohort_out", "No cohort carries it alone"


def check(case: Case) -> Check | None:
    overall = case.analysis.overall
    if overall is None or case.estimate is None or case.robustness is None:
        return None
    rows = [row for row in case.variations("leave_one_cohort_out") if row.estimate is not None]
    if len(rows) < 2:
        return Check(
            NAME, LABEL, "could_not_run", "There is no cohort that could be left out.", remedy="A second cohort."
        )
    conclusion = side_of_zero(overall.interval.low, overall.interval.high)
    # The sign of a difference that may be none at all says nothing: it counts where there is a conclusion to lose.
    changed = [
        row
        for row in rows
        if side_of_zero(row.ci_low, row.ci_high) != conclusion
        or (conclusion and (row.estimate or 0.0) * overall.difference < 0)
    ]
    estimates = [row.estimate for row in rows if row.estimate is not None]
    span = f"from {points(min(estimates))} to {points(max(estimates))} points"
    if not changed:
        text = f"Leaving out any one of {len(rows)} cohorts, the difference ranges {span}."
        return Check(NAME, LABEL, "passed", text, max(estimates) - min(estimates))
    named = ", ".join(row.label for row in changed)
    return Check(
        NAME,
        "One cohort matters",
        "warning",
        f"Without {named} the conclusion changes; the difference ranges {span}.",
        max(estimates) - min(estimates),
        remedy="More cohorts.",
    )
