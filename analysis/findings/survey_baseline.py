"""How those who did not answer after stood before, beside those who did: scores, service, level, whether they left."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import cast

from analysis.estimates.intervals import newcombe
from analysis.estimates.means import difference_of_means
from analysis.findings import disclosure
from analysis.findings.results import SIDES, Side
from analysis.findings.survey_disclosure import hidden_cells
from analysis.findings.survey_response_results import BaselineRow, StatusCount
from analysis.store import Cursor
from analysis.study import survey_response as study
from analysis.study import surveys as scores
from analysis.study.surveys import Narrowing

FEW = (1, 2)  # people who did, or did not: they could be recognised


def baseline_rows(cursor: Cursor, status: tuple[StatusCount, ...], narrowing: Narrowing) -> tuple[BaselineRow, ...]:
    """Scores before, long service and level of those who answered after, and of those who were here and did not."""
    shown = {
        side
        for side in SIDES
        if any(row.side == side and row.status == "answered" and row.people for row in status)
        and not any(row.side == side and row.reason for row in status)
    }
    keys = ("side", "construct", "wave")
    whole = hidden_cells(cursor, "survey_score", keys, narrowing, "wave = 'pre'")
    held: dict[tuple[Side, str], dict[str, tuple[int, float, float]]] = defaultdict(dict)
    for row in study.baseline_by_status(cursor).to_dict("records"):
        key = (cast(Side, row["side"]), str(row["construct"]))
        held[key][str(row["status"])] = (int(row["people"]), float(row["total"]), float(row["squares"]))
    everybody = {
        (row["side"], row["construct"]): int(row["people"])
        for row in scores.waves(cursor).to_dict("records")
        if row["wave"] == "pre"
    }
    found = []
    for side in SIDES:
        if side not in shown:
            continue
        for (whose, construct), by in sorted(held.items()):
            if whose == side:
                reason = whole.get((side, construct, "pre")) or _rest_too_few(by, everybody[side, construct])
                found.append(_score_row(side, construct, by, reason))
        found += _share_rows(cursor, side)
    return tuple(found)


def _rest_too_few(by: dict[str, tuple[int, float, float]], everybody: int) -> str | None:
    """Those in neither column are known from the mean of the wave, less both columns."""
    rest = everybody - sum(by[status][0] for status in ("answered", "silent") if status in by)
    minimum = disclosure.descriptive_minimum(None)
    return disclosure.reason("would_reveal", minimum) if 0 < rest < minimum else None


def _score_row(side: Side, construct: str, by: dict[str, tuple[int, float, float]], reason: str | None) -> BaselineRow:
    label = f"{construct} before"
    answered, silent = by.get("answered", (0, 0.0, 0.0)), by.get("silent", (0, 0.0, 0.0))
    reason = reason or _too_few(answered[0], silent[0])
    difference = None if reason else difference_of_means(answered, silent)
    if reason or difference is None:
        why = reason or "Everybody answered the same."
        return BaselineRow(side, label, "score", None, None, None, None, None, None, None, why)
    value, limits = difference
    means = (round(answered[1] / answered[0], 10), round(silent[1] / silent[0], 10))
    numbers = (round(value, 10), round(limits.low, 10), round(limits.high, 10))
    return BaselineRow(side, label, "score", *means, *numbers, answered[0], silent[0], None)


def _share_rows(cursor: Cursor, side: Side) -> list[BaselineRow]:
    """What was known of everybody: five years of service or more, the level, and whether they have left since."""
    by = {str(row["status"]): row for row in study.by_status(cursor).to_dict("records") if row["side"] == side}
    answered, silent = by.get("answered"), by.get("silent")
    if answered is None or silent is None:
        return []
    people = (int(answered["people"]), int(silent["people"]))
    rows = []
    known = (people[0] - int(answered["tenure_unknown"]), people[1] - int(silent["tenure_unknown"]))
    if min(known) > 0:
        long = (int(answered["long_service"]), int(silent["long_service"]))
        rows.append(_share_row(side, "Five years of service or more", long, known))
    levels: dict[str, Counter[str]] = defaultdict(Counter)
    for row in study.levels_by_status(cursor).to_dict("records"):
        if row["side"] == side:
            levels[str(row["level"])][str(row["status"])] += int(row["people"])
    # Shares of all levels add up to one: a level that must be hidden takes another with it.
    named = {level: counted["answered"] + counted["silent"] for level, counted in levels.items()}
    few = frozenset(
        level for level, counted in levels.items() if _few((counted["answered"], counted["silent"]), people)
    )
    hidden = disclosure.hide_groups(named, 1, header="level", few_events=few)
    for level, counted in sorted(levels.items()):
        if len(levels) > 1 and level != "unknown":
            events = (counted["answered"], counted["silent"])
            rows.append(_share_row(side, f"Level {level}", events, people, hide=level in hidden))
    since = (int(answered["left_since"]), int(silent["left_since"]))
    rows.append(_share_row(side, "Left since", since, people))
    return rows


def _few(events: tuple[int, int], people: tuple[int, int]) -> bool:
    """One or two people, or all but one or two, in either column."""
    return any(some in FEW or many - some in FEW for some, many in zip(events, people, strict=True))


def _share_row(
    side: Side, label: str, events: tuple[int, int], people: tuple[int, int], hide: bool = False
) -> BaselineRow:
    reason = _too_few(*people)
    if hide or _few(events, people):
        reason = reason or disclosure.reason("few_events", disclosure.DESCRIPTIVE)
    if reason:
        return BaselineRow(side, label, "share", None, None, None, None, None, None, None, reason)
    limits = newcombe(events[0], people[0], events[1], people[1])
    rates = (events[0] / people[0], events[1] / people[1])
    low, high = round(limits.low, 10), round(limits.high, 10)
    return BaselineRow(side, label, "share", *rates, rates[0] - rates[1], low, high, *people, None)


def _too_few(*groups: int) -> str | None:
    minimum = disclosure.descriptive_minimum(None)
    return disclosure.reason("too_small", minimum) if min(groups) < minimum else None
