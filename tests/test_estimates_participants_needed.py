"""How many participants would be needed: the inverse of the smallest detectable difference."""

from __future__ import annotations

import math

import pytest

from analysis.estimates.power import participants_needed, smallest_detectable


@pytest.mark.parametrize("ratio", [1.0, 4.5, 20.0])
@pytest.mark.parametrize(
    ("rate0", "difference"), [(0.88, 0.03), (0.88, 0.09), (0.12, 0.05), (0.88, -0.05), (0.5, -0.2)]
)
def test_one_participant_fewer_would_not_do(rate0: float, difference: float, ratio: float) -> None:
    needed = participants_needed(rate0, difference, ratio)
    assert needed is not None
    enough = smallest_detectable(rate0, needed, ratio * needed, increase=difference > 0)
    fewer = smallest_detectable(rate0, needed - 1, ratio * (needed - 1), increase=difference > 0)
    assert enough is not None
    assert enough <= abs(difference) + 1e-9
    assert fewer is None or fewer > abs(difference)


def test_the_size_that_r_found_for_seven_points() -> None:
    # R: 140 participants and 2,800 effective comparators can show 7.13150716271 points from 88 %
    assert participants_needed(0.88, 0.0713150716271, 20.0) == 140
    assert participants_needed(0.88, 0.0713, 20.0) == 141


def test_more_comparators_help_up_to_a_point() -> None:
    sizes = [participants_needed(0.88, 0.03, ratio) for ratio in (0.5, 1.0, 10.0, math.inf)]
    assert all(size is not None for size in sizes)
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize(
    ("rate0", "difference", "ratio"),
    [(0.88, 0.13, 10), (0.12, -0.2, 10), (0.88, 0.0, 10), (0.0, 0.1, 10), (1.0, -0.1, 10), (0.88, 0.05, 0.0),
     (math.nan, 0.05, 10), (0.88, math.nan, 10)],
)  # fmt: skip
def test_what_no_number_of_participants_could_show(rate0: float, difference: float, ratio: float) -> None:
    assert participants_needed(rate0, difference, ratio) is None
