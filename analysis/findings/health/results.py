"""What programme health is: frozen, hidden where it must be, in pairs and sessions; nothing here is an effect."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from analysis.findings.health.shares import Share
from analysis.findings.results import HealthFinding, Selection

State = Literal["planned", "active", "paused", "completed", "ended_early", "unknown"]
STATES: tuple[State, ...] = ("planned", "active", "paused", "completed", "ended_early", "unknown")
Nudge = Literal["no_first_session", "stalled", "cancellations", "past_end"]


@dataclass(frozen=True)
class Cell:
    """A count of pairs, or of sessions where the holder says so. None with `reason` where hidden; `few`: because it is
    itself below the minimum, and not because it would give another cell away."""

    name: str
    count: int | None
    reason: str | None = None
    few: bool = False


@dataclass(frozen=True)
class Number:
    """A number on a scale that its holder names, with its 95 % interval (None: unbounded), from so many pairs."""

    value: float | None
    low: float | None
    high: float | None
    pairs: int | None
    reason: str | None = None


@dataclass(frozen=True)
class Quartiles:
    """Median with its 95 % order-statistic interval, and the quartiles; None where not reached or hidden."""

    median: float | None
    low: float | None
    high: float | None
    first: float | None
    third: float | None
    pairs: int | None
    reason: str | None = None


@dataclass(frozen=True)
class CohortStates:
    """Pairs of one cohort (None: of all) by state, in the order of STATES.

    pairs: those that have begun, so planned ones come on top. of_due: sessions held for each one due by the day.
    """

    cohort: str | None
    pairs: int | None
    states: tuple[Cell, ...]
    of_due: Number

    def state(self, name: State) -> Cell:
        return self.states[STATES.index(name)]


@dataclass(frozen=True)
class Cadence:
    """Sessions against the plan.

    on_schedule, nearly: running pairs that held as many sessions as the plan would have seen by the day, or at most one
    fewer, of those for which it would have seen any. of_due: sessions held for each one due, all pairs. a_month: held
    for each month of a pair, beside planned_a_month. gap: mean days between the sessions of a pair; planned_gap: days.
    """

    on_schedule: Share
    nearly: Share
    of_due: Number
    a_month: Number
    planned_a_month: float | None
    gap: Quartiles
    planned_gap: float | None


@dataclass(frozen=True)
class SessionCounts:
    """Sessions whose outcome is recorded, of one quarter (None: all to the day), and the share of each outcome.

    All four shares are of the same recorded sessions: held + cancelled by mentee + cancelled by mentor + cancelled by
    nobody named + missed.
    """

    quarter: str | None
    recorded: int | None
    held: Share
    by_mentee: Share
    by_mentor: Share
    by_unknown: Share
    no_show: Share
    reason: str | None = None


@dataclass(frozen=True)
class Sessions:
    """All sessions, then quarter by quarter. ratio: cancellations by mentees for each one by mentors. in_a_row: pairs
    with so many cancellations in a row, of pairs with a recorded session."""

    whole: SessionCounts
    quarters: tuple[SessionCounts, ...]
    ratio: Number
    in_a_row: Share
    in_a_row_limit: int


@dataclass(frozen=True)
class Week:
    """One week: sessions held, None where hidden or not reported yet; `few`: of one to four pairs."""

    week: int
    sessions: int | None
    reported: bool
    few: bool = False


@dataclass(frozen=True)
class CalendarQuarter:
    quarter: str
    weeks: tuple[Week, ...]


@dataclass(frozen=True)
class DayCurve:
    """A share of pairs by days since they began, with its 95 % band; proportions. at_risk: pairs still followed."""

    days: tuple[int, ...]
    share: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    at_risk: tuple[int, ...]


@dataclass(frozen=True)
class Timing:
    """How long pairs wait. quartiles: days to the event, None where fewer pairs get there.

    Of first sessions, curve and by_limit are the share that had one, by_limit that by `limit` days. Of lapses, the
    share that never waited for more than `limit` days, by_limit that by the last day of the curve.
    """

    curve: DayCurve | None
    by_limit: Number
    limit: int
    quartiles: Quartiles
    sentence: str
    alt_text: str
    reason: str | None


@dataclass(frozen=True)
class TopicRow:
    """Sessions held about one topic; share of those whose topic is named."""

    topic: str
    sessions: int | None
    share: float | None
    reason: str | None = None


@dataclass(frozen=True)
class QuarterShare:
    quarter: str
    share: Share


@dataclass(frozen=True)
class Topics:
    """Topic mix. tech: share of sessions about tech support; minutes: the same of the time (a proportion). status says
    how it stands to `limit`; quarters: the share quarter by quarter."""

    rows: tuple[TopicRow, ...]
    tech: Share
    minutes: Number
    limit: float
    status: Literal["above", "below", "unknown"]
    quarters: tuple[QuarterShare, ...]
    sentence: str


@dataclass(frozen=True)
class GoalKind:
    """Goals of one kind (None: all), and of the decided ones those achieved."""

    kind: str | None
    goals: int | None
    achieved: Share
    reason: str | None = None


@dataclass(frozen=True)
class Goals:
    """by_second_session: pairs that had set a goal by their second session, of those that held two."""

    by_second_session: Share
    kinds: tuple[GoalKind, ...]


Definition = Literal["level", "tenure", "age"]


@dataclass(frozen=True)
class Gap:
    """Whether the mentor is the junior by one definition. junior, same, senior: shares of the pairs in which both are
    known; size: ranks of the ladder, or years, by which the mentor is below the mentee."""

    definition: Definition
    junior: Share
    size: Quartiles


@dataclass(frozen=True)
class Agreement:
    """How far two definitions name the same pairs: the share in which both say junior or both say not, and Cohen's
    kappa (None where one of them says the same of all pairs)."""

    one: Definition
    other: Definition
    same: Share
    kappa: Number


@dataclass(frozen=True)
class Direction:
    """patterns: pairs by which definitions call the mentor the junior, such as "level, age"; "" is none of them."""

    gaps: tuple[Gap, ...]
    agreements: tuple[Agreement, ...]
    patterns: tuple[Cell, ...]
    sentence: str


@dataclass(frozen=True)
class Endings:
    """early: of the pairs that ended as planned or early. reasons: of those that ended early."""

    early: Share
    reasons: tuple[Cell, ...]


@dataclass(frozen=True)
class Nudges:
    """Running pairs that need somebody's attention, and why; a pair can have several reasons."""

    anybody: Share
    reasons: tuple[Cell, ...]
    first_days: int
    in_a_row: int
    gaps: float


