"""What was measured again and again: metrics by quarter around joining."""

from __future__ import annotations

from functools import lru_cache

from analysis.findings.answers.common import UnknownChoice, context
from analysis.findings.event_study import EventStudyFinding, RepeatedMetric, UnknownMetric
from analysis.findings.event_study import event_study as compute_event_study
from analysis.findings.event_study import repeated_metrics as find_metrics
from analysis.findings.results import SIDES, Side
from analysis.store import Reader


@lru_cache(maxsize=8)
def repeated_metrics(reader: Reader) -> tuple[RepeatedMetric, ...]:
    """What these data hold for several quarters, and an event study can be asked for; nothing in an empty store."""
    with reader.cursor() as cursor:
        return find_metrics(cursor)


def event_study(reader: Reader, side: Side, metric: str, quarter: str | None = None) -> EventStudyFinding:
    """A metric around joining, quarter by quarter, against those who had not joined yet.

    Raises UnknownQuarter, or UnknownChoice for a metric that is not among repeated_metrics() or an unknown side.
    """
    asked = context(reader).quarter(quarter)
    if side not in SIDES:
        raise UnknownChoice(f"Sides are {', '.join(SIDES)}.")
    try:
        return _event_study(reader, side, metric, asked)
    except UnknownMetric as unknown:
        raise UnknownChoice(str(unknown)) from None


@lru_cache(maxsize=64)
def _event_study(reader: Reader, side: Side, metric: str, quarter: str) -> EventStudyFinding:
    here = context(reader)
    with reader.cursor() as cursor:
        return compute_event_study(
            cursor, here.plan, side, metric, quarter, here.cutoff(cursor, quarter), here.data_version
        )
