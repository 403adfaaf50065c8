"""Paired shares and net shares: published intervals, an independent way, simulated coverage, and edges."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from analysis.estimates.intervals import mover
from analysis.estimates.means import difference_of_means
from analysis.estimates.survey_shares import net_share, paired_change_in_share

counts = st.integers(0, 60)


@pytest.mark.parametrize(
    ("table", "value", "low", "high"),
    [
        # both, only the first, only the second, neither; the difference is first less second.
        ((59, 6, 16, 80), -0.0621, -0.1186, -0.0046),  # Cavo et al. 2012, as R's contingencytables prints it
        ((14, 5, 0, 22), 0.122, 0.011, 0.226),  # Altman et al., Statistics with Confidence 2000, table 6.2
        ((36, 12, 2, 0), 0.2, 0.0569, 0.3404),  # Newcombe 1998
    ],
)
def test_paired_change_equals_published_intervals(
    table: tuple[int, int, int, int], value: float, low: float, high: float
) -> None:
    both, first, second, neither = table
    found = paired_change_in_share(both, second, first, neither)
    digits = 3 if value == 0.122 else 4
    told = tuple(round(number, digits) for number in (found.value, found.interval.low, found.interval.high))
    assert told == (value, low, high)


@given(counts, counts, counts, counts)
def test_a_change_turned_round_has_the_interval_turned_round(a: int, b: int, c: int, d: int) -> None:
    if a + b + c + d == 0:
        with pytest.raises(ValueError, match="at least one"):
            paired_change_in_share(a, b, c, d)
        return
    one, other = paired_change_in_share(a, b, c, d), paired_change_in_share(a, c, b, d)
    assert one.value == pytest.approx(-other.value)
    assert (one.interval.low, one.interval.high) == pytest.approx((-other.interval.high, -other.interval.low))
    assert -1 <= one.interval.low <= one.value <= one.interval.high <= 1
    assert one.interval.high > one.interval.low


def test_answers_that_have_nothing_to_do_with_each_other_get_the_unpaired_interval() -> None:
    found = paired_change_in_share(16, 24, 24, 36)
    plain = mover(0.4, 100, 0.4, 100)
    assert (found.interval.low, found.interval.high) == pytest.approx((plain.low, plain.high))


def test_a_net_score_by_hand() -> None:
    """50 promoters, 30 passives, 20 detractors: (0.5 + 0.2 - 0.3^2) / 100 = 0.0061."""
    found = net_share(50, 30, 20)
    assert (found.people, found.value) == (100, pytest.approx(0.3))
    assert found.std_error == pytest.approx(math.sqrt(0.0061))
    assert found.interval.low < 0.3 - 1.5 * found.std_error and found.interval.high > 0.3 + 1.5 * found.std_error


def test_a_net_score_equals_tangos_published_interval() -> None:
    """Bentur et al. 2009: 1 and 7 of 21; -0.286 (-0.517 to -0.026)."""
    found = net_share(1, 13, 7)
    told = tuple(round(number, 3) for number in (found.value, found.interval.low, found.interval.high))
    assert told == (-0.286, -0.517, -0.026)


@pytest.mark.parametrize("three", [(50, 30, 20), (3, 10, 9), (12, 0, 30)])
def test_at_its_limits_a_net_score_is_rejected_at_five_percent(three: tuple[int, int, int]) -> None:
    """By brute force: the likeliest shares that have this difference, then the score with their variance."""
    for_, neutral, against = three
    n = sum(three)

    def score(difference: float) -> float:
        def unlikely(q: float) -> float:
            shares = (q + difference, 1 - 2 * q - difference, q)
            if min(shares) <= 0:
                return 1e9
            return -sum(many * math.log(share) for many, share in zip((for_, neutral, against), shares, strict=True))

        low, high = max(0.0, -difference), (1 - difference) / 2
        q = minimize_scalar(unlikely, bounds=(low, high), method="bounded", options={"xatol": 1e-12}).x
        return ((for_ - against) / n - difference) / math.sqrt((2 * q + difference - difference**2) / n)

    found = net_share(*three)
    assert score(found.interval.low) == pytest.approx(1.96, abs=2e-3)
    assert score(found.interval.high) == pytest.approx(-1.96, abs=2e-3)


def test_the_standard_error_is_what_resampling_gives() -> None:
    rng = np.random.default_rng(3)
    drawn = rng.multinomial(100, (0.5, 0.3, 0.2), size=20_000)
    spread = ((drawn[:, 0] - drawn[:, 2]) / 100).std()
    assert net_share(50, 30, 20).std_error == pytest.approx(spread, rel=0.02)


@pytest.mark.parametrize("shares", [(0.15, 0.45, 0.4), (0.85, 0.1, 0.05)])
def test_the_net_interval_covers_the_truth(shares: tuple[float, float, float]) -> None:
    rng = np.random.default_rng(5)
    drawn, times = np.unique(rng.multinomial(25, shares, size=1500), axis=0, return_counts=True)
    truth = shares[0] - shares[2]
    held = [
        interval.low <= truth <= interval.high for interval in (net_share(*map(int, row)).interval for row in drawn)
    ]
    assert 0.93 <= np.average(held, weights=times) <= 0.98


@given(counts, counts, counts)
def test_a_net_interval_stays_within_bounds_and_has_a_width(for_: int, neutral: int, against: int) -> None:
    if for_ + neutral + against == 0:
        return
    found = net_share(for_, neutral, against)
    assert -1 <= found.interval.low <= found.value + 1e-12 and found.value - 1e-12 <= found.interval.high <= 1
    assert found.interval.high - found.interval.low > 0.01
    other = net_share(against, neutral, for_)
    assert (found.interval.low, found.interval.high) == pytest.approx((-other.interval.high, -other.interval.low))


def test_a_difference_of_means_equals_welch_in_r() -> None:
    """R: t.test(extra ~ group, sleep), Welch: -3.3654832 to 0.2054832."""
    one = np.array([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0])
    other = np.array([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])
    found = difference_of_means(*((len(x), float(x.sum()), float((x**2).sum())) for x in (one, other)))
    assert found is not None
    assert (found[0], found[1].low, found[1].high) == pytest.approx((-1.58, -3.3654832, 0.2054832), abs=1e-6)
    assert difference_of_means((1, 2.0, 4.0), (5, 3.0, 4.0)) is None
    assert difference_of_means((4, 4.0, 4.0), (5, 5.0, 5.0)) is None
