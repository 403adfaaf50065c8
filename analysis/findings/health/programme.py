"""One view of the programme as of the last day of a quarter, put together; and the pairs behind its nudges."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

import pandas as pd

from analysis.findings.context import Context
from analysis.findings.disclosure import MOST_RESTRICTIONS, TOO_NARROW
from analysis.findings.health import attention, cadence, checks, content, direction, sessions, timing
from analysis.findings.health.cells import Close, Families, added, both, close_among, close_to, records, wider
from analysis.findings.health.no_log import without_sessions
from analysis.findings.health.periods import periods_to
from analysis.findings.health.results import Cadence, Nudges, ProgrammeHealth
from analysis.findings.health.shares import FEW, hidden
from analysis.findings.health.summary import HealthSummary, health_summary
from analysis.findings.results import EVERYBODY, HealthFinding, Selection
from analysis.findings.survey_results import SurveyFinding
from analysis.findings.words import people, percent
from analysis.plan import Plan
from analysis.store import Cursor
from analysis.study import programme as study
from analysis.study.programme import Period

CALENDAR_QUARTERS, TILE_QUARTERS = 6, 8
NOTHING = HealthFinding((), 0, 0, "There is nothing to read yet.")
NO_PAIR = "No pair of this view has begun by this day."
TOO_FEW = (
    f"Not shown: fewer than {FEW} pairs are in this view, or fewer than {FEW} are left out of it. Choose a wider one."
)


@dataclass(frozen=True)
class Counted:
    """What the study counts of one view; frames as analysis.study.programme says."""

    states: pd.DataFrame
    course: pd.DataFrame
    whole: pd.DataFrame
    quarters: pd.DataFrame
    weeks: pd.DataFrame
    topics: pd.DataFrame
    endings: pd.DataFrame
    goals: pd.DataFrame
    levels: pd.DataFrame


def open_view(cursor: Cursor, context: Context, quarter: str) -> tuple[Period, ...]:
    """Make the pairs as of the last day of a quarter; the quarters that the view looks back on, oldest first."""
    study.open_programme(cursor, context.plan)
    periods = periods_to(cursor, context, quarter, CALENDAR_QUARTERS, study.first_start(cursor))
    day = periods[-1].last_day
    newest = context.data.data_as_of is None or day >= context.data.data_as_of
    study.open_day(cursor, context.plan, day, newest)
    return periods


def narrowing(cohort: str | None, where: Selection) -> dict[str, str]:
    """The restrictions of a view by name."""
    return {**({"cohort": cohort} if cohort is not None else {}), **where.chosen}


def programme_health(
    cursor: Cursor, context: Context, periods: Sequence[Period], cohort: str | None, where: Selection
) -> ProgrammeHealth:
    """The view that `open_view` made, narrowed; hidden where it or what it leaves out is fewer than five pairs."""
    plan, now = context.plan, periods[-1]
    narrowed = narrowing(cohort, where)
    head = (now.quarter, now.last_day.isoformat(), cohort, where)
    if len(narrowed) > MOST_RESTRICTIONS:
        return _without(head, TOO_NARROW, context)
    beside = {
        headers: _divided(cursor, plan, _without_headers(narrowed, headers), headers, periods)
        for many in (1, 2)
        for headers in combinations(narrowed, many)
    }
    outside = [added(values) for headers, values in beside.items() if len(headers) == 1]
    # A wider view with one restriction less is all the values of that restriction; the others are counted once more.
    outside += [
        added(_divided(cursor, plan, each, ("cohort",), periods))
        for each in wider(narrowed)
        if len(each) < len(narrowed) - 1
    ]
    found = _count(cursor, narrowed, periods)
    close = close_to(_families(found, plan), outside) if outside else Close()
    for headers, values in beside.items():
        close = both(close, close_among(values, [narrowed[header] for header in headers], headers))
    pairs = int(found.states["pairs"].sum()) if len(found.states) else 0
    if 0 < pairs < FEW or 0 < len(found.course) < FEW or close.whole:
        return _without(head, TOO_FEW, context)
    if pairs == 0 or found.course.empty:
        return _without(head, NO_PAIR, context)
    limits = plan.programme_health
    gaps, course = study.gaps(cursor), found.course
    rows = cadence.states(found.states, course, close)
    nudges, kept = attention.nudges(course, limits, close), cadence.cadence(course)
    ended = attention.endings(found.states, found.endings, close)
    running = rows[0].state("active")
    if running.count is None:  # shares of running pairs would tell how many there are
        none = hidden(running.reason or "")
        nudges, kept = replace(nudges, anybody=none), replace(kept, on_schedule=none, nearly=none)
    if None in (rows[0].state("ended_early").count, rows[0].state("completed").count):
        ended = attention.no_endings()
    told = ProgrammeHealth(
        *head,
        checks.strip(course, found.whole, gaps, study.last_session(cursor), now.last_day),
        "",
        None,
        states=rows,
        cadence=kept,
        sessions=sessions.sessions(found.whole, found.quarters, periods, course, limits.cancellations_in_a_row, close),
        calendar=sessions.calendar(found.weeks, periods, close),
        first=timing.first_session(course, limits.days_to_first_session),
        lapse=timing.first_lapse(course, _lapse_days(plan, where)),
        topics=content.topics(found.topics, found.whole, found.quarters, periods, limits.tech_support_share, close),
        goals=content.goals(found.goals, course, close),
        direction=direction.direction(gaps),
        endings=ended,
        nudges=nudges,
        levels=attention.levels(found.levels, course, close),
        notes=NOTES,
        settings=_settings(plan, narrowed),
        data_version=context.data_version,
        plan_hash=plan.hash,
    )
    told = told if told.has_log else without_sessions(told)
    assert told.cadence and told.nudges
    return replace(told, sentence=_sentence(len(course), running.count, told.cadence, told.nudges))


def health_as_of(
    cursor: Cursor, context: Context, quarter: str, cohort: str | None = None, where: Selection = EVERYBODY
) -> ProgrammeHealth:
    """A view of the programme as of the last day of a quarter. The quarter must be resolved."""
    return programme_health(cursor, context, open_view(cursor, context, quarter), cohort, where)


def summary_as_of(
    cursor: Cursor, context: Context, quarter: str, answered: Callable[[str], SurveyFinding]
) -> HealthSummary:
    """The tiles of the leaders' page as of a quarter. answered: the surveys of a quarter that can be asked for."""
    study.open_programme(cursor, context.plan)
    periods = periods_to(cursor, context, quarter, TILE_QUARTERS, study.first_start(cursor))
    surveys = {each.quarter: answered(each.quarter) for each in periods if each.quarter in context.quarters}
    return health_summary(cursor, periods, surveys, context.data_version)


