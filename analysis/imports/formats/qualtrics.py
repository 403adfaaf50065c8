"""Qualtrics, as exported today: field names, question texts (localised), then a row of ImportIds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from analysis.imports.formats.answers import survey_format
from analysis.imports.formats.shape import Head
from analysis.imports.formats.survey_shape import (
    FREE_TEXT,
    NOT_A_QUESTION,
    PERSONAL,
    Known,
    Survey,
    described,
    marked,
    place_of,
)
from analysis.imports.table import Table

# Older exports write the row as Python does, {'ImportId': ...}, so it is not always JSON.
_IMPORT_ID = re.compile(r"""\{\s*["']ImportId["']\s*:\s*["']([^"']*)""")
KNOWN = Known(
    targets={
        "responseid": "response_id",
        "recordeddate": "submitted_at",
        "externalreference": "employee_id",
        "externaldatareference": "employee_id",
        "recipientemail": "email",
        "participant email": "email",
    },
    metadata=frozenset(
        {"startdate", "enddate", "status", "progress", "duration (in seconds)", "finished", "distributionchannel"}
        | {"userlanguage", "responseset", "parent unit", "unit name"}
    ),
    never=dict.fromkeys(("recipientlastname", "recipientfirstname", "name", "participant name"), PERSONAL),
    beside=re.compile(r"_(First|Last) Click$|_Page Submit$|_Click Count$|_DO(_\d+)*$"),
)
# Codes and words for previews, tests and spam; 0 and "IP Address" are answers, 16 was given offline.
_TESTS = re.compile(r"1|2|8|9|12|17|.*(preview|test|spam|vorschau|aperçu|vista previa|prévia).*", re.IGNORECASE)
_BROKEN_OFF = re.compile(r"0|false|falsch|faux|falso", re.IGNORECASE)
_ONE_BOX = re.compile(r"_\d+$")


def described_by_status(table: Table, header: Sequence[Sequence[str]]) -> Survey:
    """The survey, with its previews and tests by Status, its broken-off responses by Finished. Also for older exports.

    Several boxes of one question are columns like Q2_1, Q2_2 with 1, or the choice, where the box was ticked.
    """
    survey = described(header, KNOWN)
    tests = marked(table, place_of(header[0], "Status"), _TESTS)
    broken_off = marked(table, place_of(header[0], "Finished"), _BROKEN_OFF) & ~tests
    boxes = {
        place: ("1", header[-1][place].rpartition(" - ")[2])
        for place, title in enumerate(header[0])
        if _ONE_BOX.search(title)
    }
    return replace(survey, tests=tests, partial=int(np.sum(broken_off)), choices=boxes)


def _recognises(head: Head) -> bool:
    return any(_IMPORT_ID.match(cell) for cell in head[2])


def _describe(table: Table) -> Survey:
    """What stands in the row of ImportIds tells typed texts (QID2_TEXT) and data that is no question at all."""
    survey = described_by_status(table, table.header[:2])
    fates, private = dict(survey.fates), set(survey.private)
    for place, cell in enumerate(table.header[2]):
        found = _IMPORT_ID.match(cell)
        if place in survey.targets.values() or place in fates or not found:
            continue
        if re.search(r"_TEXT|Topics|Sentiment", found[1]):
            fates[place] = FREE_TEXT
            private.add(place)
        elif not found[1].startswith("QID"):
            fates[place] = NOT_A_QUESTION
    return replace(survey, fates=fates, private=frozenset(private))


FORMAT = survey_format("Qualtrics survey", _recognises, _describe, header_rows=3)
