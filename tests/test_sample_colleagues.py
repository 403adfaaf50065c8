"""Colleagues' surveys and the measures of the invented employer: who is in them, and what is planted is found."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis import sample
from analysis.estimates.event_study import event_study
from analysis.estimates.survey_change import Comparison, compare_change
from analysis.sample import Employer
from analysis.sample.settings import DEPARTMENTS, SIDES

SCALE = (1, 5)


@pytest.fixture(scope="module")
def employer() -> Employer:
    return sample.generate(6000, 14, 5)


@pytest.fixture(scope="module")
def joined(employer: Employer) -> dict[str, pd.Series]:
    return {side: employer.pairs.groupby(f"{side}_id")["start_date"].min() for side in SIDES}


def test_colleagues_work_here_had_not_joined_and_are_asked_once(
    employer: Employer, joined: dict[str, pd.Series]
) -> None:
    rows = employer.colleagues_survey
    assert rows["side"].isna().all() and rows["cohort"].isna().all()
    assert set(rows["wave"]) == {"pre", "post"}
    assert rows.groupby(["employee_id", "wave"])["response_id"].nunique().max() == 1
    assert rows.groupby("employee_id")["survey_id"].nunique().max() == 1
    for side in SIDES:
        start = rows["employee_id"].map(joined[side])
        assert (start.isna() | (rows["submitted_at"] < start)).all()
    people = employer.people.astype({"employee_id": str}).dropna(subset="termination_date")
    left = rows["employee_id"].map(people.set_index("employee_id")["termination_date"])
    assert (left.isna() | (left > rows["submitted_at"])).all()
    assert not set(rows["response_id"]) & set(employer.survey["response_id"])
    assert not set(rows["construct"]) & {"relationship_quality"}


def scores(rows: pd.DataFrame, construct: str) -> pd.DataFrame:
    """Mean of the construct's items by person, waves as columns, for people who answered both."""
    own = rows[rows["construct"] == construct]
    mark = own["score"].where(own["reversed"] == "false", sum(SCALE) - own["score"])
    return mark.groupby([own["employee_id"], own["wave"]]).mean().unstack()[["pre", "post"]].dropna()


def compared(employer: Employer, side: str, construct: str) -> Comparison:
    took_part = employer.survey[employer.survey["side"] == side]
    if side == "mentor":
        took_part = took_part[~took_part["cohort"].isin(employer.truth["told_to_take_part"])]
    others = employer.colleagues_survey[employer.colleagues_survey["survey_id"] == f"{side}_survey"]
    one, zero = scores(took_part, construct), scores(others, construct)
    both = pd.concat([one, zero])
    arm = np.arange(len(both)) < len(one)
    return compare_change(both["pre"].to_numpy(), both["post"].to_numpy(), arm, {})


def test_what_is_planted_against_colleagues_is_found(employer: Employer) -> None:
    told = employer.truth["survey_changes_of_colleagues"]["mentor"]
    chosen = next(
        change for name, change in employer.truth["survey_changes"]["mentor"].items()
        if name not in employer.truth["told_to_take_part"]
    )  # fmt: skip
    assert chosen["confidence"] - told["confidence"] == pytest.approx(0.30)
    assert chosen["leadership"] - told["leadership"] == 0.0
    for construct, planted in (("confidence", 0.30), ("leadership", 0.0)):
        found = compared(employer, "mentor", construct)
        # Three standard errors: chance is to fail this once in hundreds of other seeds.
        assert abs(found.difference - planted) < 0.75 * (found.interval.high - found.interval.low) < 0.3
    assert compared(employer, "mentor", "confidence").interval.low > 0


@pytest.mark.parametrize("side", SIDES)
def test_learning_hours_rise_by_what_is_planted(employer: Employer, joined: dict[str, pd.Series], side: str) -> None:
    rows = employer.measures[employer.measures["metric"] == "learning_hours"]
    other = "mentee" if side == "mentor" else "mentor"
    rows = rows[~rows["employee_id"].isin(joined[other].index)]
    start = rows["employee_id"].map(joined[side]).dt.to_period("Q").dt.year * 4
    start = (start + rows["employee_id"].map(joined[side]).dt.quarter).fillna(0).astype(int)
    quarter = rows["date"].dt.year * 4 + rows["date"].dt.quarter
    unit = pd.factorize(rows["employee_id"])[0]
    found = event_study(unit, start.to_numpy(), quarter.to_numpy(), rows["value"].to_numpy()).simple()
    planted = employer.truth["effects_on_measures"]["learning_hours"][side]
    assert found.interval is not None and found.std_error is not None
    assert abs(found.estimate - planted) < 3 * found.std_error < 1


def test_engagement_is_there_for_every_department_and_quarter(employer: Employer) -> None:
    rows = employer.measures[employer.measures["metric"] == "engagement_score"]
    assert len(rows) == 14 * len(DEPARTMENTS) and rows["value"].between(0, 100).all()
    assert rows["employee_id"].isna().all() and (rows["denominator"] > 20).all()
    people = employer.measures[employer.measures["metric"] == "learning_hours"]
    assert people["department"].isna().all() and (people["value"] >= 0).all()
    assert 0.35 < people["employee_id"].nunique() / employer.people["employee_id"].astype(str).nunique() < 0.45
