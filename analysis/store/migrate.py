"""Ordered migrations with a ledger: a store of any age opens at today's schema."""

from __future__ import annotations

from pathlib import Path

import duckdb

_FOLDER = Path(__file__).parent / "migrations"


def migrations() -> list[Path]:
    """The migration files in the order in which they apply."""
    return sorted(_FOLDER.glob("*.sql"))


def applied(connection: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Names of the migrations that this store has seen."""
    known = connection.execute(
        "select count(*) from information_schema.tables where table_name = 'schema_migration'"
    ).fetchone()
    if not known or known[0] == 0:
        return frozenset()
    return frozenset(row[0] for row in connection.execute("select name from schema_migration").fetchall())


def is_current(done: frozenset[str]) -> bool:
    """Whether a store that has seen these has today's layout."""
    return {path.stem for path in migrations()} == done


def unknown(done: frozenset[str]) -> list[str]:
    """Those of a newer version of this application: what they did to the tables can't be told."""
    return sorted(done - {path.stem for path in migrations()})


def migrate(connection: duckdb.DuckDBPyConnection) -> None:
    """Apply what is missing, each migration in a transaction of its own."""
    connection.execute("create table if not exists schema_migration (name text primary key, applied_at timestamp)")
    done = applied(connection)
    for path in migrations():
        if path.stem in done:
            continue
        connection.execute("begin")
        try:
            connection.execute(path.read_text(encoding="utf-8"))
            connection.execute("insert into schema_migration values (?, now()::timestamp)", [path.stem])
        except duckdb.Error:
            connection.execute("rollback")
            raise
        connection.execute("commit")
