"""Which answers are favourable on scales of every length, and which scales can't be grouped."""

from __future__ import annotations

import pytest

from analysis.findings.survey_scales import RULE, Scale, no_scale, scale_of


@pytest.mark.parametrize(
    ("points", "bands"),
    [
        (2, [-2, 2]),
        (3, [-2, 0, 2]),
        (4, [-2, -1, 1, 2]),
        (5, [-2, -1, 0, 1, 2]),
        (6, [-2, -1, 0, 0, 1, 2]),
        (7, [-2, -1, -1, 0, 1, 1, 2]),
        (8, [-2, -1, -1, 0, 0, 1, 1, 2]),
        (9, [-2, -2, -1, -1, 0, 1, 1, 2, 2]),
        (10, [-2] * 6 + [0, 0, 2, 2]),
        (11, [-2] * 7 + [0, 0, 2, 2]),
    ],
)
@pytest.mark.parametrize("low", [0, 1])
def test_every_answer_has_its_band(points: int, bands: list[int], low: int) -> None:
    scale = scale_of(low, low + points - 1)
    assert scale is not None and scale.points == points
    assert [scale.band(low + at) for at in range(points)] == bands


def test_the_rule_in_words_is_the_rule() -> None:
    told = {2: 1, 3: 1, 4: 2, 5: 2, 6: 2, 7: 3, 8: 3, 9: 4}
    assert {points: Scale(1, points).favourable for points in told} == told
    assert "1 of 2 or 3, 2 of 4, 5 or 6, 3 of 7 or 8, 4 of 9 answers" in RULE


def test_a_value_between_two_answers_counts_as_the_nearest_a_half_upwards() -> None:
    five = Scale(1, 5)
    assert [five.band(value) for value in (3.49, 3.5, 2.5, 2.49, 0.0, 9.0)] == [0, 1, 0, -1, -2, 2]


@pytest.mark.parametrize("ends", [(None, 5.0), (1.0, None), (float("nan"), 5.0), (0.0, 100.0), (1.0, 1.0), (0.5, 4.5)])
def test_a_scale_that_cannot_be_grouped_gives_its_reason(ends: tuple[float | None, float | None]) -> None:
    assert scale_of(*ends) is None
    assert no_scale(*ends).startswith("Not shown: ")
