"""LimeSurvey: Response ID, Date submitted, Last page, Start language, Seed; parts of a question in square brackets."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from analysis.imports.formats.answers import survey_format
from analysis.imports.formats.shape import Head
from analysis.imports.formats.survey_shape import FREE_TEXT, Known, Survey, described, filled
from analysis.imports.table import Table

_TYPED = re.compile(r".*\[(other|comment|sonstiges|kommentar|autre|commentaire|otro|outros?)\]", re.IGNORECASE)
_TARGETS = {
    "response id": "response_id",
    "date submitted": "submitted_at",
    "submitdate": "submitted_at",
}
_METADATA = frozenset(
    {"seed", "last page", "start language", "date started", "date last action", "referrer url", "access code"}
    | {"startdate", "datestamp", "startlanguage", "lastpage", "refurl", "token"}
)
_TIMES = re.compile(r"^(Total time|Group time|Question time|interviewtime|groupTime|questionTime)", re.IGNORECASE)


def _recognises(head: Head) -> bool:
    titles = {title.lower() for title in head[0]} if head else set()
    return "response id" in titles and "last page" in titles and bool(titles & {"seed", "start language"})


def _describe(table: Table) -> Survey:
    """A response without a date of submission was broken off."""
    never = {title.lower(): FREE_TEXT for title in table.header[0] if _TYPED.fullmatch(title)}
    survey = described(table.header, Known(_TARGETS, _METADATA, never, _TIMES))
    place = survey.targets.get("submitted_at")
    broken_off = 0 if place is None or not table.columns else int(np.sum(~filled(table, place)))
    return replace(survey, partial=broken_off)


FORMAT = survey_format("LimeSurvey survey", _recognises, _describe)
