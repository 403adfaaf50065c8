"""JSON of the findings with its schema, and one tidy CSV: a row a number."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from analysis.csv_file import csv_bytes, neutral
from analysis.findings import codec
from analysis.reports.content import Report
from analysis.reports.seal import STAMP_ROW, of_document, of_rows
from analysis.reports.stamp import marked
from analysis.reports.tables import method_lines, tables

SCHEMA_ID = "reverse-mentoring-impact/report/1"
CSV_HEADER = ("table", "row", "label", "column", "value", "unit")
_PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": "string"}, int: {"type": "integer"}, float: {"type": "number"}, bool: {"type": "boolean"},
}  # fmt: skip


def json_bytes(report: Report) -> bytes:
    """All findings; differences and rates are proportions."""
    content: dict[str, Any] = {"schema": SCHEMA_ID, "mark": "", "stamp": None, **json.loads(codec.encode(report))}
    content["mark"] = marked(report, of_document(content))
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def schema() -> dict[str, Any]:
    """The JSON schema of such a file, made from the declarations of the findings themselves."""
    known: dict[str, Any] = {}
    top = _of(Report, known)
    body = known.pop(top["$ref"].rpartition("/")[2])
    extra = {"schema": {"const": SCHEMA_ID}, "mark": {"type": "string"}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A quarterly report of reverse mentoring impact",
        **body,
        "properties": {**extra, **body["properties"]},
        "required": [*extra, *body["required"]],
        "$defs": known,
    }


def _of(hint: Any, known: dict[str, Any]) -> dict[str, Any]:
    if isinstance(hint, type) and is_dataclass(hint):
        if hint.__name__ not in known:
            known[hint.__name__] = {}
            hints = typing.get_type_hints(hint)
            properties = {item.name: _of(hints[item.name], known) for item in fields(hint)}
            known[hint.__name__] = {
                "type": "object", "properties": properties, "required": list(properties), "additionalProperties": False,
            }  # fmt: skip
        return {"$ref": f"#/$defs/{hint.__name__}"}
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple:
        return {"type": "array", "items": _of(inner[0], known)}
    if origin is typing.Literal:
        return {"enum": list(inner)}
    if origin in (types.UnionType, typing.Union):
        return {"anyOf": [{"type": "null"} if each is type(None) else _of(each, known) for each in inner]}
    return _PLAIN.get(hint, {"type": "object"} if origin is dict else {})


def csv_of(report: Report) -> bytes:
    """Every number of every table on a line of its own; hidden ones are words. The stamp is the last line."""
    rows = list(_lines(report))
    seal = of_rows({"": [CSV_HEADER, *([neutral(str(value)) for value in row] for row in rows)]})
    return csv_bytes(CSV_HEADER, [*rows, (STAMP_ROW, 1, STAMP_ROW, STAMP_ROW, marked(report, seal), "")])


def _lines(report: Report) -> Iterator[tuple[object, ...]]:
    for table in tables(report):
        for number, row in enumerate(table.rows, start=1):
            named = [str(value) for value in row if isinstance(value, str)]
            label = ", ".join(named[:3])
            for column, value in zip(table.header, row, strict=True):
                if value is not None and value != "":
                    yield table.name, number, label, column, value, table.unit
    for number, (name, text) in enumerate(method_lines(report), start=1):
        yield "method", number, name, "text", text, ""
