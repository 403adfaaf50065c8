"""Which totals of who is reached an older quarter may not tell: those that its table of cohorts would be solved by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from analysis.findings.path_hiding import Hiding, hiding
from analysis.findings.path_tables import Counts, tables_of
from analysis.plan import Plan
from analysis.store import Cursor
from analysis.study.participation import REACH_HEADERS
from analysis.study.path import open_path, path_counts

Totals = Mapping[str, frozenset[str]]  # header to its groups


def hidden_totals(cursor: Cursor, plan: Plan, side: str, cutoffs: Sequence[date]) -> tuple[Totals, ...]:
    """Header to the groups of which it may not be told how many joined, or could have, as of each day.

    cutoffs: the newest quarter's last day, then those of older ones. Of a cohort every quarter tells what the newest
    does; a cell that is hidden beside one of a later cohort stands alone in the older quarter, and would follow there
    from the total of its group. The newest has no such cells.
    """
    found: list[Totals] = []
    newest: dict[str, Hiding] = {}
    later: list[Counts] = []
    for day in cutoffs:
        cohorts = open_path(cursor, plan, side, day)
        tables = tables_of(path_counts(cursor, {}))
        hidden: dict[str, frozenset[str]] = {}
        for header in REACH_HEADERS:
            own, after = tables.get(header, {}), [each.get(header, {}) for each in later]
            judged = hiding(header, [own], cohorts, after=after, newest=newest.get(header))
            if later:
                hidden[header] = frozenset(judged.groups["joined"]) | frozenset(judged.groups["eligible"])
            else:
                newest[header] = judged
        later.append(tables)
        found.append(hidden)
    return tuple(found)