NOTES = (
    "A pair is one mentor and one mentee; planned pairs count by state only. What a pair was on a day comes from its "
    "dates; a word without a date, such as paused or planned, holds for the newest day alone.",
    "Sessions of one pair are alike, so the intervals of their shares are as wide as those of fewer sessions.",
    "Level, department and location are the mentor's when the pair began; by level of the mentee where it says so.",
    f"A count of 1 to {FEW - 1} pairs is hidden, and another with it where the total would tell it.",
)


def _without(head: tuple[str, str, str | None, Selection], reason: str, context: Context) -> ProgrammeHealth:
    return ProgrammeHealth(
        *head, NOTHING, reason, reason, data_version=context.data_version, plan_hash=context.plan.hash
    )


def _count(cursor: Cursor, narrowed: Mapping[str, str], periods: Sequence[Period]) -> Counted:
    study.view(cursor, narrowed)
    now = periods[-1]
    ever = _ever(periods)
    return Counted(
        study.states(cursor),
        study.course(cursor, now.last_day, now.first_day),
        study.sessions_by_quarter(cursor, ever),
        study.sessions_by_quarter(cursor, periods),
        study.weeks(cursor, periods),
        study.topics(cursor),
        study.endings(cursor),
        study.goals(cursor, now.last_day),
        study.levels(cursor),
    )


def _ever(periods: Sequence[Period]) -> tuple[Period]:
    return (Period("ever", date(1, 1, 1), periods[-1].last_day),)


def _without_headers(narrowed: Mapping[str, str], headers: Sequence[str]) -> dict[str, str]:
    return {name: value for name, value in narrowed.items() if name not in headers}


