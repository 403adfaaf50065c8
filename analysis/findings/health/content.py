"""What sessions are about, and what came of the goals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import pandas as pd

from analysis.estimates.clustered import clustered_rate
from analysis.findings import disclosure, words
from analysis.findings.health.cells import Close, records
from analysis.findings.health.results import GoalKind, Goals, Number, QuarterShare, TopicRow, Topics
from analysis.findings.health.shares import (
    DECIMALS,
    FEW,
    TOO_FEW,
    Counts,
    Share,
    columns,
    hidden,
    reason_of,
    share_of_pairs,
    share_of_sessions,
    shares_of_family,
)
from analysis.study.programme import Period

NO_TOPIC = "No session names its topic."
NO_GOAL = "No goal has been decided yet."


def topics(
    frame: pd.DataFrame,
    whole: pd.DataFrame,
    quarters: pd.DataFrame,
    periods: Sequence[Period],
    limit: float,
    close: Close,
) -> Topics:
    """frame: topic, sessions, pairs; whole and quarters: sessions as combinations of counts; limit: a proportion."""
    named = [row for row in records(frame) if row["topic"] != "unknown"]
    of = sum(int(row["sessions"]) for row in named)
    sizes = {row["topic"]: int(row["pairs"]) for row in records(frame)}
    found = disclosure.hide_groups(sizes, FEW, header="topic", few_events=close.of("topic") & sizes.keys())
    rows = [
        TopicRow(row["topic"], None, None, reason_of(found[row["topic"]]))
        if row["topic"] in found
        else TopicRow(row["topic"], int(row["sessions"]), round(int(row["sessions"]) / of, DECIMALS))
        for row in sorted(named, key=lambda row: (-int(row["sessions"]), row["topic"]))
    ]
    tech, by_quarter = _tech(whole), _by_quarter(quarters, periods, close)
    if "tech_support" in found:
        tech = hidden(reason_of(found["tech_support"]))
    status: Literal["above", "below", "unknown"] = "unknown"
    if tech.value is not None:
        status = "above" if tech.value > limit else "below"
    return Topics(tuple(rows), tech, _minutes(whole, tech), limit, status, by_quarter, _sentence(tech, limit))


def _tech(frame: pd.DataFrame) -> Share:
    rows = _tech_counts(frame)
    return share_of_sessions(*columns(rows), nothing=NO_TOPIC)


def _tech_counts(frame: pd.DataFrame) -> list[tuple[int, int, int]]:
    return [(int(row["tech"]), int(row["with_topic"]), int(row["pairs"])) for row in records(frame)]


def _by_quarter(frame: pd.DataFrame, periods: Sequence[Period], close: Close) -> tuple[QuarterShare, ...]:
    parts = {each.quarter: _tech_counts(frame[frame["quarter"] == each.quarter]) for each in periods}
    found = shares_of_family(parts, "quarter", close=close.of("quarter"), nothing=NO_TOPIC)
    return tuple(QuarterShare(quarter, share) for quarter, share in found.items())


def _minutes(frame: pd.DataFrame, tech: Share) -> Number:
    """The share of the time; hidden with the share of the sessions."""
    if tech.value is None:
        return Number(None, None, None, None, tech.reason)
    rows = [row for row in records(frame) if row["topic_minutes"] > 0]
    if not rows:
        return Number(None, None, None, None, "No session says how long it took.")
    counts = ([row[name] for row in rows] for name in ("tech_minutes", "topic_minutes", "pairs"))
    rate = clustered_rate(*counts)
    if rate.clusters < FEW:
        return Number(None, None, None, None, TOO_FEW)
    low, high = round(rate.interval.low, DECIMALS), round(rate.interval.high, DECIMALS)
    return Number(round(rate.rate, DECIMALS), low, high, rate.clusters)


def _sentence(tech: Share, limit: float) -> str:
    if tech.value is None or tech.low is None or tech.high is None:
        return f"The share of tech support can't be told. {tech.reason or ''}".strip()
    text = f"{words.percent(tech.value)} of the sessions were tech support (95% interval {_range(tech)})"
    if tech.low > limit:
        return f"{text}: more than the limit of {limit:.0%}. Mentoring has become tech support."
    if tech.value > limit:
        return f"{text}: above the limit of {limit:.0%}, though chance could explain it."
    if tech.high > limit:
        return f"{text}: below the limit of {limit:.0%}, though not clearly."
    return f"{text}: less than the limit of {limit:.0%}."


def _range(share: Share) -> str:
    return f"{words.percent(share.low or 0.0)} to {words.percent(share.high or 0.0)}"


def goals(frame: pd.DataFrame, course: pd.DataFrame, close: Close) -> Goals:
    """frame: kind; goals, decided and achieved of one pair; pairs. course: one row a pair that has begun."""
    early = course["early_goal"].dropna().astype(bool)
    by_second = share_of_pairs(int(early.sum()), len(early), nothing="No pair has held two sessions yet.")
    if not records(frame):
        by_second = hidden("No goals have been loaded.")
    parts: dict[str, Counts] = {}
    for row in records(frame):
        parts[row["kind"]] = [
            *parts.get(row["kind"], ()),
            (int(row["achieved"]), int(row["decided"]), int(row["pairs"])),
        ]
    shares = shares_of_family(parts, "kind", close=close.of("kind"), nothing=NO_GOAL)
    sizes = {kind: int(frame.loc[frame["kind"] == kind, "pairs"].sum()) for kind in parts}
    found = disclosure.hide_groups(sizes, FEW, header="kind", few_events=close.of("kind") & sizes.keys())
    everything = [count for rows in parts.values() for count in rows]
    kinds = [GoalKind(None, _goals(frame), share_of_sessions(*columns(everything), nothing=NO_GOAL))] if parts else []
    for kind in parts:
        if kind in found:
            kinds.append(GoalKind(kind, None, hidden(reason_of(found[kind])), reason_of(found[kind])))
        else:
            kinds.append(GoalKind(kind, _goals(frame[frame["kind"] == kind]), shares[kind]))
    if kinds and frame["pairs"].sum() < FEW:
        kinds = [GoalKind(None, None, hidden(TOO_FEW), TOO_FEW)]
    return Goals(by_second, tuple(kinds))


def _goals(frame: pd.DataFrame) -> int:
    return int((frame["goals"] * frame["pairs"]).sum())
