"""Qualtrics, as exported today: field names, question texts (localised), then a row of ImportIds."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.imports.formats.answers import melt
from analysis.imports.formats.shape import Canonical, Format, Head, Request
from analysis.imports.table import Table

# Older exports write the row as Python does, {'ImportId': ...}, so it is not always JSON.
_IMPORT_ID = re.compile(r"""\{\s*["']ImportId["']\s*:""")
_DEFAULTS = {"ResponseId": "response_id", "RecordedDate": "submitted_at"}
_METADATA = frozenset(
    (
        "startdate",
        "enddate",
        "status",
        "ipaddress",
        "progress",
        "duration (in seconds)",
        "finished",
        "recordeddate",
        "responseid",
        "recipientlastname",
        "recipientfirstname",
        "recipientemail",
        "externalreference",
        "externaldatareference",
        "locationlatitude",
        "locationlongitude",
        "distributionchannel",
        "userlanguage",
    )
)
# Codes and words for previews, tests and spam; 0 and "IP Address" are answers, 16 was given offline.
_NOT_ANSWERS = frozenset({"1", "2", "8", "9", "12", "17"})
_NOT_ANSWER_WORDS = re.compile("preview|test|spam", re.IGNORECASE)


def _recognises(head: Head, request: Request) -> bool:
    return len(head) >= 3 and any(_IMPORT_ID.match(cell) for cell in head[2])


def _read(table: Table, request: Request) -> Canonical:
    names, texts = table.header[0], table.header[1]
    lower = [name.lower() for name in names]
    if "status" in lower and table.columns:
        cells = table.columns[lower.index("status")]
        for line, status in zip(table.line, cells.to_pylist(), strict=True):
            if status.strip() in _NOT_ANSWERS or _NOT_ANSWER_WORDS.search(status):
                table.rejections.add(
                    int(line), "Status", "test-response", "this is a preview, a test or spam.", excused=True
                )
    return melt(table, request.mapping, (names, texts), _DEFAULTS, _METADATA | _not_questions(names))


def _not_questions(names: Sequence[str]) -> frozenset[str]:
    """Typed texts, topics and timings stand beside the questions and carry no score."""
    return frozenset(
        name.lower()
        for name in names
        if re.search(r"_TEXT$| - |_(First|Last) Click$|_Page Submit$|_Click Count$", name)
    )


FORMAT = Format("Qualtrics survey", _recognises, _read, header_rows=3)
