"""Meeting reports: a form that mentors and mentees fill in after each meeting, with no word about the other person.

The pair is found by who reports and when; two reports of one meeting are one meeting.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.imports.formats.listing import Listing, format_of
from analysis.imports.formats.shape import Format, Head, Request
from analysis.imports.table import Table

_STAMP = re.compile(r"timestamp|carimbo de data/hora|zeitstempel|horodateur|marca temporal", re.IGNORECASE)
_EMAIL = re.compile(r"(endere[cç]o de )?e-?mail( address)?|adresse e-?mail|correo electr[oó]nico", re.IGNORECASE)
_MINUTES = re.compile(r"\bminut", re.IGNORECASE)
_MEETING = re.compile(r"\b(meeting|session|encontro|treffen|rencontre|reuni[oó]n|sesi[oó]n)", re.IGNORECASE)
_RATING = re.compile(r"\b(nota|rating|rate|note|bewert|calific)", re.IGNORECASE)


def _named(header: Sequence[str]) -> list[str]:
    """The headers with those of a meeting report under the names below; each is found once."""
    names = list(header)
    for target, pattern in (
        ("session_date", _STAMP),
        ("email", _EMAIL),
        ("duration_min", _MINUTES),
        ("rating", _RATING),
    ):
        place = next((place for place, name in enumerate(header) if pattern.search(name)), None)
        if place is not None and names[place] == header[place]:
            names[place] = target
    return names


def _under_their_names(table: Table, header: list[str]) -> tuple[Table, list[str]]:
    return table, _named(header)


REPORTS = Listing(
    name="list of meeting reports",
    kind="sessions",
    known_by=(),
    columns={name: name for name in ("session_date", "email", "duration_min", "rating")},
    constants={"status": "held"},
    prepare=_under_their_names,
)


def _recognises(head: Head, request: Request) -> bool:
    if request.wanted_kind not in (None, "sessions") or not head or not _STAMP.fullmatch(head[0][0]):
        return False
    about_meetings = any(_MEETING.search(name) for name in head[0][1:])
    return about_meetings and {"session_date", "email", "duration_min"} <= set(_named(head[0]))


FORMATS = (Format(REPORTS.name, _recognises, format_of(REPORTS).read),)
