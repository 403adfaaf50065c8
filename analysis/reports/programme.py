"""Programme health as rows of numbers: how sessions go, whether the plan is kept, who is the junior, how pairs end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.charts.format import name_label, percent, quarter
from analysis.findings.health.results import Cell, Number, ProgrammeHealth, Quartiles, SessionCounts
from analysis.findings.health.shares import Share
from analysis.findings.words import plain, signed

_OUTCOMES = ("held", "by_mentee", "by_mentor", "by_unknown", "no_show")
_OUTCOME_NAMES = ("Held", "Cancelled by the mentee", "Cancelled by the mentor", "Cancelled, side not named", "Missed")
_JUNIOR = {"level": "Mentor on a lower level", "tenure": "Mentor joined later", "age": "Mentor born later"}
_STATES = {"active": "Running", "unknown": "Not known"}
_NUDGES = {
    "no_first_session": "No first session yet, past the limit",
    "stalled": "No session for too long",
    "cancellations": "The last sessions were cancelled",
    "past_end": "Past the planned end and still running",
}


@dataclass(frozen=True)
class Measure:
    """One number with its 95 % interval. unit: share (a proportion), pairs, sessions, days, or what it is a number of.

    short: it belongs on a slide; all of them stand in the workbook. count of `of`, where it is a share.
    """

    part: str
    what: str
    unit: str
    value: float | None
    low: float | None = None
    high: float | None = None
    count: int | None = None
    of: int | None = None
    reason: str | None = None
    short: bool = True

    @property
    def said(self) -> str:
        """ "31.0% (22.8% to 40.6%)", or why not."""
        if self.value is None:
            return self.reason or "not shown"
        if self.low is None or self.high is None:
            return self._text(self.value)
        return f"{self._text(self.value)} ({self._text(self.low)} to {self._text(self.high)})"

    def _text(self, value: float) -> str:
        if self.unit == "share":
            return percent(value)
        if self.unit in ("pairs", "sessions"):
            return f"{value:,.0f}"
        return signed(value) if self.unit in ("ranks", "years") else plain(value, 0 if self.unit == "days" else 2)


def measures(found: ProgrammeHealth) -> tuple[Measure, ...]:
    """Every number of a view, in the order of the page; none where the view may not be shown."""
    return () if found.reason or not found.states else tuple(_all(found))


def _all(found: ProgrammeHealth) -> Iterator[Measure]:
    for row in found.states:
        name = "Pairs by state" if row.cohort is None else f"Pairs by state, {quarter(row.cohort)}"
        own = row.cohort is None
        yield Measure(name, "All that have begun", "pairs", row.pairs, short=own)
        for cell in row.states:
            yield from _cell(name, _STATES.get(cell.name, name_label(cell.name)), cell, own)
        yield _number(name, "Sessions held for each one due", "sessions for each due", row.of_due, False)
    yield from _rhythm(found)
    if found.sessions:
        for counts in (found.sessions.whole, *found.sessions.quarters):
            yield from _sessions(counts)
        told = "Cancellations by mentees for each by mentors"
        yield _number("Sessions", told, "cancellations for each", found.sessions.ratio)
        run = f"Pairs with {found.sessions.in_a_row_limit} or more cancellations in a row"
        yield _share("Sessions", run, found.sessions.in_a_row)
    yield from _content(found)
    yield from _people(found)
    if found.endings:
        yield _share("Endings", "Ended early, of those that ended", found.endings.early)
        for cell in found.endings.reasons:
            name = "no reason given" if cell.name == "unknown" else name_label(cell.name).lower()
            yield from _cell("Endings", f"Early, {name}", cell)
    if found.nudges:
        yield _share("Nudges", "Running pairs that need attention", found.nudges.anybody)
        for cell in found.nudges.reasons:
            yield from _cell("Nudges", _NUDGES[cell.name], cell)


def _rhythm(found: ProgrammeHealth) -> Iterator[Measure]:
    if kept := found.cadence:
        yield _share("Rhythm", "Running pairs on schedule", kept.on_schedule)
        yield _share("Rhythm", "On schedule or one session behind", kept.nearly)
        yield _number("Rhythm", "Sessions held for each one due", "sessions for each due", kept.of_due)
        yield _number("Rhythm", "Sessions a month and pair", "sessions a month", kept.a_month)
        yield Measure("Rhythm", "Planned a month and pair", "sessions a month", kept.planned_a_month)
        yield _quartiles("Rhythm", "Days between sessions, median", "days", kept.gap)
    for timing, name in ((found.first, "Median days to the first session"), (found.lapse, "Median days to a lapse")):
        if timing:
            yield _quartiles("Rhythm", name, "days", timing.quartiles)
            what = "Had a first session" if timing is found.first else "Never lapsed"
            yield _number("Rhythm", f"{what} ({timing.limit} days)", "share", timing.by_limit)


def _sessions(row: SessionCounts) -> Iterator[Measure]:
    name, whole = ("Sessions", True) if row.quarter is None else (f"Sessions, {quarter(row.quarter)}", False)
    yield Measure(name, "With a recorded outcome", "sessions", row.recorded, reason=row.reason, short=whole)
    for field, what in zip(_OUTCOMES, _OUTCOME_NAMES, strict=True):
        yield _share(name, what, getattr(row, field), whole)


def _content(found: ProgrammeHealth) -> Iterator[Measure]:
    if found.topics:
        for topic in found.topics.rows:
            yield Measure("Topics", name_label(topic.topic), "share", topic.share, count=topic.sessions,
                          reason=topic.reason, short=False)  # fmt: skip
        yield _share("Topics", "Tech support, of sessions", found.topics.tech)
        yield _number("Topics", "Tech support, of the time", "share", found.topics.minutes)
    if found.goals:
        yield _share("Goals", "Goal set by the second session", found.goals.by_second_session)
        for row in found.goals.kinds:
            name = "All goals" if row.kind is None else name_label(row.kind)
            yield Measure("Goals", f"{name}, set", "goals", row.goals, reason=row.reason, short=False)
            yield _share("Goals", f"{name}, achieved of those decided", row.achieved, row.kind is None)


def _people(found: ProgrammeHealth) -> Iterator[Measure]:
    if found.direction:
        for gap in found.direction.gaps:
            yield _share("Direction", _JUNIOR[gap.definition], gap.junior)
            unit = "ranks" if gap.definition == "level" else "years"
            yield _quartiles("Direction", f"By how many {unit}, by {gap.definition}, median", unit, gap.size)
        for row in found.direction.agreements:
            yield _share("Direction", f"{row.one.capitalize()} and {row.other} say the same", row.same, False)
            yield _number("Direction", f"Kappa of {row.one} and {row.other}", "kappa", row.kappa, False)
        for cell in found.direction.patterns:
            yield from _cell("Direction", f"Junior by {cell.name or 'none of them'}", cell, False)
    for level in found.levels:
        name = f"Mentees, {level.level}"
        yield Measure(name, "Pairs", "pairs", level.pairs, reason=level.reason, short=False)
        yield _share(name, "Cancelled by the mentee", level.by_mentee, False)
        yield _share(name, "Met in the quarter", level.met, False)


def _share(part: str, what: str, share: Share, short: bool = True) -> Measure:
    return Measure(part, what, "share", share.value, share.low, share.high, share.count, share.of, share.reason, short)


def _number(part: str, what: str, unit: str, number: Number, short: bool = True) -> Measure:
    return Measure(part, what, unit, number.value, number.low, number.high, None, number.pairs, number.reason, short)


def _quartiles(part: str, what: str, unit: str, found: Quartiles) -> Measure:
    return Measure(part, what, unit, found.median, found.low, found.high, None, found.pairs, found.reason)


def _cell(part: str, what: str, cell: Cell, short: bool = True) -> Iterator[Measure]:
    """A count of pairs; a state or reason of nobody is left out."""
    if cell.count != 0:
        yield Measure(part, what, "pairs", cell.count, reason=cell.reason, short=short)
