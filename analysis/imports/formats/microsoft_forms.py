"""Microsoft Forms: ID, Start time, Completion time, Email, Name, then one column a question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.imports.formats.answers import melt
from analysis.imports.formats.shape import Canonical, Format
from analysis.imports.table import Table

_SIGNATURE = ["id", "start time", "completion time"]
_DEFAULTS = {"ID": "response_id", "Completion time": "submitted_at"}
_METADATA = frozenset({"id", "start time", "completion time", "email", "name", "last modified time", "language"})


def _recognises(head: Sequence[Sequence[str]], mapping: Mapping[str, object]) -> bool:
    return bool(head) and [name.lower() for name in head[0][:3]] == _SIGNATURE


def _read(table: Table, kind: str | None, mapping: Mapping[str, object]) -> Canonical:
    return melt(table, mapping, (table.header[0],), _DEFAULTS, _METADATA)


FORMAT = Format("microsoft forms", 1, _recognises, _read)
