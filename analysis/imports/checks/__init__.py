"""What a load should be told about tables that do not fit together. It informs; it rejects nothing."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from analysis.imports.checks.tables import TABLE_CHECKS, TableCheck
from analysis.imports.programmes import NOT_REVERSE
from analysis.imports.remember import PROGRAMMES
from analysis.imports.report import Issue, shown
from analysis.plan import Plan, current_plan
from analysis.store import Cursor, hold_people

__all__ = ["TABLE_CHECKS", "TableCheck", "informing_issues", "swapped_share"]

_FOLDER = Path(__file__).parent.parent / "sql"
_CHECKED = ("checked_snapshot", "checked_person", "checked_exit")
_MANY, _NEARLY_ALL = 5, 0.9  # lines, and their share: a few strangers may well be new people


def informing_issues(connection: Cursor, kind: str, load_id: str) -> list[Issue]:
    """One issue for each check that finds something: how many, where the first one stands, and what to do.

    Called once the rows of all files of a command are written, in the order of their load numbers: what holds of the
    people files is worked out at the first call; what only checks ask of it is let go of with the newest load.
    """
    plan = current_plan(connection)
    checks = TABLE_CHECKS.get(kind, ())
    issues = []
    asked = [check.query for check in checks] + ["pairs_mentor_above"] * (kind == "pairs")
    _hold(connection, *map(_text, asked))
    if kind == "pairs":
        issues += _unknown_programmes(connection, plan, load_id)
        issues += _mentors_above(connection, plan, load_id)
    for check in checks:
        found = _run(connection, check.query, load_id, plan)
        if found["found"]:
            line = int(found["first_line"])
            if "cohort" in found:
                found["cohort"] = shown(found["cohort"])
            sentence = check.sentence + (check.of_most if _most(found) else "")
            issues.append(Issue(line, check.column, check.code, sentence.format(**found)))
    newest = connection.execute("select load_id from load order by load_no desc limit 1").fetchone()
    if newest == (load_id,):
        _let_go(connection)
    return issues


def swapped_share(connection: Cursor, load_id: str) -> tuple[int, int]:
    """Pairs of reverse programmes in this load with both levels on the ladder at their start, and how many of them have
    a mentor above the mentee: where that is most of them, the two columns are likely swapped.

    (0, 0) where no ladder or no people file is loaded. Only rows that are written already are seen.
    """
    _hold(connection, _text("pairs_mentor_above"))
    found = _run(connection, "pairs_mentor_above", load_id, current_plan(connection))
    return int(found["known"]), int(found["found"])


def _most(found: dict[str, Any]) -> bool:
    """Whether so many lines are at fault that they have one cause."""
    if not found.get("people"):
        return False
    return bool(found["found"] >= _MANY and found["found"] >= _NEARLY_ALL * found["named"])


def _run(connection: Cursor, query: str, load_id: str, plan: Plan) -> dict[str, Any]:
    """The one row of a query by column; none found where it gives no row."""
    text = _text(query)
    parameters = {
        "load_id": load_id,
        "programmes": list(plan.reverse_programmes),
        "months": min(one.months for one in plan.programmes if one.orientation == "reverse"),
    }
    used = {name: value for name, value in parameters.items() if f"${name}" in text}
    cursor = connection.execute(text, used)
    names = [column[0] for column in cursor.description or ()]
    row = cursor.fetchone()
    return dict(zip(names, row, strict=True)) if row else {"found": 0}


@lru_cache(maxsize=64)
def _text(query: str) -> str:
    return (_FOLDER / f"{query}.sql").read_text(encoding="utf-8")


def _hold(connection: Cursor, *queries: str) -> None:
    """Work out what these queries ask of the people files that hold, unless that was done for these very loads."""
    if not any("held_" in query or "checked_" in query for query in queries):
        return
    pa.default_memory_pool().release_unused()  # the rows of the files, which are written by now
    mark = hold_people(connection)
    known = connection.execute(
        "select comment from duckdb_tables() where table_name = 'checked_exit' and temporary"
    ).fetchone()
    if not mark or known != (mark,):
        connection.execute(_text("checked"))
        connection.execute(f"comment on table checked_exit is '{mark}'")


def _let_go(connection: Cursor) -> None:
    """The tables take memory that the rest of a load needs. What holds stays: the study asks it next."""
    for table in _CHECKED:
        connection.execute(f"drop table if exists temp.{table}")


def _mentors_above(connection: Cursor, plan: Plan, load_id: str) -> list[Issue]:
    """In a reverse programme the mentor is the junior one; where most are not, the columns are likely swapped."""
    found = _run(connection, "pairs_mentor_above", load_id, plan)
    if not found["found"]:
        return []
    known, above, line = found["known"], found["found"], found["first_line"]
    advice = "Check who mentors whom, and whether the plan calls this programme reverse rightly."
    if 2 * above > known:
        advice = (
            "Are the columns mentor_id and mentee_id swapped? If so, undo this load and load it with the two swapped."
        )
    message = (
        f"Pairs of a reverse programme whose mentor stands above the mentee on the ladder: {above:,} of {known:,}, the "
        f"first in line {line}. {advice}"
    )
    return [Issue(line, "mentor_id", "mentor-above-mentee", message)]


def _unknown_programmes(connection: Cursor, plan: Plan, load_id: str) -> list[Issue]:
    """Pairs of programmes that the plan does not name are studied nowhere: that must not happen in silence."""
    plan_has = [programme.id for programme in plan.programmes]
    known = [*plan_has, *_said_to_be_none(connection, load_id)]
    row = connection.execute(
        "select count(*), min(line), any_value(programme_id) from pairs_row "
        "where load_id = ? and programme_id is not null and not list_contains(?, programme_id)",
        [load_id, known],
    ).fetchone()
    if not row or not row[0]:
        return []
    message = (
        f'Lines that name a programme the plan does not have, such as "{str(row[2])[:60]}": {row[0]:,}, the first in '
        f"line {row[1]}. They are in no comparison. The plan has {', '.join(plan_has)}. Add the programme to "
        "plan.toml, or correct the programme_id."
    )
    return [Issue(row[1], "programme_id", "unknown-programme", message)]


def _said_to_be_none(connection: Cursor, load_id: str) -> list[str]:
    """The programmes of which somebody said that they are no reverse mentoring."""
    row = connection.execute("select body from mapping_row where load_id = ?", [load_id]).fetchone()
    said = json.loads(row[0]).get(PROGRAMMES) if row else None
    return [name for name, answer in (said or {}).items() if answer == NOT_REVERSE]
