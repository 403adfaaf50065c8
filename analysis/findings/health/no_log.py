"""Programme health without a session log: nothing that rests on sessions is known, and none of it is a zero."""

from __future__ import annotations

from dataclasses import replace

from analysis.findings.health.results import (
    Cadence,
    LevelRow,
    Number,
    ProgrammeHealth,
    Quartiles,
    SessionCounts,
    Timing,
)
from analysis.findings.health.shares import Share, hidden

NO_LOG = "No session log up to this day has been loaded."
WHAT_TO_LOAD = "Load a list of sessions with their dates and outcomes, and what rests on them can be told."


def without_sessions(found: ProgrammeHealth) -> ProgrammeHealth:
    """A view with everything that rests on sessions taken out of it, the reason in its place; what rests on pairs
    alone, such as states, direction, endings and pairs past their end, stays as it was told."""
    assert found.cadence and found.sessions and found.first and found.lapse and found.topics
    assert found.goals and found.nudges
    no_share, no_number = hidden(NO_LOG), Number(None, None, None, None, NO_LOG)
    past_end = tuple(cell for cell in found.nudges.reasons if cell.name == "past_end")
    counts = found.sessions
    return replace(
        found,
        states=tuple(replace(row, of_due=no_number) for row in found.states),
        cadence=_cadence(found.cadence, no_share, no_number),
        sessions=replace(
            counts,
            whole=_no_counts(None, no_share),
            quarters=tuple(_no_counts(row.quarter, no_share) for row in counts.quarters),
            ratio=no_number,
            in_a_row=no_share,
        ),
        calendar=(),
        first=_no_timing(found.first.limit),
        lapse=_no_timing(found.lapse.limit),
        topics=replace(
            found.topics,
            rows=(),
            tech=no_share,
            minutes=no_number,
            status="unknown",
            quarters=tuple(replace(each, share=no_share) for each in found.topics.quarters),
            sentence=f"What sessions are about is not known. {NO_LOG}",
        ),
        goals=replace(found.goals, by_second_session=no_share) if found.goals.kinds else found.goals,
        nudges=replace(found.nudges, anybody=no_share, reasons=past_end),
        levels=tuple(_level(row, no_share) for row in found.levels),
    )


def _cadence(known: Cadence, no_share: Share, no_number: Number) -> Cadence:
    """What the plan asks for stays."""
    return replace(
        known, on_schedule=no_share, nearly=no_share, of_due=no_number, a_month=no_number, gap=_no_quartiles()
    )


def _level(row: LevelRow, no_share: Share) -> LevelRow:
    return replace(row, recorded=None, held=no_share, by_mentee=no_share, met=no_share)


def _no_counts(quarter: str | None, none: Share) -> SessionCounts:
    return SessionCounts(quarter, None, none, none, none, none, none, NO_LOG)


def _no_quartiles() -> Quartiles:
    return Quartiles(None, None, None, None, None, None, NO_LOG)


def _no_timing(limit: int) -> Timing:
    return Timing(None, Number(None, None, None, None, NO_LOG), limit, _no_quartiles(), NO_LOG, NO_LOG, NO_LOG)
