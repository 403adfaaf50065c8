"""The counts behind the page about who is reached, by header, cohort and group."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import pandas as pd

from analysis.findings.disclosure import Cell
from analysis.findings.diversity_results import StepKind
from analysis.findings.reach import Group

COUNTS = ("eligible", "held", "invited", "accepted", "paired", "joined", "followed", "stayed", "could_rise", "promoted")

View = Mapping[str, Mapping[str, int]]  # group to its counts
Tables = Mapping[str | None, View]  # of one header: cohort, None for all of them, to its view
Counts = Mapping[str, Tables]  # header to its tables


def tables_of(frame: pd.DataFrame) -> dict[str, Tables]:
    """Header to its tables; frame: as `path_counts` gives it."""
    columns = [frame[name].tolist() for name in COUNTS]
    found: dict[str, dict[str | None, dict[str, dict[str, int]]]] = {}
    names = (frame[name].tolist() for name in ("header", "cohort", "group"))
    for header, cohort, group, *counts in zip(*names, *columns, strict=True):
        own = None if cohort is None or cohort != cohort else str(cohort)
        view = found.setdefault(header, {}).setdefault(own, {})
        view[str(group)] = dict(zip(COUNTS, counts, strict=True))
    return cast(dict[str, Tables], found)


def view_of(tables: Tables, cohort: str | None) -> View:
    """Group to its counts, over all cohorts or in one."""
    return tables.get(cohort, {})


def cells_of(tables: Tables, name: str) -> dict[Cell, int]:
    """Cohort and group to one of their counts."""
    return {
        (cohort, group): counts[name]
        for cohort, view in tables.items()
        if cohort is not None
        for group, counts in view.items()
    }


def groups_at(kind: StepKind, view: View) -> list[Group]:
    return [(group, counts[kind.of], counts[kind.did]) for group, counts in view.items()]
