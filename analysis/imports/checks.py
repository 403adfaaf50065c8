"""What a load should be told about tables that do not fit together. It informs; it rejects nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from analysis.imports.report import Issue, shown
from analysis.plan import current_plan
from analysis.store import Cursor

_FOLDER = Path(__file__).parent / "sql"


@dataclass(frozen=True)
class TableCheck:
    """`query` counts the lines of one load that do not fit, and gives the first of them."""

    code: str
    column: str
    query: str
    sentence: str


TABLE_CHECKS: dict[str, tuple[TableCheck, ...]] = {
    "pairs": (
        TableCheck(
            "unknown-person",
            "mentor_id",
            "pairs_unknown_person",
            "name somebody who is in no people file. Load a people file that has them, or they can't be compared.",
        ),
        TableCheck(
            "enrolled-after-exit",
            "start_date",
            "pairs_enrolled_after_exit",
            "start after the mentor or the mentee had left. Check the start date and the exit date.",
        ),
    ),
    "sessions": (
        TableCheck(
            "unknown-pair",
            "pair_id",
            "sessions_unknown_pair",
            "belong to a pair that is in no pairs file. Load the pairs with the same pair_id.",
        ),
    ),
    "goals": (
        TableCheck(
            "unknown-pair",
            "pair_id",
            "goals_unknown_pair",
            "belong to a pair that is in no pairs file. Load the pairs with the same pair_id.",
        ),
    ),
    "survey": (
        TableCheck(
            "unlinked-response",
            "employee_id",
            "survey_unlinked",
            "can't be linked to a person. They count in survey scores, not where a person's history is needed.",
        ),
    ),
    "ladder": (
        TableCheck(
            "level-not-in-ladder",
            "level",
            "ladder_lacks_level",
            "of people loaded before are not in this ladder. Promotions to and from them can't be seen.",
        ),
    ),
}


def informing_issues(connection: Cursor, kind: str, load_id: str) -> list[Issue]:
    """One issue for each check that finds something: how many, and where the first one stands."""
    issues = _unknown_programmes(connection, load_id) if kind == "pairs" else []
    for check in TABLE_CHECKS.get(kind, ()):
        query = (_FOLDER / f"{check.query}.sql").read_text(encoding="utf-8")
        row = connection.execute(query, [load_id]).fetchone()
        count, line = row if row else (0, None)
        if count:
            what = "levels" if kind == "ladder" else "lines"
            message = f"{count:,} {what} {check.sentence} The first is in line {line}."
            issues.append(Issue(line, check.column, check.code, message))
    return issues


def _unknown_programmes(connection: Cursor, load_id: str) -> list[Issue]:
    """Pairs of programmes that the plan does not name are studied nowhere: that must not happen in silence."""
    known = [programme.id for programme in current_plan(connection).programmes]
    row = connection.execute(
        "select count(*), min(line), any_value(programme_id) from pairs_row "
        "where load_id = ? and programme_id is not null and not list_contains(?, programme_id)",
        [load_id, known],
    ).fetchone()
    if not row or not row[0]:
        return []
    message = (
        f"{row[0]:,} lines name a programme that the plan does not have, such as {shown(row[2])}; they are in no "
        f"comparison. The plan has {', '.join(known)}. Add the programme to plan.toml, or correct the programme_id. "
        f"The first is in line {row[1]}."
    )
    return [Issue(row[1], "programme_id", "unknown-programme", message)]
