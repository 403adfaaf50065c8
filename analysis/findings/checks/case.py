"""What a diagnostic looks at, and the few words that several of them share."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.findings.analysis import Analysis
from analysis.findings.estimate import Estimate
from analysis.findings.evidence import Family, Robustness, Variation
from analysis.findings.results import Check, CheckStatus
from analysis.findings.words import interval, points
from analysis.plan import Plan
from analysis.study.periods import Coverage


@dataclass(frozen=True)
class Case:
    """One comparison. estimate: the one spoken of, the whole figure's or a group's; None where there is none.

    robustness is None for exploratory questions, which get no grade: the evidence works it out when it is asked.
    """

    analysis: Analysis
    estimate: Estimate | None
    plan: Plan
    data: Coverage
    robustness: Robustness | None

    @property
    def fitted(self) -> bool:
        return self.analysis.overall is not None and self.estimate is not None

    def variations(self, family: Family) -> tuple[Variation, ...]:
        return self.robustness.of(family) if self.robustness else ()


@dataclass(frozen=True)
class CheckWords:
    """to_run: the data without which it can't run; to_settle: those that would settle what it found."""

    name: str
    label: str
    text: str
    to_run: str
    to_settle: str


@dataclass(frozen=True)
class ControlWords:
    """Of a negative control. alike and apart: sentences up to the number; apart_label and then: where it differs."""

    name: str
    label: str
    alike: str
    apart: str
    apart_label: str
    then: str
    to_run: str


def colour(value: float, amber: float, red: float) -> CheckStatus:
    if value > red:
        return "failed"
    return "warning" if value > amber else "passed"


def moved(case: Case, row: Variation) -> float | None:
    """How far a variation lies from the headline, in the headline's standard errors; None where that is undefined."""
    overall = case.analysis.overall
    if overall is None or row.estimate is None or overall.std_error <= 0:
        return None
    return abs(row.estimate - overall.difference) / overall.std_error


def told(row: Variation) -> str:
    """A variation's estimate and interval, in percentage points."""
    if row.estimate is None or row.ci_low is None or row.ci_high is None:
        return row.reason
    return f"{points(row.estimate)} points, 95% interval {interval(row.ci_low, row.ci_high)}"


def beside_headline(case: Case, family: Family, words: CheckWords) -> Check | None:
    """A comparison under another condition: care where it lies more than one standard error from the headline."""
    rows = case.variations(family)
    if not case.fitted or not rows:
        return None
    if rows[0].estimate is None:
        return Check(words.name, words.label, "could_not_run", rows[0].reason, remedy=words.to_run)
    apart = moved(case, rows[0])
    status: CheckStatus = "warning" if apart is not None and apart > 1.0 else "passed"
    return Check(words.name, words.label, status, f"{words.text}: {told(rows[0])}.", apart, 1.0, words.to_settle)


def nothing_expected(case: Case, family: Family, words: ControlWords) -> Check | None:
    """A negative control: care where a difference shows that the programme cannot have made."""
    rows = case.variations(family)
    if not case.fitted or not rows:
        return None
    row = rows[0]
    if row.estimate is None:
        return Check(words.name, words.label, "could_not_run", row.reason, remedy=words.to_run)
    if side_of_zero(row.ci_low, row.ci_high) == 0:
        return Check(words.name, words.label, "passed", f"{words.alike}: {told(row)}.", row.estimate)
    text = f"{words.apart}: {told(row)}. {words.then}"
    remedy = "A lottery among applicants, or more of what is known about people on the day."
    return Check(words.name, words.apart_label, "warning", text, row.estimate, remedy=remedy)


def side_of_zero(low: float | None, high: float | None) -> int:
    """1 for an interval wholly above 0, -1 for one wholly below, else 0."""
    if low is None or high is None:
        return 0
    return int(low > 0) - int(high < 0)
