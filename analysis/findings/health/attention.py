"""What calls for somebody's attention: pairs that need a nudge, early endings, and how leaders keep their sessions."""

from __future__ import annotations

import pandas as pd

from analysis.findings import disclosure
from analysis.findings.health.cells import Close, cells, hidden_cell, records
from analysis.findings.health.results import Cell, Endings, LevelRow, Nudge, Nudges
from analysis.findings.health.shares import (
    FEW,
    Counts,
    hidden,
    reason_of,
    share_of_pairs,
    shares_of_family,
)
from analysis.plan import HealthLimits

REASONS: tuple[Nudge, ...] = ("no_first_session", "stalled", "cancellations", "past_end")
NO_PAIR = "No pair is running."


def flags(course: pd.DataFrame, limits: HealthLimits) -> pd.DataFrame:
    """One row a running pair: whether each of REASONS holds for it."""
    running = course[course["state"] == "active"]
    waiting = (running["held"] == 0) & (running["followed"] > limits.days_to_first_session) & ~running["past_end"]
    found = {
        "no_first_session": waiting,
        "stalled": running["waited_too_long"].fillna(False).astype(bool),
        "cancellations": running["cancelled_now"] >= limits.cancellations_in_a_row,
        "past_end": running["past_end"],
    }
    return pd.DataFrame(found, columns=list(REASONS)).astype(bool)


def nudges(course: pd.DataFrame, limits: HealthLimits, close: Close) -> Nudges:
    """Counts by reason; a pair can have several, so they need not add up. How many pairs need one at all is not told
    where one to four of them do not have some reason that is told: the difference would be those."""
    found = flags(course, limits)
    of, some = len(found), int(found.any(axis=1).sum())
    anybody = share_of_pairs(some, of, nothing=NO_PAIR)
    reasons = []
    for name in REASONS:
        count = int(found[name].sum())
        if 0 < count < FEW:
            reasons.append(hidden_cell(name, "too_small"))
        elif 0 < of - count < FEW or name in close.of("nudge"):
            reasons.append(hidden_cell(name, "would_reveal"))
        else:
            reasons.append(Cell(name, count))
    told = [cell.count for cell in reasons if cell.count]
    if "any" in close.of("nudge") or any(0 < some - count < FEW for count in told):
        anybody = hidden(reason_of("would_reveal"))
    return Nudges(
        anybody,
        tuple(reasons),
        limits.days_to_first_session,
        limits.cancellations_in_a_row,
        limits.planned_gaps_to_lapse,
    )


def endings(states: pd.DataFrame, reasons: pd.DataFrame, close: Close) -> Endings:
    """states: cohort, state, pairs; reasons: reason, pairs of those that ended early."""
    early = int(states.loc[states["state"] == "ended_early", "pairs"].sum())
    done = int(states.loc[states["state"] == "completed", "pairs"].sum())
    sizes = {row["reason"]: int(row["pairs"]) for row in records(reasons)}
    ordered = dict(sorted(sizes.items(), key=lambda item: (item[0] == "unknown", -item[1], item[0])))
    share = share_of_pairs(early, early + done, nothing="No pair has ended yet.")
    return Endings(share, cells(ordered, "end_reason", close.of("reason")))


def no_endings() -> Endings:
    """Where the states of pairs do not tell how many ended, neither do their reasons."""
    return Endings(hidden(reason_of("would_reveal")), ())


def levels(frame: pd.DataFrame, course: pd.DataFrame, close: Close) -> tuple[LevelRow, ...]:
    """By the mentee's level, highest first; levels with few pairs go with the next one. frame: combinations of counts;
    course: one row a pair that has begun."""
    merged = _merged(frame)
    names = list(dict.fromkeys(merged.values()))
    of = frame["level"].map(merged)
    sizes = {name: int(frame.loc[of == name, "pairs"].sum()) for name in names}
    near = frozenset(merged[level] for level in close.of("level") if level in merged)
    found = disclosure.hide_groups(sizes, FEW, header="level", few_events=near & sizes.keys())
    rows = {name: records(frame[of == name]) for name in names}
    running = course[course["in_quarter"]]
    running_level = running["mentee_level"].map(merged)
    parts: list[dict[str, Counts]] = [
        {name: [(int(r[event]), int(r["recorded"]), int(r["pairs"])) for r in rows[name]] for name in names}
        for event in ("held", "by_mentee")
    ]
    met: dict[str, Counts] = {
        name: [(int(value), 1, 1) for value in running.loc[running_level == name, "met"]] for name in names
    }
    held, cancelled = (shares_of_family(part, "level", close=near) for part in parts)
    meeting = shares_of_family(met, "level", close=near, of_pairs=True, nothing="No pair ran in the quarter.")
    told = []
    for name in names:
        if name in found:
            reason = reason_of(found[name])
            none = hidden(reason)
            told.append(LevelRow(name, None, None, none, none, none, reason))
            continue
        recorded = sum(int(row["recorded"]) * int(row["pairs"]) for row in rows[name])
        told.append(LevelRow(name, sizes[name], recorded, held[name], cancelled[name], meeting[name]))
    return tuple(told)


def _merged(frame: pd.DataFrame) -> dict[str, str]:
    """Level to the name of what it is told with: levels of few pairs go with the next lower one, the lowest with the
    next higher one, as answers at the end of a scale do."""
    groups: list[tuple[list[str], int]] = []
    for level in dict.fromkeys(frame["level"]):
        pairs = int(frame.loc[frame["level"] == level, "pairs"].sum())
        if groups and groups[-1][1] < FEW:
            groups[-1] = ([*groups[-1][0], str(level)], groups[-1][1] + pairs)
        else:
            groups.append(([str(level)], pairs))
    if len(groups) > 1 and groups[-1][1] < FEW:
        (last, pairs), (before, more) = groups.pop(), groups.pop()
        groups.append(([*before, *last], more + pairs))
    return {level: " or ".join(levels_) for levels_, _ in groups for level in levels_}
