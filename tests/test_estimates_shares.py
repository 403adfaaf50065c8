"""Shares of clustered things, Welch's interval and eta squared, against hand and independent computations."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import f_oneway, ttest_ind
from statsmodels.stats.proportion import proportion_confint

from analysis.estimates.intervals import wilson
from analysis.estimates.shares import clopper_pearson, clustered_share, spread_between, welch


def sums(hits: list[int], totals: list[int]):
    one, all_ = np.array(hits, float), np.array(totals, float)
    return clustered_share(len(hits), one.sum(), all_.sum(), (one**2).sum(), (all_**2).sum(), (one * all_).sum())


def test_things_that_are_all_alike_in_a_cluster_count_as_one() -> None:
    """Ten pairs of ten sessions, five all of the kind and five none: worth nine pairs, not a hundred sessions."""
    found = sums([10] * 5 + [0] * 5, [10] * 10)
    assert found.rate == 0.5 and found.effective == pytest.approx(9.0)
    assert found.interval == wilson(0.5, found.effective)


def test_one_thing_a_cluster_is_a_plain_proportion() -> None:
    found = sums([1] * 30 + [0] * 70, [1] * 100)
    assert found.effective == pytest.approx(99.0)


def test_a_share_of_everything_counts_clusters_not_things() -> None:
    assert sums([10] * 8, [10] * 8).effective == 8
    with pytest.raises(ValueError, match="at least one"):
        clustered_share(0, 0, 0, 0, 0, 0)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9)), min_size=1, max_size=30))
def test_a_share_lies_in_its_interval_and_is_never_worth_more_than_its_things(cells) -> None:
    totals = [max(pair) for pair in cells]
    found = sums([min(hit, total) for (hit, _), total in zip(cells, totals, strict=True)], totals)
    assert 0 <= found.interval.low <= found.rate <= found.interval.high <= 1
    assert 0 < found.effective <= sum(totals)


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 400), st.data())
def test_the_exact_interval_is_statsmodels(n: int, data) -> None:
    hits = data.draw(st.integers(0, n))
    low, high = proportion_confint(hits, n, method="beta")
    found = clopper_pearson(hits, n)
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-10)


def group(values: np.ndarray) -> tuple[int, float, float]:
    return len(values), float(values.sum()), float((values**2).sum())


def test_the_difference_of_two_means_is_scipys() -> None:
    rng = np.random.default_rng(4)
    one, other = rng.normal(1, 2, 40), rng.normal(0, 1, 25)
    found = welch(group(one), group(other))
    expected = ttest_ind(one, other, equal_var=False).confidence_interval(0.95)
    assert (found.interval.low, found.interval.high) == pytest.approx((expected.low, expected.high))


def test_the_spread_between_groups_by_hand_and_by_the_f_test() -> None:
    groups = [np.array([1.0, 2, 3]), np.array([2.0, 3, 4]), np.array([6.0, 7, 8])]
    found = spread_between([group(values) for values in groups])
    assert found.share == pytest.approx(42 / 48)
    assert found.interval.low < found.share < found.interval.high
    assert f_oneway(*groups).pvalue < 0.025 and found.interval.low > 0


def test_groups_that_differ_by_chance_have_a_lower_limit_of_zero() -> None:
    rng = np.random.default_rng(1)
    groups = [rng.normal(0, 1, 50) for _ in range(3)]
    found = spread_between([group(values) for values in groups])
    assert f_oneway(*groups).pvalue > 0.025 and found.interval.low == 0 and 0 < found.interval.high < 0.2
    with pytest.raises(ValueError, match="two groups"):
        spread_between([group(groups[0])])
