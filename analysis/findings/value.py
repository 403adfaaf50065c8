"""What a difference in leavers is worth, only at a price that the reader gives: a range that may include nothing."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.findings.outcomes import DEFINITIONS
from analysis.findings.results import Finding, Outcome

LARGEST_COST = 1e9
PRICED: frozenset[Outcome] = frozenset({"retention", "voluntary_exit", "involuntary_exit"})


@dataclass(frozen=True)
class Value:
    """In the reader's own currency; low and high are the limits of the 95 % interval."""

    amount: float
    low: float
    high: float
    sentence: str


def value_of(finding: Finding, cost_of_replacing_one: float) -> Value | None:
    """The value of leavers avoided among the participants; None where the outcome has no price or is not shown.

    Raises ValueError for a cost that is not a positive number.
    """
    if not 0.0 < cost_of_replacing_one <= LARGEST_COST:
        raise ValueError("The cost of replacing somebody is a number above 0 and at most a thousand million.")
    if finding.outcome not in PRICED or finding.n_participants is None:
        return None
    if finding.estimate is None or finding.ci_low is None or finding.ci_high is None:
        return None
    price = finding.n_participants * cost_of_replacing_one
    amount, one, other = (price * value for value in (finding.estimate, finding.ci_low, finding.ci_high))
    if not DEFINITIONS[finding.outcome].higher_is_better:
        amount, one, other = -amount, -other, -one
    sentence = (
        f"At {cost_of_replacing_one:,.0f} to replace one person: {_told(amount)}, with a 95% interval from "
        f"{_told(one)} to {_told(other)}."
    )
    if one <= 0.0 <= other:
        sentence += " The range includes nothing at all."
    return Value(amount, one, other, sentence)


def _told(amount: float) -> str:
    """Three figures are all that such a number can carry."""
    digits = max(len(f"{abs(amount):.0f}") - 3, 0)
    rounded = round(amount, -digits)
    if rounded == 0:
        return "nothing"
    return f"{abs(rounded):,.0f} {'saved' if rounded > 0 else 'lost'}"
