"""From raw tables to person-trials: the HR extract as the store holds it, through the product's study rules."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import Any
from unittest import mock

import pandas as pd

from analysis.plan import current_plan
from analysis.store import Cursor, Store
from analysis.study.build import build_derived
from benchmarks.reference_checks.entries import Entry
from tests import hr_a

# The reference's rule for eligible levels; a trial is mature where exits are known for twelve months.
ROWS = """
create temp table studied as
select person_trial.*, trial.cohort as batch, trial.time_zero,
    trial.time_zero + interval 12 month <= data_as_of as mature,
    exit_month is null or exit_month > 12 as retained
from person_trial join trial using (trial_id), calendar
where trial.side = 'mentor' and barred is null and level in ('1', '2', '3')
"""

# One row a cohort: all who enrolled, those of them who had joined an earlier one, and the two arms of the study.
BY_COHORT = """
with again as (
    select later.trial_id, count(*) as people
    from (select unnest(joined_again) as joined_on from enrolment where side = 'mentor') as day
    join trial as later on later.time_zero = joined_on and later.side = 'mentor'
    group by all
),
arms as (
    select trial_id, any_value(mature) as mature,
        count(*) filter (a = 1) as participants, count(*) filter (a = 0) as comparators
    from studied group by all
)
select cohort, enrolled + coalesce(people, 0), coalesce(people, 0), enrolled - participants, participants,
    comparators, mature
from trial join arms using (trial_id) left join again using (trial_id)
order by time_zero
"""
COLUMNS = (
    "cohort", "enrolled", "re_enrolments", "participants_excluded_ineligible", "participants", "comparators", "mature",
)  # fmt: skip

# One row an arm of the mature cohorts, participants first.
BY_ARM = """
select count(*), count(*) filter (retained), count(*) filter (not retained and exit_type = 'voluntary'),
    count(*) filter (not retained and exit_type = 'involuntary'), count(*) filter (promotion_month <= 12),
    count(distinct person)
from studied where mature group by a order by a desc
"""


def raw_tables(entry: Entry) -> dict[str, Any]:
    with mock.patch.object(hr_a, "FOLDER", entry.folder):
        exports = hr_a.exports()
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "store").writing() as draft:
        cursor = draft.connection
        cursor.execute(
            "insert into load values "
            "('reference', 1, 1, '', '', 'people', null, '', 0, 0, 0, 0, 0, now()::timestamp, 'active', null, null)"
        )
        cursor.execute("insert into plan_row values ('reference', ?)", [exports["plan.toml"].decode()])
        for name in ("people", "ladder", "pairs", "job_events"):
            frame = pd.read_csv(io.BytesIO(exports[f"{name}.csv"]), dtype="str", keep_default_na=False, na_values=[""])
            cursor.register("frame", frame.assign(load_id="reference", line=0))
            cursor.execute(f"insert into {name}_row by name select * from frame")
            cursor.unregister("frame")
        build_derived(cursor, current_plan(cursor))
        return _counts(cursor)


def _counts(cursor: Cursor) -> dict[str, Any]:
    cursor.execute(ROWS)
    cohorts = cursor.execute(BY_COHORT).fetchall()
    one, zero = cursor.execute(BY_ARM).fetchall()
    return dict(zip(COLUMNS, zip(*cohorts, strict=True), strict=True)) | {
        "participants_mature": one[0],
        "comparators_mature": zero[0],
        "raw_retained_participants": one[1],
        "raw_retained_comparators": zero[1],
        "raw_voluntary_exits": (one[2], zero[2]),
        "raw_involuntary_exits": (one[3], zero[3]),
        "raw_promoted": (one[4], zero[4]),
        "distinct_comparator_employees": zero[5],
    }
