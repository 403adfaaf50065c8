"""One rule from an interval to words, for every claim; and the rules by which a registered claim can be judged.

The first line of the table that holds wins. Of a difference it says what the verdict on every other page says of the
same interval (`findings.verdict`), turned to what the claim states. A mark is 0 for a difference and the stated share
or score otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from analysis.findings.claims.asks import Direction
from analysis.findings.verdict import LEANING_SHARE

Judgement = Literal[
    "not_shown",
    "withheld",
    "too_few",
    "described",
    "supported",
    "other_way",
    "not_supported",
    "leans_towards",
    "leans_away",
    "cannot_tell",
]
RegisteredRule = Literal["clear", "clear_and_large", "all_large"]


@dataclass(frozen=True)
class Evidence:
    """What a judgement looks at. low and high are None where nothing may be shown; all in one unit.

    blocked: a check stands between the interval and a conclusion. firm: enough people for a verdict. smallest: the
    smallest difference that matters, None where none is declared. description: there is nothing to compare with.
    compared: somebody else was asked too; a change that everybody may have had does not even lean.
    """

    low: float | None
    high: float | None
    expects: Direction
    mark: float = 0.0
    smallest: float | None = None
    firm: bool = True
    blocked: bool = False
    withheld: bool = False
    description: bool = False
    compared: bool = True

    @property
    def turned(self) -> tuple[float, float]:
        """The interval from the mark on, turned so that the expected direction is up. Only where it is shown."""
        low, high = (self.low or 0.0) - self.mark, (self.high or 0.0) - self.mark
        return (low, high) if self.expects == "higher" else (-high, -low)

    @property
    def small(self) -> bool:
        """Whether the interval holds no difference and nothing as large as the smallest that matters, either way."""
        low, high = self.turned
        return self.smallest is not None and -self.smallest <= low <= 0 <= high <= self.smallest

    @property
    def share_towards(self) -> float:
        """The share of the interval's length on the side that the claim states."""
        low, high = self.turned
        if high <= low:
            return 0.5 if low == 0 else float(low > 0)
        return min(max(high / (high - low), 0.0), 1.0)


@dataclass(frozen=True)
class Line:
    """One line of the table: the judgement, its words, the rule in words, and the rule."""

    judgement: Judgement
    label: str
    text: str
    holds: Callable[[Evidence], bool]


LINES: tuple[Line, ...] = (
    Line(
        "withheld",
        "Not reliable enough to read",
        "a check failed, and the number is withheld",
        lambda case: case.withheld,
    ),
    Line(
        "not_shown",
        "Not shown",
        "too few people to show a number, or nothing to count",
        lambda case: not case.description and (case.low is None or case.high is None),
    ),
    Line(
        "described",
        "Described, not judged",
        "a count that is compared with nothing",
        lambda case: case.description,
    ),
    Line(
        "too_few",
        "Too few to tell",
        "fewer people than a verdict needs",
        lambda case: not case.firm,
    ),
    Line(
        "supported",
        "Supported by our data",
        "the 95 % interval lies wholly on the side that the claim states, and none of the checks that a direction "
        "rests on calls for care (balance, support, method agreement, known on the day); any other check that does "
        "lowers the grade and not the verdict",
        lambda case: case.turned[0] > 0 and not case.blocked,
    ),
    Line(
        "other_way",
        "Points the other way",
        "the same on the other side",
        lambda case: case.turned[1] < 0 and not case.blocked,
    ),
    Line(
        "not_supported",
        "Not supported by our data",
        "the interval holds no difference, and nothing as large as the smallest that matters, either way, as the plan "
        "declares it",
        lambda case: case.small,
    ),
    Line(
        "leans_away",
        "Leans the other way, not conclusive",
        "wholly on the other side with such a check, or at least 97.5% of the interval on the other side",
        lambda case: case.compared and 1 - case.share_towards >= LEANING_SHARE,
    ),
    Line(
        "leans_towards",
        "Leans towards the claim, not conclusive",
        "the same on the side that the claim states",
        lambda case: case.compared and case.share_towards >= LEANING_SHARE,
    ),
    Line(
        "cannot_tell",
        "Cannot tell",
        "anything else: the interval holds both, or nobody was asked to compare with",
        lambda case: True,
    ),
)


def judge(case: Evidence) -> Judgement:
    """The first line that holds."""
    return next(line.judgement for line in LINES if line.holds(case))


def label_of(judgement: Judgement) -> str:
    return next(line.label for line in LINES if line.judgement == judgement)


RULES: dict[RegisteredRule, str] = {
    "clear": "the whole 95 % interval lies on the expected side of no difference",
    "clear_and_large": "the whole 95 % interval lies on the expected side, and the estimate reaches the smallest "
    "difference",
    "all_large": "the whole 95 % interval lies beyond the smallest difference",
}
Registered = Literal["no_data", "not_shown", "too_few", "met", "other_way", "not_met", "cannot_tell"]
REGISTERED: dict[Registered, str] = {
    "no_data": "No data yet",
    "not_shown": "No number may be shown",
    "too_few": "Too few to tell",
    "met": "Holds by the registered rule",
    "other_way": "Points the other way",
    "not_met": "Does not hold: the smallest difference is ruled out",
    "cannot_tell": "Cannot tell by the registered rule",
}


def judge_registered(
    estimate: float | None,
    low: float | None,
    high: float | None,
    *,
    direction: Direction,
    smallest: float,
    rule: RegisteredRule,
    firm: bool = True,
) -> Registered:
    """A result by the rule that was registered; estimate, limits and smallest in one unit, smallest above 0.

    "not_met" needs more than a missing proof: the interval must leave no room for the smallest difference.
    """
    if low is None or high is None:
        return "not_shown"
    if not firm or estimate is None:
        return "too_few"
    if direction == "lower":
        estimate, low, high = -estimate, -high, -low
    if high < 0:
        return "other_way"
    met = {
        "clear": low > 0,
        "clear_and_large": low > 0 and estimate >= smallest,
        "all_large": low >= smallest,
    }
    if met[rule]:
        return "met"
    return "not_met" if high < smallest else "cannot_tell"
