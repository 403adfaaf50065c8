"""Two selections side by side: a difference only where nobody is in both, and both numbers are shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.estimates.intervals import newcombe, wilson
from analysis.findings import answers
from analysis.findings.comparison import compare, disjoint
from analysis.findings.results import Question, Selection
from analysis.store import Reader
from tests import fabricated

LONDON, DUBLIN = Selection(location="London"), Selection(location="Dublin")


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        (LONDON, DUBLIN, True),
        (LONDON, Selection(), False),
        (LONDON, Selection(department="Sales"), False),
        (Selection(location="London", level="A"), Selection(location="London", level="B"), True),
    ],
)
def test_who_can_be_in_both(one: Selection, other: Selection, apart: bool) -> None:
    asked = Question("retention", "mentor")
    assert disjoint(replace(asked, where=one), replace(asked, where=other)) is apart
    assert disjoint(replace(asked, where=other), replace(asked, where=one)) is apart


def test_sides_and_cohorts_are_apart() -> None:
    asked = Question("retention", "mentor")
    assert disjoint(asked, replace(asked, side="mentee"))
    assert disjoint(replace(asked, cohort="a"), replace(asked, cohort="b"))
    assert not disjoint(replace(asked, cohort="a"), asked)


def test_the_interval_is_square_and_add() -> None:
    """Of two plain proportions it is Newcombe's interval, which is the same rule."""
    one, other = (45 / 60, 60), (30 / 50, 50)
    findings = []
    for (rate, people), where in ((one, LONDON), (other, DUBLIN)):
        band = wilson(rate, people)
        findings.append(replace(fabricated.FINDING, estimate=rate, ci_low=band.low, ci_high=band.high, where=where))
    found = compare(*findings, apart=True)
    expected = newcombe(45, 60, 30, 50)
    assert found.difference == pytest.approx(0.15)
    assert (found.ci_low, found.ci_high) == pytest.approx((expected.low, expected.high), abs=1e-9)
    assert "not distinguishable" in found.sentence


@pytest.mark.parametrize(("shift", "word"), [(0.5, "is higher"), (-0.5, "is lower")])
def test_direction_is_said(shift: float, word: str) -> None:
    base = replace(fabricated.FINDING, estimate=0.0, ci_low=-0.05, ci_high=0.05, where=DUBLIN)
    other = replace(base, estimate=shift, ci_low=shift - 0.05, ci_high=shift + 0.05, where=LONDON)
    assert word in compare(other, base, apart=True).sentence


def test_no_difference_of_people_with_themselves_or_of_what_is_not_shown() -> None:
    one = replace(fabricated.FINDING, where=LONDON)
    hidden = replace(one, where=DUBLIN, estimate=None)
    for found, words in (
        (compare(one, one, apart=False), "same selection"),
        (compare(one, replace(one, where=Selection()), apart=False), "share people"),
        (compare(one, hidden, apart=True), "not shown"),
    ):
        assert found.difference is found.ci_low is found.ci_high is None and words in (found.reason or "")


def test_both_numbers_are_those_of_their_own_question(sample_reader: Reader) -> None:
    one = Question("retention", "mentor", where=LONDON)
    other = replace(one, where=DUBLIN)
    found = answers.comparison(sample_reader, one, other)
    assert (found.one,) == answers.effects(sample_reader, one)
    assert (found.other,) == answers.effects(sample_reader, other)
    assert found.difference == pytest.approx((found.one.estimate or 0) - (found.other.estimate or 0))
