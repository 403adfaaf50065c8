"""Who holds the two highest levels, quarter by quarter: shares with intervals, hidden groups in their place."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.estimates.intervals import wilson
from analysis.findings import disclosure, words
from analysis.findings.diversity_results import LeadershipFinding, LeadershipPoint
from analysis.findings.diversity_words import group_name

NO_LADDER = "There is no ladder of three levels or more, or no dated list of people, so nobody can be called senior."
COMPANY = "This describes the company and its promotions, hires and exits; it is not an effect of the programme."


def leadership_finding(
    header: str, quarter: str, levels: tuple[str, ...], frame: pd.DataFrame, data_version: int
) -> LeadershipFinding:
    """frame: quarter, group, people and senior, as `study.path.leadership` gives it."""
    quarters = tuple(dict.fromkeys(str(each) for each in frame["quarter"]))
    if not levels or not quarters:
        return LeadershipFinding(header, quarter, levels, (), (), (), NO_LADDER, NO_LADDER, NO_LADDER, data_version)
    points: list[LeadershipPoint] = []
    seniors: list[int | None] = []
    for each in quarters:
        rows = frame[frame["quarter"] == each].to_dict("records")
        sizes = {str(row["group"]): (int(row["people"]), int(row["senior"])) for row in rows}
        points += _points(header, each, sizes)
        total = sum(senior for _, senior in sizes.values())
        seniors.append(total if total >= disclosure.descriptive_minimum(header) else None)
    sentence = _sentence(header, levels, quarters, points)
    return LeadershipFinding(
        header, quarter, levels, quarters, tuple(seniors), tuple(points), sentence, sentence, None, data_version
    )


def _points(header: str, quarter: str, sizes: dict[str, tuple[int, int]]) -> list[LeadershipPoint]:
    minimum = disclosure.descriptive_minimum(header)
    everyone, total = (sum(pair[at] for pair in sizes.values()) for at in (0, 1))
    few = frozenset(
        group
        for group, (people, senior) in sizes.items()
        # Whoever is not at the top is told by subtraction.
        if disclosure.too_few_events(senior, total, header) or 0 < people - senior < minimum or people < minimum
    )
    hidden = disclosure.hide_groups(
        {group: senior for group, (_, senior) in sizes.items()}, minimum, header=header, few_events=few
    )
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
