"""Does one cohort carry the answer? Left out one at a time, the verdict should stay."""

from __future__ import annotations

from analysis.findings.checks import balance, known_on_the_day, method_agreement, positivity
from analysis.findings.checks.case import Case
from analysis.findings.outcomes import DEFINITIONS
from analysis.findings.results import Check, Verdict
from analysis.findings.verdict import verdict_of_interval
from analysis.findings.words import points, verdict_label

NAME, LABEL = "leave_one_cohort_out", "No cohort carries it alone"
# Their amber stands between an interval and a conclusion: so it does here.
BLOCKING = (balance, positivity, method_agreement, known_on_the_day)


def check(case: Case) -> Check | None:
    overall = case.analysis.overall
    if overall is None or case.estimate is None or case.robustness is None:
        return None
    left_out = case.variations("leave_one_cohort_out")
    rows = [
        (row.label, row.estimate, _verdict(case, row.ci_low, row.ci_high))
        for row in left_out
        if row.estimate is not None and row.ci_low is not None and row.ci_high is not None
    ]
    if len(rows) < 2:
        return Check(
            NAME, LABEL, "could_not_run", "There is no cohort that could be left out.", remedy="A second cohort."
        )
    estimates = [estimate for _, estimate, _ in rows]
    spread = max(estimates) - min(estimates)
    span = f"the difference ranges from {points(min(estimates))} to {points(max(estimates))} points"
    declared = _verdict(case, overall.interval.low, overall.interval.high)
    stays = _said(case, declared)
    changed = {verdict: [name for name, _, found in rows if found == verdict] for _, _, verdict in rows}
    changed.pop(declared, None)
    if not changed:
        text = f'Leaving out any one of {len(rows)} cohorts, the verdict stays "{stays}"; {span}.'
        return Check(NAME, LABEL, "passed", text, spread)
    told = "; ".join(f'without {", ".join(names)} "{_said(case, verdict)}"' for verdict, names in changed.items())
    text = f'With all cohorts the interval says "{stays}", {told}; {span}.'
    return Check(NAME, "One cohort matters", "warning", text, spread, remedy="More cohorts.")


def _verdict(case: Case, low: float, high: float) -> Verdict:
    checks = (module.check(case) for module in BLOCKING)
    return verdict_of_interval(
        low,
        high,
        blocked=any(check is not None and check.status == "warning" for check in checks),
        higher_is_better=DEFINITIONS[case.analysis.outcome].higher_is_better,
        smallest_difference=case.plan.smallest_difference,
        thresholds=case.plan.thresholds,
    )


def _said(case: Case, verdict: Verdict) -> str:
    return verdict_label(verdict, case.plan.smallest_difference)