@dataclass(frozen=True)
class LevelRow:
    """Pairs by the mentee's level: their sessions, and the share of running pairs that met in the quarter."""

    level: str
    pairs: int | None
    recorded: int | None
    held: Share
    by_mentee: Share
    met: Share
    reason: str | None = None


@dataclass(frozen=True)
class ProgrammeHealth:
    """Everything about one view of the programme as of the last day of a quarter.

    `reason` where the whole view may not be shown; its parts are then None. choices: by header, what a view can be
    narrowed to. day: the last day that counts, as 2026-09-30.
    """

    quarter: str
    day: str
    cohort: str | None
    where: Selection
    check: HealthFinding
    sentence: str
    reason: str | None
    states: tuple[CohortStates, ...] = ()
    cadence: Cadence | None = None
    sessions: Sessions | None = None
    calendar: tuple[CalendarQuarter, ...] = ()
    first: Timing | None = None
    lapse: Timing | None = None
    topics: Topics | None = None
    goals: Goals | None = None
    direction: Direction | None = None
    endings: Endings | None = None
    nudges: Nudges | None = None
    levels: tuple[LevelRow, ...] = ()
    notes: tuple[str, ...] = ()
    settings: dict[str, object] = field(default_factory=dict)
    data_version: int = 0
    plan_hash: str = ""

    @property
    def has_log(self) -> bool:
        """Whether anything of this view that rests on sessions can be told at all."""
        return all(check.name != "session_log" for check in self.check.checks)
