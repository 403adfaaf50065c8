"""What the evidence behind a finding is: the same question with one choice changed, power, dose, differences.

All differences and rates are proportions; what may not be shown is None here already, with a reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from analysis.findings.results import Finding, Outcome, Side

Family = Literal[
    "declared",
    "estimator",
    "window",
    "comparators",
    "covariates",
    "leave_one_cohort_out",
    "involuntary_exit",
    "promotion_before",
    "intention_to_treat",
    "lottery",
    "missing_follow_up",
    "spill_over",
]


@dataclass(frozen=True)
class Variation:
    """The same question with one choice changed: the estimate (a proportion) with its 95 % interval.

    Where it could not be computed estimate is None and `reason` says why.
    """

    family: Family
    label: str
    estimate: float | None
    ci_low: float | None
    ci_high: float | None
    reason: str = ""


@dataclass(frozen=True)
class Robustness:
    """What the diagnostics of one outcome of one figure rest on: the comparison under other conditions."""

    outcome: Outcome
    variations: tuple[Variation, ...]

    def of(self, family: Family) -> tuple[Variation, ...]:
        return tuple(row for row in self.variations if row.family == family)


@dataclass(frozen=True)
class SpecificationStrip:
    """The estimate under every reasonable choice, so that nobody can pick one afterwards."""

    finding: Finding
    rows: tuple[Variation, ...]
    sentence: str
    alt_text: str


@dataclass(frozen=True)
class GroupDifference:
    """Do effects differ between the groups of one header? The score-type test, and the family's adjusted p-value.

    p_adjusted controls the false discovery rate (Benjamini and Hochberg 1995) over the headers asked together.
    smallest_detectable: the smallest difference between the two largest groups that 80 % of studies would find.
    """

    header: str
    groups: tuple[str, ...]
    statistic: float | None
    degrees_of_freedom: int | None
    p_value: float | None
    p_adjusted: float | None
    smallest_detectable: float | None
    reason: str


@dataclass(frozen=True)
class DifferencesFinding:
    outcome: Outcome
    side: Side
    horizon_months: int
    quarter: str
    rows: tuple[GroupDifference, ...]
    sentence: str
    data_version: int

    @property
    def tests(self) -> int:
        """Breakdowns that could be tested; p-values are adjusted for so many."""
        return sum(row.p_adjusted is not None for row in self.rows)

    def of(self, header: str | None) -> GroupDifference | None:
        """The row of a header; None where these data have no two groups by it."""
        return next((row for row in self.rows if row.header == header), None)


@dataclass(frozen=True)
class DoseRow:
    """Participants by sessions held: a description, never an effect. rate is a proportion with its Wilson interval."""

    sessions: str
    people: int | None
    rate: float | None
    low: float | None
    high: float | None
    reason: str | None


@dataclass(frozen=True)
class DoseFinding:
    outcome: Outcome
    side: Side
    quarter: str
    rows: tuple[DoseRow, ...]
    sentence: str
    alt_text: str
    data_version: int


@dataclass(frozen=True)
class PowerRow:
    """How many participants a true difference (a proportion, positive) would need to be found in 80 % of studies."""

    difference: float
    participants: int | None


@dataclass(frozen=True)
class PowerFinding:
    outcome: Outcome
    side: Side
    quarter: str
    participants: int | None
    smallest_detectable: float | None
    rows: tuple[PowerRow, ...]
    sentence: str
    data_version: int
