"""Pairs by state, and how they keep to the plan's sessions."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd

from analysis.estimates.clustered import clustered_ratio
from analysis.estimates.intervals import Interval
from analysis.estimates.quantiles import median_interval, quartiles
from analysis.findings import disclosure
from analysis.findings.disclosure import TOTAL
from analysis.findings.health.cells import Close, cells, hidden_cell, records, single
from analysis.findings.health.results import STATES, Cadence, Cell, CohortStates, Number, Quartiles
from analysis.findings.health.shares import DECIMALS, FEW, TOO_FEW, Share, share_of_pairs

DAYS_A_MONTH = 30.4375
BEGUN: tuple[str, ...] = STATES[1:]
NOT_DUE = "No running pair has been going long enough for a session to be due."
NO_PLAN = "The plan sets no number of sessions a month."


def states(frame: pd.DataFrame, course: pd.DataFrame, close: Close) -> tuple[CohortStates, ...]:
    """All pairs, then cohort by cohort. frame: cohort, state, pairs; course: one row a pair that has begun."""
    planned: dict[str, int] = {}
    table: dict[str, dict[str, int]] = {}
    for row in records(frame):
        cohort, state, pairs = str(row["cohort"]), str(row["state"]), int(row["pairs"])
        planned[cohort] = planned.get(cohort, 0) + (pairs if state == "planned" else 0)
        begun = table.setdefault(cohort, dict.fromkeys(BEGUN, 0))
        if state != "planned":
            begun[state] = pairs
    whole = {state: sum(row[state] for row in table.values()) for state in BEGUN}
    not_yet = cells(planned, "cohort", close.of("cohort"))
    sizes = cells({cohort: sum(row.values()) for cohort, row in table.items()}, "cohort", close.of("cohort"))
    together = cells(whole, "state", close.of("state"))
    counts = {(cohort, state): row[state] for cohort, row in table.items() for state in BEGUN}
    elsewhere = {(cell.name, TOTAL) for cell in sizes if cell.count is None}
    elsewhere |= {(TOTAL, cell.name) for cell in together if cell.count is None}
    found = disclosure.hide_cells(counts, FEW, header="cohort", also=elsewhere | _close_cells(table, close))
    everyone = (
        single("planned", sum(planned.values())),
        *(_told(cell, (TOTAL, cell.name), found) for cell in together),
    )
    rows = [CohortStates(None, None if (TOTAL, TOTAL) in found else sum(whole.values()), everyone, of_due(course))]
    for (cohort, row), counted, to_come in zip(table.items(), sizes, not_yet, strict=True):
        told = tuple(_told(Cell(state, row[state]), (cohort, state), found) for state in BEGUN)
        size = _told(counted, (cohort, TOTAL), found)
        due = of_due(course[course["cohort"] == cohort])
        if size.count is None:
            due = Number(None, None, None, None, size.reason)
        rows.append(CohortStates(cohort, size.count, (replace(to_come, name="planned"), *told), due))
    return tuple(rows)


def _told(cell: Cell, place: disclosure.Cell, hidden: frozenset[disclosure.Cell]) -> Cell:
    """The cell as it may be told; all that is hidden of the table is hidden in the same words."""
    return hidden_cell(cell.name, "would_reveal") if place in hidden else cell


def _close_cells(table: dict[str, dict[str, int]], close: Close) -> frozenset[tuple[str, str]]:
    """Where a state, a cohort or a cell is close to that of a wider view, it is not told."""
    return frozenset(
        (cohort, state)
        for cohort, row in table.items()
        for state in row
        if state in close.of("state") or cohort in close.of("cohort") or f"{cohort} {state}" in close.of("cell")
    )


def on_schedule(course: pd.DataFrame, behind: int = 0) -> Share:
    """Running pairs that held what was due by the day, or at most so many fewer, of those with anything due."""
    due = course[(course["state"] == "active") & (course["due"] >= 1)]
    nothing = NOT_DUE if course.empty or course["sessions_a_month"].max() > 0 else NO_PLAN
    return share_of_pairs(int((due["held"] >= due["due"] - behind).sum()), len(due), nothing=nothing)


def cadence(course: pd.DataFrame) -> Cadence:
    """Sessions against the plan; course: one row a pair that has begun."""
    months = course["months_in_plan"]
    planned = None
    if months.sum() > 0 and course["sessions_a_month"].max() > 0:
        planned = round(float((months * course["sessions_a_month"]).sum() / months.sum()), DECIMALS)
    return Cadence(
        on_schedule(course),
        on_schedule(course, behind=1),
        of_due(course),
        _ratio(course, "months_in_plan"),
        planned,
        spread(course["mean_gap"].dropna().tolist(), "No pair has held two sessions yet."),
        round(DAYS_A_MONTH / planned, DECIMALS) if planned else None,
    )


def of_due(course: pd.DataFrame) -> Number:
    """Sessions held for each one that the plan would have seen by the day, of all pairs that have begun."""
    if len(course) and not course["sessions_a_month"].max() > 0:
        return Number(None, None, None, None, NO_PLAN)
    return _ratio(course, "due")


def _ratio(course: pd.DataFrame, exposure: str) -> Number:
    """Sessions held within the plan's months, for each unit of exposure; pairs are what varies."""
    counted = course[course[exposure] > 0]
    if len(counted) < FEW:
        return Number(None, None, None, None, TOO_FEW)
    value, band = clustered_ratio(counted["held_in_plan"].tolist(), counted[exposure].tolist())
    return number(value, band, len(counted))


def number(value: float, band: Interval, pairs: int) -> Number:
    high = round(band.high, DECIMALS) if math.isfinite(band.high) else None
    return Number(round(value, DECIMALS), round(band.low, DECIMALS), high, pairs)


def spread(values: list[float], nothing: str) -> Quartiles:
    """Quartiles of one value a pair, hidden with fewer than five pairs."""
    if len(values) < FEW:
        return Quartiles(None, None, None, None, None, None, TOO_FEW if values else nothing)
    first, middle, third = (round(each, DECIMALS) for each in quartiles(values))
    band = median_interval(values)
    low, high = (None, None) if band is None else (round(band.low, DECIMALS), round(band.high, DECIMALS))
    return Quartiles(middle, low, high, first, third, len(values))
