"""Build the derived tables once, in the load: trials and person-trials (PROTOCOL.md 1.2)."""

from __future__ import annotations

from importlib import resources

from analysis.plan import Plan
from analysis.store import Cursor


def sql(name: str) -> str:
    """The text of one of this room's SQL files."""
    return (resources.files("analysis.study") / "sql" / name).read_text(encoding="utf-8")


def build_derived(connection: Cursor, plan: Plan) -> None:
    """Write calendar, exits, enrolments, trials and person_trial from what is loaded now."""
    steps: list[tuple[str, dict[str, object]]] = [
        ("01_calendar.sql", {}),
        ("02_exit_date.sql", {"absent_without_exit": plan.absent_without_exit}),
        (
            "03_enrolment.sql",
            {"programmes": list(plan.reverse_programmes), "first_month": plan.fiscal_year_first_month},
        ),
        ("04_trial.sql", {}),
        ("05_level_rise.sql", {}),
        ("06_person.sql", {}),
        ("07_base.sql", {}),
        ("08_person_trial.sql", {"service": plan.months_of_service, "worker_types": list(plan.worker_types)}),
    ]
    for name, parameters in steps:
        connection.execute(sql(name), parameters)
    connection.execute("drop table base")
