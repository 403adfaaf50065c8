"""Google Forms: a time stamp in the language of its owner, then the full text of each question; no ids."""

from __future__ import annotations

from dataclasses import replace

from analysis.imports.formats.answers import survey_format
from analysis.imports.formats.shape import Head
from analysis.imports.formats.survey_shape import NOT_A_QUESTION, Known, Survey, described
from analysis.imports.table import Table

_TIME_STAMP = frozenset(
    {
        "timestamp",
        "zeitstempel",
        "horodateur",
        "marca temporal",
        "carimbo de data/hora",
        "informazioni cronologiche",
        "tijdstempel",
    }
)
_KNOWN = Known(metadata=frozenset({"score", "total score", "punkte", "puntuación", "pontuação"}))
_WORDS_OF_A_QUESTION = 3


def _recognises(head: Head) -> bool:
    if not head or not head[0] or head[0][0].lower() not in _TIME_STAMP:
        return False
    return any(title.endswith(("?", "]")) or len(title.split()) >= _WORDS_OF_A_QUESTION for title in head[0][1:])


def _describe(table: Table) -> Survey:
    survey = described(table.header, _KNOWN)
    fates = {place: why for place, why in survey.fates.items() if place}
    scores = {place for place, title in enumerate(table.header[0]) if title.endswith((" [Score]", " [Feedback]"))}
    fates |= dict.fromkeys(scores, NOT_A_QUESTION)  # a quiz has points and remarks beside each question
    return replace(survey, targets={**survey.targets, "submitted_at": 0}, fates=fates)


FORMAT = survey_format("Google Forms survey", _recognises, _describe)
