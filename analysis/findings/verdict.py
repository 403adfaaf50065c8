"""Verdict and grade: one table, the first rule that holds wins, symmetric in good and bad (PROTOCOL.md part 7).

| verdict | rule |
|---|---|
| not_shown | fewer participants than may be shown |
| too_few_to_tell | fewer participants or effective comparators than a verdict needs |
| not_reliable_enough_to_read | a red check |
| evidence_of_harm, evidence_of_benefit | interval wholly on one side of 0, no blocking amber check |
| no_difference_larger_than_x | interval holds 0 and lies within plus or minus X |
| leans_worse, leans_better | wholly on one side with an amber check; or 97.5 % of its length on one side |
| cannot_tell | anything else |
"""

from __future__ import annotations

from collections.abc import Iterable

from analysis.findings.results import Check, Verdict
from analysis.plan import Thresholds

# Amber here stands between an interval and a conclusion; amber elsewhere only lowers the grade.
BLOCKING = frozenset({"balance", "support", "method_agreement", "covariates_as_of_time_zero"})
LEANING_SHARE = 0.975


def reach_verdict(
    *,
    low: float | None,
    high: float | None,
    participants: int,
    effective_comparators: float,
    checks: Iterable[Check],
    higher_is_better: bool,
    smallest_difference: float,
    thresholds: Thresholds,
) -> Verdict:
    """The verdict on an interval (proportions, participants minus comparators)."""
    checks = tuple(checks)
    if participants < thresholds.participants_to_show:
        return "not_shown"
    if participants < thresholds.participants_for_verdict or effective_comparators < thresholds.comparators_for_verdict:
        return "too_few_to_tell"
    if low is None or high is None or any(check.status == "failed" for check in checks):
        return "not_reliable_enough_to_read"
    if not higher_is_better:
        low, high = -high, -low
    amber = any(check.status == "warning" and check.name in BLOCKING for check in checks)
    if low > 0:
        return "leans_better" if amber else "evidence_of_benefit"
    if high < 0:
        return "leans_worse" if amber else "evidence_of_harm"
    if -smallest_difference <= low and high <= smallest_difference:
        return "no_difference_larger_than_x"
    length = high - low
    if length > 0 and high / length >= LEANING_SHARE:
        return "leans_better"
    if length > 0 and -low / length >= LEANING_SHARE:
        return "leans_worse"
    return "cannot_tell"


def grade(verdict: Verdict, checks: Iterable[Check]) -> str | None:
    """B: adjusted, all checks green; C: an amber check; "?": too few or a red check; None where nothing is shown.

    A needs a lottery, D and E come from other designs: none of them is reached by an adjusted comparison.
    """
    if verdict in ("not_shown", "exploratory"):
        return None
    if verdict in ("too_few_to_tell", "not_reliable_enough_to_read"):
        return "?"
    return "C" if any(check.status == "warning" for check in checks) else "B"
