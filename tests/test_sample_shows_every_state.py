"""The invented employer has what the product must be able to show: small groups, refusals, harm, young cohorts."""

from __future__ import annotations

import pytest

from analysis import sample
from analysis.sample import Employer


@pytest.fixture(scope="module")
def employer() -> Employer:
    return sample.generate(4000, 14, 28)


def test_answers_are_declined_and_groups_are_small(employer: Employer) -> None:
    now = employer.people[employer.people["as_of_date"] == employer.people["as_of_date"].max()]
    for header in ("gender", "ethnicity", "disability", "lgbtq"):
        assert "declined" in set(now[header].dropna())
    for header in ("disability", "lgbtq"):
        assert now[header].isna().any()
        assert {"yes", "no"} <= set(now[header].dropna())
    assert 0 < (now["gender"] == "non_binary").mean() < 0.02
    assert 0.03 < (now["lgbtq"] == "yes").mean() < 0.07
    assert now["ethnicity"].value_counts(normalize=True).min() < 0.02
    assert {"employee", "contractor"} == set(now["worker_type"])
    assert {0.6, 0.8, 1.0} == set(now["fte"])


def test_cohorts_are_of_every_size_and_age(employer: Employer) -> None:
    cohorts = employer.truth["effects"]["mentor"]["retention"]["cohorts"]
    mature = [told["n"] for told in cohorts.values() if told["mature"]]
    assert len(mature) >= 6
    assert any(people < 10 for people in mature)
    assert any(10 <= people < 30 for people in mature)
    assert sum(people >= 30 for people in mature) >= 4
    assert sum(not told["mature"] for told in cohorts.values()) == 2
    mentees = employer.truth["effects"]["mentee"]["retention"]["cohorts"]
    assert sum(20 <= told["n"] <= 40 for told in mentees.values()) >= 6


def test_one_cohort_helps_one_does_nothing_one_harms(employer: Employer) -> None:
    truth = employer.truth
    effect = {name: told["effect"] for name, told in truth["effects"]["mentor"]["retention"]["cohorts"].items()}
    assert [effect[name] for name in truth["mentors_no_effect"]] == [0.0]
    assert all(effect[name] < -0.12 for name in truth["mentors_harmed"])
    assert len(truth["mentors_harmed"]) == 1
    assert all(effect[name] is None or effect[name] > 0.06 for name in truth["mentors_helped"])
    assert 0.05 < truth["effects"]["mentor"]["retention"]["pooled"]["effect"] < 0.07
    assert abs(truth["effects"]["mentee"]["retention"]["pooled"]["effect"]) < 0.01


def test_one_cohort_was_filled_by_lot(employer: Employer) -> None:
    (name,) = employer.truth["filled_by_lot"]
    rows = employer.invitations.query("cohort == @name and side == 'mentor'")
    assert set(rows["method"]) == {"lottery"}
    assert set(rows["response"]) == {"accepted", "not_drawn"}
    drawn = set(rows.loc[rows["response"] == "accepted", "employee_id"])
    assert drawn == set(employer.pairs.loc[employer.pairs["cohort"] == name, "mentor_id"])
    assert (rows["response"] == "not_drawn").sum() >= 50


def test_people_return_and_share_partners(employer: Employer) -> None:
    pairs = employer.pairs
    assert (pairs.groupby("mentee_id")["cohort"].nunique() > 1).any()
    assert (pairs.groupby("mentor_id").size() > 1).any()
    assert (pairs.groupby(["cohort", "mentee_id"]).size() > 1).any()


def test_the_senior_side_cancels_most_and_some_pairs_cancel_in_a_row(employer: Employer) -> None:
    sessions = employer.sessions.sort_values(["pair_id", "session_date"])
    cancelled = sessions[sessions["status"] == "cancelled"]
    assert 0.6 < (cancelled["cancelled_by"] == "mentee").mean() < 0.85
    assert 0.7 < (sessions["status"] == "held").mean() < 0.9
    missed = (sessions["status"] == "cancelled").astype(int)
    again = missed.groupby(sessions["pair_id"]).shift() == 1
    assert missed[again].mean() > missed[~again].mean() + 0.1


def test_a_fifth_of_the_sessions_are_about_technical_support(employer: Employer) -> None:
    held = employer.sessions[employer.sessions["status"] == "held"]
    assert 0.15 < (held["topic"] == "tech_support").mean() < 0.25


def test_the_cohort_that_was_told_to_take_part_cancels_more_and_ends_early(employer: Employer) -> None:
    (name,) = employer.truth["told_to_take_part"]
    troubled = employer.pairs.set_index("pair_id")["cohort"] == name
    cancelled = employer.sessions["status"] == "cancelled"
    of_troubled = employer.sessions["pair_id"].map(troubled)
    assert cancelled[of_troubled].mean() > cancelled[~of_troubled].mean() + 0.08
    early = employer.pairs.set_index("pair_id")["status"] == "ended_early"
    assert early[troubled].mean() > early[~troubled].mean() + 0.15


@pytest.mark.parametrize(("wave", "low", "high"), [("pre", 0.72, 0.88), ("mid", 0.50, 0.68), ("post", 0.44, 0.63)])
def test_fewer_answer_each_wave(employer: Employer, wave: str, low: float, high: float) -> None:
    zeros = employer.truth["effects"]["mentor"]["retention"]["cohorts"]
    mature = [name for name, told in zeros.items() if told["mature"]]
    answers = employer.survey.query("side == 'mentor' and wave == @wave and cohort in @mature")
    asked = sum(zeros[name]["n"] for name in mature)
    assert low < answers["employee_id"].nunique() / asked < high


@pytest.mark.parametrize(("side", "construct"), [("mentor", "confidence"), ("mentee", "digital_skills")])
def test_scores_rise_where_a_rise_is_planted(employer: Employer, side: str, construct: str) -> None:
    rows = employer.survey.query("side == @side and construct == @construct")
    means = rows.groupby(["employee_id", "wave"])["score"].mean().unstack()
    change = (means["post"] - means["pre"]).dropna()
    assert len(change) > 60
    assert change.mean() > 0.15


def test_items_of_a_scale_go_together_and_one_is_reversed(employer: Employer) -> None:
    rows = employer.survey.query("construct == 'inclusion' and wave == 'pre' and side == 'mentor'")
    wide = rows.pivot(index="employee_id", columns="item", values="score").corr()
    assert wide.loc["incl1", "incl2"] > 0.3
    assert wide.loc["incl1", "incl3"] < -0.3
    assert set(rows.loc[rows["reversed"] == "true", "item"]) == {"incl3"}
    enps = employer.survey.query("construct == 'enps'")
    assert set(enps["scale_min"]) == {0}
    assert set(enps["scale_max"]) == {10}
    assert enps["score"].max() == 10
