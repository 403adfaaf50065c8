"""A difference said in people, and priced only where the reader gives a price."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.findings.value import value_of
from analysis.findings.words import comparison_sentence, in_people
from tests import fabricated


@pytest.mark.parametrize(
    ("outcome", "difference", "low", "high", "said"),
    [
        ("retention", 0.064, 0.0, 0.128, "About 9 more of 140 stayed 12 months than expected (0 to 18)."),
        ("retention", 0.02, -0.02, 0.05, "About 3 more of 140 stayed 12 months than expected (3 fewer to 7 more)."),
        ("retention", 0.0, -0.02, 0.03, "As many of 140 stayed 12 months as expected (3 fewer to 4 more)."),
        (
            "voluntary_exit", -0.03, -0.07, -0.01,
            "About 4 fewer of 140 resigned within 12 months than expected (1 to 10).",
        ),
        (
            "voluntary_exit", -0.03, -0.07, 0.02,
            "About 4 fewer of 140 resigned within 12 months than expected (3 more to 10 fewer).",
        ),
        (
            "promotion", 0.05, 0.01, 0.09,
            "About 7 more of 140 were promoted within 4 quarters than expected (1 to 13).",
        ),
    ],
)  # fmt: skip
def test_in_people(outcome, difference: float, low: float, high: float, said: str) -> None:
    assert in_people(outcome, 12, 140, difference, low, high) == said


def finding(**changes):
    base = fabricated.FINDING
    settings = {"outcome": "retention", "estimate": 0.06, "ci_low": 0.02, "ci_high": 0.09, "n_participants": 140}
    return replace(base, **(settings | changes))


def test_the_value_is_the_people_times_the_price_with_its_range() -> None:
    found = value_of(finding(), 50_000)
    assert found is not None
    assert (found.amount, found.low, found.high) == pytest.approx((420_000, 140_000, 630_000))
    assert found.sentence.startswith("At 50,000 to replace one person: 420,000 saved")
    assert "nothing at all" not in found.sentence


def test_more_exits_are_a_loss_and_the_range_may_hold_nothing() -> None:
    found = value_of(finding(outcome="voluntary_exit", estimate=0.02, ci_low=-0.01, ci_high=0.05), 10_000)
    assert found is not None
    assert (found.amount, found.low, found.high) == pytest.approx((-28_000, -70_000, 14_000))
    assert "lost" in found.sentence and found.sentence.endswith("The range includes nothing at all.")


def test_no_price_where_there_is_none_or_nothing_is_shown() -> None:
    assert value_of(finding(outcome="promotion"), 10_000) is None
    assert value_of(finding(estimate=None), 10_000) is None
    for wrong in (0, -5, float("inf"), float("nan")):
        with pytest.raises(ValueError, match="above 0"):
            value_of(finding(), wrong)


def test_size_is_said_first_where_it_is_the_limit() -> None:
    def said(detectable: float | None, low: float = -0.02) -> str:
        return comparison_sentence("retention", 12, 0.9, 0.88, low, 0.06, detectable, 0.05)

    assert said(0.082).startswith("Only a true rise of 8.2 points or more would probably have shown.")
    assert said(None).startswith("Too small a study to show a rise in this outcome.")
    assert said(0.03).endswith("A true rise of 3.0 points or more would probably have shown.")
    assert "would probably have shown" not in said(0.082, low=0.01)
