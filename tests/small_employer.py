"""Tiny employers, a handful of people each an edge case, as canonical CSV bytes loaded the product's own way."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

from analysis.imports.pseudonyms import Pseudonyms, find_key
from analysis.load import SourceFile, load
from analysis.plan import current_plan
from analysis.store import Cursor, Reader, Store
from analysis.study.figures import Arm, Figure, FigureKind, open_figure
from analysis.study.surveys import score_surveys

Row = dict[str, Any]
QUARTER_ENDS = ("2022-06-30", "2022-09-30", "2022-12-31", "2023-03-31", "2023-06-30", "2023-09-30", "2023-12-31",
                "2024-03-31", "2024-06-30")  # fmt: skip
LADDER = tuple({"level": level, "rank": rank} for rank, level in enumerate("ABCD", start=1))

# Queries that must return no row, whatever was loaded.
DATA_TESTS = {
    "one row for each trial and person": ("select trial_id, person from person_trial group by all having count(*) > 1"),
    "covariates are never null": """
        select * from person_trial where level is null or department is null or location is null
            or tenure_band is null or performance_rating is null or promoted_last_year is null
            or part_time is null or gender is null or ethnicity is null or age_band is null
            or disability is null or lgbtq is null or generation is null or cohort is null
    """,
    "the arm is 0 or 1": "select * from person_trial where a is null or a not in (0, 1)",
    "flags are never null": """
        select * from person_trial
        where at_top is null or undated_rise is null or vanished is null or joined_later is null
    """,
    "a promotion comes after time zero": "select * from person_trial where promotion_month < 1",
    "nobody takes part twice on one side": (
        "select side, person from person_trial where a = 1 group by all having count(*) > 1"
    ),
    "nobody who had left by time zero is compared": (
        "select * from person_trial where barred is null and exit_month < 1"
    ),
    "an exit has a type": "select * from person_trial where exit_month is not null and exit_type is null",
    "each trial is a batch": "select trial_id from trial group by all having count(*) > 1",
    "a base snapshot is not later than time zero": "select * from trial where base_date > time_zero",
    "participants joined by time zero, in its month": """
        select * from person_trial
        join person using (person) join enrolment using (employee_id, side) join trial using (trial_id)
        where a = 1 and (enrolled_on > trial.time_zero or enrolment.month <> trial.month)
    """,
    "comparators had not joined by time zero": """
        select * from person_trial
        join person using (person) join enrolment using (employee_id, side)
        where a = 0 and enrolled_on <= time_zero
    """,
    "nobody compared had joined the other side": """
        select * from person_trial
        join person using (person) join enrolment using (employee_id)
        where barred is null and enrolment.side <> person_trial.side and enrolled_on <= time_zero
    """,
    "who joined is counted or named": """
        select trial_id, enrolled, count(person) from trial
        left join (from person_trial where a = 1) using (trial_id)
        where has_base group by all having count(person) > enrolled
    """,
}


def broken_rules(cursor: Cursor) -> dict[str, list[tuple[Any, ...]]]:
    """Name of each data test that returns rows, with its first rows."""
    found = {name: cursor.execute(query).fetchmany(3) for name, query in DATA_TESTS.items()}
    return {name: rows for name, rows in found.items() if rows}


def person(
    employee_id: str,
    seen: Sequence[str] = QUARTER_ENDS,
    hire: str = "2015-01-01",
    *,
    on: Mapping[str, Row] | None = None,
    since: Mapping[str, Row] | None = None,
    **facts: object,
) -> list[Row]:
    """The rows of one person: one a snapshot in which they are seen, one without a date for a master list.

    `on` changes facts on the row of one snapshot alone, `since` on that row and all later ones.
    """
    fixed = {"employee_id": employee_id, "hire_date": hire, "level": "A", **facts}
    if not seen:
        return [fixed]
    rows = []
    for day in seen:
        changes = [change for first, change in sorted((since or {}).items()) if first <= day]
        row: Row = {**fixed, "as_of_date": day}
        for change in [*changes, (on or {}).get(day, {})]:
            row |= change
        rows.append(row)
    return rows


def people(*persons: list[Row]) -> list[Row]:
    return [row for rows in persons for row in rows]


def pair(mentor: str, start: str, cohort: str = "C", mentee: str = "", **facts: object) -> Row:
    mentee = mentee or f"senior of {mentor} {start}"
    return {"mentor_id": mentor, "mentee_id": mentee, "start_date": start, "cohort": cohort, **facts}


def promotion(employee_id: str, day: str, before: str = "A", after: str = "B") -> Row:
    return event(employee_id, day, "promotion", from_level=before, to_level=after)


def event(employee_id: str, day: str, event_type: str, **facts: object) -> Row:
    return {"employee_id": employee_id, "effective_date": day, "event_type": event_type, **facts}


def csv_bytes(rows: Iterable[Row]) -> bytes:
    rows = list(rows)
    text = io.StringIO()
    writer = csv.DictWriter(text, list(dict.fromkeys(name for row in rows for name in row)), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


class SmallEmployer:
    """A loaded employer. `tables` are rows by kind of file; every one loads whole, and breaks no data test."""

    def __init__(self, folder: Path, *, plan: str = "", **tables: Sequence[Row]) -> None:
        self.store = Store(folder / "store")
        self.names = {
            str(row[header])
            for rows in tables.values()
            for row in rows
            for header in ("employee_id", "mentor_id", "mentee_id")
            if row.get(header)
        }
        self.load(plan=plan, **tables)

    def load(self, *, plan: str = "", **tables: Sequence[Row]) -> None:
        """Load more files into the same store."""
        files = [SourceFile(f"{kind}.csv", csv_bytes(rows)) for kind, rows in tables.items() if rows]
        files += [SourceFile("plan.toml", plan.encode())] if plan else []
        # What stands in the store of findings is of no interest here, and takes longer than all the rest.
        with patch("analysis.load.store_headlines"):
            reports = load(self.store, files)
        for report in reports:
            assert (report.status, report.rejected) == ("loaded", 0), (report.file, report.message, report.issues)
        with self.reader.cursor() as cursor:
            assert broken_rules(cursor) == {}

    @property
    def reader(self) -> Reader:
        return self.store.reader()

    def query(self, text: str, parameters: Mapping[str, object] | None = None) -> list[Row]:
        """Rows as dictionaries; an employee_id stands in them as it stood in the file."""
        with self.reader.cursor() as cursor:
            return self._named(cursor, text, parameters)

    def trials(self, side: str = "mentor") -> list[Row]:
        return self.query("select * from trial where side = $side order by trial_id", {"side": side})

    def person_trials(self, time_zero: str | None = None, side: str = "mentor") -> dict[str, Row]:
        """Name to the row in the trial of that day; without a day, of the only trial of the side."""
        rows = self.query(
            "select * from person_trial join person using (person) "
            "where side = $side and time_zero = coalesce($time_zero::date, time_zero)",
            {"side": side, "time_zero": time_zero},
        )
        return _by_name(rows)

    def figure(
        self,
        kind: FigureKind = "exits",
        horizon: int = 12,
        cutoff: str = "2024-06-30",
        side: str = "mentor",
        arm: Arm = "joined",
    ) -> Figure:
        with self.reader.cursor() as cursor:
            last = date.fromisoformat(cutoff)
            return open_figure(cursor, current_plan(cursor), side, kind, horizon, last, arm=arm)

    def figure_rows(
        self,
        time_zero: str | None = None,
        kind: FigureKind = "exits",
        horizon: int = 12,
        cutoff: str = "2024-06-30",
        side: str = "mentor",
        arm: Arm = "joined",
    ) -> dict[str, Row]:
        """Name to the figure's row in the trial of that day (or in the only trial)."""
        with self.reader.cursor() as cursor:
            open_figure(cursor, current_plan(cursor), side, kind, horizon, date.fromisoformat(cutoff), arm=arm)
            rows = self._named(
                cursor,
                "select * from figure_row join person using (person) join trial using (trial_id) "
                "where time_zero = coalesce($time_zero::date, time_zero)",
                {"time_zero": time_zero},
            )
        return _by_name(rows)

    def survey_scores(self, cutoff: str = "2024-06-30") -> list[Row]:
        with self.reader.cursor() as cursor:
            score_surveys(cursor, date.fromisoformat(cutoff))
            return self._named(cursor, "select * from survey_score order by wave, construct, score", None)

    def _named(self, cursor: Cursor, text: str, parameters: Mapping[str, object] | None) -> list[Row]:
        pseudonyms = Pseudonyms(find_key(self.store.key_path, None, True))
        name_of = {pseudonyms.of(name): name for name in self.names}
        found = cursor.execute(text, parameters) if parameters else cursor.execute(text)
        columns = [column[0] for column in found.description or ()]
        rows = [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
        for row in rows:
            if row.get("employee_id"):
                row["employee_id"] = name_of[row["employee_id"]]
        return rows


def _by_name(rows: list[Row]) -> dict[str, Row]:
    named = {row["employee_id"]: row for row in rows}
    assert len(named) == len(rows), "several trials: say which day"
    return named
