"""Adjusting many p values: the example of the paper, hidden cells left out, order kept."""

from __future__ import annotations

import pytest

from analysis.estimates.multiplicity import benjamini_hochberg, holm

# Benjamini and Hochberg 1995, section 3.2: fifteen endpoints of a trial; adjusted by R's p.adjust.
PAPER = (
    0.0001,
    0.0004,
    0.0019,
    0.0095,
    0.0201,
    0.0278,
    0.0298,
    0.0344,
    0.0459,
    0.324,
    0.4262,
    0.5719,
    0.6528,
    0.759,
    1,
)
BY_BH = (
    0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.0638571428571, 0.0638571428571, 0.0645, 0.0765, 0.486, 0.581181818182,
    0.714875, 0.753230769231, 0.813214285714, 1,
)  # fmt: skip
BY_HOLM = (0.0015, 0.0056, 0.0247, 0.114, 0.2211, 0.278, 0.278, 0.278, 0.3213, 1, 1, 1, 1, 1, 1)


def test_the_papers_example() -> None:
    assert benjamini_hochberg(PAPER) == pytest.approx(BY_BH, rel=1e-9)
    assert holm(PAPER) == pytest.approx(BY_HOLM, rel=1e-9)
    assert sum(p is not None and p <= 0.05 for p in benjamini_hochberg(PAPER)) == 4


@pytest.mark.parametrize("adjust", [benjamini_hochberg, holm])
def test_hidden_cells_do_not_count_and_keep_their_place(adjust) -> None:  # type: ignore[no-untyped-def]
    found = adjust([0.04, None, 0.001, float("nan"), 0.3])
    assert found[1] is None
    assert found[3] is None
    assert (found[0], found[2], found[4]) == adjust([0.04, 0.001, 0.3])


@pytest.mark.parametrize("adjust", [benjamini_hochberg, holm])
def test_nothing_to_adjust(adjust) -> None:  # type: ignore[no-untyped-def]
    assert adjust([]) == ()
    assert adjust([None, float("nan")]) == (None, None)
    assert adjust([0.03]) == (0.03,)
    with pytest.raises(ValueError, match="between 0 and 1"):
        adjust([0.2, 1.7])
