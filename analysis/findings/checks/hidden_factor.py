"""E-value: how strong would something unseen have to be to explain the difference (VanderWeele and Ding 2017)?"""

from __future__ import annotations

from analysis.estimates.hidden_factor import EValue, e_value_of_rates
from analysis.findings.checks.case import Case
from analysis.findings.estimate import Estimate
from analysis.findings.results import Check

NAME, LABEL = "hidden_factor", "What it would take to explain it"


def check(case: Case) -> Check | None:
    estimate = case.estimate
    if estimate is None or not case.fitted:
        return None
    found = _e_value(estimate, leaving=case.analysis.outcome == "retention")
    if found.point is None or found.limit is None:
        return Check(NAME, LABEL, "could_not_run", found.reason)
    happening = "leaving" if case.analysis.outcome != "promotion" else "promotion"
    if case.analysis.outcome == "internal_move":
        happening = "moving"
    text = (
        f"To explain the difference away, something unseen would have to be linked to both joining and {happening} "
        f"by a ratio of at least {found.point:.1f}"
    )
    if found.limit > 1.0:
        text += f", and of {found.limit:.1f} to make it indistinguishable from none."
    else:
        text += "; the interval holds no difference as it is."
    return Check(NAME, LABEL, "passed", text, found.limit)


def _e_value(estimate: Estimate, *, leaving: bool) -> EValue:
    """On the rarer coding: exits for retention; the outcome itself otherwise."""
    one, zero = estimate.rate_participants, estimate.rate_comparators
    n1, n0 = float(estimate.participants), estimate.comparators_counted
    if leaving:
        return e_value_of_rates(1.0 - one, n1, 1.0 - zero, n0)
    return e_value_of_rates(one, n1, zero, n0)
