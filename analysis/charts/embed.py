"""Figures inside a file: the library once, and each figure as a piece of HTML that needs no network."""

from __future__ import annotations

import plotly.io
import plotly.offline

from analysis.charts.figure import CONFIG, Figure


def library() -> str:
    """plotly.js as text, about 5 MB."""
    return str(plotly.offline.get_plotlyjs())


def piece(figure: Figure, name: str) -> str:
    """One figure; `name` is its id, always the same for the same bytes."""
    found = plotly.io.to_html(
        figure, full_html=False, include_plotlyjs=False, div_id=name, config={**CONFIG, "responsive": True}
    )
    return str(found)
