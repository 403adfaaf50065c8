"""Bars of an overlap: merged until each holds enough people, and nobody is lost on the way."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.estimates.cells import Cells, Factor
from analysis.estimates.overlap import merged, overlap_of
from analysis.estimates.propensity import fit_propensity

EDGES = np.array([0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 1.0])


def test_neighbours_are_joined_from_the_left_and_what_is_left_over_joins_the_last() -> None:
    bars = merged(np.array([0.0, 2.0, 3.0, 7.0, 0.0, 4.0]), EDGES, 5)
    assert [(bar.low, bar.high, bar.steps, bar.people) for bar in bars] == [(0.1, 0.3, 2, 5), (0.3, 1.0, 3, 11)]


def test_too_few_people_altogether_have_no_bar() -> None:
    assert merged(np.array([1.0, 3.0, 0.0, 0.0, 0.0, 0.0]), EDGES, 5) == ()
    assert merged(np.zeros(6), EDGES, 5) == ()


@given(st.lists(st.integers(0, 30), min_size=6, max_size=6), st.integers(1, 12))
def test_no_bar_holds_fewer_and_nobody_is_lost(counts: list[int], fewest: int) -> None:
    bars = merged(np.array(counts, dtype=np.float64), EDGES, fewest)
    assert all(bar.people >= fewest and bar.low < bar.high and bar.steps >= 1 for bar in bars)
    assert sum(bar.people for bar in bars) in ((0,) if sum(counts) < fewest else (sum(counts),))
    assert all(one.high == other.low for one, other in pairwise(bars))


def _cells(joined: list[float], compared: list[float]) -> Cells:
    """One covariate of as many levels: people of each arm by level."""
    levels = tuple(f"level {number}" for number in range(len(joined)))
    codes = np.tile(np.arange(len(levels)), 2)
    arm = np.repeat([1.0, 0.0], len(levels))
    n = np.array([*joined, *compared])
    return Cells(np.arange(len(n)), (Factor("level", codes, levels),), arm, n, {})


def test_weights_and_alike_by_hand() -> None:
    """Chances by level are exact: 20/100, 30/60, 40/60. Odds 0.25, 1 and 2, the weights of 80, 30 and 20 people.

    Sum of weights 20 + 30 + 40 = 90, of squares 5 + 30 + 80 = 115: effective 90^2 / 115 = 70.4348. Average weight
    90/130; the heaviest tenth (13 of 130) weighs 2, which is 2.8889 averages, the middle one 0.25, 0.3611.
    """
    found = overlap_of(fit_propensity(_cells([20, 30, 40], [80, 30, 20])), 5, 5)
    assert found.effective == pytest.approx(8100 / 115, rel=1e-9)
    assert found.largest == pytest.approx(2 / 90, rel=1e-9)
    assert dict(found.weights)[0.5] == pytest.approx(0.25 / (90 / 130), rel=1e-9)
    assert dict(found.weights)[0.9] == pytest.approx(2 / (90 / 130), rel=1e-9)
    assert 0.99 not in dict(found.weights), "one person in a hundred would be spoken of"
    # At the chance of 40/60 there are fewer comparators than participants.
    assert found.alike == 50
    assert [bar.people for bar in found.participants] == [20, 30, 40]
    assert [bar.people for bar in found.comparators] == [80, 30, 20]
    assert found.participants[0].low < 0.2 < found.participants[0].high
