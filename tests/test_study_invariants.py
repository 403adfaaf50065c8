"""What must hold for any employer: order and splitting of files, and what happens later, change no earlier fact."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.load import SourceFile, load
from analysis.store import Store
from tests.small_employer import LADDER, QUARTER_ENDS, Row, SmallEmployer, csv_bytes, pair, person

QUIET = settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
STARTS = ("2022-10-05", "2023-04-12")
COVARIATES = (
    "level", "department", "location", "tenure_band", "performance_rating", "promoted_last_year", "part_time",
    "gender", "ethnicity", "age_band",
)  # fmt: skip


def employer(seed: int) -> dict[str, list[Row]]:
    """Thirty people who move, rise and leave at random; four join in each of two cohorts."""
    draw = random.Random(seed)
    people: list[Row] = []
    for number in range(30):
        leaves = draw.choice([None, None, date(2022, 8, 1) + timedelta(days=draw.randrange(600))])
        seen = [day for day in QUARTER_ENDS if leaves is None or day < leaves.isoformat()]
        if not seen:
            continue
        since = {
            day: {"level": draw.choice("ABC"), "department": draw.choice(["Law", "Sales"])}
            for day in draw.sample(QUARTER_ENDS, 2)
        }
        rows = person(
            f"p{number:02}",
            seen,
            hire=f"20{draw.randrange(10, 22)}-0{draw.randrange(1, 9)}-01",
            since=since,
            performance_rating=draw.choice("123"),
            gender=draw.choice(["woman", "man"]),
        )
        if leaves is not None:
            kind = draw.choice(["voluntary", "involuntary"])
            rows[-1] |= {"termination_date": leaves.isoformat(), "termination_type": kind}
        people += rows
    present = {day: sorted({row["employee_id"] for row in people if row["as_of_date"] <= day}) for day in STARTS}
    joined: set[str] = set()
    pairs = []
    for day in STARTS:
        for name in draw.sample([name for name in present[day] if name not in joined], 4):
            joined.add(name)
            pairs.append(pair(name, day, cohort=day))
    return {"people": people, "pairs": pairs, "ladder": list(LADDER)}


def trials(store: SmallEmployer, day: str) -> dict[str, Row]:
    return store.person_trials(day) if any(str(t["time_zero"]) == day for t in store.trials()) else {}


@given(seed=st.integers(0, 10_000))
@QUIET
def test_order_of_rows_and_splitting_a_file_change_nothing(seed: int) -> None:
    tables = employer(seed)
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        whole = SmallEmployer(Path(one), **tables)
        draw = random.Random(seed)
        shuffled = {kind: draw.sample(rows, len(rows)) for kind, rows in tables.items()}
        half = len(shuffled["people"]) // 2
        parts = {
            "people_one": shuffled["people"][:half],
            "people_two": shuffled["people"][half:],
            "pairs": shuffled["pairs"],
            "ladder": shuffled["ladder"],
        }
        files = [SourceFile(f"{name}.csv", csv_bytes(rows)) for name, rows in parts.items()]
        with patch("analysis.load.store_headlines"):
            assert {report.status for report in load(Store(Path(other) / "store"), files)} == {"loaded"}
        split = SmallEmployer.__new__(SmallEmployer)
        split.store, split.names = Store(Path(other) / "store"), whole.names
        for day in STARTS:
            first, second = trials(whole, day), trials(split, day)
            assert {name: {**row, "person": None} for name, row in first.items()} == {
                name: {**row, "person": None} for name, row in second.items()
            }


@given(seed=st.integers(0, 10_000))
@QUIET
def test_what_happens_later_changes_no_covariate_of_an_earlier_trial(seed: int) -> None:
    tables = employer(seed)
    # Nothing after the first quarter end that follows the start.
    known_then = {
        "people": [
            {name: value for name, value in row.items() if not name.startswith("termination")}
            for row in tables["people"]
            if row["as_of_date"] <= "2022-12-31"
        ],
        "pairs": [row for row in tables["pairs"] if row["start_date"] <= STARTS[0]],
        "ladder": tables["ladder"],
    }
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        later = trials(SmallEmployer(Path(one), **tables), STARTS[0])
        then = trials(SmallEmployer(Path(other), **known_then), STARTS[0])
        assert set(then) & set(later)
        for name in set(then) & set(later):
            assert [then[name][header] for header in COVARIATES] == [later[name][header] for header in COVARIATES]


@given(seed=st.integers(0, 10_000))
@QUIET
def test_who_left_by_time_zero_never_counts(seed: int) -> None:
    tables = employer(seed)
    left = {row["employee_id"]: row["termination_date"] for row in tables["people"] if row.get("termination_date")}
    with TemporaryDirectory() as folder:
        store = SmallEmployer(Path(folder), **tables)
        for day in STARTS:
            for name, row in trials(store, day).items():
                if left.get(name, "9999") <= day:
                    assert row["barred"] is not None
