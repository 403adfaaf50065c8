"""Do effects differ between groups: by hand, false alarms at the stated rate, and questions without an answer."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.stats import chi2

from analysis.estimates.heterogeneity import difference_of_effects, smallest_detectable_between


def test_equal_effects_give_nothing_and_far_ones_a_small_p_value() -> None:
    spread = np.diag([0.0004, 0.0002])
    same = difference_of_effects([0.95, 0.85], [60, 80], [0.90, 0.80], spread)
    assert same.q == pytest.approx(0.0, abs=1e-20)
    assert same.p_value == 1.0
    assert same.common_difference == pytest.approx(0.05)
    far = difference_of_effects([0.95, 0.40], [60, 80], [0.80, 0.80], spread)
    assert far.p_value is not None
    assert far.p_value < 1e-6


def test_the_common_difference_is_the_fixed_point_of_generalised_least_squares() -> None:
    one, people, zero = np.array([0.98, 0.90, 0.75]), np.array([50.0, 20.0, 12.0]), np.array([0.93, 0.91, 0.66])
    root = np.random.default_rng(2).normal(0, 0.02, (3, 3))
    spread = root @ root.T

    def precision(common: float) -> np.ndarray:
        rates = np.clip(zero + common, 0.5 / people, 1 - 0.5 / people)
        return np.linalg.inv(np.diag(rates * (1 - rates) / people) + spread)

    def gap(common: float) -> float:
        weights = precision(common).sum(axis=0)
        return float(weights @ (one - zero) / weights.sum()) - common

    expected = brentq(gap, -0.2, 0.3, xtol=1e-14)
    found = difference_of_effects(one, people, zero, spread)
    assert found.common_difference == pytest.approx(expected, abs=1e-12)
    left = one - zero - expected
    assert found.q == pytest.approx(left @ precision(expected) @ left, rel=1e-9)
    assert found.p_value == pytest.approx(chi2.sf(found.q, 2), rel=1e-12)


def test_everybody_retained_in_every_group_is_no_special_case() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = difference_of_effects([1.0, 1.0], [12, 15], [0.9, 0.95], np.diag([0.001, 0.001]))
    assert found.p_value is not None
    assert 0.3 < found.p_value < 1.0


def test_false_alarms_stay_near_five_per_cent_in_small_groups() -> None:
    draw = np.random.default_rng(11)
    people, zero = np.array([14.0, 25.0, 40.0]), np.array([0.92, 0.88, 0.85])
    alarms = []
    for _ in range(1500):
        one = draw.binomial(people.astype(int), zero) / people
        seen0 = draw.binomial(900, zero) / 900
        p_value = difference_of_effects(one, people, seen0, np.diag(seen0 * (1 - seen0) / 900)).p_value
        assert p_value is not None
        alarms.append(p_value < 0.05)
    assert 0.015 < np.mean(alarms) < 0.07


@pytest.mark.parametrize(
    ("one", "people", "zero", "spread"),
    [
        ([0.9], [40], [0.8], [[0.001]]),
        ([], [], [], np.empty((0, 0))),
        ([0.9, np.nan], [40, 40], [0.8, 0.8], np.eye(2) * 0.001),
        ([0.9, 0.8], [40, 0], [0.8, 0.8], np.eye(2) * 0.001),
        ([0.9, 0.8], [40, 30], [0.8, 0.8], np.full((2, 2), -1.0)),
    ],
)
def test_a_question_without_an_answer_has_a_reason(one: object, people: object, zero: object, spread: object) -> None:
    found = difference_of_effects(one, people, zero, spread)  # type: ignore[arg-type]
    assert (found.q, found.degrees_of_freedom, found.p_value, found.common_difference) == (None, None, None, None)
    assert found.reason.endswith(".")


def test_groups_that_do_not_match_are_refused() -> None:
    with pytest.raises(ValueError, match="same groups"):
        difference_of_effects([0.9, 0.8], [40, 30], [0.8, 0.8], np.eye(3))


def test_the_smallest_gap_is_found_in_four_of_five_studies() -> None:
    rates0, participants, comparators = (0.5, 0.5), (120.0, 90.0), (2000.0, 1500.0)
    gap = smallest_detectable_between(rates0, participants, comparators)
    assert gap is not None
    draw = np.random.default_rng(5)
    first = draw.binomial(120, 0.5 + gap / 2, 4000) / 120 - draw.binomial(2000, 0.5, 4000) / 2000
    second = draw.binomial(90, 0.5 - gap / 2, 4000) / 90 - draw.binomial(1500, 0.5, 4000) / 1500
    error = np.sqrt(0.25 * (1 / 120 + 1 / 2000 + 1 / 90 + 1 / 1500))
    assert np.mean(np.abs(first - second) > 1.96 * error) == pytest.approx(0.80, abs=0.03)


def test_more_people_can_show_smaller_gaps_and_a_handful_none() -> None:
    few = smallest_detectable_between((0.88, 0.9), (30, 40), (300, 400))
    many = smallest_detectable_between((0.88, 0.9), (300, 400), (3000, 4000))
    assert few is not None
    assert many is not None
    assert few == pytest.approx(many * np.sqrt(10))
    assert smallest_detectable_between((0.5, 0.5), (10, 10), (10, 10)) is None
    assert smallest_detectable_between((1.0, 0.9), (30, 40), (300, 400)) is None
    assert smallest_detectable_between((0.8, 0.9), (30, 0), (300, 400)) is None
