"""The reference extract hr_A as canonical exports: what R worked on, in this product's own headers."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from pathlib import Path

FOLDER = Path(__file__).parent / "data" / "hr_A"
EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
PLAN = """
[eligible_levels]
mentor = ["1", "2", "3"]
[covariates]
list = ["cohort", "level", "department", "gender", "ethnicity", "location", "tenure_band", "performance_rating"]
level_by_rating = false
"""


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"hr_A_{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def exports() -> dict[str, bytes]:
    """File name to content: people, ladder, pairs, promotions as declared events, and the plan."""
    snapshots, exits = rows("snapshots"), {row["employee_id"]: row for row in rows("exits")}
    last: dict[str, str] = {}
    levels: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for row in snapshots:
        last[row["employee_id"]] = max(last.get(row["employee_id"], ""), row["snapshot_date"])
        levels[row["employee_id"]].append((row["snapshot_date"], int(row["level"])))
    people = []
    for row in snapshots:
        leaver = exits.get(row["employee_id"]) if row["snapshot_date"] == last[row["employee_id"]] else None
        people.append(
            {
                "employee_id": row["employee_id"],
                "as_of_date": row["snapshot_date"],
                "hire_date": row["hire_date"],
                "termination_date": leaver["exit_date"] if leaver else "",
                "termination_type": leaver["exit_type"] if leaver else "",
                "level": row["level"],
                "department": row["department"],
                "location": row["site"],
                "performance_rating": row["performance"],
                "gender": row["gender"],
                "ethnicity": row["ethnicity"],
            }
        )
    start = {row["cohort_id"]: row["start_date"] for row in rows("cohorts")}
    pairs = [
        {
            "mentor_id": row["employee_id"],
            "mentee_id": f"senior-{number}",
            "start_date": start[row["cohort_id"]],
            "pair_id": f"pair-{number}",
            "cohort": row["cohort_id"],
        }
        for number, row in enumerate(rows("participants"))
    ]
    events = [
        {
            "employee_id": employee,
            "effective_date": later,
            "event_type": "promotion",
            "from_level": str(before),
            "to_level": str(after),
        }
        for employee, seen in levels.items()
        for (_, before), (later, after) in zip(sorted(seen), sorted(seen)[1:], strict=False)
        if after > before
    ]
    ladder = [{"level": str(level), "rank": str(level)} for level in range(1, 6)]
    tables = {"people.csv": people, "pairs.csv": pairs, "job_events.csv": events, "ladder.csv": ladder}
    return {name: _csv(table) for name, table in tables.items()} | {"plan.toml": PLAN.encode()}


def _csv(table: list[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(table[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(table)
    return text.getvalue().encode()
