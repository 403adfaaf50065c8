"""What quarters tell together of who is reached: the newest is told first, and an older one nothing that it hides."""

from __future__ import annotations

from collections.abc import Collection

from analysis.findings import disclosure
from analysis.findings.disclosure import TOTAL, Cell
from analysis.findings.path_tables import Tables, cells_of, view_of

OTHER = "other"  # groups that are too small to be named, together


def not_told_by(newest: Tables, hidden: Collection[Cell], *older: Tables) -> frozenset[Cell]:
    """Cells of older tables of cohorts, in which groups are named alike, that the newest does not tell: those that it
    hides, those of groups that it counts among the others, and where there is such a group, or one that the older do
    not name, the others."""
    named, named_now = set(view_of(older[0], None)), set(view_of(newest, None))
    groups = (named - named_now) | ({OTHER} if named != named_now else set())
    cohorts = {cohort for tables in older for cohort in tables if cohort is not None}
    return frozenset(hidden) | {(cohort, group) for cohort in cohorts for group in groups}


def told_since(
    header: str, view: Tables, other: Tables, not_told: Collection[Cell], unknown: Collection[str]
) -> set[str]:
    """Groups of which it must not be known how many had joined, because a later quarter tells how many there are by
    then: of the cohorts that came in between, the table would give a hidden cell away. not_told: cells that no table
    of cohorts tells; unknown: groups whose total is hidden in either quarter."""
    then, now = cells_of(view, "joined"), cells_of(other, "joined")
    new = {cell: many - then.get(cell, 0) for cell, many in now.items()}
    came = {cohort for (cohort, _), many in new.items() if many}
    table = {cell: max(many, 0) for cell, many in new.items() if cell[0] in came}
    groups = {group for _, group in table}
    inside = {(cohort, group) for cohort in came for group in (TOTAL, *groups)}
    hidden = inside & set(not_told)
    if not hidden:
        return set()
    found = disclosure.hide_cells(
        table,
        disclosure.descriptive_minimum(header),
        header=header,
        also=[*hidden, *((TOTAL, group) for group in unknown if group in groups)],
        told=[*(inside - hidden), (TOTAL, TOTAL)],
    )
    return {group for row, group in found if row == TOTAL} - set(unknown)
