"""The numbers of programme health as small tables; hidden ones are words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analysis.charts.format import count, decimal, name_label, percent, quarter, signed
from analysis.findings.health.no_log import NO_LOG
from analysis.findings.health.results import (
    Agreement,
    Cadence,
    CalendarQuarter,
    Cell,
    CohortStates,
    DayCurve,
    Definition,
    Gap,
    GoalKind,
    LevelRow,
    Nudges,
    Number,
    SessionCounts,
    TopicRow,
)
from analysis.findings.health.shares import Share
from ui.tables import HIDDEN, Row
from ui.text import kept, plain

STATE_NAMES = {
    "planned": "Planned",
    "active": "Running",
    "paused": "Paused",
    "completed": "Completed",
    "ended_early": "Ended early",
    "unknown": "Not known",
}
DEFINITIONS: dict[Definition, tuple[str, str]] = {
    "level": ("On a lower level", "ranks"),
    "tenure": ("Joined the company later", "years"),
    "age": ("Born later", "years"),
}
_KINDS = {"okr_objective": "OKR, objective", "okr_key_result": "OKR, key result", "smart": "SMART"}
_REASONS = {"unknown": "No reason given"}


def cell(each: Cell) -> str:
    """A count; "<5" where few themselves, the word hidden where another cell would be given away."""
    if each.count is None:
        return "<5" if each.few else HIDDEN
    return count(each.count)


def share(each: Share, nothing: str = HIDDEN) -> str:
    """ "38.0% (29.1% to 47.8%)", broken before the interval at most; a word where it is hidden, nothing where there was
    nothing to count."""
    if each.value is None:
        return nothing if (each.reason or "").startswith("Not shown") else ""
    return _breaking(each.said)


def number(each: Number, digits: int = 2) -> str:
    if each.value is None:
        return HIDDEN if (each.reason or "").startswith("Not shown") else ""
    low = "" if each.low is None else decimal(each.low, digits)
    high = "no limit" if each.high is None else decimal(each.high, digits)
    return _breaking(f"{decimal(each.value, digits)} ({low} to {high})")


def _breaking(text: str) -> str:
    """A value and its interval: on a phone the interval may stand under its value, and is itself kept together."""
    value, bracket, interval = text.partition(" (")
    return f"{value}{bracket}{kept(interval)}"


def whole_rows(whole: CohortStates) -> list[Row]:
    """A row a state that anybody is in; planned pairs come on top of those that have begun."""
    counted = [{"State": STATE_NAMES[each.name], "Pairs": cell(each)} for each in whole.states if each.count != 0]
    begun = HIDDEN if whole.pairs is None else count(whole.pairs)
    return [*counted, {"State": "**All that have begun**", "Pairs": begun}]


def state_rows(rows: Sequence[CohortStates]) -> list[Row]:
    """All pairs, then a row a cohort; states that nobody is in are left out."""
    used = [
        index
        for index, each in enumerate(rows[0].states)
        if each.count != 0 or any(r.states[index].count for r in rows)
    ]
    return [
        {
            "Cohort": "**All pairs**" if row.cohort is None else plain(quarter(row.cohort)),
            **{STATE_NAMES[row.states[index].name]: cell(row.states[index]) for index in used},
            **({} if row.of_due.reason == NO_LOG else {"Held of those due": number(row.of_due)}),
        }
        for row in rows
    ]


def cadence_rows(found: Cadence) -> list[Row]:
    """What the plan asks for beside what is done."""
    planned = "" if found.planned_a_month is None else decimal(found.planned_a_month, 1)
    gap = found.gap
    days = HIDDEN if gap.median is None else kept(f"{gap.median:.0f} ({gap.first or 0:.0f} to {gap.third or 0:.0f})")
    return [
        {"What": "Running pairs on schedule", "Plan": "", "Done (95% CI)": share(found.on_schedule)},
        {"What": "On schedule or one session behind", "Plan": "", "Done (95% CI)": share(found.nearly)},
        {"What": "Sessions held for each one due", "Plan": "1", "Done (95% CI)": number(found.of_due)},
        {"What": "Sessions a month and pair", "Plan": planned, "Done (95% CI)": number(found.a_month)},
        {
            "What": "Days between sessions, median (middle half of pairs)",
            "Plan": "" if found.planned_gap is None else f"{found.planned_gap:.0f}",
            "Done (95% CI)": days,
        },
    ]


def outcome_rows(row: SessionCounts) -> list[Row]:
    """All sessions to the day; every share is of those whose outcome is recorded."""
    named = {
        "Held": row.held,
        "Cancelled by the mentee": row.by_mentee,
        "Cancelled by the mentor": row.by_mentor,
        "Cancelled, side not named": row.by_unknown,
        "Missed": row.no_show,
    }
    return [
        {
            "Outcome": name,
            "Sessions": HIDDEN if each.count is None else count(each.count),
            "Share (95% CI)": share(each),
        }
        for name, each in named.items()
        if each.count != 0
    ]


def session_rows(rows: Iterable[SessionCounts]) -> list[Row]:
    """A row a quarter, in the same shares."""
    return [
        {
            "Quarter": quarter(row.quarter or ""),
            "Recorded": HIDDEN if row.recorded is None else count(row.recorded),
            "Held": share(row.held),
            "Cancelled by mentee": share(row.by_mentee),
            "Cancelled by mentor": share(row.by_mentor),
            "Missed": share(row.no_show),
        }
        for row in rows
    ]


def calendar_rows(rows: Iterable[CalendarQuarter]) -> list[Row]:
    return [
        {
            "Quarter": quarter(row.quarter),
            **{
                f"{week.week}": ""
                if not week.reported
                else ("<5" if week.few else HIDDEN)
                if week.sessions is None
                else count(week.sessions)
                for week in row.weeks
            },
        }
        for row in rows
    ]


def curve_rows(curve: DayCurve | None, what: str) -> list[Row]:
    """Every second week."""
    if curve is None:
        return []
    return [
        {
            "Day": str(day),
            what: kept(f"{percent(curve.share[at])} ({percent(curve.low[at])} to {percent(curve.high[at])})"),
            "Pairs followed": count(curve.at_risk[at]),
        }
        for at, day in enumerate(curve.days)
        if at % 2 == 0
    ]


def topic_rows(rows: Iterable[TopicRow]) -> list[Row]:
    return [
        {
            "Topic": name_label(row.topic),
            "Sessions": HIDDEN if row.sessions is None else count(row.sessions),
            "Share": HIDDEN if row.share is None else percent(row.share),
        }
        for row in rows
    ]


def goal_rows(rows: Iterable[GoalKind]) -> list[Row]:
    return [
        {
            "Goals": "**All goals**" if row.kind is None else plain(_KINDS.get(row.kind, name_label(row.kind))),
            "Set": HIDDEN if row.goals is None else count(row.goals),
            "Achieved, of those decided (95% CI)": share(row.achieved),
        }
        for row in rows
    ]


def gap_rows(gaps: Iterable[Gap]) -> list[Row]:
    rows = []
    for gap in gaps:
        name, unit = DEFINITIONS[gap.definition]
        size = gap.size
        middle = ""
        if size.median is not None and size.first is not None and size.third is not None:
            digits = 0 if unit == "ranks" else 1
            middle = _breaking(
                f"{signed(size.median, digits)} ({signed(size.first, digits)} to {signed(size.third, digits)}) {unit}"
            )
        rows.append(
            {
                "The mentor": name,
                "Share of pairs (95% CI)": share(gap.junior),
                "Gap: median (middle half)": middle or HIDDEN,
            }
        )
    return rows


def agreement_rows(rows: Iterable[Agreement]) -> list[Row]:
    return [
        {
            "Two definitions": f"{row.one.capitalize()} and {row.other}",
            "Say the same of": share(row.same),
            "Kappa (95% CI)": number(row.kappa) or ("*not known*" if row.same.value is None else "*no variation*"),
        }
        for row in rows
    ]


def pattern_rows(cells: Iterable[Cell]) -> list[Row]:
    return [
        {"The mentor is the junior by": plain(each.name) if each.name else "none of them", "Pairs": cell(each)}
        for each in cells
    ]


def ending_rows(cells: Iterable[Cell]) -> list[Row]:
    return [{"Reason": plain(_REASONS.get(each.name, name_label(each.name))), "Pairs": cell(each)} for each in cells]


def nudge_rows(found: Nudges) -> list[Row]:
    names = {
        "no_first_session": f"No first session after {found.first_days} days",
        "stalled": f"No session for more than {found.gaps:g} planned gaps",
        "cancellations": f"The last {found.in_a_row} or more sessions were cancelled",
        "past_end": "Past its planned end and still running",
    }
    return [{"Why": names[each.name], "Running pairs": cell(each)} for each in found.reasons]


def level_rows(rows: Iterable[LevelRow]) -> list[Row]:
    return [
        {
            # Four columns with two intervals do not fit a phone: the pairs stand under their level.
            "Mentee's level, pairs": f"{plain(row.level)}: {HIDDEN if row.pairs is None else count(row.pairs)}",
            "Cancelled": share(row.by_mentee),
            "Met": share(row.met),
        }
        for row in rows
    ]


def held_rows(rows: Iterable[LevelRow]) -> list[Row]:
    return [
        {
            "Mentee's level": plain(row.level),
            "Recorded sessions": HIDDEN if row.recorded is None else count(row.recorded),
            "Held": share(row.held),
        }
        for row in rows
    ]
