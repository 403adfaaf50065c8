"""The table of loads: what a store has seen, and which key it was written with."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from analysis.imports.pseudonyms import Key
from analysis.imports.remember import Remembered
from analysis.imports.report import LoadError, LoadRecord
from analysis.plan import Programme, current_plan, default_plan_text, read_plan
from analysis.store import Cursor, NoStore, Store
from analysis.store.model import KINDS

# The mark stands in the store itself, so that it is published, copied and restored with the rows it speaks of.
_KEY_TABLE = "load"
_KEY_WORDS = "pseudonymising key "


@dataclass(frozen=True)
class Loaded:
    """An active load of some content."""

    load_id: str
    loaded_at: datetime


@dataclass(frozen=True)
class Ledger:
    """What a store knows before a load. `active` maps the sha256 of a content to its load, `ladder` has the most junior
    level first, `remembered` the newest mapping first; `programmes` are the plan's."""

    data_version: int = 0
    has_loads: bool = False
    key_mark: str | None = None
    active: Mapping[str, Loaded] = field(default_factory=dict)
    ladder: tuple[str, ...] = ()
    has_people: bool = False
    remembered: tuple[Remembered, ...] = ()
    programmes: tuple[Programme, ...] = field(default_factory=lambda: read_plan(default_plan_text()).programmes)


def read_ledger(store: Store) -> Ledger:
    """The ledger of the newest version, or an empty one."""
    try:
        reader = store.reader()
    except NoStore:
        return Ledger()
    with reader.cursor() as cursor:
        rows = cursor.execute("select state, sha256, load_id, loaded_at from load").fetchall()
        comment = cursor.execute("select comment from duckdb_tables() where table_name = ?", [_KEY_TABLE]).fetchall()
        levels = cursor.execute("select level from ladder order by rank, level").fetchall()
        people = cursor.execute("select count(*) from load where kind = 'people' and state = 'active'").fetchone()
        programmes = current_plan(cursor).programmes
        mappings = cursor.execute(
            "select headers, body from mapping_row join load using (load_id) order by load_no desc"
        ).fetchall()
    mark = comment[0][0] if comment else None
    return Ledger(
        data_version=reader.data_version,
        has_loads=bool(rows),
        key_mark=mark.removeprefix(_KEY_WORDS) if mark else None,
        active={sha256: Loaded(load_id, at) for state, sha256, load_id, at in rows if state == "active"},
        ladder=tuple(level for (level,) in levels),
        has_people=bool(people and people[0]),
        programmes=programmes,
        remembered=tuple(Remembered(frozenset(headers), json.loads(body)) for headers, body in mappings),
    )


def known_ids(store: Store) -> frozenset[str]:
    """All pseudonyms that stand as ids in the loads that hold; a large store has many, so this is asked when needed."""
    try:
        reader = store.reader()
    except NoStore:
        return frozenset()
    parts = [
        f"select {column.name} as id from {kind.name}_row semi join active using (load_id)"
        for kind in KINDS.values()
        for column in kind.columns
        if column.type == "id"
    ]
    query = f"with active as (select load_id from load where state = 'active') {' union '.join(parts)}"
    with reader.cursor() as cursor:
        return frozenset(name for (name,) in cursor.execute(query).fetchall() if name)


def mark_key(connection: Cursor, key: Key) -> None:
    """Remember in the store which key its pseudonyms were made with."""
    connection.execute(f"comment on table {_KEY_TABLE} is '{_KEY_WORDS}{key.mark}'")


def next_load_no(connection: Cursor) -> int:
    row = connection.execute("select coalesce(max(load_no), 0) + 1 from load").fetchone()
    return int(row[0]) if row else 1


def new_load_id(sha256: str, load_no: int) -> str:
    """Twelve hexadecimal digits, the same for the same content at the same place in the history."""
    return hashlib.sha256(f"{sha256}{load_no}".encode()).hexdigest()[:12]


def set_state(connection: Cursor, load_id: str, state: str) -> None:
    """Make a load active or undone. Raises LoadError where there is nothing to change, or it would hold twice."""
    row = connection.execute("select state, sha256, file_name from load where load_id = ?", [load_id]).fetchone()
    if row is None:
        raise LoadError(f'There is no load "{load_id}". The history lists the loads of this store.')
    before, sha256, file_name = row
    if before == state:
        raise LoadError(f'The load "{load_id}" ({file_name}) is {state} already. Nothing was changed.')
    if state == "active":
        twin = connection.execute("select load_id from load where sha256 = ? and state = 'active'", [sha256]).fetchone()
        if twin:
            raise LoadError(f"{file_name} was loaded again since, as {twin[0]}. Undo that load first.")
    connection.execute("update load set state = ? where load_id = ?", [state, load_id])


def load_records(connection: Cursor) -> tuple[LoadRecord, ...]:
    """All loads, newest first."""
    rows = connection.execute(
        """
        with
        issue_count as (select load_id, count(*) as issues from row_issue group by load_id),
        forgotten as (select load_id, sum(lines)::integer as lines_gone from forgotten_line group by load_id)
        select load_id, load_no, file_name, kind, as_of_date, lines, loaded, rejected, loaded_at, state,
            coalesce(issues, 0) as issues, loaded_by, coalesce(lines_gone, 0) as forgotten
        from load left join issue_count using (load_id) left join forgotten using (load_id)
        order by load_no desc
        """
    ).fetchall()
    return tuple(LoadRecord(*row) for row in rows)
