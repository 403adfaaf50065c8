"""E-values: the published example, both directions alike, and rates of zero and one."""

from __future__ import annotations

import math

import pytest

from analysis.estimates.hidden_factor import e_value, e_value_of_rates
from analysis.estimates.intervals import Interval, mover_ratio


@pytest.mark.parametrize(
    ("ratio", "low", "high", "point", "limit"),
    [(3.9, 1.8, 8.7, 7.26303434416, 3.0), (0.8, 0.71, 0.91, 1.80901699437, 1.42857142857)],
)
def test_published_examples(ratio: float, low: float, high: float, point: float, limit: float) -> None:
    found = e_value(ratio, Interval(low, high))
    assert (found.point, found.limit) == pytest.approx((point, limit), rel=1e-9)


def test_limit_is_exactly_one_where_the_interval_holds_one() -> None:
    assert e_value(1.3, Interval(0.9, 1.9)).limit == 1.0
    assert e_value(0.7, Interval(0.4, 1.0)).limit == 1.0
    assert e_value(1.0, Interval(1.0, 1.0)).point == 1.0


@pytest.mark.parametrize(("rate1", "rate0"), [(0.05, 0.12), (0.3, 0.1), (0.1, 0.1)])
def test_exits_use_the_ratio_interval_and_either_order_gives_the_same(rate1: float, rate0: float) -> None:
    found, turned = e_value_of_rates(rate1, 140, rate0, 900), e_value_of_rates(rate0, 900, rate1, 140)
    by_hand = e_value(rate1 / rate0, mover_ratio(rate1, 140, rate0, 900))
    assert (found.point, found.limit) == pytest.approx((by_hand.point, by_hand.limit), rel=1e-9)
    assert (found.point, found.limit) == pytest.approx((turned.point, turned.limit), rel=1e-12)


def test_exit_coding_asks_for_a_stronger_factor_than_retention_coding() -> None:
    exits = e_value_of_rates(0.04, 140, 0.12, 1400)
    stays = e_value(0.96 / 0.88, mover_ratio(0.96, 140, 0.88, 1400))
    assert exits.point is not None
    assert stays.point is not None
    assert exits.point > 2 * stays.point


@pytest.mark.parametrize("rate0", [0.0, 0.12, 1.0])
@pytest.mark.parametrize("rate1", [0.0, 0.05, 1.0])
@pytest.mark.parametrize("people", [12.0, 37.3, 300.0])
def test_every_corner_is_a_number_or_a_reason(rate1: float, rate0: float, people: float) -> None:
    found = e_value_of_rates(rate1, people, rate0, 10 * people)
    for value in (found.point, found.limit):
        assert value is None or (math.isfinite(value) and value >= 1.0)
    assert (found.point is None) == bool(found.reason)
    assert (found.point is None) == (rate1 == 0.0 or rate0 == 0.0)


def test_nobody_of_many_participants_left_still_has_a_limit() -> None:
    found = e_value_of_rates(0.0, 300, 0.12, 3000)
    assert found.point is None
    assert found.limit is not None
    assert found.limit > 1.0
    assert e_value_of_rates(0.0, 300, 0.0, 3000).limit is None


@pytest.mark.parametrize("bad", [(-0.1, 10, 0.1, 10), (0.1, 0, 0.1, 10), (math.nan, 10, 0.1, 10), (0.1, 9, 1.2, 9)])
def test_what_is_not_a_rate_is_refused(bad: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match=r"between 0 and 1|at least one"):
        e_value_of_rates(*bad)


def test_a_ratio_outside_its_interval_is_refused() -> None:
    with pytest.raises(ValueError, match="within its interval"):
        e_value(2.0, Interval(0.5, 1.5))
