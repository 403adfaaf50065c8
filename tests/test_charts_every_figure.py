"""What holds for every figure: no zoom, no legend, a clear ground, a height, and no colour of the other theme."""

from __future__ import annotations

from collections.abc import Callable

import plotly.graph_objects as go
import pytest

from analysis.charts.forest import changes_forest, outcomes_forest, parts_forest
from analysis.charts.immortal import immortal_chart
from analysis.charts.likert import likert_chart
from analysis.charts.love import love_plot
from analysis.charts.overlap import overlap_chart
from analysis.charts.palette import DARK, LIGHT, Palette, palette
from analysis.charts.programme import shares_by_quarter, waiting_curve
from analysis.charts.specification import specification_strip
from analysis.charts.surveys import net_chart, waves_chart
from analysis.charts.survival import curves_chart
from analysis.charts.trend import cohort_trend
from analysis.findings.immortal_time import demonstrate
from tests import fabricated, fabricated_evidence, fabricated_surveys
from tests import test_charts_programme_health as health_figures

FIGURES: dict[str, Callable[[Palette], go.Figure]] = {
    "outcomes": lambda colours: outcomes_forest(fabricated.HEADLINES, colours),
    "groups": lambda colours: parts_forest(fabricated.by_group(), colours),
    "trend": lambda colours: cohort_trend(fabricated.by_cohort(), colours),
    "survival": lambda colours: curves_chart(fabricated.curves(), colours),
    "resignations": lambda colours: curves_chart(fabricated.curves(), colours, "voluntary_exit"),
    "dismissals": lambda colours: curves_chart(fabricated.curves(), colours, "involuntary_exit"),
    "promotions": lambda colours: curves_chart(fabricated.curves("promotion"), colours, "promotion"),
    "choices": lambda colours: specification_strip(fabricated_evidence.CHOICES, colours, band=0.05),
    "conditions": lambda colours: specification_strip(fabricated_evidence.CONDITIONS, colours, band=0.05),
    "balance": lambda colours: love_plot(fabricated.BALANCE, colours),
    "overlap": lambda colours: overlap_chart(fabricated_evidence.OVERLAP, colours),
    "immortal": lambda colours: immortal_chart(demonstrate(0.15, 0.3, 18), colours),
    "waves": lambda colours: waves_chart(fabricated.surveys().waves[:6], colours),
    "likert": lambda colours: likert_chart(fabricated_surveys.construct("mentor").items, "pre", colours),
    "net": lambda colours: net_chart(fabricated_surveys.items().net, colours),
    "changes": lambda colours: changes_forest(fabricated.surveys().changes, colours),
    "quarters": lambda colours: shares_by_quarter([("2026Q3", health_figures.SHARE)], colours, limit=0.5),
    "waiting": lambda colours: waiting_curve(health_figures.TIMING, colours, "Met by then", 30),
}


@pytest.mark.parametrize("name", FIGURES)
def test_a_thumb_that_scrolls_the_page_never_zooms_the_chart(name: str) -> None:
    figure = FIGURES[name](LIGHT)
    axes = [figure.layout[key] for key in figure.layout if key.startswith(("xaxis", "yaxis"))]
    assert axes and all(axis.fixedrange for axis in axes)
    assert figure.layout.dragmode is False


@pytest.mark.parametrize("name", FIGURES)
def test_no_legend_a_clear_ground_and_a_height(name: str) -> None:
    layout = FIGURES[name](LIGHT).layout
    assert layout.showlegend is False and layout.height >= 200
    assert layout.paper_bgcolor == layout.plot_bgcolor == "rgba(0,0,0,0)"
    assert layout.title.text is None


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize(("used", "other"), [(LIGHT, DARK), (DARK, LIGHT)], ids=["light", "dark"])
def test_every_text_and_trace_has_a_colour_of_the_theme_asked_for(name: str, used: Palette, other: Palette) -> None:
    figure = FIGURES[name](used)
    text = figure.to_json()
    assert not [value for field, value in vars(other).items() if field != "name" and value in text]
    assert all(annotation.font.color for annotation in figure.layout.annotations)
    for trace in figure.data:
        line = getattr(trace, "line", None)  # a bar has none
        parts = (trace.marker.color, line and line.color, trace.textfont.color)
        assert any(part is not None for part in parts), trace.name


def test_the_palette_is_light_unless_dark_was_asked_for() -> None:
    assert palette("dark") is DARK and palette("light") is LIGHT and palette(None) is LIGHT
