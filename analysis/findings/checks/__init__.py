"""The diagnostics of one comparison, one a file, each passed, warning, failed, or could not run because."""

from __future__ import annotations

from dataclasses import replace

from analysis.findings.checks import (
    adjusted_for_all,
    balance,
    common_support,
    effective_sample,
    events_recorded,
    exit_types,
    exits_complete,
    hidden_factor,
    intention_to_treat,
    involuntary_exit,
    known_on_the_day,
    leave_one_cohort_out,
    leavers_included,
    lottery,
    method_agreement,
    missing_follow_up,
    model_health,
    positivity,
    promotion_before,
    promotions_dated,
    spill_over,
    within_group,
)
from analysis.findings.checks.case import Case
from analysis.findings.results import Check

DIAGNOSTICS = (
    leavers_included,
    exits_complete,
    missing_follow_up,
    known_on_the_day,
    exit_types,
    promotions_dated,
    events_recorded,
    model_health,
    balance,
    within_group,
    positivity,
    common_support,
    effective_sample,
    adjusted_for_all,
    method_agreement,
    leave_one_cohort_out,
    spill_over,
    intention_to_treat,
    involuntary_exit,
    promotion_before,
    hidden_factor,
    lottery,
)
# What is asked of the programme's outcomes, and not of the negative control itself.
_OF_ROBUSTNESS = (leave_one_cohort_out, spill_over, intention_to_treat, involuntary_exit, promotion_before)
_WORST_FIRST = {"failed": 0, "warning": 1, "could_not_run": 2, "passed": 3}

# Their words hold numbers that are as good as the number itself.
_TELLING = frozenset(module.NAME for module in (*_OF_ROBUSTNESS, missing_follow_up, hidden_factor, lottery))

__all__ = ["DIAGNOSTICS", "Case", "checks_for", "without_numbers"]


def checks_for(case: Case) -> tuple[Check, ...]:
    """All diagnostics that apply to a comparison, worst first, then in the order above."""
    control = case.analysis.outcome == "involuntary_exit"
    asked = [diagnostic for diagnostic in DIAGNOSTICS if not (control and diagnostic in _OF_ROBUSTNESS)]
    found = [check for diagnostic in asked if (check := diagnostic.check(case)) is not None]
    return tuple(sorted(found, key=lambda check: _WORST_FIRST[check.status]))


def without_numbers(checks: tuple[Check, ...]) -> tuple[Check, ...]:
    """The checks of a finding whose number is not shown: none of them tells it by another name."""
    untold = "Worked out, and not told while the number itself is not shown."
    return tuple(
        replace(check, text=untold, value=None)
        if check.name in _TELLING and check.status != "could_not_run" and check.text != missing_follow_up.NOTHING
        else check
        for check in checks
    )
