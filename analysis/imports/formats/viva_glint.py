"""Viva Glint: a line a person, and beside each item its comments, their topics and a flag, none of which are loaded."""

from __future__ import annotations

from dataclasses import replace

from analysis.imports.formats.answers import survey_format
from analysis.imports.formats.shape import Head
from analysis.imports.formats.survey_shape import Known, Survey, described
from analysis.imports.table import Table

_KNOWN = Known(
    targets={
        **dict.fromkeys(("emp id", "exid", "employee id"), "employee_id"),
        "email": "email",
        "survey cycle completion date": "submitted_at",
    },
    metadata=frozenset({"status", "manager id", "survey cycle sent date"}),
)


def _recognises(head: Head) -> bool:
    titles = [title.lower() for title in head[0]] if head else []
    return any(title.endswith("_comment_topics") for title in titles) or "survey cycle completion date" in titles


def _describe(table: Table) -> Survey:
    """There is no id of a response: a person answers once in a cycle."""
    survey = described(table.header, _KNOWN)
    return replace(survey, made_from=("employee_id", "submitted_at"), order="day first")


FORMAT = survey_format("Viva Glint survey", _recognises, _describe)
