"""Trend, curves, balance and survey charts: what each draws, names and leaves out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.charts.love import level_name, love_plot, shown_rows
from analysis.charts.palette import LIGHT
from analysis.charts.surveys import waves_chart
from analysis.charts.survival import Drawn, curves_chart, lowest_tick
from analysis.charts.trend import cohort_trend
from analysis.findings.results import BalanceRow, Measure
from tests import fabricated


def words(figure) -> str:  # type: ignore[no-untyped-def]
    return " | ".join(annotation.text for annotation in figure.layout.annotations)


def test_a_cohort_that_may_not_be_shown_keeps_its_place_and_dots_are_never_joined() -> None:
    figure = cohort_trend(fabricated.by_cohort(), LIGHT)
    dots = next(trace for trace in figure.data if trace.name == "estimate")
    assert list(dots.x) == [0, 1, 3, 4] and dots.mode == "markers" and dots.error_y.width == 0
    assert figure.layout.xaxis.ticktext[0] == "Q1<br>2024"
    assert words(figure).count("not<br>shown") == 1


def test_many_long_cohort_names_stand_in_two_rows_rather_than_collide() -> None:
    few, many = (
        cohort_trend([replace(fabricated.FINDING, cohort=f"20{n} Autumn") for n in range(10, 10 + k)], LIGHT)
        for k in (3, 12)
    )
    assert len(few.layout.xaxis.tickvals) == 3
    assert len(many.layout.xaxis.tickvals) == 12  # every second one stands lower
    assert sum(text.startswith("<br><br>") for text in many.layout.xaxis.ticktext) == 6


def test_the_trend_of_exits_says_that_fewer_is_better() -> None:
    assert "fewer is better" in words(cohort_trend([replace(fabricated.CANNOT, cohort="2025Q1")], LIGHT))


def test_curves_are_steps_with_direct_labels_and_end_flat() -> None:
    figure = curves_chart(fabricated.curves(), LIGHT)
    lines = {trace.name: trace for trace in figure.data if trace.name in ("Participants", "Similar colleagues")}
    assert lines["Participants"].line.shape == "hv" and lines["Participants"].line.dash == "solid"
    assert lines["Similar colleagues"].line.dash == "5px,2px"
    assert lines["Participants"].x[-1] == 24.5 and lines["Participants"].y[-1] == lines["Participants"].y[-2]
    assert "Participants 84.1%" in words(figure) and "Similar colleagues 72.7%" in words(figure)


def test_numbers_at_risk_stand_at_five_months_at_most_under_the_same_axis() -> None:
    figure = curves_chart(fabricated.curves(), LIGHT)
    rows = [trace for trace in figure.data if trace.mode == "text"]
    assert [list(row.x) for row in rows] == [[0, 6, 12, 18, 24]] * 2
    assert (rows[0].text[0], rows[1].text[0]) == ("142", "1,986")
    assert figure.layout.xaxis.range == figure.layout.xaxis2.range


def test_exit_curves_start_at_zero_and_survival_says_where_it_starts() -> None:
    assert lowest_tick(fabricated.curves(), "voluntary_exit") == 0.0
    assert 0.5 < lowest_tick(fabricated.curves()) < 0.73
    assert lowest_tick(replace(fabricated.curves(), participants=None, comparators=None)) >= 0.0


@pytest.mark.parametrize(
    ("measure", "drawn", "last"),
    [
        ("employment", "survival", "84.1%"),
        ("employment", "voluntary_exit", "11.1%"),
        ("employment", "involuntary_exit", "3.2%"),
        ("promotion", "promotion", "9.6%"),
    ],
)
def test_each_measure_draws_its_own_curve(measure: Measure, drawn: Drawn, last: str) -> None:
    assert f"Participants {last}" in words(curves_chart(fabricated.curves(measure), LIGHT, drawn))


def test_the_line_of_a_late_follow_up_has_its_words_on_the_left() -> None:
    for months, anchor in ((12, "left"), (24, "right")):
        figure = curves_chart(fabricated.curves(), LIGHT, "survival", months)
        said = next(annotation for annotation in figure.layout.annotations if annotation.text == f"{months} months")
        assert said.xanchor == anchor and said.x == months


def test_an_arm_that_is_missing_is_left_out() -> None:
    figure = curves_chart(replace(fabricated.curves(), comparators=None), LIGHT)
    assert "Similar colleagues" not in figure.to_json()


def test_balance_is_sorted_by_before_and_a_level_still_apart_is_a_diamond_with_its_value() -> None:
    figure = love_plot(fabricated.BALANCE, LIGHT)
    after = next(trace for trace in figure.data if trace.name == "after")
    assert list(after.marker.symbol).count("diamond") == 1
    assert "<b>0.12</b>" in words(figure) and "0.25 withhold" in words(figure)
    before = list(next(trace for trace in figure.data if trace.name == "before").x)
    assert before == sorted(before, reverse=True)


def test_a_level_held_by_very_few_never_counts_as_apart() -> None:
    figure = love_plot([BalanceRow("level", "C9", 0.5, 0.4, counts=False)], LIGHT)
    assert "diamond" not in figure.to_json()


def test_no_level_that_is_still_apart_is_cut_off() -> None:
    many = [BalanceRow("department", f"D{n}", 1 - n / 100, 0.0) for n in range(60)]
    last = BalanceRow("gender", "woman", 0.01, 0.2)
    assert last in shown_rows([*many, last]) and len(shown_rows([*many, last])) < 30


def test_levels_have_names_that_can_stand_alone() -> None:
    assert level_name(BalanceRow("gender", "declined", 0, 0)) == "Gender: declined"
    assert level_name(BalanceRow("performance_rating", "1", 0, 0)) == "Rating 1"
    assert level_name(BalanceRow("part_time", "no", 0, 0)) == "Not part time"
    assert level_name(BalanceRow("department", "Finance", 0, 0)) == "Finance"


def test_both_sides_share_one_scale_and_a_hidden_wave_says_so() -> None:
    points = [point for point in fabricated.surveys().waves if point.construct == "inclusion"]
    figure = waves_chart(points, LIGHT)
    assert figure.layout.yaxis.range == figure.layout.yaxis2.range
    assert list(figure.layout.xaxis.ticktext) == ["Before", "Midway", "After"]
    assert words(figure).count("not<br>shown") == 1
    assert all(trace.mode == "markers" for trace in figure.data)


def test_a_side_that_was_never_asked_says_so_once() -> None:
    points = [point for point in fabricated.surveys().waves if point.side == "mentor"]
    assert words(waves_chart(points[:3], LIGHT)).count("not asked") == 1
