"""What was measured again and again, before and after joining: rating, turnover, any metric (PROTOCOL.md 1.11).

Effects are in units of the metric; those of turnover are proportions. A number that may not be shown is None.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from analysis.estimates.event_study import Effect, EventStudy, NobodyToCompare
from analysis.estimates.event_study import event_study as estimate
from analysis.findings import disclosure, words
from analysis.findings.results import Side
from analysis.plan import Plan
from analysis.store import Cursor
from analysis.study.panel import RATING, TURNOVER, CannotBuildPanel, Metric, UnitKind, metrics, panel

FIRST, LAST = -4, 8  # quarters since joining that are shown
DEPARTMENTS_TO_SHOW = 5
GAP = 0.10  # spreads between the groups just before joining, from which regression to the mean is named

BEFORE = (
    "The quarters before joining show whether both groups moved alike then. Moving alike before is no proof that they "
    "would have gone on alike."
)
NO_PRIOR = "No quarter before joining can be shown, so nobody can see whether the groups moved alike then."
DEPARTMENTS = (
    "Departments are compared, not people: a department counts from the first quarter with one participant in it, and "
    "whatever else changed there counts too. With so few departments the intervals are rough."
)


class UnknownMetric(ValueError):
    """A metric that these data do not hold for several quarters; the message says which they do."""


@dataclass(frozen=True)
class RepeatedMetric:
    """A metric that an event study can be asked for: its name, how people say it, and whose it is."""

    name: str
    label: str
    unit: UnitKind


@dataclass(frozen=True)
class EventPoint:
    """The effect so many quarters since joining (0: the quarter of joining), 95 % interval.

    Before joining it is the difference in change from the quarter before; from joining on, since the last quarter
    before joining. treated and comparison count people or departments.
    """

    quarters: int
    estimate: float | None
    low: float | None
    high: float | None
    treated: int | None
    comparison: int | None
    reason: str | None


@dataclass(frozen=True)
class EventStudyFinding:
    """One metric of one side around joining. estimate, low and high: the average over the quarters since joining,
    estimate None where people are too few to tell. `proportion`: the metric is a share, shown in percentage points.
    `caution`: both groups moved differently, or stood apart, before joining."""

    side: Side
    metric: RepeatedMetric
    quarter: str
    proportion: bool
    estimate: float | None
    low: float | None
    high: float | None
    treated: int | None
    comparison: int | None
    points: tuple[EventPoint, ...]
    caution: bool
    notes: tuple[str, ...]
    sentence: str
    alt_text: str
    reason: str | None
    data_version: int


def repeated_metrics(cursor: Cursor) -> tuple[RepeatedMetric, ...]:
    """What these data hold for several quarters; nothing in an empty store."""
    return tuple(_repeated(metric) for metric in metrics(cursor))


def event_study(
    cursor: Cursor, plan: Plan, side: Side, metric: str, quarter: str, cutoff: date, data_version: int
) -> EventStudyFinding:
    """Participants of a side against those who had not joined yet, quarter by quarter since joining.

    Raises UnknownMetric for a metric that is not among repeated_metrics().
    """
    known = {held.name: held for held in metrics(cursor)}
    if metric not in known:
        named = ", ".join(known) or "none"
        raise UnknownMetric(f"{metric} was not measured again and again in these data; those are {named}.")
    asked = _repeated(known[metric])
    proportion = metric == TURNOVER
    try:
        rows = panel(cursor, plan, side, known[metric], cutoff)
        study = estimate(rows.unit, rows.joined, rows.quarter, rows.outcome)
    except (CannotBuildPanel, NobodyToCompare) as error:
        return _without(side, asked, quarter, proportion, _refused(str(error), asked), data_version)
    minimum = DEPARTMENTS_TO_SHOW if asked.unit == "department" else plan.thresholds.participants_to_show
    overall = study.simple()
    if min(overall.treated, overall.comparison) < minimum:
        return _without(side, asked, quarter, proportion, _too_few(asked, minimum), data_version)
    if overall.interval is None:
        return _without(side, asked, quarter, proportion, "Not shown: every value changed by the same.", data_version)
    needed = minimum if asked.unit == "department" else plan.thresholds.participants_for_verdict
    firm = min(overall.treated, overall.comparison) >= needed
    points = _points(study, asked, minimum)
    warnings = _warnings(study, asked, proportion, firm)
    sentence = _sentence(asked, side, overall, proportion, firm)
    if warnings:
        sentence += " The two groups differed before joining already: read the notes first."
    return EventStudyFinding(
        side,
        asked,
        quarter,
        proportion,
        round(overall.estimate, 10) if firm else None,
        round(overall.interval.low, 10),
        round(overall.interval.high, 10),
        overall.treated,
        overall.comparison,
        points,
        bool(warnings),
        (*warnings, *_notes(study, asked, points)),
        sentence,
        f"{words.SIDE_LABELS[side]}, {_lower(asked.label)} by quarter since joining. {sentence}",
        None,
        data_version,
    )


def _repeated(metric: Metric) -> RepeatedMetric:
    labels = {RATING: "Performance rating", TURNOVER: "Department turnover"}
    label = labels.get(metric.name) if metric.source != "measure" else None
    return RepeatedMetric(metric.name, label or words.header_label(metric.name), metric.unit)


def _without(
    side: Side, metric: RepeatedMetric, quarter: str, proportion: bool, reason: str, data_version: int
) -> EventStudyFinding:
    return EventStudyFinding(
        side,
        metric,
        quarter,
        proportion,
        *(None, None, None, None, None),
        (),
        False,
        (),
        reason,
        f"{words.SIDE_LABELS[side]}, {_lower(metric.label)}. {reason}",
        reason,
        data_version,
    )


def _refused(text: str, metric: RepeatedMetric) -> str:
    reason = f"Not shown: {_lower(text)}"
    if metric.unit == "department":
        reason += " A department counts as joined from its first participant on."
    return reason


def _too_few(metric: RepeatedMetric, minimum: int) -> str:
    if metric.unit == "department":
        return f"Not shown: fewer than {minimum} departments that joined, or that had not joined yet."
    return disclosure.reason("too_small", minimum)


def _points(study: EventStudy, metric: RepeatedMetric, minimum: int) -> tuple[EventPoint, ...]:
    found = study.by_event_time().by
    return tuple(_point(at, found[at], metric, minimum) for at in range(FIRST, LAST + 1) if at in found)


def _point(at: int, effect: Effect, metric: RepeatedMetric, minimum: int) -> EventPoint:
    if min(effect.treated, effect.comparison) < minimum:
        return EventPoint(at, None, None, None, None, None, _too_few(metric, minimum))
    if effect.interval is None:
        return EventPoint(at, None, None, None, None, None, "Not shown: every value changed by the same.")
    low, high = round(effect.interval.low, 10), round(effect.interval.high, 10)
    return EventPoint(at, round(effect.estimate, 10), low, high, effect.treated, effect.comparison, None)


def _warnings(study: EventStudy, metric: RepeatedMetric, proportion: bool, firm: bool) -> tuple[str, ...]:
    """What was different before joining: the movement of the last four quarters, and the level just before."""
    found: list[str] = []
    if not firm:
        return ()
    moved = study.movement_before(-FIRST)
    if moved and moved.interval and not moved.interval.low <= 0 <= moved.interval.high:
        found.append(
            f"In the {-FIRST} quarters before joining, {_lower(metric.label)} had already moved by "
            f"{_value(moved.estimate, proportion)} against the others (95% interval "
            f"{_interval(moved, proportion)}). The groups did not move alike: what came after is no clean comparison."
        )
    gap = study.gap_before()
    if gap.standardised is not None and abs(gap.standardised) >= GAP:
        above, back = ("above", "fall") if gap.difference > 0 else ("below", "rise")
        found.append(
            f"Just before joining, those who joined stood {_value(abs(gap.difference), proportion, sign=False)} "
            f"{above} the others. Such values tend to {back} back by themselves (regression to the mean)."
        )
    return tuple(found)


def _notes(study: EventStudy, metric: RepeatedMetric, points: tuple[EventPoint, ...]) -> tuple[str, ...]:
    notes = [BEFORE if any(point.quarters < 0 for point in points) else NO_PRIOR]
    if metric.unit == "department":
        notes.append(DEPARTMENTS)
    if study.always_treated:
        whose = "departments" if metric.unit == "department" else "people"
        minimum = disclosure.descriptive_minimum(None)
        many = f"{study.always_treated:,}" if study.always_treated >= minimum else "Some"
        notes.append(f"{many} {whose} had joined when it was first measured: without a before they are left out.")
    return tuple(notes)


def _sentence(metric: RepeatedMetric, side: Side, overall: Effect, proportion: bool, firm: bool) -> str:
    who = f"{overall.treated:,} {_lower(words.SIDE_LABELS[side])}"
    if metric.unit == "department":
        who = f"{overall.treated:,} departments with {_lower(words.SIDE_LABELS[side])}"
    interval = overall.interval
    assert interval is not None
    limits = f"95% interval {_interval(overall, proportion)}"
    if not firm:
        return f"{metric.label}, {who}: too few to tell. Change since joining, {limits}."
    if interval.low <= 0 <= interval.high:
        return (
            f"{metric.label}, {who}: not distinguishable from those who had not joined yet, "
            f"{_value(overall.estimate, proportion)} on average since joining, {limits}."
        )
    size = _value(abs(overall.estimate), proportion, sign=False)
    direction = "higher" if overall.estimate > 0 else "lower"
    return (
        f"{metric.label}, {who}: on average {size} {direction} since joining than if it had moved as among those "
        f"who had not joined yet, {limits}."
    )


def _value(number: float, proportion: bool, *, sign: bool = True) -> str:
    scaled, digits, unit = (100 * number, 1, " points") if proportion else (number, 2, "")
    return (words.signed(scaled, digits) if sign else words.plain(scaled, digits)) + unit


def _interval(effect: Effect, proportion: bool) -> str:
    assert effect.interval is not None
    low, high = effect.interval.low, effect.interval.high
    scale, digits = (100, 1) if proportion else (1, 2)
    return f"{words.signed(scale * low, digits)} to {words.signed(scale * high, digits)}"


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]
