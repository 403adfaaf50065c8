"""What was rounded before it was told is written as rounded: 92%, never 92.0%, wherever it is shown."""

from __future__ import annotations

import json
import re

import pytest

from analysis.charts.format import interval, percent, points
from analysis.charts.palette import palette
from analysis.charts.survival import curves_chart
from analysis.findings.publication import for_publication
from analysis.findings.unadjusted import CovariateShift, UnadjustedFinding
from analysis.findings.words import Whole
from tests import fabricated
from ui import tables


@pytest.mark.parametrize(
    ("rate", "said"), [(0.92, "92.0%"), (Whole(0.92), "92%"), (Whole(0.0), "0%"), (1.0, "100.0%"), (Whole(1.0), "100%")]
)
def test_a_rate_says_how_exactly_it_is_known(rate: float, said: str) -> None:
    assert percent(rate) == said


def test_it_is_a_number_like_any_other_everywhere_else() -> None:
    assert Whole(0.92) == 0.92 and hash(Whole(0.92)) == hash(0.92)
    assert json.dumps(Whole(0.92)) == "0.92" and str(Whole(0.92)) == "0.92"


def test_a_table_of_curves_and_its_chart_have_no_tenths_for_a_viewer() -> None:
    exact = fabricated.curves()
    shown = for_publication(exact)
    assert shown.participants is not None and exact.participants is not None
    rows = tables.curve_rows(shown.participants, shown.comparators, "survival")
    assert rows and not any(".0%" in cell for row in rows for cell in row.values())
    assert any(
        ".0%" in cell for row in tables.curve_rows(exact.participants, None, "survival") for cell in row.values()
    )
    figure = curves_chart(shown, palette("light"), "survival", 12).to_json()
    assert "%" in figure and ".0%" not in figure


def test_a_table_of_who_took_part_has_no_tenths_for_a_viewer() -> None:
    cells = [cell for row in tables.reach_rows(for_publication(fabricated.reach()).rows) for cell in row.values()]
    assert any(re.search(r"\d%", cell) for cell in cells) and not any(".0%" in cell for cell in cells)


def test_the_plain_difference_is_told_as_exactly_as_the_adjusted_one_and_its_interval_as_it_was_rounded() -> None:
    exact = UnadjustedFinding(0.0642, 0.0312, 0.0893, 0.0541, (CovariateShift("level", 0.0061, -0.0004, ""),), "", "")
    shown = for_publication(exact)
    assert (points(shown.plain or 0), points(shown.adjusted or 0)) == ("+6.4", "+5.4")
    assert points(shown.rows[0].alone or 0) == "+0.6"
    assert interval(shown.plain_low or 0, shown.plain_high or 0) == "+3 to +9"
    assert interval(exact.plain_low or 0, exact.plain_high or 0) == "+3.1 to +8.9"
