"""Who holds the two highest levels, quarter by quarter: shares with intervals, hidden groups in their place."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from analysis.estimates.intervals import wilson
from analysis.findings import disclosure, words
from analysis.findings.disclosure import TOTAL, Hidden
from analysis.findings.diversity_results import LeadershipFinding, LeadershipPoint
from analysis.findings.diversity_words import group_name

ATTRIBUTES = ("gender", "ethnicity", "generation", "disability", "lgbtq")  # of a person, told by them or their record
NO_LADDER = "There is no ladder of three levels or more, or no dated list of people, so nobody can be called senior."
COMPANY = "This describes the company and its promotions, hires and exits; it is not an effect of the programme."

TWO_PLACES = "A department at one location has too few leaders to tell of any; choose a department or a location."

Sizes = dict[str, tuple[int, int]]  # group to its people, and to those of them at the two highest levels


def leadership_finding(
    header: str,
    quarter: str,
    levels: tuple[str, ...],
    frame: pd.DataFrame,
    data_version: int,
    place: str | None = None,
) -> LeadershipFinding:
    """frame: quarter, place, group, people and senior, as `study.path.leadership` gives it, of all places of which
    one is chosen; place: which, None for the company."""
    quarters = tuple(dict.fromkeys(str(each) for each in frame["quarter"]))
    if not levels or not quarters:
        return without(header, quarter, NO_LADDER, data_version, levels)
    points: list[LeadershipPoint] = []
    seniors: list[int | None] = []
    for each in quarters:
        rows = frame[frame["quarter"] == each].to_dict("records")
        by_place: dict[str, Sizes] = {}
        everyone: Sizes = {}
        for row in rows:
            own, group = (int(row["people"]), int(row["senior"])), str(row["group"])
            by_place.setdefault(str(row.get("place", "")), {})[group] = own
            before = everyone.get(group, (0, 0))
            everyone[group] = (before[0] + own[0], before[1] + own[1])
        sizes = everyone if place is None else by_place.get(place, {})
        hidden = _hidden(header, everyone)
        if place is not None:
            hidden = _hidden_of_place(header, by_place, place, frozenset(hidden))
        points += _points(header, each, sizes, hidden)
        total = sum(senior for _, senior in sizes.values())
        told = total >= disclosure.descriptive_minimum(header) and TOTAL not in hidden
        seniors.append(total if told else None)
    sentence = _sentence(header, levels, quarters, points)
    return LeadershipFinding(
        header, quarter, levels, quarters, tuple(seniors), tuple(points), sentence, sentence, None, data_version
    )


def without(
    header: str, quarter: str, reason: str, data_version: int, levels: tuple[str, ...] = ()
) -> LeadershipFinding:
    """The finding where nothing can be told."""
    return LeadershipFinding(header, quarter, levels, (), (), (), reason, reason, reason, data_version)


def _hidden(header: str, sizes: Sizes) -> dict[str, Hidden]:
    minimum = disclosure.descriptive_minimum(header)
    total = sum(senior for _, senior in sizes.values())
    few = frozenset(
        group
        for group, (people, senior) in sizes.items()
        # Whoever is not at the top is told by subtraction.
        if disclosure.too_few_events(senior, total, header) or 0 < people - senior < minimum or people < minimum
    )
    seniors = {group: senior for group, (_, senior) in sizes.items()}
    return disclosure.hide_groups(seniors, minimum, header=header, few_events=few)


def _hidden_of_place(
    header: str, by_place: Mapping[str, Sizes], place: str, away: Collection[str]
) -> dict[str, Hidden]:
    """What is hidden of one place, in the table of all places by group; TOTAL among them where how many seniors it has
    would tell those of another. away: groups that are hidden of the company."""
    minimum = disclosure.descriptive_minimum(header)
    groups = {group for sizes in by_place.values() for group in sizes}
    totals = {name: sum(senior for _, senior in sizes.values()) for name, sizes in by_place.items()}
    small = disclosure.hide_groups({name: many for name, many in totals.items() if many}, minimum, header="place")
    off = {(name, group) for name, sizes in by_place.items() for group in _hidden(header, sizes)}
    if place in small:
        return dict.fromkeys((TOTAL, *by_place.get(place, {})), "would_reveal")
    off |= {(name, group) for name in small for group in groups}
    lines = {*((name, TOTAL) for name in by_place), *((TOTAL, group) for group in groups), (TOTAL, TOTAL)}
    hidden_lines = {*((name, TOTAL) for name in small), *((TOTAL, group) for group in away)}
    counts = {(name, group): by_place[name].get(group, (0, 0))[1] for name in by_place for group in groups}  # seniors
    found = disclosure.hide_cells(counts, minimum, header=header, also=off | hidden_lines, told=lines - hidden_lines)
    return {group: "would_reveal" for name, group in found if name == place and group != TOTAL}


def _points(header: str, quarter: str, sizes: Sizes, hidden: Mapping[str, Hidden]) -> list[LeadershipPoint]:
    minimum = disclosure.descriptive_minimum(header)
    everyone, total = (sum(pair[at] for pair in sizes.values()) for at in (0, 1))
    found = []
    for group, (people, senior) in sizes.items():
        if group in hidden or not total:
            why = disclosure.reason(hidden[group], minimum) if group in hidden else "Nobody is at these levels."
            found.append(LeadershipPoint(quarter, group, None, None, None, None, None, why))
            continue
        limits = wilson(senior / total, total)
        found.append(
            LeadershipPoint(quarter, group, senior, senior / total, limits.low, limits.high, people / everyone, None)
        )
    return found


def _sentence(header: str, levels: Sequence[str], quarters: Sequence[str], points: Sequence[LeadershipPoint]) -> str:
    """First and last quarter of each group that is shown in both, the two largest changes at most."""
    first, last = (
        {point.group: point for point in points if point.quarter == at} for at in (quarters[0], quarters[-1])
    )
    changes = [
        (group, first[group], last[group])
        for group in last
        if group in first
        and group not in ("declined", "unknown")
        and first[group].share is not None
        and last[group].share is not None
    ]
    where = f"the two highest levels ({', '.join(levels)})"
    if not changes or len(quarters) < 2:
        return f"No group can be shown over time at {where}. {COMPANY}"
    changes.sort(key=lambda change: -abs((change[2].share or 0) - (change[1].share or 0)))
    told = [_change(header, *change) for change in changes[:2]]
    span = f"From {_spoken(quarters[0])} to {_spoken(quarters[-1])}"
    return f"{span}, share of {where}: {'; '.join(told)}. {COMPANY}"


def _change(header: str, group: str, before: LeadershipPoint, after: LeadershipPoint) -> str:
    name = group_name(header, group)
    apart = (after.low or 0) > (before.high or 0) or (after.high or 0) < (before.low or 0)
    clear = "beyond both intervals" if apart else "within the intervals"
    return f"{name} {words.percent(before.share or 0)} to {words.percent(after.share or 0)}, {clear}"


def _spoken(quarter: str) -> str:
    return f"{quarter[:4]} {quarter[4:]}"
