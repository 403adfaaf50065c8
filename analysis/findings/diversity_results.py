"""What the findings about who is reached are: how far each group came, who made up each cohort, who leads.

Rates and shares are proportions. What may not be shown is None here already, with its reason in its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from analysis.findings.results import HealthFinding, ReachRow, Selection, Side

Step = Literal["invited", "accepted", "paired", "joined", "stayed", "promoted"]


@dataclass(frozen=True)
class StepKind:
    """One step of the way: the columns that count it, and its words. ratio: judged by the four-fifths rule. happened:
    it is what became of people, which none or all of a group would tell of each of them."""

    step: Step
    of: str
    did: str
    label: str
    short: str
    of_whom: str
    verb: str
    ratio: bool = True
    happened: bool = False


KINDS: tuple[StepKind, ...] = (
    StepKind("invited", "held", "invited", "Invited or applied", "Invited", "of those eligible",
             "were invited or applied"),
    StepKind("accepted", "invited", "accepted", "Accepted a place", "Accepted", "of those invited or who applied",
             "accepted a place"),
    StepKind("paired", "accepted", "paired", "Were paired", "Paired", "of those who accepted", "were paired"),
    StepKind("joined", "eligible", "joined", "Took part", "Took part", "of those eligible", "took part"),
    StepKind("stayed", "followed", "stayed", "Still here after 12 months", "Stayed", "of those who took part",
             "were still here after 12 months", ratio=False, happened=True),
    StepKind("promoted", "could_rise", "promoted", "Promoted within 4 quarters", "Promoted",
             "of those who took part, below the top", "were promoted within 4 quarters", happened=True),
)  # fmt: skip


@dataclass(frozen=True)
class StepRow:
    """One group at one step. group: the people, those who did it, the rate, and the ratio to the highest rate.

    low, high: Wilson's 95 % interval of the rate. p_adjusted: Fisher's p value, adjusted over all tests of the finding.
    """

    group: ReachRow
    low: float | None
    high: float | None
    p_adjusted: float | None


@dataclass(frozen=True)
class StepFinding:
    """One step for all groups. reason: why the step can't be told at all, None where it can."""

    step: Step
    label: str
    of_whom: str
    rows: tuple[StepRow, ...]
    sentence: str
    alt_text: str
    reason: str | None


@dataclass(frozen=True)
class CohortCell:
    """One group in one cohort: how many took part, and their share of the cohort; both None where hidden."""

    cohort: str
    group: str
    people: int | None
    share: float | None


@dataclass(frozen=True)
class CohortTable:
    """Who made up each cohort, by one attribute; cells in the order of cohorts, then of groups.

    sizes: people of each cohort, None where hidden. named: cohorts of which one group makes up four fifths or more,
    with that group, where it may be shown. reason: why there is no table.
    """

    cohorts: tuple[str, ...]
    groups: tuple[str, ...]
    cells: tuple[CohortCell, ...]
    sizes: tuple[int | None, ...]
    named: tuple[tuple[str, str], ...]
    sentence: str
    alt_text: str
    reason: str | None


@dataclass(frozen=True)
class RepresentationRow:
    """A group's share of all who were eligible, and of all who took part with Wilson's interval."""

    group: str
    eligible: int | None
    participants: int | None
    share_eligible: float | None
    share: float | None
    low: float | None
    high: float | None
    reason: str | None


@dataclass(frozen=True)
class DiversityFinding:
    """The way of each group of one attribute, over all cohorts or in one; who made up the cohorts; can it be read?"""

    side: Side
    quarter: str
    header: str
    cohort: str | None
    where: Selection
    steps: tuple[StepFinding, ...]
    representation: tuple[RepresentationRow, ...]
    cohorts: CohortTable
    health: HealthFinding
    tests: int
    sentence: str
    alt_text: str
    notes: tuple[str, ...]
    data_version: int
    plan_hash: str

    def step(self, name: Step) -> StepFinding:
        return next(found for found in self.steps if found.step == name)


@dataclass(frozen=True)
class LeadershipPoint:
    """One group in one quarter: its share of the two highest levels with Wilson's interval, and of all employees."""

    quarter: str
    group: str
    senior: int | None
    share: float | None
    low: float | None
    high: float | None
    share_of_all: float | None
    reason: str | None


@dataclass(frozen=True)
class LeadershipFinding:
    """Who holds the two highest levels, quarter by quarter: the company, not the programme's effect (CLAIMS B10).

    levels: their names, the highest first. seniors: people at these levels by quarter, None where too few.
    """

    header: str
    quarter: str
    levels: tuple[str, ...]
    quarters: tuple[str, ...]
    seniors: tuple[int | None, ...]
    points: tuple[LeadershipPoint, ...]
    sentence: str
    alt_text: str
    reason: str | None
    data_version: int

    def of(self, group: str) -> tuple[LeadershipPoint, ...]:
        return tuple(point for point in self.points if point.group == group)
