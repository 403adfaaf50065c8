"""What findings are: frozen objects that carry a number, how sure we are, and how it was made.

Differences and rates are proportions (0.06 is six percentage points); pages multiply by 100 when they speak.
A number that may not be shown is None here already, so nothing downstream can leak it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from analysis.study.selection import EVERYBODY as EVERYBODY
from analysis.study.selection import SELECTION_HEADERS as SELECTION_HEADERS
from analysis.study.selection import Selection as Selection

Outcome = Literal["retention", "voluntary_exit", "promotion", "involuntary_exit", "internal_move"]
Side = Literal["mentor", "mentee"]
CheckStatus = Literal["passed", "warning", "failed", "could_not_run"]
Verdict = Literal[
    "not_shown",
    "too_few_to_tell",
    "not_reliable_enough_to_read",
    "evidence_of_harm",
    "evidence_of_benefit",
    "no_difference_larger_than_x",
    "leans_worse",
    "leans_better",
    "cannot_tell",
    "exploratory",
]

HEADLINES: tuple[Outcome, ...] = ("retention", "voluntary_exit", "promotion")
OUTCOMES: tuple[Outcome, ...] = (*HEADLINES, "involuntary_exit", "internal_move")
SIDES: tuple[Side, ...] = ("mentor", "mentee")


@dataclass(frozen=True)
class Question:
    """What is asked of the store. `horizon_months` is the follow-up; `quarter` is "2025Q4", None the newest.

    `by` is a canonical header (cohort, gender, ethnicity, level, department, location, disability, lgbtq,
    generation, ...); with it the answer is one finding a group. `cohort` restricts to one cohort, from the
    same headline fit. `where` narrows both groups compared, before anything is fitted.
    """

    outcome: Outcome
    side: Side
    horizon_months: int = 12
    quarter: str | None = None
    cohort: str | None = None
    by: str | None = None
    where: Selection = EVERYBODY


@dataclass(frozen=True)
class Check:
    """One diagnostic. `status` could_not_run says why in `text`; `remedy` names the data that would settle it."""

    name: str
    label: str
    status: CheckStatus
    text: str
    value: float | None = None
    limit: float | None = None
    remedy: str = ""


@dataclass(frozen=True)
class Finding:
    """One answer: participants against comparable colleagues, for one outcome, side, cohort and group.

    estimate, ci_low, ci_high: the risk difference and its 95 % MOVER-Wilson interval. None where suppressed or
    withheld; for "too few to tell" the interval stands without an estimate. n_participants and n_comparators
    count person-trials in the fit: a colleague who was comparable to several cohorts counts once for each.
    n_colleagues are the distinct people among the comparators, known for the whole figure only; n_effective is the
    comparators' effective sample size. smallest_detectable is the smallest true difference that 80 % of studies of this
    size would find; participants_needed, how many would be needed for the smallest difference that matters.
    in_people says the difference in people, "" where it is not shown.
    """

    outcome: Outcome
    side: Side
    horizon_months: int
    quarter: str
    cohort: str | None
    by: str | None
    group: str | None
    estimand: str
    method: str
    estimate: float | None
    ci_low: float | None
    ci_high: float | None
    std_error: float | None
    p_value: float | None
    rate_participants: float | None
    rate_comparators: float | None
    n_participants: int | None
    n_comparators: int | None
    n_colleagues: int | None
    n_effective: float | None
    checks: tuple[Check, ...]
    verdict: Verdict
    verdict_label: str
    grade: str | None
    sentence: str
    alt_text: str
    suppressed: bool
    reason: str | None
    notes: tuple[str, ...]
    cohorts: tuple[str, ...]
    smallest_detectable: float | None
    participants_needed: int | None
    smallest_difference_that_matters: float
    in_people: str
    data_version: int
    loads: tuple[str, ...]
    plan_hash: str
    settings: dict[str, object] = field(default_factory=dict)
    where: Selection = EVERYBODY


@dataclass(frozen=True)
class MethodRow:
    """The same comparison by another method; `headline` marks the declared analysis."""

    label: str
    estimate: float | None
    ci_low: float | None
    ci_high: float | None
    headline: bool = False
    note: str = ""


@dataclass(frozen=True)
class BalanceRow:
    """Standardised mean difference of one covariate level, before and after weighting (absolute values)."""

    covariate: str
    level: str
    before: float
    after: float
    counts: bool = True


Measure = Literal["employment", "promotion"]
Cause = Literal["voluntary_exit", "involuntary_exit", "other_exit", "promotion", "left_before_promotion"]


@dataclass(frozen=True)
class Incidence:
    """Cumulative incidence of one cause among competing ones, by month; proportions with their 95 % band."""

    cause: Cause
    rate: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True)
class Curve:
    """One arm's weighted curve by month since time zero; proportions. `at_risk` are people still followed.

    survival and all incidences add up to one in every month.
    """

    arm: Literal["participants", "comparators"]
    months: tuple[int, ...]
    survival: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    at_risk: tuple[int, ...]
    incidences: tuple[Incidence, ...] = ()

    def incidence(self, cause: Cause) -> Incidence:
        return next(found for found in self.incidences if found.cause == cause)


@dataclass(frozen=True)
class CurvesFinding:
    """Weighted Kaplan-Meier and Aalen-Johansen curves of both arms; months of employment gained by the follow-up.

    measure "employment": staying, and the ways of leaving; "promotion": not yet promoted and still here, promotion,
    and leaving before it.
    """

    measure: Measure
    side: Side
    quarter: str
    participants: Curve | None
    comparators: Curve | None
    months_gained: float | None
    months_gained_low: float | None
    months_gained_high: float | None
    sentence: str
    alt_text: str
    reason: str | None
    data_version: int


@dataclass(frozen=True)
class OutcomeDetail:
    """Everything the Outcomes page shows for one outcome and side: the finding and what stands behind it."""

    finding: Finding
    methods: tuple[MethodRow, ...]
    balance: tuple[BalanceRow, ...]
    method_alt_text: str
    balance_alt_text: str


@dataclass(frozen=True)
class ReachRow:
    """Who took part, of those eligible. rate and ratio are proportions; None with `reason` where hidden.

    ratio compares with the group with the highest rate; `flag` is the four-fifths rule, strictly below 0.80.
    """

    header: str
    group: str
    eligible: int | None
    participants: int | None
    rate: float | None
    ratio: float | None
    ratio_low: float | None
    ratio_high: float | None
    fisher_p: float | None
    flag: bool
    reason: str | None


@dataclass(frozen=True)
class ReachFinding:
    side: Side
    quarter: str
    rows: tuple[ReachRow, ...]
    sentence: str
    alt_text: str
    data_version: int


@dataclass(frozen=True)
class HealthFinding:
    """The strip above the numbers: can they be read? Failed checks first, at most five badges."""

    checks: tuple[Check, ...]
    passed: int
    total: int
    sentence: str


@dataclass(frozen=True)
class ImpactPage:
    """The leaders' page for one quarter: findings[side][outcome] flattened in order, trends by cohort, reach."""

    quarter: str
    cutoff: str
    data_as_of: str
    health: HealthFinding
    headlines: tuple[Finding, ...]
    by_cohort: tuple[Finding, ...]
    reach: tuple[ReachFinding, ...]
    many_comparisons: str
    standing_sentence: str
    data_version: int
    plan_hash: str
    published_at: str
