"""Verdict and grade: one table each, the first rule that holds wins, symmetric in good and bad (PROTOCOL.md part 7)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from analysis.findings.results import Check, Verdict
from analysis.plan import Thresholds

# Amber here stands between an interval and a conclusion; amber elsewhere only lowers the grade.
BLOCKING = frozenset({"balance", "support", "method_agreement", "covariates_as_of_time_zero"})
LEANING_SHARE = 0.975


@dataclass(frozen=True)
class Case:
    """What a verdict looks at. low and high are the interval turned so that up is better; proportions."""

    low: float | None
    high: float | None
    participants: int
    effective_comparators: float
    red: bool
    blocked: bool
    amber: bool
    smallest_difference: float
    thresholds: Thresholds

    @property
    def share_above(self) -> float:
        """The share of the interval's length that lies above 0."""
        if self.low is None or self.high is None or self.high <= self.low:
            return 0.5
        return min(max(self.high / (self.high - self.low), 0.0), 1.0)


@dataclass(frozen=True)
class Rule:
    """One line of the table: what is concluded, the rule in words, and the rule."""

    verdict: Verdict
    label: str
    text: str
    holds: Callable[[Case], bool]


def _above(case: Case) -> bool:
    return case.low is not None and case.low > 0


def _below(case: Case) -> bool:
    return case.high is not None and case.high < 0


def _small(case: Case) -> bool:
    if case.low is None or case.high is None:
        return False
    return -case.smallest_difference <= case.low <= 0 <= case.high <= case.smallest_difference


RULES: tuple[Rule, ...] = (
    Rule(
        "not_shown",
        "Not shown",
        "fewer than {participants_to_show} participants",
        lambda case: case.participants < case.thresholds.participants_to_show,
    ),
    Rule(
        "too_few_to_tell",
        "Too few to tell",
        "fewer than {participants_for_verdict} participants, or fewer than {comparators_for_verdict} effective "
        "comparators",
        lambda case: (
            case.participants < case.thresholds.participants_for_verdict
            or case.effective_comparators < case.thresholds.comparators_for_verdict
        ),
    ),
    Rule(
        "not_reliable_enough_to_read",
        "Not reliable enough to read",
        "a red check: imbalance above {balance_red:.2f}, more than {excluded_red:.0%} of participants without a "
        "comparator, no model, people who vanish, or data without leavers; the number is withheld",
        lambda case: case.red or case.low is None or case.high is None,
    ),
    Rule(
        "evidence_of_harm",
        "Evidence of harm",
        "the interval lies wholly on the worse side of 0, and no amber check among balance, support, method agreement, "
        "known on the day",
        lambda case: _below(case) and not case.blocked,
    ),
    Rule(
        "evidence_of_benefit",
        "Evidence of benefit",
        "the same on the better side",
        lambda case: _above(case) and not case.blocked,
    ),
    Rule(
        "no_difference_larger_than_x",
        "No difference larger than X",
        "the interval holds 0 and lies within plus or minus X, the smallest difference that matters",
        _small,
    ),
    Rule(
        "leans_worse",
        "Leans worse, not conclusive",
        "wholly on the worse side with such an amber check, or at least 97.5% of the interval on the worse side",
        lambda case: _below(case) or 1.0 - case.share_above >= LEANING_SHARE,
    ),
    Rule(
        "leans_better",
        "Leans better, not conclusive",
        "the same on the better side",
        lambda case: _above(case) or case.share_above >= LEANING_SHARE,
    ),
    Rule(
        "cannot_tell",
        "Cannot tell",
        "anything else: the interval and the smallest effect this study could have shown are said",
        lambda case: True,
    ),
)

GRADES: tuple[tuple[str, str], ...] = (
    ("A", "drawn by lot or from a waiting list by lot, compared as drawn"),
    ("B", "comparable colleagues, balanced, time zero aligned, all checks green"),
    ("C", "adjusted, with an amber check"),
    ("D", "before and after, or no comparators"),
    ("E", "opinion of participants only"),
    ("?", "too few, or a red check"),
)


def case_of(
    *,
    low: float | None,
    high: float | None,
    participants: int,
    effective_comparators: float,
    checks: Iterable[Check],
    higher_is_better: bool,
    smallest_difference: float,
    thresholds: Thresholds,
) -> Case:
    """A case from an interval of participants minus comparators (proportions) and its checks."""
    checks = tuple(checks)
    if not higher_is_better and low is not None and high is not None:
        low, high = -high, -low
    return Case(
        low,
        high,
        participants,
        effective_comparators,
        red=any(check.status == "failed" for check in checks),
        blocked=any(check.status == "warning" and check.name in BLOCKING for check in checks),
        amber=any(check.status == "warning" for check in checks),
        smallest_difference=smallest_difference,
        thresholds=thresholds,
    )


def reach_verdict(case: Case) -> Verdict:
    return next(rule.verdict for rule in RULES if rule.holds(case))


def verdict_of_interval(
    low: float,
    high: float,
    *,
    blocked: bool,
    higher_is_better: bool,
    smallest_difference: float,
    thresholds: Thresholds,
) -> Verdict:
    """What an interval of participants minus comparators (proportions) concludes, size and red checks set aside.

    blocked: an amber check stands between an interval and a conclusion.
    """
    if not higher_is_better:
        low, high = -high, -low
    people = max(thresholds.participants_to_show, thresholds.participants_for_verdict)
    comparators = float(thresholds.comparators_for_verdict)
    return reach_verdict(Case(low, high, people, comparators, False, blocked, blocked, smallest_difference, thresholds))


def grade(verdict: Verdict, case: Case) -> str | None:
    """Of an adjusted comparison: B, C or "?"; None where nothing is shown. A needs a lottery, D and E other designs."""
    if verdict in ("not_shown", "exploratory"):
        return None
    if verdict in ("too_few_to_tell", "not_reliable_enough_to_read"):
        return "?"
    return "C" if case.amber else "B"


def printed(thresholds: Thresholds) -> tuple[tuple[str, str], ...]:
    """The table for the reader: verdict and rule, with the plan's thresholds filled in."""
    return tuple((rule.label, rule.text.format(**vars(thresholds))) for rule in RULES)
