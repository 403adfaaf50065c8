"""A difference said in people, and priced only where the reader gives a price."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.findings.power import both_ways, power
from analysis.findings.results import Outcome
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


def said(rise: float | None, fall: float | None = 0.09, low: float = -0.02, outcome: Outcome = "retention") -> str:
    return comparison_sentence(outcome, 12, 0.9, 0.88, low, 0.06, rise, fall, 0.05)


def test_size_is_said_first_where_it_is_the_limit() -> None:
    assert said(0.082).startswith(
        "Only a true rise of at least 8.2 points or a fall of at least 9.0 points would probably have shown."
    )
    assert said(0.03, 0.034).endswith(
        "A true rise of at least 3.0 points or a fall of at least 3.4 points would probably have shown."
    )
    # A study that could show a gain of the size that matters is not called small for want of showing a loss.
    assert "Only" not in said(0.03, 0.09) and "a fall of at least 9.0 points" in said(0.03, 0.09)
    assert "would probably have shown" not in said(0.082, low=0.01)


def test_a_direction_that_no_size_could_have_shown_is_not_promised() -> None:
    assert said(None).startswith("Only a true fall of at least 9.0 points would probably have shown.")
    assert said(None, None).startswith("Too small a study to show a rise or a fall in this outcome.")


def test_the_better_direction_comes_first() -> None:
    assert said(0.03, 0.034, outcome="voluntary_exit").endswith(
        "A true fall of at least 3.4 points or a rise of at least 3.0 points would probably have shown."
    )


def test_power_names_both_directions_as_the_verdict_card_does() -> None:
    found = power(finding(smallest_detectable=0.05, rate_comparators=0.88, n_effective=900.0, participants_needed=140))
    rise, fall = both_ways("retention", 0.05, 0.88, 140, 900.0)
    assert rise == 0.05 and fall is not None and fall != rise
    assert f"rise of at least 5.0 points or a fall of at least {100 * fall:.1f} points" in found.sentence
    assert both_ways("voluntary_exit", 0.05, 0.88, 140, 900.0)[1] == 0.05
