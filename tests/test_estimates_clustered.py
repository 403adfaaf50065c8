"""Rates of sessions within pairs, kappa and medians: numbers worked out on paper, and what must hold of any."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.estimates.agreement import kappa
from analysis.estimates.clustered import clustered_rate, clustered_ratio, odds_of
from analysis.estimates.intervals import wilson
from analysis.estimates.quantiles import median_interval, quartiles

PAIRS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=2, max_size=30)


def test_the_effective_number_is_worked_out_from_the_pairs() -> None:
    found = clustered_rate([4, 0, 2, 2], [4, 4, 4, 4])
    # Rate 1/2; residuals 2, -2, 0, 0: variance 4/3 * 8 / 16^2 = 1/24, so 0.25 * 24 = 6 independent sessions of 16.
    assert found.rate == 0.5 and found.trials == 16 and found.effective == pytest.approx(6.0)
    assert found.interval == wilson(0.5, found.effective)


def test_pairs_of_a_kind_count_as_often_as_they_are() -> None:
    assert clustered_rate([3, 1], [4, 2], [2, 3]) == clustered_rate([3, 3, 1, 1, 1], [4, 4, 2, 2, 2])


def test_where_nothing_happened_each_pair_counts_as_one() -> None:
    found = clustered_rate([0, 0, 0], [5, 5, 5])
    assert found.effective == 3 and found.interval == wilson(0.0, 3)


@given(pairs=PAIRS)
def test_never_more_certain_than_independent_sessions(pairs: list[tuple[int, int]]) -> None:
    events, trials = [min(x, n) for x, n in pairs], [n for _, n in pairs]
    if sum(trials) == 0:
        with pytest.raises(ValueError, match="trial"):
            clustered_rate(events, trials)
        return
    found = clustered_rate(events, trials)
    plain = wilson(found.rate, found.trials)
    assert found.interval.low <= plain.low + 1e-9 and found.interval.high >= plain.high - 1e-9
    assert 0 <= found.interval.low <= found.rate <= found.interval.high <= 1


def test_two_counts_out_of_the_same_sessions_have_the_odds_as_ratio() -> None:
    rate = clustered_rate([3] * 10, [4] * 10)
    ratio, band = odds_of(rate)
    assert ratio == pytest.approx(3.0)
    assert band.low == pytest.approx(rate.interval.low / (1 - rate.interval.low))
    assert odds_of(clustered_rate([1], [1]))[0] == math.inf


def test_sessions_a_month() -> None:
    value, band = clustered_ratio([2, 4], [4.0, 4.0])
    # 6 in 8 months; residuals -1, 1: variance 2 * 2 / 64 = 1/16, standard error 1/4, a third of the rate.
    assert value == 0.75
    assert band.high / value == pytest.approx(math.exp(1.959964 / 3), rel=1e-6)
    assert value / band.low == pytest.approx(band.high / value)
    assert clustered_ratio([0, 0], [1.0, 1.0])[1].high == math.inf


def test_kappa_by_hand_and_where_it_means_nothing() -> None:
    found = kappa(20, 5, 10, 15)
    assert found is not None and found.value == pytest.approx(0.4)  # agree 0.70, by chance 0.50
    assert found.interval.low < 0.4 < found.interval.high
    assert kappa(10, 5, 0, 0) is None and kappa(0, 0, 3, 9) is None


def test_the_median_lies_between_two_values_at_95_percent() -> None:
    # Ten values: the second and the ninth hold the median in 97.9 % of samples, the third and the eighth in 89.1 %.
    band = median_interval(range(1, 11))
    assert band is not None and (band.low, band.high) == (2.0, 9.0)
    assert median_interval([1, 2, 3, 4, 5]) is None
    assert quartiles([1, 2, 3, 4]) == (1.75, 2.5, 3.25)
