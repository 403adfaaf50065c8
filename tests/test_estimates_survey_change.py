"""Change between surveys: reference values, invariants of the comparison, and answers that can't be compared."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
import statsmodels.api as sm

from analysis.estimates.survey_change import (
    CannotCompare,
    compare_change,
    compare_ordered,
    cronbach_alpha,
    paired_change,
)

# R's sleep data (hours of sleep with either drug).
PRE = np.array([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])
POST = np.array([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2])
# R's attitude data, seven items.
ATTITUDE = np.array([
    [43, 51, 30, 39, 61, 92, 45], [63, 64, 51, 54, 63, 73, 47], [71, 70, 68, 69, 76, 86, 48],
    [61, 63, 45, 47, 54, 84, 35], [81, 78, 56, 66, 71, 83, 47], [43, 55, 49, 44, 54, 49, 34],
    [58, 67, 42, 56, 66, 68, 35], [71, 75, 50, 55, 70, 66, 41], [72, 82, 72, 67, 71, 83, 31],
    [67, 61, 45, 47, 62, 80, 41], [64, 53, 53, 58, 58, 67, 34], [67, 60, 47, 39, 59, 74, 41],
    [69, 62, 57, 42, 55, 63, 25], [68, 83, 83, 45, 59, 77, 35], [77, 77, 54, 72, 79, 77, 46],
    [81, 90, 50, 72, 60, 54, 36], [74, 85, 64, 69, 79, 79, 63], [65, 60, 65, 75, 55, 80, 60],
    [65, 70, 46, 57, 75, 85, 46], [50, 58, 68, 54, 64, 78, 52], [50, 40, 33, 34, 43, 64, 33],
    [64, 61, 52, 62, 66, 80, 41], [53, 66, 52, 50, 63, 80, 37], [40, 37, 42, 58, 50, 57, 49],
    [63, 54, 42, 48, 66, 75, 33], [66, 77, 66, 63, 88, 76, 72], [78, 75, 58, 74, 80, 78, 49],
    [48, 57, 44, 45, 51, 83, 38], [85, 85, 71, 71, 77, 74, 55], [82, 82, 39, 59, 64, 78, 39],
], dtype=np.float64)  # fmt: skip


def test_paired_change_equals_r() -> None:
    values, people = np.unique(np.round(POST - PRE, 9), return_counts=True)
    found = paired_change(values, people, float(PRE.std(ddof=1)), float(POST.std(ddof=1)))
    assert found.interval is not None
    assert (found.mean, found.interval.low, found.interval.high) == pytest.approx(
        (-1.58, -2.45988576328, -0.700114236723), rel=1e-6
    )
    assert found.d_z == pytest.approx(-1.28455756259, rel=1e-6)
    assert found.d_av == pytest.approx(-1.58 / ((PRE.std(ddof=1) + POST.std(ddof=1)) / 2))
    assert found.wilcoxon_p == pytest.approx(0.00763244164821, rel=1e-6)
    assert (found.up.value, found.same.value, found.down.value) == (0.0, 0.1, 0.9)
    assert found.down.interval.low < 0.9 < found.down.interval.high < 1


def test_nobody_changed_has_no_rank_test_and_no_size() -> None:
    found = paired_change(np.array([0.0]), np.array([12]), 0.0, 0.0)
    assert (found.mean, found.wilcoxon_p, found.d_z, found.d_av, found.same.value) == (0.0, None, None, None, 1.0)


def test_alpha_equals_r_and_needs_items_and_spread() -> None:
    total = float(ATTITUDE.sum(axis=1).var(ddof=1))
    assert cronbach_alpha(ATTITUDE.var(axis=0, ddof=1), total) == pytest.approx(0.843142769565, rel=1e-9)
    assert cronbach_alpha(np.array([2.0]), 2.0) is None
    assert cronbach_alpha(np.zeros(3), 0.0) is None


def answers(seed: int, people: int = 400, effect: float = 0.4) -> tuple[np.ndarray, ...]:
    rng = np.random.default_rng(seed)
    level = rng.integers(0, 4, people)
    took_part = rng.random(people) < 0.15 + 0.15 * level
    pre = rng.normal(3 + 0.2 * level, 0.6)
    post = 1 + 0.6 * pre + 0.15 * level + effect * took_part + rng.normal(0, 0.5, people)
    return pre, post, took_part, level, rng.integers(0, 3, people)


def test_the_comparison_is_the_regression_on_dummies_with_hc3_errors() -> None:
    pre, post, took_part, level, site = answers(1)
    found = compare_change(pre, post, took_part, {"level": level, "site": site})
    columns = [np.ones(400), pre, took_part, *(level == k for k in (1, 2, 3)), *(site == k for k in (1, 2))]
    x = np.column_stack(columns).astype(float)
    bread = np.linalg.inv(x.T @ x)
    beta = bread @ x.T @ post
    left = (post - x @ beta) / (1 - np.einsum("ij,jk,ik->i", x, bread, x))
    error = np.sqrt((bread @ (x.T * left**2) @ x @ bread)[2, 2])
    assert found.difference == pytest.approx(beta[2])
    assert (found.interval.high - found.interval.low) / 2 == pytest.approx(error * 1.96, rel=0.01)
    change = post - pre
    assert found.change_difference == pytest.approx(change[took_part].mean() - change[~took_part].mean())
    assert (found.participants, found.comparators) == (took_part.sum(), (~took_part).sum())
    assert found.covariates == ("level", "site")


def test_the_interval_holds_the_planted_difference_95_times_in_100() -> None:
    held = 0
    for seed in range(200):
        pre, post, took_part, level, _ = answers(seed, people=120)
        interval = compare_change(pre, post, took_part, {"level": level}).interval
        held += interval.low <= 0.4 <= interval.high
    assert 180 <= held <= 198


def test_levels_that_only_one_arm_has_are_left_out_and_counted() -> None:
    pre, post, took_part, level, _ = answers(2)
    strange = level.copy()
    strange[np.flatnonzero(took_part)[:4]] = 8
    strange[np.flatnonzero(~took_part)[:30]] = 9
    found = compare_change(pre, post, took_part, {"level": strange})
    assert found.excluded == 4
    assert found.comparators == (~took_part).sum() - 30


def test_small_levels_are_taken_together_and_many_covariates_are_cut_to_the_people() -> None:
    pre, post, took_part, level, _ = answers(3, people=60)
    rng = np.random.default_rng(3)
    many = {"level": level, "second": rng.integers(0, 6, 60), "third": rng.integers(0, 6, 60)}
    found = compare_change(pre, post, took_part, many)
    assert np.isfinite([found.difference, found.interval.low, found.interval.high]).all()
    wide = {f"covariate {number}": rng.integers(0, 2, 60) for number in range(30)}
    assert 0 < len(compare_change(pre, post, took_part, wide).covariates) <= took_part.sum() / 2


def test_what_can_not_be_compared_says_why_without_a_warning() -> None:
    pre, post, took_part, level, _ = answers(4, people=60)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(CannotCompare, match="Too few people"):
            compare_change(pre, post, np.zeros(60, dtype=bool), {"level": level})
        with pytest.raises(CannotCompare, match="Too few people"):
            compare_change(pre, post, took_part, {"level": took_part.astype(np.int64)})
        with pytest.raises(CannotCompare, match="the same"):
            compare_change(pre, np.full(60, 3.0), took_part, {})
        with pytest.raises(CannotCompare, match="alike"):
            compare_change(took_part.astype(float), post, took_part, {})


def test_a_single_item_is_checked_by_its_ranks() -> None:
    pre, post, took_part, _, _ = answers(5, effect=0.8)
    marks = np.clip(np.round(2 * post), 0, 10)
    found = compare_ordered(pre, marks, took_part)
    assert found is not None and found.interval.low > 1
    # Any other marks in the same order give the same answer.
    again = compare_ordered(pre, marks**3, took_part)
    assert again is not None and again.ratio == pytest.approx(found.ratio)
    flipped = compare_ordered(pre, -marks, took_part)
    assert flipped is not None and flipped.ratio == pytest.approx(1 / found.ratio, rel=1e-3)
    assert compare_ordered(pre, np.ones(400), took_part) is None
    assert compare_ordered(np.ones(400), marks, took_part) is None


def test_the_odds_are_near_those_of_a_plain_logit_at_one_cut() -> None:
    pre, post, took_part, _, _ = answers(6, effect=0.8)
    marks = np.digitize(post, [3.0, 4.0]).astype(float)
    found = compare_ordered(pre, marks, took_part)
    x = np.column_stack([took_part, (pre - pre.mean()) / pre.std(), np.ones(400)])
    above = sm.Logit((marks > 1).astype(float), x).fit(disp=False).params[0]
    assert found is not None and np.log(found.ratio) == pytest.approx(above, abs=0.4)
