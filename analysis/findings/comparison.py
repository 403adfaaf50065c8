"""Two selections side by side: two findings, and their difference where nobody is in both."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

from analysis.findings import words
from analysis.findings.results import Finding, Question

DECIMALS = 10


@dataclass(frozen=True)
class Comparison:
    """difference: the first effect less the second, a proportion, with its 95 % interval; None with `reason`."""

    one: Finding
    other: Finding
    difference: float | None
    ci_low: float | None
    ci_high: float | None
    sentence: str
    reason: str | None


def disjoint(one: Question, other: Question) -> bool:
    """Whether no participant can be in both: some restriction, the side or the cohort has two different values."""
    mine, theirs = one.where.chosen, other.where.chosen
    apart = any(theirs.get(header, value) != value for header, value in mine.items())
    cohorts = one.cohort is not None and other.cohort is not None and one.cohort != other.cohort
    return apart or cohorts or one.side != other.side


def compare(one: Finding, other: Finding, *, apart: bool) -> Comparison:
    """Square-and-add of the two intervals (Zou and Donner, Stat Med 2008;27:1693), the two taken as independent.

    apart: nobody is in both selections, as `disjoint` finds; otherwise they are shown without a difference.
    """
    reason = None
    if one.where == other.where and (one.side, one.cohort) == (other.side, other.cohort):
        reason = "Both are the same selection."
    elif not apart:
        reason = "The two selections share people, so their difference has no interval here."
    if reason or one.estimate is None or other.estimate is None:
        reason = reason or "One of the two numbers is not shown, so neither is their difference."
        return Comparison(one, other, None, None, None, reason, reason)
    assert one.ci_low is not None and one.ci_high is not None
    assert other.ci_low is not None and other.ci_high is not None
    gap = one.estimate - other.estimate
    low = gap - hypot(one.estimate - one.ci_low, other.ci_high - other.estimate)
    high = gap + hypot(one.ci_high - one.estimate, other.estimate - other.ci_low)
    found = "is higher" if low > 0 else "is lower" if high < 0 else "is not distinguishable from the second"
    sentence = (
        f"The first effect {found}: {words.points(gap)} points apart, 95% interval {words.interval(low, high)}. "
        "Colleagues may be compared with both, so the interval is approximate; two selections picked because they "
        "look different will differ."
    )
    return Comparison(one, other, round(gap, DECIMALS), round(low, DECIMALS), round(high, DECIMALS), sentence, None)
