"""Of which views and groups it may be told how many were asked and answered (docs/disclosure.md).

A view of one filter and a group of everybody are the same people, and so are a group within a view and a view of two
filters. So each number is judged once: as a group of one header, or as a cell of the table of two. Three tables hold
each other: those asked, those of them who answered, and those who did not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from analysis.findings import disclosure
from analysis.findings.disclosure import REST, Cell, Hidden
from analysis.findings.reach import Group, hidden_of
from analysis.findings.survey_disclosure import told_by_cohorts
from analysis.store import Cursor
from analysis.study import surveys as study
from analysis.study.survey_response import WAYS, asked_by_place

Key = tuple[str, str]  # side and wave
NOT_DIVIDED = "Not shown: groups within two filters could leave a few people over. Take a filter away."


class Answered:
    """Those asked in one wave of one side, by everything that a view or a group is made of."""

    def __init__(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """rows: of study.survey_response.asked_by_place."""
        self._rows = rows
        # By itself for each header and each two of them, whichever view asks.
        self._groups_hidden = cache(self._hidden_of_header)
        self._cells_hidden = cache(self._hidden_of_two)

    def groups(self, chosen: Mapping[str, str], header: str) -> list[Group]:
        """Each group of a view, by name: those asked, and those of them who answered."""
        asked, answered = Counter[str](), Counter[str]()
        for row in self._rows:
            if all(row[name] == value for name, value in chosen.items()):
                asked[row[header]] += row["asked"]
                answered[row[header]] += row["answered"]
        return [(group, asked[group], answered[group]) for group in sorted(asked)]

    def view_reason(self, chosen: Mapping[str, str]) -> str | None:
        """Why it may not be told how many of a view were asked and answered; None where it may."""
        minimum = disclosure.descriptive_minimum(None)
        narrows = self._narrows(chosen)
        if len(narrows) > disclosure.MOST_RESTRICTIONS:
            return disclosure.TOO_NARROW
        why = self._whole_hidden()
        if not why and len(narrows) == 1:
            ((header, value),) = narrows.items()
            why = self._groups_hidden(header).get(value)
        elif not why and narrows:
            (first, value), (second, other) = narrows.items()
            why = self._cells_hidden(first, second).get((value, other))
        return disclosure.reason(why, minimum) if why else None

    def group_reasons(self, chosen: Mapping[str, str], header: str) -> dict[str, str]:
        """Group of a view to why it may not be told of it."""
        minimum = disclosure.descriptive_minimum(header)
        narrows = self._narrows(chosen)
        groups = [group for group, *_ in self.groups(chosen, header)]
        if hidden := self.view_reason(chosen):
            return dict.fromkeys(groups, hidden)
        if header in narrows:  # the one group is the view
            return {}
        if len(narrows) > 1:
            return dict.fromkeys(groups, NOT_DIVIDED)
        if not narrows:
            return {group: disclosure.reason(why, minimum) for group, why in self._groups_hidden(header).items()}
        ((filtered, value),) = narrows.items()
        first, second = sorted((filtered, header), key=WAYS.index)
        cells = self._cells_hidden(first, second)
        of = {group: cells.get((value, group) if first == filtered else (group, value)) for group in groups}
        return {group: disclosure.reason(why, minimum) for group, why in of.items() if why}

    def _narrows(self, chosen: Mapping[str, str]) -> dict[str, str]:
        """The filters that leave somebody out, in the order of WAYS."""
        told = {header: chosen[header] for header in WAYS if header in chosen}
        return {header: value for header, value in told.items() if any(row[header] != value for row in self._rows)}

    def _whole_hidden(self) -> Hidden | None:
        minimum = disclosure.descriptive_minimum(None)
        asked, answered = (sum(row[part] for row in self._rows) for part in ("asked", "answered"))
        if asked < minimum:
            return "too_small"
        return "few_events" if any(0 < many < minimum for many in (answered, asked - answered)) else None

    def _hidden_of_header(self, header: str) -> dict[str, Hidden]:
        """The hidden groups of everybody. A cohort belongs to a programme, whose total is told as well."""
        hidden = hidden_groups(header, self.groups({}, header))
        if header == "cohort":
            for programme in {row["programme"] for row in self._rows}:
                hidden = hidden_groups(header, self.groups({"programme": programme}, header)) | hidden
        return hidden

    def _hidden_of_two(self, first: str, second: str) -> dict[Cell, Hidden]:
        """The hidden cells of a table of two headers, so that nobody can solve for them from what is told of either
        header by itself and of the other cells. Of hidden groups every cell is hidden; their sum follows from the rest,
        so together they are one more group, of which no small cell may follow either."""
        minimum = max(disclosure.descriptive_minimum(name) for name in (first, second))
        away = (self._groups_hidden(first), self._groups_hidden(second))
        cells: dict[Cell, Cell] = {}
        asked, answered = Counter[Cell](), Counter[Cell]()
        for row in self._rows:
            cell = (row[first], row[second])
            cells[cell] = within = disclosure.joined(cell, away)
            asked[within] += row["asked"]
            answered[within] += row["answered"]
        # The second is the attribute, if either is one.
        each = [cell for cell in asked if disclosure.tells_of_each(answered[cell], asked[cell], second, cell[1])]
        silent = {cell: asked[cell] - answered[cell] for cell in asked}
        hidden = disclosure.hide_joined([asked, answered, silent], minimum, header=second, also=each)
        return {cell: "few_events" for cell, into in cells.items() if REST in into or into in hidden}


def hidden_groups(header: str, groups: list[Group]) -> dict[str, Hidden]:
    """Which groups to hide; of each its name, those asked, and those of them who answered. Both these and those who did
    not are groups of people whom nobody else knows, and what is hidden must not be few together either."""
    minimum = disclosure.descriptive_minimum(header)
    also = frozenset(name for name, asked, answered in groups if 0 < asked - answered < minimum)
    while True:
        hidden = hidden_of(header, groups, also, happened=True)
        silent = sum(asked - answered for name, asked, answered in groups if name in hidden)
        shown = [(asked, answered, name) for name, asked, answered in groups if name not in hidden]
        if not shown or not 0 < silent < minimum:
            return hidden
        also |= {min(shown)[2]}


def answered_by_wave(cursor: Cursor) -> dict[Key, Answered]:
    """Side and wave to those asked in it. `score_surveys` must have been called."""
    rows: dict[Key, list[Mapping[str, Any]]] = defaultdict(list)
    for row in asked_by_place(cursor):
        rows[row["side"], row["wave"]].append(row)
    return {key: Answered(own) for key, own in rows.items()}


def view_reasons(
    cursor: Cursor, waves: Mapping[Key, Answered], chosen: Mapping[str, str], cutoffs: Sequence[date]
) -> dict[Key, str]:
    """Side and wave to why it may not be told how many were asked and answered. waves: of `answered_by_wave`. cutoffs:
    of the quarter and of those after it, the first day first; what one of these would leave few over of is hidden."""
    since = _changed_by_few(cursor, cutoffs) if len(cutoffs) > 1 else {}
    found = {key: answered.view_reason(chosen) or since.get(key) for key, answered in waves.items()}
    return {key: why for key, why in found.items() if why}


def _changed_by_few(cursor: Cursor, cutoffs: Sequence[date]) -> dict[Key, str]:
    """Side and wave of which a later quarter counts a few more who were asked, answered or did not, of a cohort or of
    those that are hidden by themselves."""
    minimum = disclosure.descriptive_minimum(None)
    counted: dict[Key, dict[int, dict[str, tuple[int, int, int]]]] = defaultdict(lambda: defaultdict(dict))
    for row in study.responses_later(cursor, cutoffs).to_dict("records"):
        asked, answered = int(row["asked"]), int(row["answered"])
        of_quarter = counted[row["side"], row["wave"]][int(row["later"])]
        of_quarter[str(row["cohort"])] = (asked, answered, asked - answered)
    found = {}
    for key, by_quarter in counted.items():
        now = by_quarter.pop(0, {})
        for then in by_quarter.values():
            for part in range(3):
                before = {cohort: counts[part] for cohort, counts in now.items()}
                after = {cohort: counts[part] for cohort, counts in then.items()}
                # Whoever answers late leaves those who did not: a few less tell as much as a few more.
                since = {cohort: abs(many - before.get(cohort, 0)) for cohort, many in after.items()}
                if told_by_cohorts(before, since, after, minimum):
                    found[key] = disclosure.reason("would_reveal", minimum)
    return found
