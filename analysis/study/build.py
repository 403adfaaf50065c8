"""Build the derived tables once, in the load: trials and person-trials (PROTOCOL.md 1.2)."""

from __future__ import annotations

from importlib import resources

from analysis.plan import COVARIATES, Plan
from analysis.store import Cursor, hold_people, let_go_of_people

# What a pattern of covariates holds: all but the cohort, which is the trial's.
EXTRA_HEADERS = ("disability", "lgbtq", "generation")  # divide a figure without being adjusted for
PATTERN = (*COVARIATES[1:], *EXTRA_HEADERS)
# Tables whose columns have the words as their types; the types can't be written anew while these stand.
_OF_WORDS = ("person_trial", "person_trial_row", "person_trial_before", "pattern", "exit_date")
# What the steps leave behind for one another.
_TEMPORARY = ("word_held", "person_row", "event_row", "judged", "promotion_event", "updated", "promoted", "moved",
              "undated", "event_before", "rose_before", "near", "described", "described_before")  # fmt: skip


def sql(name: str) -> str:
    """The text of one of this room's SQL files."""
    return (resources.files("analysis.study") / "sql" / name).read_text(encoding="utf-8")


def build_derived(connection: Cursor, plan: Plan) -> None:
    """Write calendar, exits, enrolments, trials and person-trials from what is loaded now."""
    drop_derived(connection)
    hold_people(connection)
    programmes: dict[str, object] = {"programmes": list(plan.reverse_programmes)}
    steps: list[tuple[str, dict[str, object]]] = [
        ("01_person.sql", {}),
        ("02_words.sql", {}),
        ("03_calendar.sql", {}),
        ("04_exit_date.sql", {"absent_without_exit": plan.absent_without_exit}),
        ("05_enrolment.sql", {**programmes, "first_month": plan.fiscal_year_first_month}),
        ("06_trial.sql", {}),
        ("07_person_row.sql", {}),
        ("08_change.sql", {}),
        ("09_acceptance.sql", programmes),
        ("10_base.sql", {}),
        ("11_judged.sql", {"service": plan.months_of_service, "worker_types": list(plan.worker_types)}),
        ("12_outcome.sql", {}),
        ("13_near.sql", programmes),
        ("14_described.sql", {}),
        ("15_person_trial.sql", {}),
    ]
    for name, parameters in steps:
        text = sql(name).replace("{covariates}", ", ".join(PATTERN))
        if "{any_trial}" in text:  # a word of the statement, so that the rows of all people are not even read
            any_trial = connection.execute("select count(*) > 0 from trial").fetchone()
            text = text.replace("{any_trial}", "true" if any_trial and any_trial[0] else "false")
        connection.execute(text, parameters)
    for name in _TEMPORARY:
        connection.execute(f"drop table {name}")
    let_go_of_people(connection)


def drop_derived(connection: Cursor) -> None:
    """Drop the tables that hold coded words, and the codes: each load writes both anew."""
    kinds = dict(connection.execute("select table_name, table_type from information_schema.tables").fetchall())
    for name in _OF_WORDS:
        if name in kinds:
            connection.execute(f"drop {'view' if kinds[name] == 'VIEW' else 'table'} {name}")
    types = connection.execute("select type_name from duckdb_types() where not internal and logical_type = 'ENUM'")
    for (name,) in types.fetchall():
        connection.execute(f"drop type {name}")
