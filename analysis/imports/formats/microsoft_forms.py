"""Microsoft Forms: ID, Start time, Completion time, Email, Name, then one column a question."""

from __future__ import annotations

from analysis.imports.formats.answers import melt
from analysis.imports.formats.shape import Canonical, Format, Head, Request
from analysis.imports.table import Table

_SIGNATURE = ["id", "start time", "completion time"]
_DEFAULTS = {"ID": "response_id", "Completion time": "submitted_at"}
_METADATA = frozenset({"id", "start time", "completion time", "email", "name", "last modified time", "language"})


def _recognises(head: Head, request: Request) -> bool:
    return bool(head) and [name.lower() for name in head[0][:3]] == _SIGNATURE


def _read(table: Table, request: Request) -> Canonical:
    return melt(table, request.mapping, (table.header[0],), _DEFAULTS, _METADATA)


FORMAT = Format("Microsoft Forms survey", _recognises, _read, header_rows=1)
