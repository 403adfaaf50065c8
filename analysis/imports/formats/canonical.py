"""Files with canonical headers (any of the kinds in the model): one header line, loaded without a question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import pyarrow.compute as pc

from analysis.imports.formats.shape import Canonical, Format, Head, Request
from analysis.imports.report import FileFault, Issue, NeedsAnswer, Question, shown
from analysis.imports.table import Table
from analysis.store.model import KINDS, Kind

KIND_CHOICES = (*KINDS, "plan")


def read(table: Table, request: Request) -> Canonical:
    """Pick the canonical columns; what is not canonical is named and not loaded."""
    headers = _canonical_names(table.header[0], request.mapping)
    twice = {name for name, count in Counter(headers).items() if count > 1}
    chosen = request.wanted_kind or kind_of(headers)
    if chosen not in KINDS:
        raise NeedsAnswer((Question("kind", "What kind of file is this?", KIND_CHOICES),))
    model = KINDS[chosen]
    repeated = sorted(twice & set(model.headers))
    missing = [name for name in model.required if name not in headers]
    if missing:
        raise FileFault(
            "missing-column",
            f"Line 1: a {model.name} file needs {_columns_named(missing)}, which this one lacks. It has "
            f"{', '.join(shown(name) for name in table.header[0][:12] if name)}. Rename the column that holds it; "
            "docs/headers.md lists all headers.",
            column=missing[0],
        )
    if repeated:
        raise FileFault(
            "duplicate-header",
            f"Line 1: the header {repeated[0]} stands above {headers.count(repeated[0])} columns. Keep one of them.",
            column=repeated[0],
        )
    places = {name: position for position, name in enumerate(headers) if name in model.headers}
    return Canonical(
        kind=model,
        line=table.line,
        columns={name: table.columns[position] for name, position in places.items()} if table.columns else {},
        notes=tuple(_not_loaded(table, headers, set(places.values()), model)),
    )


def _columns_named(names: Sequence[str]) -> str:
    return f"the column {names[0]}" if len(names) == 1 else f"the columns {', '.join(names[:-1])} and {names[-1]}"


def kind_of(headers: Sequence[str]) -> str | None:
    """The one kind that these headers speak for, or None.

    A kind whose required columns are all there and that explains most headers; failing that, one whose headers
    fit half of the file and better than any other kind (so that a missing column can be named).
    """
    present = {name for name in headers if name}
    fits = {name: len(present & set(kind.headers)) for name, kind in KINDS.items()}
    complete = {name: fit for name, fit in fits.items() if set(KINDS[name].required) <= present}
    candidates = complete or {name: fit for name, fit in fits.items() if fit >= max(2, len(present) / 2)}
    best = [name for name, fit in candidates.items() if fit == max(candidates.values())]
    return best[0] if len(best) == 1 else None


def _canonical_names(header: Sequence[str], mapping: Mapping[str, object]) -> list[str]:
    renamed = mapping.get("columns")
    names = {str(k).strip().lower(): str(v) for k, v in renamed.items()} if isinstance(renamed, Mapping) else {}
    return [names.get(cell.lower(), cell.lower()) for cell in header]


def _not_loaded(table: Table, headers: Sequence[str], loaded: set[int], kind: Kind) -> list[Issue]:
    notes = []
    for position, name in enumerate(table.header[0]):
        if position in loaded:
            continue
        if not name and table.columns and not _any_text(table, position):
            continue  # a trailing delimiter on every line, not a column
        called = f"The column {shown(name)}" if name else f"Column {position + 1}, which has no header,"
        message = f"{called} is not part of a {kind.name} file. It was not loaded."
        notes.append(Issue(1, name if name and shown(name) != "this value" else None, "column-not-loaded", message))
    return notes


def _any_text(table: Table, position: int) -> bool:
    dictionary = table.columns[position].dictionary
    return bool(pc.any(pc.greater(pc.utf8_length(pc.utf8_trim_whitespace(dictionary)), 0)).as_py())


def _recognises(head: Head, request: Request) -> bool:
    """Every required header of a kind stands there as it is written in docs/headers.md."""
    names = {cell.lower() for cell in head[0]} if head else set()
    kinds = [KINDS[request.wanted_kind]] if request.wanted_kind in KINDS else KINDS.values()
    return any(set(kind.required) <= names for kind in kinds)


FORMAT = Format("canonical headers", _recognises, read, header_rows=1)
