"""Intervals against a mark: what every figure has, the mark where it belongs, and nothing of a hidden result."""

from __future__ import annotations

import pytest

from analysis.charts.marked import figure_chart, results_chart
from analysis.charts.palette import DARK, LIGHT
from analysis.findings.claims.asks import Share
from analysis.findings.claims.checker import check_figure
from analysis.findings.claims.counted import of_share
from analysis.findings.claims.requirements import REQUIREMENTS
from analysis.findings.claims.tested import ClaimResult, without
from analysis.plan import default_plan_text, read_plan
from analysis.study.claims import Counted

PLAN = read_plan(default_plan_text())
SHARE = next(ask for ask in REQUIREMENTS["B4"].asks if isinstance(ask, Share))


def result(units: int = 100) -> ClaimResult:
    half = units / 2
    return of_share(SHARE, (Counted("", units, half, units, half, units, half, int(half), int(half)),), PLAN)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_it_looks_like_every_figure(palette) -> None:
    other = DARK if palette is LIGHT else LIGHT
    for figure in (results_chart([result()], palette), figure_chart(check_figure("88 %"), palette)):
        layout = figure.layout
        assert layout.showlegend is False and layout.dragmode is False and layout.height >= 200
        assert layout.xaxis.fixedrange and layout.yaxis.fixedrange
        assert all(note.font.color for note in layout.annotations)
        assert other.ink not in figure.to_json() and other.participants not in figure.to_json()


def test_a_share_is_drawn_on_the_whole_axis_with_its_mark() -> None:
    figure = results_chart([result()], LIGHT)
    assert tuple(figure.layout.xaxis.range) == (0, 100)
    assert 50 in [shape.x0 for shape in figure.layout.shapes if shape.line.width == 1.5]
    assert [trace.name for trace in figure.data] == ["interval", "estimate"]


def test_too_few_are_dotted_without_a_dot_and_hidden_ones_are_not_drawn() -> None:
    figure = results_chart([result(20), without("Hidden", "higher", "too few", "percent")], LIGHT)
    assert [trace.name for trace in figure.data] == ["too few to tell"]
    assert figure.data[0].line.dash == "dot" and "Hidden" not in figure.to_json()


def test_a_bare_percentage_is_drawn_for_the_fewest_people() -> None:
    labels = [note.text for note in figure_chart(check_figure("88 %"), LIGHT).layout.annotations]
    assert any("if it was 7 of 8" in label for label in labels)
