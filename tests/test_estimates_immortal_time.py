"""The immortal-time demonstration: equal to a count by hand and to a simulation, and its size behaves as it should."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.estimates.immortal_time import immortal_time
from analysis.findings.immortal_time import demonstrate


def test_three_months_by_hand() -> None:
    """Monthly chance of staying 0.9; half sign up, for month 1 or 2; counted after month 3.

    Joined: 0.5 x (0.9 + 0.81) / 2 = 0.4275. There at the end: 0.729 of any who meant to or did not.
    Ever: 0.5 x 0.729 / 0.4275 = 0.852632; never: 0.5 x 0.729 / 0.5725 = 0.636681.
    """
    found = immortal_time(1.0 - 0.9**12, 0.5, 2, window=3)
    assert found.joined == pytest.approx(0.4275, abs=1e-12)
    assert found.ever == pytest.approx(0.852632, abs=5e-7)
    assert found.never == pytest.approx(0.636681, abs=5e-7)
    assert found.false_benefit == pytest.approx(0.215951, abs=1e-6)
    assert found.participants == pytest.approx(0.9**12, abs=1e-12)


def test_a_simulated_workforce_finds_the_same() -> None:
    random = np.random.default_rng(11)
    people, leaves, signs, spread, window = 400_000, 0.18, 0.3, 18, 24
    monthly = 1.0 - (1.0 - leaves) ** (1 / 12)
    exit_month = random.geometric(monthly, people)
    month = np.where(random.random(people) < signs, random.integers(1, spread + 1, people), 10**6)
    ever = month < exit_month  # still there when their month has come
    here = exit_month > window
    found = immortal_time(leaves, signs, spread, window)
    assert found.joined == pytest.approx(ever.mean(), abs=0.003)
    assert found.ever == pytest.approx(here[ever].mean(), abs=0.005)
    assert found.never == pytest.approx(here[~ever].mean(), abs=0.005)
    for day in (1, 9, 18):
        there = exit_month > day
        joins, others = there & (month == day), there & (month > day)
        kept = exit_month > day + 12
        assert kept[joins].mean() == pytest.approx(found.participants, abs=0.02)
        assert kept[others].mean() == pytest.approx(found.colleagues, abs=0.005)


@given(
    st.floats(0.01, 0.6), st.floats(0.05, 0.9), st.integers(1, 23)
)  # fmt: skip
def test_the_false_benefit_is_above_zero_grows_with_delay_and_the_same_day_finds_none(
    leaves: float, signs: float, spread: int
) -> None:
    found, later = immortal_time(leaves, signs, spread), immortal_time(leaves, signs, spread + 1)
    assert 0.0 < found.false_benefit < later.false_benefit and found.same_day == 0.0
    # Everybody is counted once: both groups together stay as the whole workforce does.
    whole = found.joined * found.ever + (1.0 - found.joined) * found.never
    assert whole == pytest.approx((1.0 - leaves) ** 2, abs=1e-9)


def test_where_nobody_leaves_there_is_nothing_to_be_misled_by() -> None:
    assert immortal_time(0.0, 0.3, 12).false_benefit == 0.0


@pytest.mark.parametrize("asked", [(1.0, 0.3, 12), (-0.1, 0.3, 12), (0.1, 0.0, 12), (0.1, 1.0, 12), (0.1, 0.3, 25)])
def test_what_cannot_be_is_refused(asked: tuple[float, float, int]) -> None:
    with pytest.raises(ValueError, match="within the window"):
        immortal_time(*asked)


def test_the_sentence_gives_both_ways_of_counting() -> None:
    shown = demonstrate(0.15, 0.3, 18)
    assert "The programme does nothing here" in shown.sentence and "a difference of 0.0" in shown.sentence
    assert f"+{100 * shown.found.false_benefit:.1f} points" in shown.sentence
    assert "From the same day: 0.0 points" in shown.alt_text
