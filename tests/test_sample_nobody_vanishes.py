"""Snapshots of the invented employer follow from each other: who is missing from one has left, and says when."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest

from analysis import sample
from analysis.sample import Employer


@pytest.fixture(scope="module")
def employer() -> Employer:
    return sample.generate(800, 14, 3)


@pytest.fixture(scope="module")
def snapshots(employer: Employer) -> list[pd.DataFrame]:
    people = employer.people.astype({"employee_id": str, "level": str, "performance_rating": str})
    people["performance_rating"] = people["performance_rating"].fillna("")
    return [rows.set_index("employee_id") for _, rows in people.groupby("as_of_date", sort=True)]


def test_headcount_stays(snapshots: list[pd.DataFrame]) -> None:
    assert len(snapshots) == 14
    for rows in snapshots:
        assert abs(rows["termination_date"].isna().sum() - 800) <= 8


def test_everybody_employed_stands_in_the_next_snapshot(snapshots: list[pd.DataFrame]) -> None:
    for before, after in pairwise(snapshots):
        employed = before.index[before["termination_date"].isna()]
        assert set(employed) <= set(after.index)
        gone = before.index[before["termination_date"].notna()]
        assert not set(gone) & set(after.index)


def test_newcomers_were_hired_in_the_quarter(snapshots: list[pd.DataFrame]) -> None:
    for before, after in pairwise(snapshots):
        new = after.loc[after.index.difference(before.index)]
        assert (new["hire_date"] > before["as_of_date"].iloc[0]).all()
        assert (after["hire_date"] <= after["as_of_date"]).all()


def test_leavers_stand_once_with_a_date_inside_their_quarter(snapshots: list[pd.DataFrame]) -> None:
    left = 0
    for before, after in pairwise(snapshots):
        leavers = after[after["termination_date"].notna()]
        left += len(leavers)
        assert (leavers["termination_date"] > before["as_of_date"].iloc[0]).all()
        assert (leavers["termination_date"] <= leavers["as_of_date"]).all()
        assert leavers["termination_date"].dt.day.between(2, 27).all()
        assert (leavers["termination_date"] > leavers["hire_date"]).all()
        assert (leavers["employment_status"] == "terminated").all()
        assert leavers["termination_type"].isin(["voluntary", "involuntary"]).all()
        stayed = after[after["termination_date"].isna()]
        assert stayed["termination_type"].isna().all()
        assert stayed["employment_status"].isin(["active", "leave"]).all()
    assert 0.10 < left / 800 / 3.25 < 0.17
    assert snapshots[0]["termination_date"].isna().all()


def test_ratings_change_only_on_31_december_and_nobody_new_has_one(snapshots: list[pd.DataFrame]) -> None:
    for before, after in pairwise(snapshots):
        stayed = after.index[after["termination_date"].isna()].intersection(before.index)
        changed = (before.loc[stayed, "performance_rating"] != after.loc[stayed, "performance_rating"]).sum()
        december = after["as_of_date"].iloc[0].month == 12
        assert (changed > 0) == december
        if not december:
            start = after["as_of_date"].iloc[0].replace(month=1, day=1)
            assert after.loc[after["hire_date"] >= start, "performance_rating"].eq("").all()


def test_levels_rise_by_the_recorded_promotions_and_by_nothing_else(
    employer: Employer, snapshots: list[pd.DataFrame]
) -> None:
    rank = dict(zip(employer.ladder["level"], employer.ladder["rank"], strict=True))
    promotions = employer.job_events[employer.job_events["event_type"] == "promotion"]
    assert (promotions["to_level"].map(rank) == promotions["from_level"].map(rank) + 1).all()
    assert 0.09 < len(promotions) / 800 / 3.25 < 0.14
    for before, after in pairwise(snapshots):
        start, end = before["as_of_date"].iloc[0], after["as_of_date"].iloc[0]
        inside = promotions[promotions["effective_date"].between(start, end, inclusive="right")]
        both = before.index.intersection(after.index)
        risen = after.loc[both, "level"].map(rank) - before.loc[both, "level"].map(rank)
        expected = inside.groupby("employee_id").size().reindex(both, fill_value=0)
        assert (risen == expected).all()


def test_job_events_agree_with_the_snapshots(employer: Employer) -> None:
    events, people = employer.job_events, employer.people
    leavers = people[people["termination_date"].notna()].set_index("employee_id")["termination_date"]
    ended = events[events["event_type"] == "termination"].set_index("employee_id")["effective_date"]
    assert ended.sort_index().to_dict() == leavers.sort_index().to_dict()
    hired = events[events["event_type"] == "hire"].set_index("employee_id")["effective_date"]
    known = people.drop_duplicates("employee_id").set_index("employee_id")["hire_date"]
    assert (known.loc[hired.index] == hired).all()
    last = events.groupby("employee_id")["effective_date"].max()
    assert (last.loc[ended.index] == ended).all()


def test_managers_work_here_and_stand_higher(employer: Employer) -> None:
    rank = dict(zip(employer.ladder["level"], employer.ladder["rank"], strict=True))
    for _, rows in employer.people.groupby("as_of_date"):
        employed = rows[rows["termination_date"].isna()]
        ranks = employed.set_index("employee_id")["level"].astype(str).map(rank)
        managed = employed[employed["manager_id"].notna()]
        assert len(managed) > 0.9 * len(employed)
        boss = managed["manager_id"].astype(str).map(ranks)
        assert (boss > managed["level"].astype(str).map(rank)).all()
