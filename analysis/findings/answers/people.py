"""Who took part, who was promoted, and how many sessions they held."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from analysis.findings import codec
from analysis.findings.answers.common import context, stored
from analysis.findings.answers.effects import effects, resolved
from analysis.findings.dose import dose as compute_dose
from analysis.findings.evidence import DoseFinding
from analysis.findings.people_precompute import promoted_key
from analysis.findings.precompute import reach_key
from analysis.findings.reach import promoted as compute_promoted
from analysis.findings.reach import reach as compute_reach
from analysis.findings.reach_totals import taken_part
from analysis.findings.results import Question, ReachFinding, Side
from analysis.store import Reader


def dose(reader: Reader, question: Question) -> DoseFinding:
    """Participants by sessions held: a description, not an effect."""
    return _dose(reader, replace(resolved(reader, question), cohort=None, by=None))


def promoted(reader: Reader, side: Side, quarter: str | None = None) -> ReachFinding:
    """Which participants were promoted within four quarters, by group, with the four-fifths ratio."""
    asked = context(reader).quarter(quarter)
    known = stored(reader, promoted_key(side, asked))
    return codec.decode(ReachFinding, known) if known else _promoted(reader, side, asked)


def reach(reader: Reader, side: Side, quarter: str | None = None) -> ReachFinding:
    asked = context(reader).quarter(quarter)
    known = stored(reader, reach_key(side, asked))
    return codec.decode(ReachFinding, known) if known else _reach(reader, side, asked)


@lru_cache(maxsize=64)
def _dose(reader: Reader, asked: Question) -> DoseFinding:
    here, compared = context(reader), effects(reader, asked)[0].n_participants
    with reader.cursor() as cursor:
        cutoff = here.cutoff(cursor, asked.quarter or "")
        return compute_dose(cursor, here.plan, asked, cutoff, here.data_version, compared)


@lru_cache(maxsize=64)
def _promoted(reader: Reader, side: Side, quarter: str) -> ReachFinding:
    here = context(reader)
    with reader.cursor() as cursor:
        later = here.cutoffs(cursor)[: here.quarters.index(quarter)]
        days = (here.cutoff(cursor, quarter), *later)
        return compute_promoted(cursor, here.plan, side, quarter, days, here.data_version)


@lru_cache(maxsize=64)
def _reach(reader: Reader, side: Side, quarter: str) -> ReachFinding:
    here = context(reader)
    with reader.cursor() as cursor:
        days = here.cutoffs(cursor)[: here.quarters.index(quarter) + 1]
        *later, now = taken_part(cursor, here.plan, side, days)
        return compute_reach(side, quarter, now.frame, [each.frame for each in later], here.data_version, now.hidden)
