"""Any survey export with one header line whose mapping says what each question measures."""

from __future__ import annotations

from analysis.imports.formats.answers import melt
from analysis.imports.formats.shape import Canonical, Format, Head, Request
from analysis.imports.table import Table


def _recognises(head: Head, request: Request) -> bool:
    return bool(request.mapping.get("items"))


def _read(table: Table, request: Request) -> Canonical:
    return melt(table, request.mapping, (table.header[0],), {})


FORMAT = Format("survey with a mapping", _recognises, _read)
