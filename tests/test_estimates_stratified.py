"""Mantel-Haenszel over strata: the published table, plain tables, strata that cannot compare."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from statsmodels.stats.contingency_tables import StratifiedTable

from analysis.estimates.stratified import NoSharedStratum, mantel_haenszel_difference, mantel_haenszel_ratio

# Admissions to six departments of Berkeley (Bickel 1975): men admitted, men; women admitted, women. R's metafor.
ADMITTED1, MEN = [512, 353, 120, 138, 53, 22], [825, 560, 325, 417, 191, 373]
ADMITTED0, WOMEN = [89, 17, 202, 131, 94, 24], [108, 25, 593, 375, 393, 341]


def test_difference_equals_metafor() -> None:
    found = mantel_haenszel_difference(ADMITTED1, MEN, ADMITTED0, WOMEN)
    assert found.difference == pytest.approx(-0.0184251961909, rel=1e-9)
    assert found.std_error == pytest.approx(0.0148253944383, rel=1e-9)
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == pytest.approx((-0.0474824353465, 0.0106320429648), rel=1e-9)
    assert (found.strata, found.left_out1, found.left_out0) == (6, 0, 0)


def test_ratio_equals_metafor_and_statsmodels() -> None:
    found = mantel_haenszel_ratio(ADMITTED1, MEN, ADMITTED0, WOMEN)
    assert found.ratio == pytest.approx(0.944905022596, rel=1e-9)
    assert found.std_error_of_log == pytest.approx(0.0442239944392, rel=1e-9)
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == pytest.approx((0.866452232683, 1.03046130883), rel=1e-9)
    tables = [np.array([[a, n - a], [c, m - c]]) for a, n, c, m in zip(ADMITTED1, MEN, ADMITTED0, WOMEN, strict=True)]
    assert found.ratio == pytest.approx(StratifiedTable(tables).riskratio_pooled, rel=1e-12)


def test_one_stratum_is_the_plain_difference_with_its_unpooled_error() -> None:
    found = mantel_haenszel_difference([30], [50], [40], [100])
    assert found.difference == pytest.approx(0.2)
    # Sato's variance of a single table is near the plain one and exact in the limit
    assert found.std_error == pytest.approx(np.sqrt(0.6 * 0.4 / 50 + 0.4 * 0.6 / 100), rel=0.02)


def test_strata_with_one_arm_only_contribute_nothing_and_are_counted() -> None:
    whole = mantel_haenszel_difference([8, 5], [10, 10], [15, 30], [30, 40])
    more = mantel_haenszel_difference([8, 5, 7, 0], [10, 10, 7, 0], [15, 30, 0, 60], [30, 40, 0, 90])
    assert (more.difference, more.std_error) == (whole.difference, whole.std_error)
    assert (more.strata, more.left_out1, more.left_out0) == (2, 7, 90)


def test_no_stratum_with_both_arms_is_an_error_of_its_own() -> None:
    for estimate in (mantel_haenszel_difference, mantel_haenszel_ratio):
        with pytest.raises(NoSharedStratum):
            estimate([3, 0], [10, 0], [0, 4], [0, 9])
        with pytest.raises(NoSharedStratum):
            estimate([], [], [], [])


@pytest.mark.parametrize("events", [[11.0], [-1.0], [float("nan")]])
def test_impossible_counts_are_refused(events: list[float]) -> None:
    with pytest.raises(ValueError, match=r"events must lie|count is missing"):
        mantel_haenszel_difference(events, [10.0], [3.0], [10.0])
    with pytest.raises(ValueError, match="same length"):
        mantel_haenszel_ratio([1.0, 2.0], [10.0], [3.0], [10.0])


def test_everybody_stayed_gives_no_interval_and_says_why() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        difference = mantel_haenszel_difference([10, 5], [10, 5], [30, 20], [30, 20])
        ratio = mantel_haenszel_ratio([10, 5], [10, 5], [30, 20], [30, 20])
        nobody = mantel_haenszel_ratio([0, 0], [10, 5], [3, 2], [30, 20])
    assert (difference.difference, difference.interval) == (0.0, None)
    assert "no interval" in difference.reason
    assert (ratio.ratio, ratio.interval) == (1.0, None)
    assert ratio.reason
    assert (nobody.ratio, nobody.interval) == (None, None)
    assert nobody.reason
