"""Outcomes month by month."""

from __future__ import annotations

from functools import lru_cache

from analysis.findings import codec
from analysis.findings.answers.common import context, known_here, stored
from analysis.findings.curves import YEAR
from analysis.findings.curves import curves as compute_curves
from analysis.findings.precompute import curves_key
from analysis.findings.results import EVERYBODY, CurvesFinding, Measure, Selection, Side
from analysis.store import Reader


def curves(
    reader: Reader,
    side: Side,
    quarter: str | None = None,
    measure: Measure = "employment",
    gained_by: int = YEAR,
    where: Selection = EVERYBODY,
) -> CurvesFinding:
    """Curves of all cohorts; gained_by: months of follow-up over which months of employment gained are counted."""
    asked = context(reader).quarter(quarter)
    known_here(reader, side, where)
    known = stored(reader, curves_key(side, asked, measure)) if gained_by == YEAR and not where.chosen else None
    return codec.decode(CurvesFinding, known) if known else _curves(reader, side, asked, measure, gained_by, where)


@lru_cache(maxsize=64)
def _curves(
    reader: Reader, side: Side, quarter: str, measure: Measure, gained_by: int, where: Selection
) -> CurvesFinding:
    here = context(reader)
    with reader.cursor() as cursor:
        return compute_curves(
            cursor,
            here.plan,
            side,
            quarter,
            here.cutoff(cursor, quarter),
            here.data_version,
            measure,
            gained_by,
            where,
            here.cutoffs(cursor),
        )
