"""Workday: worker lists of whatever columns the report has, and job history with its events side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa

from analysis.imports.formats.listing import Listing, format_of
from analysis.imports.formats.shape import Format, Head, Request
from analysis.imports.table import Table, join

WORKERS = Listing(
    name="Workday worker list",
    kind="people",
    known_by=("Employee ID", "Supervisory Organization"),
    columns={
        "Employee ID": "employee_id",
        "Hire Date": "hire_date",
        "Original Hire Date": "original_hire_date",
        "Continuous Service Date": "do not load",
        "Termination Date": "termination_date",
        "Termination Category": "termination_type",
        "Primary Termination Reason": "termination_type",
        "Management Level": "level",
        "Job Profile": "do not load",
        "Business Title": "job_title",
        "Supervisory Organization": "do not load",
        "Cost Center": "department",
        "Location": "location",
        "Manager ID": "manager_id",
        "Worker Type": "worker_type",
        "Employee Type": "worker_type",
        "Time Type": "do not load",
        "Email - Work": "email",
        "Gender": "gender",
        "Race/Ethnicity": "ethnicity",
    },
    codes=frozenset({"department", "ethnicity"}),
)

_EVENT = ("effective_date", "business_process_reason")
_NUMBERED = re.compile(r"(.+?)_?(\d+)")


def _event_columns(header: Sequence[str]) -> dict[int, dict[str, int]]:
    """Number of an event -> its columns by name, for "effective_date1, business_process_reason1, ..., _18"."""
    found: dict[int, dict[str, int]] = {}
    for place, name in enumerate(header):
        match = _NUMBERED.fullmatch(name.strip().lower())
        if match and match[1] in _EVENT:
            found.setdefault(int(match[2]), {})[match[1]] = place
    return {number: places for number, places in found.items() if set(places) == set(_EVENT)}


def _one_line_an_event(table: Table, header: list[str]) -> tuple[Table, list[str]]:
    """A person's events, side by side in the file, one below the other; a line of the file may give several rows."""
    person = next(place for place, name in enumerate(header) if "id" in re.split(r"[\W_]+", name.lower()))
    names = [header[person], *_EVENT]
    if not table.columns:
        return table, names
    lines, parts = [], []
    for places in _event_columns(header).values():
        chosen = [table.columns[place] for place in (person, *places.values())]
        dates = chosen[1].dictionary.to_pylist()
        here = np.flatnonzero(np.array([bool(text.strip()) for text in dates])[chosen[1].indices.to_numpy()])
        parts.append([column.take(pa.array(here)) for column in chosen])
        lines.append(table.line[here])
    line = np.concatenate(lines)
    for silent in np.setdiff1d(table.line, line):
        table.rejections.add(int(silent), None, "no-events", "this person has no event.", excused=True)
    return replace(table, line=line, columns=[join(column) for column in zip(*parts, strict=True)]), names


HISTORY = Listing(
    name="Workday job history",
    kind="job_events",
    known_by=("effective_date1", "business_process_reason1"),
    columns={"effective_date": "effective_date", "business_process_reason": "event_type"},
    prepare=_one_line_an_event,
)


def _has_events(head: Head, request: Request) -> bool:
    return request.wanted_kind in (None, "job_events") and bool(head) and len(_event_columns(head[0])) > 0


FORMATS = (
    Format(HISTORY.name, _has_events, format_of(HISTORY).read),
    format_of(WORKERS),
)
