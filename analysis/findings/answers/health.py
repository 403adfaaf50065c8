"""How the programme itself is doing: pairs, sessions, goals."""

from __future__ import annotations

from functools import lru_cache

from analysis.findings.answers.common import context
from analysis.findings.answers.repeated import surveys
from analysis.findings.health.periods import periods_to
from analysis.findings.health.summary import HealthSummary
from analysis.findings.health.summary import health_summary as compute_summary
from analysis.store import Reader
from analysis.study.programme import first_start, open_programme

TILE_QUARTERS = 8


def health_summary(reader: Reader, quarter: str | None = None) -> HealthSummary:
    """Four numbers for the leaders' page, with the quarters before. Raises UnknownQuarter."""
    return _summary(reader, context(reader).quarter(quarter))


@lru_cache(maxsize=64)
def _summary(reader: Reader, quarter: str) -> HealthSummary:
    here = context(reader)
    with reader.cursor() as cursor:
        open_programme(cursor, here.plan)
        periods = periods_to(cursor, here, quarter, TILE_QUARTERS, first_start(cursor))
        answered = {each.quarter: surveys(reader, each.quarter) for each in periods if each.quarter in here.quarters}
        return compute_summary(cursor, periods, answered, here.data_version)
