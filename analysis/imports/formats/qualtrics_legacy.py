"""Qualtrics, as exported years ago: V1 to V10 and Q1, Q2, ... above the names and the texts of the questions."""

from __future__ import annotations

import re
from dataclasses import replace

from analysis.imports.formats.answers import survey_format
from analysis.imports.formats.qualtrics import described_by_status
from analysis.imports.formats.shape import Head
from analysis.imports.formats.survey_shape import Survey
from analysis.imports.table import Table

_FIELD = re.compile(r"V\d+")
_DATES = "enddate"


def _recognises(head: Head) -> bool:
    second = {cell.lower() for cell in head[1]}
    return _FIELD.fullmatch(head[0][0]) is not None and {"responseid", "responseset"} <= second


def _describe(table: Table) -> Survey:
    """The first row names the questions, the second one everything else."""
    fields, texts = table.header
    titles = [text if _FIELD.fullmatch(field) else field for field, text in zip(fields, texts, strict=False)]
    survey = described_by_status(table, (titles, texts))
    ended = next((place for place, title in enumerate(titles) if title.lower() == _DATES), None)
    address = next((place for place, title in enumerate(titles) if title.lower() == "emailaddress"), None)
    targets = dict(survey.targets)
    fates = dict(survey.fates)
    for target, place in (("submitted_at", ended), ("email", address)):
        if place is not None and target not in targets:
            targets[target] = place
            fates.pop(place, None)
    return replace(survey, targets=targets, fates=fates, names=(*survey.names[:-1], tuple(fields), tuple(texts)))


FORMAT = survey_format("Qualtrics survey (older export)", _recognises, _describe, header_rows=2)
