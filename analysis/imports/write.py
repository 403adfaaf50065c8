"""Checked files into the draft: rows from Arrow tables, registered on the draft's own connection."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import pyarrow as pa

from analysis.imports.report import Issue
from analysis.imports.stage import Checked
from analysis.store import Cursor
from analysis.store.model import KINDS

_STAGED = "staged_rows"
# An e-mail address that two people have says nothing about who answered.
_LINKED = f"""
    with owner as (
        select email, any_value(employee_id) as owner_id from people
        where email is not null group by email having count(distinct employee_id) = 1
    )
    select staged.* exclude (email) replace (coalesce(staged.employee_id, owner.owner_id) as employee_id)
    from {_STAGED} as staged left join owner using (email)
"""


def write_load(connection: Cursor, load_id: str, load_no: int, batch: int, checked: Checked) -> None:
    """The line in the table of loads; the files of one command share `batch`."""
    report = checked.report
    connection.execute(
        "insert into load values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'active')",
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
        ],
    )


def write_rows(connection: Cursor, load_id: str, checked: Checked) -> None:
    """The rows of one load. Surveys that name people by e-mail address need the people written before."""
    if checked.plan_text is not None:
        connection.execute("insert into plan_row values (?, ?)", [load_id, checked.plan_text])
    if checked.rows is None:
        return
    table = f"{KINDS[str(checked.report.kind)].name}_row"
    linked = checked.report.kind == "survey" and "email" in checked.rows.column_names
    source = _LINKED if linked else f"select * from {_STAGED}"
    _insert(connection, table, source, checked.rows, load_id)


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
    _insert(connection, "row_issue", f"select * from {_STAGED}", rows, load_id)


def _insert(connection: Cursor, table: str, source: str, rows: pa.Table, load_id: str) -> None:
    connection.register(_STAGED, rows)
    try:
        connection.execute(f"insert into {table} by name select ? as load_id, * from ({source})", [load_id])
    finally:
        connection.unregister(_STAGED)
