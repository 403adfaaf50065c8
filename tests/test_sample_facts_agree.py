"""The programme's files of the invented employer agree with HR's and with each other."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis import sample
from analysis.sample import Employer
from analysis.sample.settings import ELIGIBLE_RANKS

LAST = pd.Timestamp("2026-09-30")
SIDES = ("mentor", "mentee")


@pytest.fixture(scope="module")
def employer() -> Employer:
    return sample.generate(1500, 14, 4)


@pytest.fixture(scope="module")
def exits(employer: Employer) -> pd.Series:
    people = employer.people.astype({"employee_id": str})
    return people.dropna(subset="termination_date").set_index("employee_id")["termination_date"]


@pytest.fixture(scope="module")
def hires(employer: Employer) -> pd.Series:
    people = employer.people.astype({"employee_id": str})
    return people.drop_duplicates("employee_id").set_index("employee_id")["hire_date"]


def _first_start(employer: Employer, side: str) -> pd.Series:
    return employer.pairs.groupby(f"{side}_id")["start_date"].min()


@pytest.mark.parametrize("side", SIDES)
def test_pairs_are_of_people_who_work_here_and_have_six_months_of_service(
    employer: Employer, exits: pd.Series, hires: pd.Series, side: str
) -> None:
    pairs, name = employer.pairs, f"{side}_id"
    assert pairs[name].isin(hires.index).all()
    left = pairs[name].map(exits)
    assert (left.isna() | (left > pairs["start_date"])).all()
    assert (left.isna() | pairs["end_date"].le(left) | (pairs["end_date"].isna() & (left > LAST))).all()
    assert (pairs[name].map(hires) <= pairs["start_date"] - pd.DateOffset(months=5)).all()
    assert (pairs["mentor_id"] != pairs["mentee_id"]).all()


@pytest.mark.parametrize("side", SIDES)
def test_first_enrolments_of_a_cohort_lie_in_one_month_and_the_last_is_the_28th(employer: Employer, side: str) -> None:
    starts = _first_start(employer, side)
    cohort = employer.pairs.sort_values("start_date").groupby(f"{side}_id")["cohort"].first()
    for name, dates in starts.groupby(cohort):
        assert dates.max().day == 28, name
        assert dates.min().day >= 20
        assert dates.dt.to_period("M").nunique() == 1
        told = employer.truth["effects"][side]["retention"]["cohorts"][name]
        assert told["time_zero"] == str(dates.max().date())
        assert told["n"] == len(dates)


def test_nobody_enrols_on_both_sides(employer: Employer) -> None:
    assert not set(employer.pairs["mentor_id"]) & set(employer.pairs["mentee_id"])


@pytest.mark.parametrize("side", SIDES)
def test_participants_have_an_eligible_level_at_time_zero(employer: Employer, side: str) -> None:
    rank = dict(zip(employer.ladder["level"], employer.ladder["rank"], strict=True))
    people = employer.people.astype({"employee_id": str, "level": str})
    starts = _first_start(employer, side).rename("start").rename_axis("employee_id").reset_index()
    rows = people.merge(starts, on="employee_id")
    rows = rows[rows["as_of_date"] <= rows["start"]].sort_values("as_of_date").groupby("employee_id").last()
    promoted = employer.job_events.query("event_type == 'promotion'").merge(
        rows[["as_of_date", "start"]], left_on="employee_id", right_index=True
    )
    since = promoted[(promoted["effective_date"] > promoted["as_of_date"])]
    risen = since[since["effective_date"] <= since["start"] + pd.Timedelta(days=8)].groupby("employee_id").size()
    at_zero = rows["level"].map(rank).add(risen, fill_value=0)
    assert at_zero.isin(ELIGIBLE_RANKS[side]).all()
    assert (rows["worker_type"] == "employee").all()


def test_pair_status_and_dates_agree(employer: Employer) -> None:
    pairs = employer.pairs
    assert (pairs["start_date"] <= LAST).all()
    over = pairs["end_date"].notna()
    assert ((pairs["status"] == "active") == ~over).all()
    assert (pairs.loc[over, "end_date"] > pairs.loc[over, "start_date"]).all()
    assert (pairs.loc[over, "end_date"] <= LAST).all()
    assert (pairs["end_reason"].notna() == (pairs["status"] == "ended_early")).all()
    assert {"active", "completed", "ended_early"} == set(pairs["status"])
    again = pairs[pairs["match_rule"] == "rematch"]
    assert len(again)
    assert again["mentor_id"].isin(pairs.loc[pairs["match_rule"] != "rematch", "mentor_id"]).all()


def test_sessions_and_goals_lie_within_their_pairs(employer: Employer) -> None:
    for frame, date in ((employer.sessions, "session_date"), (employer.goals, "set_on")):
        rows = frame.merge(employer.pairs, on="pair_id", suffixes=("", "_of_pair"), validate="many_to_one")
        assert len(rows) == len(frame)
        assert (rows[date] > rows["start_date"]).all()
        assert (rows["end_date"].isna() | (rows[date] < rows["end_date"])).all()
        assert (rows[date] <= LAST).all()
    sessions, goals = employer.sessions, employer.goals
    held = sessions["status"] == "held"
    assert (sessions["duration_min"].notna() == held).all()
    assert sessions.loc[sessions["rating"].notna(), "status"].eq("held").all()
    assert (sessions["cancelled_by"].notna() == (sessions["status"] == "cancelled")).all()
    closed = goals["status"].isin(["achieved", "partly", "missed", "dropped"])
    assert (goals["closed_on"].notna() == closed).all()
    assert (goals.loc[closed, "closed_on"] >= goals.loc[closed, "set_on"]).all()
    assert (goals.loc[goals["status"] == "achieved", "progress_pct"] == 100).all()


def test_who_is_paired_had_accepted_and_who_declined_is_not(employer: Employer) -> None:
    invited = employer.invitations.set_index(["employee_id", "side", "cohort"])["response"]
    first = employer.pairs[employer.pairs["match_rule"] != "rematch"]
    for side in SIDES:
        paired = {(person, side, cohort) for person, cohort in zip(first[f"{side}_id"], first["cohort"], strict=True)}
        accepted = set(invited[invited == "accepted"].index)
        assert paired <= accepted
    unpaired = accepted_without_pair(employer)
    assert unpaired, "some accept and are never paired"


def accepted_without_pair(employer: Employer) -> set[str]:
    accepted = employer.invitations.query("response == 'accepted'")["employee_id"]
    return set(accepted) - set(employer.pairs["mentor_id"]) - set(employer.pairs["mentee_id"])


def test_invitations_come_before_pairs_start(employer: Employer) -> None:
    starts = employer.pairs.groupby("cohort")["start_date"].min()
    for name in ("applied_on", "invited_on", "responded_on"):
        dates = employer.invitations[name]
        assert dates.notna().any()
        assert (dates.isna() | (dates < employer.invitations["cohort"].map(starts))).all()
    answered = employer.invitations["responded_on"].notna()
    assert (answered == employer.invitations["response"].isin(["accepted", "declined"])).all()


def test_surveys_are_answered_by_participants_who_work_here(employer: Employer, exits: pd.Series) -> None:
    for side in SIDES:
        answers = employer.survey[employer.survey["side"] == side]
        start = answers["employee_id"].map(_first_start(employer, side))
        assert start.notna().all()
        before = answers["submitted_at"] < start
        assert (before == (answers["wave"] == "pre")).all()
        left = answers["employee_id"].map(exits)
        assert (left.isna() | (left > answers["submitted_at"])).all()
    assert (employer.survey["submitted_at"] <= LAST).all()
    who = employer.survey.groupby(["survey_id", "wave", "response_id"])["employee_id"].nunique()
    assert (who == 1).all()
    assert employer.survey["score"].between(employer.survey["scale_min"], employer.survey["scale_max"]).all()
    shown = pd.Series(employer.survey["response_id"].unique())
    assert not shown.str.contains("E1").any(), "a response id must not show who answered"
