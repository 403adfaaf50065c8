"""Who made up each cohort, by one attribute: a table in which nobody can be found by adding and subtracting."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from analysis.findings import words
from analysis.findings.disclosure import TOTAL, Cell
from analysis.findings.diversity_results import CohortCell, CohortTable
from analysis.study.path import PathCohort

NAMED = 0.80  # a cohort of which one group makes up so much was made for it, or might as well have been
NO_GROUP = frozenset({"declined", "unknown", "other"})


def cohort_table(
    header: str, cohorts: Sequence[PathCohort], people: Mapping[Cell, int], hidden: Collection[Cell]
) -> CohortTable:
    """people: those who joined, by cohort and group. hidden: the cells, and with TOTAL the sizes, that stay hidden."""
    groups = tuple(sorted({group for (_, group), many in people.items() if many}))
    joined = {cohort for (cohort, _), many in people.items() if many}
    names = tuple(cohort.cohort for cohort in cohorts if cohort.cohort in joined)
    if len(groups) < 2 or not names:
        reason = "Nobody has joined yet." if not names else "There are not two groups to tell apart."
        return CohortTable((), (), (), (), (), reason, reason, reason)
    table = {(cohort, group): people.get((cohort, group), 0) for cohort in names for group in groups}
    sizes = {cohort: sum(table[cohort, group] for group in groups) for cohort in names}
    cells = tuple(
        _cell(cohort, group, table, None if (cohort, TOTAL) in hidden else sizes[cohort], hidden)
        for cohort in names
        for group in groups
    )
    if all(cell.people is None for cell in cells):
        reason = "Not shown: the groups are too small in every cohort."
        return CohortTable(names, groups, (), (), (), reason, reason, reason)
    named = tuple(
        (cell.cohort, cell.group)
        for cell in cells
        if cell.share is not None and cell.share >= NAMED and cell.group not in NO_GROUP
    )
    sentence = _sentence(header, named, cells, len(names))
    shown_sizes = tuple(None if (cohort, TOTAL) in hidden else sizes[cohort] for cohort in names)
    alt = f"Who took part in each cohort, by {words.header_label(header).lower()}. {sentence}"
    return CohortTable(names, groups, cells, shown_sizes, named, sentence, alt, None)


def _cell(cohort: str, group: str, table: Mapping[Cell, int], size: int | None, hidden: Collection[Cell]) -> CohortCell:
    if (cohort, group) in hidden:
        return CohortCell(cohort, group, None, None)
    people = table[cohort, group]
    return CohortCell(cohort, group, people, people / size if size else None)


def _sentence(header: str, named: Sequence[tuple[str, str]], cells: Sequence[CohortCell], cohorts: int) -> str:
    away = sum(cell.people is None for cell in cells)
    text = f"In none of {words.people(cohorts, 'cohort')} can one group be seen to make up four fifths or more."
    if named:
        told = ", ".join(f"{cohort} ({words.group_label(header, group)})" for cohort, group in named)
        text = f"One group makes up four fifths or more of {told}."
    if away:
        text += f" {away} of {len(cells)} cells are hidden, so that no small group can be found by subtraction."
    return text
