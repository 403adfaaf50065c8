"""Numbers and dates as they are shown."""

from __future__ import annotations

import pytest

from analysis.charts import format as shown


@pytest.mark.parametrize(
    ("proportion", "text"),
    [(0.06, "+6.0"), (-0.018, "−1.8"), (0.0, "0.0"), (0.0004, "0.0"), (-0.0004, "0.0"), (1.0, "+100.0")],
)
def test_points_always_carry_a_sign_but_zero_has_none(proportion: float, text: str) -> None:
    assert shown.points(proportion) == text


def test_the_unit_never_breaks_off_its_number() -> None:
    assert shown.points_unit(0.06) == "+6.0\u00a0pp"


def test_intervals_rates_counts_and_ratios() -> None:
    assert shown.interval(-0.006, 0.074) == "−0.6 to +7.4"
    assert shown.percent(0.915) == "91.5%"
    assert shown.count(1986) == "1,986"
    assert shown.decimal(-0.314) == "−0.31"
    assert shown.signed(-0.005, 2) in ("−0.01", "0.00")


@pytest.mark.parametrize(("p", "text"), [(0.0004, "p < 0.001"), (0.0412, "p = 0.041"), (0.5, "p = 0.5")])
def test_p_values_have_two_digits(p: float, text: str) -> None:
    assert shown.p_value(p) == text
    assert shown.p_number(p) == text.removeprefix("p = ").removeprefix("p ")


def test_dates_quarters_and_times() -> None:
    assert shown.day("2026-10-31") == "31 Oct 2026"
    assert shown.day("") == ""
    assert shown.quarter("2026Q3") == "2026 Q3"
    assert shown.quarter("2024 Autumn") == "2024 Autumn"
    assert shown.moment("2026-10-31T06:12:00+00:00") == "31 Oct 2026 06:12 UTC"
