"""Who is reached, stays, is promoted and leads, as of the newest quarter and of everybody: for the load to store."""

from __future__ import annotations

from analysis.findings import codec
from analysis.findings.context import Context
from analysis.findings.diversity import Asked, diversity, hiding_of
from analysis.findings.leadership import ATTRIBUTES, leadership_finding
from analysis.findings.path_tables import tables_of
from analysis.findings.reach import promoted
from analysis.findings.results import EVERYBODY, Side
from analysis.store import Cursor
from analysis.study.participation import REACH_HEADERS
from analysis.study.path import leadership, open_path, path_counts


def people_bundle(cursor: Cursor, context: Context, side: Side) -> dict[str, str]:
    """Key to finding as JSON: the way by each attribute, and who was promoted. There must be a quarter that
    can be asked for."""
    quarter = context.quarters[0]
    cutoff = context.cutoff(cursor, quarter)
    cohorts = open_path(cursor, context.plan, side, cutoff)
    counts = (tables_of(path_counts(cursor, {})),)
    found: dict[str, str] = {}
    for header in REACH_HEADERS:
        asked = Asked(side, quarter, header, None, EVERYBODY)
        hidden = hiding_of(asked, cohorts, counts)
        told = diversity(asked, cohorts, counts[0], hidden, context.data_version, context.plan.hash)
        found[diversity_key(side, quarter, header)] = codec.encode(told)
    rose = promoted(cursor, context.plan, side, quarter, (cutoff,), context.data_version)
    return found | {promoted_key(side, quarter): codec.encode(rose)}


def leadership_bundle(cursor: Cursor, context: Context) -> dict[str, str]:
    """Key to finding as JSON: who leads, by each attribute of a person."""
    quarter = context.quarters[0]
    found: dict[str, str] = {}
    for header in ATTRIBUTES:
        levels, frame = leadership(cursor, context.plan, header, context.cutoff(cursor, quarter))
        told = leadership_finding(header, quarter, levels, frame, context.data_version)
        found[leadership_key(quarter, header)] = codec.encode(told)
    return found


def diversity_key(side: Side, quarter: str, header: str) -> str:
    return f"diversity|{side}|{quarter}|{header}"


def promoted_key(side: Side, quarter: str) -> str:
    return f"promoted|{side}|{quarter}"


def leadership_key(quarter: str, header: str) -> str:
    return f"leadership|{quarter}|{header}"
