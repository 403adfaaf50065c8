"""The charts of who is reached: every figure's rules, no digit of what is hidden, four fifths, contrast."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import plotly.graph_objects as go
import pytest

from analysis.charts import grid
from analysis.charts.grid import cohort_grid, path_grid
from analysis.charts.groups import rates_chart, ratios_chart
from analysis.charts.leadership import leadership_chart
from analysis.charts.palette import DARK, LIGHT, Palette
from analysis.findings.diversity_results import StepFinding
from tests.fabricated_diversity import found, leaders

FIGURES: dict[str, Callable[[Palette], go.Figure]] = {
    "path": lambda colours: path_grid(found(), colours),
    "cohorts": lambda colours: cohort_grid("gender", found().cohorts, colours),
    "rates": lambda colours: rates_chart(found().step("joined"), colours),
    "ratios": lambda colours: ratios_chart(found().step("joined"), colours),
    "leaders": lambda colours: leadership_chart(leaders(), ("man", "woman", "non_binary"), colours),
}


def words(figure: go.Figure) -> str:
    return " | ".join(annotation.text for annotation in figure.layout.annotations)


@pytest.mark.parametrize("name", FIGURES)
def test_no_zoom_no_legend_and_a_height(name: str) -> None:
    layout = FIGURES[name](LIGHT).layout
    axes = [layout[key] for key in layout if key.startswith(("xaxis", "yaxis"))]
    assert axes and all(axis.fixedrange for axis in axes) and layout.dragmode is False
    assert layout.showlegend is False and layout.height >= 150 and layout.title.text is None


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize(("used", "other"), [(LIGHT, DARK), (DARK, LIGHT)], ids=["light", "dark"])
def test_colours_are_those_of_the_theme_asked_for(name: str, used: Palette, other: Palette) -> None:
    figure = FIGURES[name](used)
    text = figure.to_json()
    assert other.participants not in text.replace("#56B4E9", "") or name not in ("rates", "ratios", "leaders")
    assert other.ink not in text and other.muted not in text
    assert all(annotation.font.color for annotation in figure.layout.annotations)


def leaking(step: StepFinding) -> StepFinding:
    """A hidden group with its numbers still in it."""
    row = next(row for row in step.rows if row.group.group == "man")
    hidden = replace(
        row.group, rate=None, ratio=0.71234, ratio_low=0.61234, ratio_high=0.81234, reason="Not shown: few."
    )
    return replace(step, rows=(replace(row, group=hidden, low=0.31234, high=0.41234), *step.rows[1:]))


def test_a_hidden_group_leaves_no_digit_and_gives_its_reason() -> None:
    step = leaking(found().step("joined"))
    for figure in (rates_chart(step, LIGHT), ratios_chart(step, LIGHT)):
        assert "1234" not in figure.to_json() and "Not shown: few." in words(figure)


def test_the_highest_rate_is_words_and_four_fifths_a_dashed_line() -> None:
    figure = ratios_chart(found().step("joined"), LIGHT)
    assert "16.3%, the highest rate" in words(figure) and "four fifths" in words(figure)
    lines = {round(math.exp(shape.x0), 6): shape.line.dash for shape in figure.layout.shapes}
    assert lines[0.8] == "dash" and lines[1.0] is None
    dots = [trace for trace in figure.data if trace.name == "estimate"]
    assert [round(math.exp(trace.x[0]), 3) for trace in dots] == [0.675]
    assert "0.8" in figure.layout.xaxis.ticktext and "1" in figure.layout.xaxis.ticktext


def test_a_ratio_of_few_people_is_hollow_and_dotted() -> None:
    step = found().step("joined")
    few = tuple(replace(row, group=replace(row.group, participants=12)) for row in step.rows)
    figure = ratios_chart(replace(step, rows=few), LIGHT)
    assert {trace.marker.symbol for trace in figure.data if trace.name == "estimate"} == {"circle-open"}
    assert {trace.line.dash for trace in figure.data if trace.name == "interval"} == {"dot"}


def test_the_dot_of_few_people_stands_where_its_ratio_is() -> None:
    step = found().step("joined")
    few = tuple(
        replace(row, group=replace(row.group, participants=12, ratio=0.3, ratio_low=0.01, ratio_high=4.0))
        if row.group.ratio_low is not None
        else row
        for row in step.rows
    )
    figure = ratios_chart(replace(step, rows=few), LIGHT)
    assert {round(math.exp(trace.x[0]), 6) for trace in figure.data if trace.name == "estimate"} == {0.3}
    assert math.exp(figure.layout.xaxis.range[0]) < 0.3


def test_a_hidden_cell_says_so_and_is_nothing_in_the_colours() -> None:
    joined = {"a": {"man": 30, "woman": 3}, "b": {"man": 25, "woman": 28}, "c": {"man": 31, "woman": 20}}
    table = found(joined, {"man": 400, "woman": 300}).cohorts
    figure = cohort_grid("gender", table, LIGHT)
    hidden = [cell for cell in table.cells if cell.people is None]
    assert hidden and words(figure).count("<i>hidden</i>") == len(hidden)
    shares = [share for line in figure.data[0].z for share in line if share is not None]
    assert len(shares) == len(table.cells) - len(hidden) > 0


def test_a_flagged_step_has_a_border_of_its_own() -> None:
    finding = found()
    flagged = sum(row.group.flag for step in finding.steps for row in step.rows)
    borders = [shape for shape in path_grid(finding, LIGHT).layout.shapes if shape.line.color == LIGHT.comparators]
    assert flagged and len(borders) == flagged


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_every_number_in_a_cell_can_be_read(palette: Palette) -> None:
    for share in [at / 50 for at in range(51)]:
        scale = grid._scale(palette)
        at = min(int(share * 4), 3)
        one, other = (grid._channels(scale[index]) for index in (at, at + 1))
        under = grid._luminance([a + (b - a) * (share * 4 - at) for a, b in zip(one, other, strict=True)])
        over = grid._luminance(grid._channels(grid._ink_on(share, palette)))
        assert (max(under, over) + 0.05) / (min(under, over) + 0.05) >= 4.5


def test_a_name_from_a_file_is_text_and_never_markup() -> None:
    joined = {"<b>x</b>": {"<i>a</i>": 30, "b": 40}, "y": {"<i>a</i>": 20, "b": 25}}
    finding = found(joined, {"<i>a</i>": 300, "b": 400}, header="department")
    for figure in (path_grid(finding, LIGHT), cohort_grid("department", finding.cohorts, LIGHT)):
        assert "<b>x" not in words(figure) and "<i>a" not in words(figure)
        assert "<i>a" not in "".join(figure.layout.xaxis.ticktext)


def test_nothing_to_draw_is_an_empty_figure_and_no_error() -> None:
    empty = replace(found().step("joined"), rows=())
    assert rates_chart(empty, LIGHT).layout.height > 0 and ratios_chart(empty, LIGHT).layout.height > 0
    assert path_grid(replace(found(), steps=()), LIGHT).layout.height > 0
    assert leadership_chart(leaders(), (), LIGHT).layout.height > 0
