"""Any list with a line a person, event, pair or meeting: columns by name, values by meaning, dates by their order.

A vendor's file is a `Listing`: how it is known and what its own headers mean. What neither a person, the vendor's file
nor the vocabulary says is asked, all at once where that is possible.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import pyarrow as pa

from analysis.imports.columns import LINKS, assign, kind_by_columns
from analysis.imports.formats import canonical, lines
from analysis.imports.formats.shape import Canonical, Format, Head, Request, compared
from analysis.imports.headers import normalise
from analysis.imports.layout import named
from analysis.imports.meanings import without_code
from analysis.imports.remember import NOT_LOADED, settled
from analysis.imports.report import ColumnUse, Issue, NeedsAnswer, Question, shown
from analysis.imports.table import Table
from analysis.store.model import KINDS

Prepare = Callable[[Table, list[str]], tuple[Table, list[str]]]


@dataclass(frozen=True)
class Listing:
    """One vendor's list. `known_by` are headers that must all be there, `columns` what its headers mean, `constants`
    what is true of every line, `codes` the columns that hold "110000 News" where only the words are wanted.
    `prepare` may join or unpivot columns before they are assigned; it returns the table and its headers.
    """

    name: str
    kind: str
    known_by: tuple[str, ...]
    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    codes: frozenset[str] = frozenset()
    header_rows: int | None = None
    prepare: Prepare | None = None


def format_of(listing: Listing) -> Format:
    """The format that reads this vendor's list."""
    wanted = frozenset(normalise(name) for name in listing.known_by)

    def recognises(head: Head, request: Request) -> bool:
        here = {normalise(cell) for row in head[: listing.header_rows or 1] for cell in row if cell}
        return request.wanted_kind in (None, listing.kind) and wanted <= here

    def read(table: Table, request: Request) -> Canonical:
        return read_list(table, request, listing)

    return Format(listing.name, recognises, read, listing.header_rows)


def read_list(table: Table, request: Request, listing: Listing | None = None) -> Canonical:
    """The columns and values of a list under canonical headers.

    Raises NeedsAnswer with everything that has to be asked, FileFault for what no answer can mend.
    """
    header = named(table.header[0])
    if listing and listing.prepare:
        table, header = listing.prepare(table, header)
    said = settled(request.mapping)
    kind_name = request.wanted_kind or (listing.kind if listing else None) or _kind_of(header, _part(said, "columns"))
    if kind_name not in LINKS:
        if kind_name in KINDS:
            return canonical.read(table, request)
        raise NeedsAnswer((Question("kind", "What kind of file is this?", canonical.KIND_CHOICES),))
    kind = KINDS[kind_name]
    known = listing.columns if listing else {}
    assigned = assign(table, header, kind, _part(said, "columns"), known, lines.said_before(said, "columns"))
    questions = list(assigned.questions)
    columns: dict[str, pa.DictionaryArray] = {}
    said_dates = _part(said, "dates")
    said_for_all = next((order for name, order in said_dates.items() if name in header), None)
    told = lines.orders_told(
        table.columns[place] for target, place in assigned.places.items() if lines.holds_dates(kind, target)
    )
    if told and said_for_all not in told and any(name in lines.said_before(said, "dates") for name in said_dates):
        said_dates, said_for_all = {}, None  # this file shows another order than the one before it
    values: dict[str, object] = {}
    dates: dict[str, str | None] = {}
    for target, place in assigned.places.items():
        model, title = next((one for one in kind.columns if one.name == target), None), header[place]
        cells, asked = table.columns[place], list[Question]()
        if listing and target in listing.codes:
            cells = lines.with_texts(cells, without_code)
        if lines.holds_dates(kind, target):
            cells, order, asked = lines.date_column(cells, title, said_dates.get(title, said_for_all), target)
            dates[title] = order
        elif model is not None and model.type == "number":
            cells = lines.with_texts(cells, partial(lines.number_text, model=model))
        elif model is not None:
            meanings = _part(_part(said, "values"), title)
            known = listing.values.get(target, {}) if listing else {}
            cells, meant, asked = lines.meant_column(cells, kind, model, title, {**known, **meanings}, request.hash_of)
            values[title] = meant
        columns[target] = cells
        questions += asked
    given = lines.for_every_line(kind, request, said, {**(listing.constants if listing else {})}, columns)
    questions += lines.what_is_missing(kind, request, said, {*columns, *given}, assigned, header)
    questions = lines.asked_once(questions, [order for order in dates.values() if order])
    if questions:
        raise NeedsAnswer(tuple(questions), assigned.uses, kind.name, compared(columns))
    for target, text in given.items():
        columns[target] = lines.everywhere(text, len(table.line))
    loaded = {use.header: use.target for use in assigned.uses if use.target}
    left = {use.header: NOT_LOADED for use in assigned.uses if not use.target and use.why.startswith("not loaded")}
    decided = {
        "kind": kind.name,
        "columns": {**loaded, **left},
        "values": {title: meant for title, meant in values.items() if meant},
        "dates": {title: order for title, order in dates.items() if order},
        "scope": said.get("scope"),
    }
    return Canonical(kind, table.line, columns, _notes(assigned.uses), assigned.uses, decided)


def _kind_of(header: Sequence[str], said: Mapping[str, object]) -> str | None:
    """The kind that the headers speak for, each by the name that a person gave it, if any."""
    names = [str(said.get(name, name)) for name in header]
    return kind_by_columns(names) or canonical.kind_of([name.lower() for name in names])


def _notes(uses: Sequence[ColumnUse]) -> tuple[Issue, ...]:
    """What is not loaded is said, column by column."""
    notes = []
    for use in uses:
        if use.target or use.why == "blank":
            continue
        code = "refused-column" if use.why.startswith("refused") else "column-not-loaded"
        column = use.header if shown(use.header) != "this value" else None
        called = f"The column {shown(use.header)}" if column else "A column"
        message = f"{called} was not loaded: {use.why.removeprefix('refused: ')}."
        notes.append(Issue(1, column, code, message))
    return tuple(notes)


def _part(mapping: Mapping[str, object], name: str) -> Mapping[str, object]:
    part = mapping.get(name)
    return part if isinstance(part, Mapping) else {}


FORMAT = Format("list", lambda head, request: True, read_list)
