"""Any survey export with one header line whose mapping says what each question measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.imports.formats.answers import melt
from analysis.imports.formats.shape import Canonical, Format
from analysis.imports.table import Table


def _recognises(head: Sequence[Sequence[str]], mapping: Mapping[str, object]) -> bool:
    return bool(mapping.get("items"))


def _read(table: Table, kind: str | None, mapping: Mapping[str, object]) -> Canonical:
    return melt(table, mapping, (table.header[0],), {})


FORMAT = Format("mapped survey", 1, _recognises, _read)