def _divided(
    cursor: Cursor, plan: Plan, narrowed: Mapping[str, str], headers: Sequence[str], periods: Sequence[Period]
) -> dict[str, Families]:
    """Every value of one header or two in a view to its pairs, as `_families` counts them."""
    study.view(cursor, narrowed)
    counted: dict[str, dict[str, dict[str, int]]] = {}
    for row in records(study.siblings(cursor, plan, headers, (*_ever(periods), *periods))):
        counted.setdefault(row["value"], {}).setdefault(row["family"], {})[row["name"]] = int(row["pairs"])
    return dict(counted)


def _families(found: Counted, plan: Plan) -> Families:
    """Pairs of every group that is told, to hold two views against each other."""
    flags = attention.flags(found.course, plan.programme_health)
    counted: dict[str, dict[str, int]] = {"all": {"": int(found.states["pairs"].sum())}}

    def add(family: str, name: str, pairs: int) -> None:
        group = counted.setdefault(family, {})
        group[name] = group.get(name, 0) + pairs

    for row in records(found.states):
        add("state", row["state"], row["pairs"])
        add("cohort", row["cohort"], row["pairs"])
        add("cell", f"{row['cohort']} {row['state']}", row["pairs"])
    for frame in (found.whole, found.quarters):
        for row in records(frame):
            add("quarter", row["quarter"], row["pairs"])
            for outcome in sessions.OUTCOMES:
                add("outcome", f"{row['quarter']} {outcome}", row["pairs"] if row[outcome] else 0)
    for row in records(found.weeks):
        add("week", f"{row['quarter']} {row['week']}", row["pairs"])
    for family, frame, column in (
        ("topic", found.topics, "topic"),
        ("reason", found.endings, "reason"),
        ("kind", found.goals, "kind"),
        ("level", found.levels, "level"),
    ):
        for row in records(frame):
            add(family, row[column], row["pairs"])
    for name in attention.REASONS:
        add("nudge", name, int(flags[name].sum()))
    add("nudge", "any", int(flags.any(axis=1).sum()))
    return counted


def _lapse_days(plan: Plan, where: Selection) -> int:
    """The wait that counts as a lapse; of several programmes the longest, which the sentence then names."""
    studied = [each for each in plan.programmes if each.orientation == "reverse" and each.sessions_a_month > 0]
    chosen = [each for each in studied if where.programme in (None, each.id)] or studied
    slowest = min((each.sessions_a_month for each in chosen), default=1.0)
    return int(plan.programme_health.planned_gaps_to_lapse * cadence.DAYS_A_MONTH / slowest)


def _sentence(begun: int, running: int | None, kept: Cadence, nudges: Nudges) -> str:
    if running is None:
        return f"{people(begun, 'pair')} have begun; how many are running is not shown."
    if running == 0:
        return f"{people(begun, 'pair')} have begun, and none of them is running."
    least = max((cell.count for cell in nudges.reasons if cell.count), default=0)
    if nudges.anybody.count is not None:
        nudge = f"{nudges.anybody.count:,} need a nudge" if nudges.anybody.count else "none needs a nudge"
    else:
        nudge = f"at least {least:,} need a nudge" if least else ""
    schedule = f", {kept.on_schedule.said} of those with a session due on schedule" if kept.on_schedule.count else ""
    return f"{people(running, 'pair')} are running{schedule}{f'; {nudge}' if nudge else ''}."


def _settings(plan: Plan, narrowed: Mapping[str, str]) -> dict[str, object]:
    limits = plan.programme_health
    studied = [each for each in plan.programmes if each.orientation == "reverse"]
    return {
        "programmes": "; ".join(
            f"{each.name}: {each.sessions_a_month:g} sessions a month for {each.months} months" for each in studied
        ),
        "days_to_first_session": limits.days_to_first_session,
        "planned_gaps_to_lapse": limits.planned_gaps_to_lapse,
        "cancellations_in_a_row": limits.cancellations_in_a_row,
        "tech_support_share": percent(limits.tech_support_share),
        "narrowed_to": ", ".join(f"{name} {value}" for name, value in narrowed.items()) or "all pairs",
    }
