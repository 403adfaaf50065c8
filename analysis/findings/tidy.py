"""Findings as a tidy table: a row a finding, a column a field, numbers as they are (proportions, not points)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass

from analysis.findings.results import Selection


def tidy(items: Sequence[object]) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """Header and rows of dataclasses of one kind. What holds further results (checks, curves) is left out; a list of
    words is one cell, and a selection is one cell a header.

    Raises ValueError for dataclasses of several kinds.
    """
    if len({type(item) for item in items}) > 1:
        raise ValueError("a table holds dataclasses of one kind")
    rows = [_row(item) for item in items]
    header = tuple(dict.fromkeys(name for row in rows for name in row))
    return header, [tuple(row.get(name) for name in header) for row in rows]


def _row(item: object) -> dict[str, object]:
    found: dict[str, object] = {}
    for field in fields(item):  # type: ignore[arg-type]
        value = getattr(item, field.name)
        if isinstance(value, Selection):
            found |= vars(value)
        elif isinstance(value, tuple):
            if not any(is_dataclass(part) for part in value):
                found[field.name] = "; ".join(map(str, value))
        elif not isinstance(value, dict) and not is_dataclass(value):
            found.setdefault(field.name, value)
    return found
