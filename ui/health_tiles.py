"""Programme health in one glance: four small tiles with the quarters before."""

from __future__ import annotations

import streamlit as st

from analysis.charts.format import MINUS, count
from analysis.charts.format import quarter as quarter_label
from analysis.findings import answers
from analysis.findings.health.summary import HealthSummary, HealthTile
from ui.page import Page
from ui.text import note, plain


def health_tiles(page: Page, quarter: str | None) -> None:
    """Active pairs, sessions held, finished as planned and survey response of a quarter, four across."""
    found: HealthSummary = page.ask(answers.health_summary, quarter)
    before = found.quarters[-2] if len(found.quarters) > 1 else ""
    grid = st.grid(4, min_column_width=150, gap="small")
    for tile in found.tiles:
        with grid:
            if tile.value is None:
                _not_shown(tile)
            else:
                _tile(tile, tile.value, before)


def _tile(tile: HealthTile, value: float, before: str) -> None:
    """A metric with its sparkline; quarters that are not shown leave no point in it."""
    series = [each if tile.counts_pairs else 100 * each for each in tile.series if each is not None]
    st.metric(
        tile.label,
        count(round(value)) if tile.counts_pairs else f"{value:.0%}",
        _change(tile),
        delta_color="off",
        delta_arrow="down" if tile.change is not None and tile.change < 0 else "auto",
        delta_description=f"on {quarter_label(before)}" if tile.change is not None and before else None,
        chart_data=series if len(series) > 1 else None,
        chart_type="line",
        border=True,
        height="stretch",
        help=plain(tile.sentence),
    )


def _change(tile: HealthTile) -> str | int | None:
    """The change on the quarter before: "+6", "−2 pp"; a plain 0, which gets no arrow."""
    if tile.change is None:
        return None
    size = round(abs(tile.change) if tile.counts_pairs else 100 * abs(tile.change))
    if size == 0:
        return 0
    unit = "" if tile.counts_pairs else " pp"
    return f"{'+' if tile.change > 0 else MINUS}{size:,}{unit}"


def _not_shown(tile: HealthTile) -> None:
    with st.container(border=True, height="stretch", gap="xsmall"):
        st.markdown(tile.label)
        note(plain(tile.reason or "Not shown."))
