"""The kinds of question that a claim can be turned into; each knows what it needs of the store.

`expects` is the direction that the claim states: "higher" or "lower" than the mark, which is 0 for a difference. A
`slow` question is put when somebody asks for that claim, not when the grid opens.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from analysis.findings.claims.needs import EXIT_TYPES, EXITS, LEVELS, PEOPLE, Asked, Column, Measured, Need
from analysis.findings.results import Outcome, Side

Direction = Literal["higher", "lower"]


@dataclass(frozen=True)
class Effect:
    """Participants of a side against similar colleagues; with by and group, in one group of them."""

    outcome: Outcome
    side: Side
    expects: Direction = "higher"
    by: str | None = None
    group: str | None = None

    @property
    def needs(self) -> tuple[Need, ...]:
        more: tuple[Need, ...] = (Column(f"people.{self.by}"),) if self.by else ()
        if self.outcome == "promotion":
            return (*PEOPLE, *LEVELS, *more)
        if self.outcome in ("voluntary_exit", "involuntary_exit"):
            return (*PEOPLE, EXITS, EXIT_TYPES, *more)
        if self.outcome == "internal_move":
            return (*PEOPLE, Column("people.department", "job_events.event_type"), *more)
        return (*PEOPLE, EXITS, *more)

    @property
    def slow(self) -> bool:
        return self.by not in (None, "gender", "ethnicity")  # those are stored with the headline


@dataclass(frozen=True)
class Change:
    """A survey scale from before to after, against colleagues who answered too where some did."""

    construct: str
    side: Side
    expects: Direction = "higher"
    slow: bool = False

    @property
    def needs(self) -> tuple[Need, ...]:
        return (*PEOPLE, Asked(self.construct, (self.side,)))


@dataclass(frozen=True)
class Level:
    """The mean of a survey scale in one wave, against the middle of the scale."""

    construct: str
    side: Side
    wave: str = "post"
    expects: Direction = "higher"
    slow: bool = False

    @property
    def needs(self) -> tuple[Need, ...]:
        return (*PEOPLE, Asked(self.construct, (self.side,), (self.wave,)))


@dataclass(frozen=True)
class Around:
    """A metric of the measures file around joining; the first of `metrics` that is held."""

    metrics: tuple[str, ...]
    side: Side
    expects: Direction = "higher"
    slow: bool = True

    @property
    def needs(self) -> tuple[Need, ...]:
        return (*PEOPLE, Measured(self.metrics))


@dataclass(frozen=True)
class Reach:
    """The lowest ratio of participation among demographic groups, against four fifths; of one header, or of all."""

    side: Side
    header: str | None = None
    expects: Direction = "higher"
    slow: bool = False

    @property
    def needs(self) -> tuple[Need, ...]:
        if self.header == "generation":
            return (*PEOPLE, Column("people.birth_year"))
        return (*PEOPLE, Column(f"people.{self.header}" if self.header else "people.gender", "people.ethnicity"))


@dataclass(frozen=True)
class Share:
    """A share counted by the SQL file claim_{name}.sql, or the difference of two, against `mark` (a proportion).

    `what` is read after the number: "of {total} {things} {what}"; parts names the two that are subtracted. units: what
    the interval counts as one. surveys: the file reads survey scores.
    """

    name: str
    things: str
    what: str
    columns: tuple[Need, ...]
    expects: Direction = "higher"
    mark: float = 0.5
    parts: tuple[str, str] | None = None
    variant: str = ""
    units: str = "pairs"
    surveys: bool = False
    slow: bool = False

    @property
    def needs(self) -> tuple[Need, ...]:
        return (*PEOPLE, *self.columns)


@dataclass(frozen=True)
class Gap:
    """Whether the gap in a scale between generations (born from 1981 on, and before) became smaller; both sides."""

    construct: str
    expects: Direction = "higher"
    slow: bool = True

    @property
    def needs(self) -> tuple[Need, ...]:
        return (*PEOPLE, Column("people.birth_year"), Asked(self.construct, ("mentor", "mentee")))


@dataclass(frozen=True)
class Spread:
    """The share of the spread of a scale, before joining, that lies between generations; a proportion against mark."""

    construct: str
    side: Side
    expects: Direction = "lower"
    mark: float = 0.14
    slow: bool = True

    @property
    def needs(self) -> tuple[Need, ...]:
        return (*PEOPLE, Column("people.birth_year"), Asked(self.construct, (self.side,), ("pre",)))


@dataclass(frozen=True)
class Nulls:
    """How many of the headline answers and survey changes have an interval that holds zero: a description."""

    expects: Direction = "higher"
    slow: bool = False

    @property
    def needs(self) -> tuple[Need, ...]:
        return (*PEOPLE, EXITS)


@dataclass(frozen=True)
class Coverage:
    """How many of the registered measures have data: a description."""

    expects: Direction = "higher"
    slow: bool = False

    @property
    def needs(self) -> tuple[Need, ...]:
        return PEOPLE


Ask = Effect | Change | Level | Around | Reach | Share | Gap | Spread | Nulls | Coverage
