"""Any survey export with one header line, by a mapping that says what each question measures, or by asking."""

from __future__ import annotations

from analysis.imports.formats.answers import melt
from analysis.imports.formats.shape import Canonical, Format, Head, Request
from analysis.imports.formats.survey_shape import Known, described, fitted
from analysis.imports.table import Table

_OURS = frozenset({"item", "score"})  # canonical headers: a line an answer, not a line a response


def _recognises(head: Head, request: Request) -> bool:
    if request.mapping.get("items"):
        return request.wanted_kind in (None, "survey")
    titles = {title.lower() for title in head[0]} if head else set()
    return request.wanted_kind == "survey" and not titles >= _OURS


def _read(table: Table, request: Request) -> Canonical:
    table = fitted(table)
    return melt(table, request, described(table.header, Known()))


FORMAT = Format("survey", _recognises, _read, header_rows=1)
