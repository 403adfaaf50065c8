"""Narrowing a study to some of its people: what can be chosen."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.plan import Plan
from analysis.store import Cursor
from analysis.study.build import sql

SELECTION_HEADERS = ("programme", "department", "level", "location")


@dataclass(frozen=True)
class Selection:
    """Whom a view is narrowed to: people of one programme, department, level or location; None is everybody.

    What counts is what was true on the day somebody joined or could have. A narrowed view is exploratory: no verdict.
    """

    programme: str | None = None
    department: str | None = None
    level: str | None = None
    location: str | None = None

    @property
    def chosen(self) -> dict[str, str]:
        """The headers that narrow, with their values."""
        return {name: value for name in SELECTION_HEADERS if (value := getattr(self, name)) is not None}


EVERYBODY = Selection()


def choose_patterns(cursor: Cursor, where: Selection) -> str:
    """Make the temporary table figure_chosen, the patterns of a selection; returns the condition that a row has one of
    them, which asks nothing where everybody is meant."""
    asked = {name: getattr(where, name) for name in SELECTION_HEADERS if name != "programme"}
    if not any(asked.values()):
        return "true"
    cursor.execute(sql("figure_chosen.sql"), asked)
    return "pattern_id in (select pattern_id from figure_chosen)"


def selection_values(cursor: Cursor, plan: Plan, side: str | None, minimum: int) -> dict[str, tuple[str, ...]]:
    """By header, the values that at least `minimum` participants of a side (None: of either side) had on joining."""
    asked = {"side": side, "programmes": list(plan.reverse_programmes), "minimum": minimum}
    rows = cursor.execute(sql("selection_values.sql"), asked).fetchall()
    return {header: tuple(value for name, value in rows if name == header) for header in SELECTION_HEADERS}
