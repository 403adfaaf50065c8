"""The truth file says what is planted: exactly nothing where nothing is, else what happens on average."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis import sample
from analysis.sample import Cohort, Effect, Employer, planted

OUTCOMES = ("retention", "voluntary_exit", "promotion")


def _happened(employer: Employer, side: str, cohort: str) -> dict[str, float]:
    """Shares of a cohort's new participants, counted in the exports."""
    told = employer.truth["effects"][side]["retention"]["cohorts"][cohort]
    zero = pd.Timestamp(told["time_zero"])
    end = zero + pd.DateOffset(months=12)
    pairs = employer.pairs.sort_values("start_date").drop_duplicates(f"{side}_id")
    who = pairs.loc[pairs["cohort"] == cohort, f"{side}_id"]
    people = employer.people.astype({"employee_id": str}).dropna(subset="termination_date").set_index("employee_id")
    exits = who.map(people["termination_date"])
    left = exits.notna() & (exits <= end)
    voluntary = left & (who.map(people["termination_type"].astype(str)) == "voluntary")
    events = employer.job_events.query("event_type == 'promotion'")
    promoted = events[events["effective_date"].between(zero, end, inclusive="right")]["employee_id"]
    return {
        "retention": 1 - left.mean(),
        "voluntary_exit": voluntary.mean(),
        "promotion": who.isin(promoted).mean(),
    }


def test_no_effect_planted_is_exactly_none() -> None:
    effects = sample.generate(400, 12, 1, cohorts=planted()).truth["effects"]
    for side in ("mentor", "mentee"):
        for outcome in OUTCOMES:
            assert effects[side][outcome]["pooled"]["n"] > 0
            assert effects[side][outcome]["pooled"]["effect"] == 0.0
            mature = [told for told in effects[side][outcome]["cohorts"].values() if told["mature"]]
            assert mature
            assert all(told["effect"] == 0.0 for told in mature)


def test_signs_are_those_of_the_effect_and_the_sides_are_apart() -> None:
    cohorts = planted(mentor=Effect(voluntary_exit=0.3, promotion=2.0), mentee=Effect(voluntary_exit=3.0))
    effects = sample.generate(400, 12, 1, cohorts=cohorts).truth["effects"]
    assert effects["mentor"]["retention"]["pooled"]["effect"] > 0.03
    assert effects["mentor"]["voluntary_exit"]["pooled"]["effect"] < -0.03
    assert effects["mentor"]["promotion"]["pooled"]["effect"] > 0.05
    assert effects["mentee"]["retention"]["pooled"]["effect"] < -0.03
    assert effects["mentee"]["promotion"]["pooled"]["effect"] < 0  # who leaves can't be promoted


def test_the_pooled_effect_is_the_mean_over_mature_participants() -> None:
    effects = sample.generate(1000, 14, 2).truth["effects"]
    for side in ("mentor", "mentee"):
        for outcome in OUTCOMES:
            told = effects[side][outcome]
            mature = [cohort for cohort in told["cohorts"].values() if cohort["mature"]]
            assert len(mature) < len(told["cohorts"])
            people = sum(cohort["n"] for cohort in mature)
            assert told["pooled"]["n"] == people
            mean = sum(cohort["n"] * cohort["effect"] for cohort in mature) / people
            assert told["pooled"]["effect"] == pytest.approx(mean, abs=2e-6)
            assert told["pooled"]["effect"] == pytest.approx(
                told["pooled"]["rate_with"] - told["pooled"]["rate_without"], abs=2e-6
            )


def test_an_overwhelming_harm_is_seen_in_the_exports() -> None:
    cohorts = planted(Effect(voluntary_exit=15.0), Effect(), (Cohort(5, 400, 40),))
    employer = sample.generate(4000, 8, 5, cohorts=cohorts)
    (name,) = employer.truth["effects"]["mentor"]["retention"]["cohorts"]
    told = employer.truth["effects"]["mentor"]["retention"]["pooled"]
    happened = _happened(employer, "mentor", name)["retention"]
    assert told["effect"] < -0.4
    assert abs(happened - told["rate_with"]) < 0.08
    assert happened < told["rate_without"] - 0.3


def test_what_happens_agrees_with_the_truth_on_average() -> None:
    # Strong effects and many participants, so that being a month off in either place would be seen.
    cohorts = (Cohort(2, 1200, 300, Effect(10.0, 3.0), Effect(0.2, 1.0)),)
    gap: dict[tuple[str, str], float] = {}
    variance: dict[tuple[str, str], float] = {}
    for seed in range(4):
        employer = sample.generate(4000, 6, seed, cohorts=cohorts)
        for key in [(side, outcome) for side in ("mentor", "mentee") for outcome in OUTCOMES]:
            if key == ("mentee", "promotion"):
                continue  # counted only below the top level; the mentors show that the arithmetic is right
            ((name, told),) = employer.truth["effects"][key[0]][key[1]]["cohorts"].items()
            happened = _happened(employer, key[0], name)[key[1]]
            gap[key] = gap.get(key, 0) + told["n"] * (happened - told["rate_with"])
            variance[key] = variance.get(key, 0) + told["n"] * told["rate_with"] * (1 - told["rate_with"])
    for key, total in gap.items():
        assert abs(total) < 3 * np.sqrt(variance[key]), key


def test_joining_later_takes_from_the_effect_what_later_joiners_gain() -> None:
    helps = Effect(voluntary_exit=0.2)
    first, everybody = Cohort(5, 400, 200, helps, helps), Cohort(6, 100_000, 100_000, helps, helps)
    effects = sample.generate(400, 7, 1, cohorts=(first, everybody)).truth["effects"]
    early, late = effects["mentor"]["retention"]["cohorts"].values()
    # Everybody else joins one month later, so that eleven of twelve months are alike.
    assert early["effect"] > 0.05
    assert 0.0 < early["effect_not_now"] < 0.15 * early["effect"]
    assert late["effect_not_now"] == late["effect"] > 0.05


def test_a_hidden_motivation_changes_who_joins() -> None:
    plain = sample.generate(2000, 8, 3, cohorts=planted())
    hidden = sample.generate(2000, 8, 3, cohorts=planted(), hidden_motivation=1.0)
    stays = [run.truth["effects"]["mentor"]["retention"]["pooled"]["rate_without"] for run in (plain, hidden)]
    assert stays[1] > stays[0] + 0.02
    assert hidden.truth["effects"]["mentor"]["retention"]["pooled"]["effect"] == 0.0


def test_impossible_employers_are_refused() -> None:
    with pytest.raises(ValueError, match="100 employees"):
        sample.generate(50, 14, 1)
    with pytest.raises(ValueError, match="same season"):
        sample.generate(200, 8, 1, cohorts=(Cohort(3, 40, 20), Cohort(4, 40, 20)))
    with pytest.raises(ValueError, match="before the month after"):
        sample.generate(200, 8, 1, cohorts=(Cohort(0, 40, 20),))
