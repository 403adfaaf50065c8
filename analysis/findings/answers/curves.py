"""Outcomes month by month."""

from __future__ import annotations

from functools import lru_cache

from analysis.findings import codec
from analysis.findings.answers.common import context, known_here, stored
from analysis.findings.answers.effects import effects
from analysis.findings.curves import YEAR
from analysis.findings.curves import curves as compute_curves
from analysis.findings.precompute import curves_key
from analysis.findings.publication import DRAWN, blanked_curves
from analysis.findings.results import EVERYBODY, CurvesFinding, Measure, Question, Selection, Side
from analysis.store import Reader


def curves(
    reader: Reader,
    side: Side,
    quarter: str | None = None,
    measure: Measure = "employment",
    gained_by: int = YEAR,
    where: Selection = EVERYBODY,
) -> CurvesFinding:
    """Curves of all cohorts; gained_by: months of follow-up over which months of employment gained are counted. None
    where a number of that year which could be read from them is suppressed or withheld."""
    asked = context(reader).quarter(quarter)
    known_here(reader, side, where)
    known = stored(reader, curves_key(side, asked, measure)) if gained_by == YEAR and not where.chosen else None
    found = codec.decode(CurvesFinding, known) if known else _curves(reader, side, asked, measure, gained_by, where)
    if found.reason or found.participants is None:
        return found
    told = (effects(reader, Question(outcome, side, YEAR, asked, where=where))[0] for outcome in DRAWN[measure])
    return blanked_curves(found, tuple(told))


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
