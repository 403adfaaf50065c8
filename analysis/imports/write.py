"""Checked files into the draft: rows from Arrow tables, registered on the draft's own connection."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa

from analysis.imports.checked import Checked
from analysis.imports.columns import LINKS
from analysis.imports.headers import words_of
from analysis.imports.remember import PROGRAMMES, as_text, lasting
from analysis.imports.report import Issue
from analysis.store import Cursor
from analysis.store.model import KINDS

_STAGED = "staged_rows"
_PLAIN = f"select * from {_STAGED}"
_CHUNK = 122_880  # rows: as many as DuckDB stores together, so that its threads share the work
# An e-mail address that two people have says nothing about who answered.
_OWNER = """with owner as (
        select email, any_value(employee_id) as owner_id from people
        where email is not null group by email having count(distinct employee_id) = 1
    )"""
# A session without a pair belongs to the newest pair of its two people, or of whoever reports it, that had begun by
# then. Reports of one pair within three days are of one meeting: they get one id, and the view counts it once.
_SESSIONS = (Path(__file__).parent / "sql" / "sessions_of_people.sql").read_text(encoding="utf-8")
_LINKED = f"""{_OWNER}
    select staged.* exclude (email) replace (coalesce(staged.employee_id, owner.owner_id) as employee_id)
    from {_STAGED} as staged left join owner using (email)
"""


def write_load(
    connection: Cursor, load_id: str, load_no: int, batch: int, checked: Checked, by: str | None = None
) -> None:
    """The line in the table of loads; the files of one command share `batch`."""
    report = checked.report
    connection.execute(
        "insert into load values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'active', ?, ?)",
        [
            load_id,
            load_no,
            batch,
            report.file,
            checked.sha256,
            report.kind,
            checked.as_of_date,
            report.encoding,
            report.lines,
            report.header_lines,
            report.blank_rows,
            report.loaded,
            report.rejected,
            datetime.now(UTC).replace(tzinfo=None),
            report.mapping.get("scope"),
            by,
        ],
    )


def write_rows(connection: Cursor, load_id: str, checked: Checked) -> None:
    """The rows of one load. Surveys that name people by e-mail address need the people written before."""
    if checked.plan_text is not None:
        connection.execute("insert into plan_row values (?, ?)", [load_id, checked.plan_text])
    if checked.rows is None:
        return
    table = f"{KINDS[str(checked.report.kind)].name}_row"
    _insert(connection, table, _source(str(checked.report.kind), checked.rows.column_names), checked.rows, load_id)


def write_mapping(connection: Cursor, load_id: str, checked: Checked, hash_of: Callable[[str], str]) -> None:
    """What was decided about the file, for the next one like it."""
    if checked.report.columns or checked.report.mapping.get(PROGRAMMES):
        used = [use.header for use in checked.report.columns] or checked.headers
        headers = sorted({words_of(header) for header in used})
        body = as_text(lasting(checked.report.mapping, hash_of))
        connection.execute("insert into mapping_row values (?, ?, ?, ?)", [load_id, checked.report.kind, headers, body])


def _source(kind: str, names: Sequence[str]) -> str:
    """The staged rows, with people found by their addresses and sessions by their two people."""
    if kind == "survey" and "email" in names:
        return _LINKED
    links = {email: name for email, name in LINKS.get(kind, {}).items() if email in names}
    source = _PLAIN
    if links:
        found = ", ".join(f"coalesce({email}_owner.owner_id, staged.{name}) as {name}" for email, name in links.items())
        joins = " ".join(f"left join owner as {email}_owner on {email}_owner.email = staged.{email}" for email in links)
        source = (
            f"{_OWNER} select staged.* exclude ({', '.join(links)}) replace ({found}) from {_STAGED} as staged {joins}"
        )
    if kind == "sessions" and "mentor_id" in names:
        source = _SESSIONS.replace("$told", source)
    return source


def write_issues(connection: Cursor, load_id: str, issues: Iterable[Issue]) -> None:
    """What is worth knowing about single lines stays with the load."""
    listed = list(issues)
    rows = pa.table(
        {
            "line": pa.array([issue.line for issue in listed], pa.int32()),
            "column_name": pa.array([issue.column for issue in listed], pa.string()),
            "code": pa.array([issue.code for issue in listed], pa.string()),
            "message": pa.array([issue.message for issue in listed], pa.string()),
        }
    )
    _insert(connection, "row_issue", _PLAIN, rows, load_id)


def _given(rows: pa.Table) -> Iterator[pa.RecordBatch]:
    yield from rows.to_batches()


def _insert(connection: Cursor, table: str, source: str, rows: pa.Table, load_id: str) -> None:
    pa.default_memory_pool().release_unused()  # what reading the file took
    staged: pa.Table | pa.RecordBatchReader = pa.Table.from_batches(rows.to_batches(max_chunksize=_CHUNK), rows.schema)
    if source == _PLAIN:
        # Read once, and then empty: a transaction holds what was registered in it until it ends.
        staged = pa.RecordBatchReader.from_batches(rows.schema, _given(staged))
    connection.register(_STAGED, staged)
    try:
        connection.execute(f"insert into {table} by name select ? as load_id, * from ({source})", [load_id])
    finally:
        connection.unregister(_STAGED)
