"""Small statistics against numbers that other software or the papers gave."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm
from statsmodels.stats.proportion import proportion_confint

from analysis.estimates.intervals import mover, mover_p_value, mover_ratio, newcombe, wilson
from analysis.estimates.means import mean_from_sums
from analysis.estimates.power import smallest_detectable
from analysis.estimates.ratios import score_ratio_interval, selection_ratio


@pytest.mark.parametrize(
    ("events", "people", "low", "high"),
    [(81, 263, 0.255288519878, 0.366209576983), (15, 148, 0.0623863995307, 0.160487241723),
     (27, 30, 0.743789174208, 0.965400111253)],
)  # fmt: skip
def test_wilson_equals_r(events: int, people: int, low: float, high: float) -> None:
    found = wilson(events / people, people)
    assert (found.low, found.high) == pytest.approx((low, high), rel=1e-9)


@pytest.mark.parametrize("rate", [0.0, 0.01, 0.5, 0.93, 1.0])
@pytest.mark.parametrize("people", [1.5, 12.0, 140.0, 1356.8])
def test_wilson_equals_statsmodels(rate: float, people: float) -> None:
    found = wilson(rate, people)
    assert (found.low, found.high) == pytest.approx(
        proportion_confint(rate * people, people, method="wilson"), abs=1e-12
    )


@pytest.mark.parametrize(
    ("x1", "n1", "x0", "n0", "low", "high"),
    [(56, 70, 48, 80, 0.0524314724, 0.333868), (9, 10, 3, 10, 0.170522723935, 0.809),
     (0, 10, 0, 20, -0.161125158053, 0.277533),
     (129, 140, 1720, 2010, 0.00719157971068, 0.103422014789)],
)  # fmt: skip
def test_mover_without_covariates_is_newcombes_method_10(
    x1: int, n1: int, x0: int, n0: int, low: float, high: float
) -> None:
    by_mover, by_statsmodels = mover(x1 / n1, n1, x0 / n0, n0), newcombe(x1, n1, x0, n0)
    assert (by_mover.low, by_mover.high) == pytest.approx((by_statsmodels.low, by_statsmodels.high), abs=1e-12)
    assert by_mover.low == pytest.approx(low, rel=1e-6)
    assert by_mover.high == pytest.approx(high, abs=2e-4)


def test_the_headline_interval_of_the_reference() -> None:
    rate0, error = 0.871, 0.0091
    effective = rate0 * (1 - rate0) / error**2
    assert effective == pytest.approx(1356.8288854, rel=1e-9)
    found = mover(0.921428571429, 140, rate0, effective)
    assert 0.921428571429 - rate0 == pytest.approx(0.0504285714286, rel=1e-9)
    # R gives the interval with correlation 0.05 as -0.00784 to 0.08861; without it both ends move out
    assert -0.0095 < found.low < -0.00784149
    assert 0.0886050090433 < found.high < 0.0900


def test_ratio_by_the_same_four_limits() -> None:
    found = mover_ratio(129 / 140, 140, 1720 / 2010, 2010)
    assert (found.low, found.high) == pytest.approx((1.00836794541, 1.12187845934), rel=1e-9)


def test_p_value_is_where_the_interval_touches_zero() -> None:
    value = mover_p_value(0.94, 100, 0.88, 700)
    touching = mover(0.94, 100, 0.88, 700, z=float(norm.isf(value / 2)))
    assert touching.low == pytest.approx(0.0, abs=1e-9)
    assert mover_p_value(0.9, 50, 0.9, 80) == 1.0


def test_smallest_detectable_difference_equals_r() -> None:
    assert smallest_detectable(0.88, 140, 2800, increase=True) == pytest.approx(0.0713150716271, rel=1e-6)
    assert smallest_detectable(0.88, 140, 2800, increase=False) == pytest.approx(0.0842990883391, rel=1e-6)
    assert smallest_detectable(0.88, 30, 2800, increase=True) is None


def test_four_fifths_example_with_counts() -> None:
    found = selection_ratio(12, 40, 48, 80)
    assert found.ratio == pytest.approx(0.5)
    assert found.below_four_fifths
    assert found.interval.low == pytest.approx(0.292673168, rel=1e-8)


def test_exactly_four_fifths_is_not_below() -> None:
    assert (32 / 50) / (40 / 50) < 0.8  # what floating point makes of it
    assert not selection_ratio(32, 50, 40, 50).below_four_fifths
    assert selection_ratio(31, 50, 40, 50).below_four_fifths


def test_score_ratio_interval_equals_r() -> None:
    found = score_ratio_interval(129, 140, 1720, 2010)
    assert (found.low, found.high) == pytest.approx((1.00867889802, 1.12269234046), rel=1e-8)
    assert score_ratio_interval(0, 12, 40, 80).low == 0.0


def test_paired_change_of_students_sleep_data() -> None:
    pre = np.array([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])
    post = np.array([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2])
    change = post - pre
    found = mean_from_sums(10, float(change.sum()), float((change**2).sum()))
    assert found.value == pytest.approx(-1.58)
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == pytest.approx((-2.4598858, -0.7001142), rel=1e-6)
    assert found.standardised == pytest.approx(-1.58 / change.std(ddof=1))


def test_a_mean_of_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        mean_from_sums(0, 0.0, 0.0)
