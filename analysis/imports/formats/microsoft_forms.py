"""Microsoft Forms: ID, Start time, Completion time, Email, Name, then one column a question."""

from __future__ import annotations

import re

from analysis.imports.formats.answers import survey_format
from analysis.imports.formats.shape import Head
from analysis.imports.formats.survey_shape import Known, Survey, described
from analysis.imports.table import Table

_STARTED = frozenset({"start time", "startzeit", "heure de début", "hora de inicio", "hora de início"})
_COMPLETED = frozenset(
    {"completion time", "fertigstellungszeit", "heure de fin", "hora de finalización", "hora de conclusão"}
)
_KNOWN = Known(
    targets={"id": "response_id", **dict.fromkeys(_COMPLETED, "submitted_at")},
    metadata=_STARTED
    | {"last modified time", "language", "total points", "quiz feedback", "grade posted time"}
    | {"uhrzeit der letzten änderung", "heure de la dernière modification", "hora de la última modificación"},
    beside=re.compile(r"^(Points|Feedback|Punkte|Puntos|Pontos) ?[-–] ?"),
)


def _recognises(head: Head) -> bool:
    first, second, third = [*(title.lower() for title in head[0][:3]), "", "", ""][:3]
    return first == "id" and second in _STARTED and third in _COMPLETED


def _describe(table: Table) -> Survey:
    return described(table.header, _KNOWN)


FORMAT = survey_format("Microsoft Forms survey", _recognises, _describe)
