"""Who holds the two highest levels: shares by hand, hidden groups, and words that claim no effect."""

from __future__ import annotations

import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from analysis.findings.leadership import leadership_finding
from tests import fabricated_diversity

LEVELS = ("Executive", "Director")


def frame(**senior: tuple[int, int]) -> pd.DataFrame:
    rows = [{"quarter": "2026Q3", "group": group, "people": p, "senior": s} for group, (p, s) in senior.items()]
    return pd.DataFrame(rows)


def test_shares_and_intervals_by_hand() -> None:
    point = fabricated_diversity.leaders().of("woman")[-1]
    assert (point.senior, point.share) == (32, pytest.approx(32 / 103))
    assert (point.low, point.high) == pytest.approx(proportion_confint(32, 103, method="wilson"), abs=1e-9)
    assert point.share_of_all == pytest.approx(700 / 1640)


def test_a_few_seniors_are_hidden_and_another_group_with_them() -> None:
    found = leadership_finding("gender", "2026Q3", LEVELS, frame(man=(900, 60), woman=(700, 30), x=(40, 3)), 1)
    assert [point.group for point in found.points if point.share is None] == ["woman", "x"]
    assert found.seniors == (93,)


def test_told_in_confidence_needs_ten() -> None:
    found = leadership_finding("lgbtq", "2026Q3", LEVELS, frame(yes=(90, 9), no=(700, 30), declined=(80, 12)), 1)
    assert {point.group for point in found.points if point.share is None} == {"yes", "declined"}


def test_those_below_are_not_told_by_subtraction() -> None:
    found = leadership_finding("gender", "2026Q3", LEVELS, frame(a=(12, 10), b=(700, 30), c=(80, 12)), 1)
    assert found.points[0].share is None


def test_it_is_the_company_and_no_effect() -> None:
    found = fabricated_diversity.leaders()
    assert "not an effect of the programme" in found.sentence and "2026 Q1 to 2026 Q3" in found.sentence
    none = leadership_finding("gender", "2026Q3", (), frame(a=(12, 10)), 1)
    assert none.reason and none.points == ()
