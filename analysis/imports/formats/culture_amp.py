"""Culture Amp's survey extract: without names, with at most one fact about each person, who may not be known at all."""

from __future__ import annotations

from analysis.imports.formats.answers import survey_format
from analysis.imports.formats.shape import Head
from analysis.imports.formats.survey_shape import Known, Survey, described
from analysis.imports.table import Table

_IDS = ("response id", "respondent id", "submission id", "response uuid")
_SUBMITTED = ("submitted at", "response submitted at", "submission date", "date submitted", "completed at")
_KNOWN = Known(
    targets={
        **dict.fromkeys(_IDS, "response_id"),
        **dict.fromkeys(_SUBMITTED, "submitted_at"),
        "employee id": "employee_id",
    },
    metadata=frozenset(
        ["survey name", "survey", "survey id", "survey status", "started at", "created at", "language", "manager"]
    ),
)


def _recognises(head: Head) -> bool:
    titles = {title.lower() for title in head[0]} if head else set()
    return bool(titles & set(_SUBMITTED)) and bool(titles & {*_IDS, "survey name"}) and "item" not in titles


def _describe(table: Table) -> Survey:
    return described(table.header, _KNOWN)


FORMAT = survey_format("Culture Amp survey", _recognises, _describe)
