"""The forest: one symmetric axis, words above lines, arrows where an interval runs out, names from data as text."""

from __future__ import annotations

from dataclasses import replace

from analysis.charts.figure import Figure
from analysis.charts.forest import changes_forest, outcomes_forest, parts_forest
from analysis.charts.palette import DARK, LIGHT
from tests import fabricated


def words(figure) -> str:  # type: ignore[no-untyped-def]
    return " | ".join(annotation.text for annotation in figure.layout.annotations)


def test_estimate_and_interval_stand_at_the_right_with_a_true_minus() -> None:
    text = words(outcomes_forest(fabricated.HEADLINES, LIGHT))
    assert "<b>+6.0</b>" in text and "+2.1 to +9.8" in text
    assert "<b>−1.8</b>" in text and "−5.6 to +2.6" in text
    assert "-1.8" not in text


def test_fewer_is_better_is_said_for_exits_alone() -> None:
    for outcome, said in (("voluntary_exit", 1), ("involuntary_exit", 1), ("internal_move", 0)):
        figure = outcomes_forest([replace(fabricated.CANNOT, outcome=outcome)], LIGHT)
        assert words(figure).count("fewer is better") == said
    assert "fewer is better" not in words(outcomes_forest([fabricated.FINDING], LIGHT))
    assert "fewer is better" in words(parts_forest([replace(fabricated.CANNOT, by="gender", group="woman")], LIGHT))


def test_the_axis_is_symmetric_and_holds_every_firm_interval() -> None:
    low, high = outcomes_forest(fabricated.HEADLINES, LIGHT).layout.xaxis.range
    assert low == -high and high > 9.8


def test_a_weak_interval_that_runs_out_ends_in_a_triangle_inside_the_axis() -> None:
    figure = outcomes_forest(fabricated.HEADLINES, LIGHT)
    arrows = next(trace for trace in figure.data if trace.name == "runs off the axis")
    assert list(arrows.marker.symbol) == ["triangle-right"]
    assert 0 < arrows.x[0] <= figure.layout.xaxis.range[1] < 21.0


def test_the_band_too_small_to_matter_is_shaded() -> None:
    bands = [shape for shape in outcomes_forest(fabricated.HEADLINES, LIGHT).layout.shapes if shape.type == "rect"]
    assert [(band.x0, band.x1) for band in bands] == [(-5.0, 5.0)]
    assert not [
        shape for shape in changes_forest(fabricated.surveys().changes, LIGHT).layout.shapes if shape.type == "rect"
    ]


def test_ticks_never_say_plus_zero_and_use_a_true_minus() -> None:
    ticks = outcomes_forest(fabricated.HEADLINES, LIGHT).layout.xaxis.ticktext
    assert "0" in ticks and "+0" not in ticks
    assert [tick for tick in ticks if tick.startswith("−")] and not [tick for tick in ticks if "-" in tick]


def test_a_group_name_from_a_file_is_text_and_never_markup() -> None:
    nasty = replace(fabricated.FINDING, by="department", group='<a href="http://x.test">A</a>')
    figure = parts_forest([nasty], LIGHT)
    # What a click hands back is the raw value; nothing draws it.
    assert [list(trace.customdata) for trace in figure.data if trace.customdata] == [[nasty.group]]
    text = Figure(figure).update_traces(customdata=None).to_json()
    assert "<a href" not in text.encode().decode("unicode_escape")


def test_rows_are_as_tall_as_they_are_many() -> None:
    one, two = (outcomes_forest(fabricated.HEADLINES[:n], LIGHT).layout.height for n in (1, 2))
    assert 54 <= two - one <= 62


def test_colours_come_from_the_palette_that_was_asked_for() -> None:
    dark = outcomes_forest(fabricated.HEADLINES, DARK).to_json()
    assert DARK.participants in dark and LIGHT.participants not in dark and LIGHT.ink not in dark


def test_nothing_to_draw_is_an_empty_figure_and_no_error() -> None:
    assert outcomes_forest([], LIGHT).layout.height > 0
    assert parts_forest([], LIGHT).layout.height > 0
    assert changes_forest([], LIGHT).layout.height > 0
