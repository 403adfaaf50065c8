"""Sessions held, cancelled and missed, by quarter and by week."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.estimates.clustered import clustered_rate, odds_of
from analysis.findings import disclosure
from analysis.findings.health.cadence import number
from analysis.findings.health.cells import Close, records
from analysis.findings.health.results import CalendarQuarter, Number, SessionCounts, Sessions, Week
from analysis.findings.health.shares import (
    FEW,
    TOO_FEW,
    Share,
    hidden,
    reason_of,
    share_of_pairs,
    share_of_sessions,
)
from analysis.study.programme import Period

OUTCOMES = ("held", "by_mentee", "by_mentor", "by_unknown", "no_show")
ONLY_HELD = "Only sessions that were held are recorded, so how many were cancelled or missed is not known."
NONE = "No session is recorded."
WEEKS = 13


def sessions(whole: pd.DataFrame, quarters: pd.DataFrame, periods: Sequence[Period], course: pd.DataFrame, limit: int,
             close: Close) -> Sessions:  # fmt: skip
    """whole: all to the day as one period; quarters: one each; course: one row a pair that has begun."""
    only_held = not whole.empty and not whole[list(OUTCOMES[1:])].to_numpy().any()
    rows = [
        _counts(each.quarter, quarters[quarters["quarter"] == each.quarter], only_held, close, each.quarter)
        for each in periods
    ]
    recorded = course[course["recorded"] > 0]
    in_a_row = share_of_pairs(int((recorded["cancelled_run"] >= limit).sum()), len(recorded), nothing=NONE)
    return Sessions(
        _counts(None, whole, only_held, close, "ever"),
        _without_a_rest(rows),
        Number(None, None, None, None, ONLY_HELD) if only_held else _ratio(whole),
        hidden(ONLY_HELD) if only_held else in_a_row,
        limit,
    )


def _counts(quarter: str | None, frame: pd.DataFrame, only_held: bool, close: Close, name: str) -> SessionCounts:
    rows = records(frame)
    totals = [sum(int(row[outcome]) for outcome in OUTCOMES) for row in rows]
    pairs = [int(row["pairs"]) for row in rows]
    if 0 < sum(pairs) < FEW:
        return _no_counts(quarter, TOO_FEW)
    if name in close.of("quarter"):
        return _no_counts(quarter, reason_of("would_reveal"))
    if not rows:
        return _no_counts(quarter, NONE)
    with_any = {
        outcome: size for outcome in OUTCOMES if (size := sum(int(row["pairs"]) for row in rows if row[outcome]))
    }
    near = frozenset(outcome for outcome in with_any if f"{name} {outcome}" in close.of("outcome"))
    found = disclosure.hide_groups(with_any, FEW, header="outcome", few_events=near)
    shares: dict[str, Share] = {}
    for outcome in OUTCOMES:
        if only_held:
            shares[outcome] = hidden(ONLY_HELD)
        elif outcome in found:
            shares[outcome] = hidden(reason_of(found[outcome]))
        else:
            shares[outcome] = share_of_sessions([int(row[outcome]) for row in rows], totals, pairs)
    recorded = sum(total * many for total, many in zip(totals, pairs, strict=True))
    held, by_mentee, by_mentor, by_unknown, no_show = (shares[outcome] for outcome in OUTCOMES)
    return SessionCounts(quarter, recorded, held, by_mentee, by_mentor, by_unknown, no_show)


def _no_counts(quarter: str | None, reason: str) -> SessionCounts:
    none = hidden(reason)
    return SessionCounts(quarter, None, none, none, none, none, none, reason)


def _without_a_rest(rows: Sequence[SessionCounts]) -> tuple[SessionCounts, ...]:
    """Where one quarter of few pairs is hidden, its neighbour is too: all sessions together are told as well."""
    few = [index for index, row in enumerate(rows) if row.reason == TOO_FEW]
    kept = list(rows)
    shown = [index for index, row in enumerate(rows) if row.reason is None]
    if len(few) == 1 and shown:
        partner = min(shown, key=lambda index: rows[index].recorded or 0)
        kept[partner] = _no_counts(rows[partner].quarter, reason_of("would_reveal"))
    return tuple(kept)


def _ratio(frame: pd.DataFrame) -> Number:
    """Cancellations by mentees for each by mentors: both out of the same sessions, so the denominators cancel out."""
    rows = [row for row in records(frame) if row["by_mentee"] + row["by_mentor"]]
    by_mentee = sum(int(row["pairs"]) for row in rows if row["by_mentee"])
    by_mentor = sum(int(row["pairs"]) for row in rows if row["by_mentor"])
    if not rows:
        return Number(None, None, None, None, "No cancellation names its side.")
    if min(by_mentee, by_mentor) < FEW:
        return Number(None, None, None, None, TOO_FEW)
    rate = clustered_rate(
        [row["by_mentee"] for row in rows],
        [row["by_mentee"] + row["by_mentor"] for row in rows],
        [row["pairs"] for row in rows],
    )
    return number(*odds_of(rate), rate.clusters)


def calendar(frame: pd.DataFrame, periods: Sequence[Period], close: Close) -> tuple[CalendarQuarter, ...]:
    """A row a quarter, thirteen weeks each; frame: quarter, week, sessions and pairs."""
    found = []
    for period in periods:
        rows = {int(row["week"]): row for row in records(frame[frame["quarter"] == period.quarter])}
        sizes = {str(week): int(row["pairs"]) for week, row in rows.items()}
        near = frozenset(week for week in sizes if f"{period.quarter} {week}" in close.of("week"))
        hide = disclosure.hide_groups(sizes, FEW, header="week", few_events=near)
        if period.quarter in close.of("quarter"):
            hide = dict.fromkeys(sizes, "would_reveal")
        last = min((period.last_day - period.first_day).days // 7 + 1, WEEKS)
        weeks = []
        for week in range(1, WEEKS + 1):
            if str(week) in hide:
                weeks.append(Week(week, None, True, hide[str(week)] == "too_small"))
            elif week <= last:
                weeks.append(Week(week, int(rows[week]["sessions"]) if week in rows else 0, True))
            else:
                weeks.append(Week(week, None, False))
        found.append(CalendarQuarter(period.quarter, tuple(weeks)))
    return tuple(found)
