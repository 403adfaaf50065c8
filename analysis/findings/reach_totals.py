"""Who joined as of each quarter, and which totals an older one may not tell: its table of cohorts would be solved by
them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.findings.path_hiding import Hiding, hiding
from analysis.findings.path_tables import Counts, tables_of
from analysis.plan import Plan
from analysis.store import Cursor
from analysis.study.participation import REACH_HEADERS
from analysis.study.path import open_path, path_counts


@dataclass(frozen=True)
class Taken:
    """As of a day, over all cohorts that had started: a frame of header, group, eligible and participants (people); and
    by header the groups of which neither may be told."""

    frame: pd.DataFrame
    hidden: Mapping[str, frozenset[str]]


def taken_part(cursor: Cursor, plan: Plan, side: str, cutoffs: Sequence[date]) -> list[Taken]:
    """cutoffs: the newest quarter's last day, then those of older ones.

    Of a cohort every quarter tells what the newest does. A cell that is hidden beside one of a later cohort stands
    alone in the older quarter, and would follow there from the total of its group. The newest has no such cells.
    """
    found: list[Taken] = []
    newest: dict[str, Hiding] = {}
    later: list[Counts] = []
    for day in cutoffs:
        cohorts = open_path(cursor, plan, side, day)
        frame = path_counts(cursor, {})
        tables = tables_of(frame)
        hidden: dict[str, frozenset[str]] = {}
        for header in REACH_HEADERS:
            own, after = tables.get(header, {}), [each.get(header, {}) for each in later]
            judged = hiding(header, [own], cohorts, after=after, newest=newest.get(header))
            if later:
                hidden[header] = frozenset(judged.groups["joined"]) | frozenset(judged.groups["eligible"])
            else:
                newest[header] = judged
        later.append(tables)
        whole = frame[frame["cohort"].isna()].rename(columns={"joined": "participants"})
        found.append(Taken(whole[["header", "group", "eligible", "participants"]], hidden))
    return found
