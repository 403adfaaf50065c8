"""The people files as they hold today, in temporary tables that checks and study share (held.sql)."""

from __future__ import annotations

from pathlib import Path

import duckdb

_QUERY = Path(__file__).parent / "held.sql"
_TABLES = ("held_person", "held_row")
# Loads and their states: rows only ever come with a load.
_LOADS = "select md5(string_agg(load_id || state, ' ' order by load_no)) from load"


def hold_people(connection: duckdb.DuckDBPyConnection) -> str:
    """Make held_person and held_row, unless they are there for these very loads. Returns a mark of the loads."""
    row = connection.execute(_LOADS).fetchone()
    mark = str(row[0]) if row and row[0] else ""
    known = connection.execute(
        "select comment from duckdb_tables() where table_name = 'held_row' and temporary"
    ).fetchone()
    if not mark or known != (mark,):
        connection.execute(_QUERY.read_text(encoding="utf-8"))
        connection.execute(f"comment on table held_row is '{mark}'")
    return mark


def let_go_of_people(connection: duckdb.DuckDBPyConnection) -> None:
    """Drop them: they take memory."""
    for table in _TABLES:
        connection.execute(f"drop table if exists temp.{table}")
