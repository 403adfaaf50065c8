"""Typeform: a token under "#", the questions with markup in their headers, dates in UTC and a Network ID at the end."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from analysis.imports.formats.answers import survey_format
from analysis.imports.formats.shape import Head
from analysis.imports.formats.survey_shape import ADDRESS, FREE_TEXT, Known, Survey, described, marked, place_of, plain
from analysis.imports.table import Table

_KNOWN = Known(
    targets={"#": "response_id", "submit date (utc)": "submitted_at"},
    metadata=frozenset({"start date (utc)", "stage date (utc)", "response type", "tags", "ending"}),
    never={"network id": ADDRESS, "other": FREE_TEXT},
)
_AT_THE_END = frozenset({"network id", "submit date (utc)", "response type"})
_BROKEN_OFF = re.compile(r"partial|started", re.IGNORECASE)


def _recognises(head: Head) -> bool:
    titles = [title.lower() for title in head[0]] if head else []
    return bool(titles) and titles[0] == "#" and bool(_AT_THE_END & set(titles))


def _describe(table: Table) -> Survey:
    """Each choice of a question with several has its own column, under the text of the choice."""
    titles = [plain(title) for title in table.header[0]]
    survey = described([titles, table.header[0]], _KNOWN)
    broken_off = marked(table, place_of(titles, "Response Type"), _BROKEN_OFF)
    boxes = {place: (title,) for place, title in enumerate(titles)}
    names = (survey.names[0], survey.names[1], tuple(table.header[0]), tuple(titles))
    return replace(survey, names=names, choices=boxes, partial=int(np.sum(broken_off)))


FORMAT = survey_format("Typeform survey", _recognises, _describe)
