"""Overlap: how likely people were to join, participants filled upwards, similar colleagues outlined downwards.

Bars are as wide as the stretch they speak of and their areas are shares of their group, so a merged bar is flat.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import plotly.graph_objects as go

from analysis.charts.drawing import Drawing
from analysis.charts.figure import BODY, axis_title, drawn_once
from analysis.charts.format import count
from analysis.charts.palette import GRID, ZERO_LINE, Palette
from analysis.findings.overlap import Bar, OverlapFinding

HEIGHT = 300
_TICKS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95, 0.98, 0.99)
MOST_TICKS = 6


@drawn_once
def overlap_chart(finding: OverlapFinding, palette: Palette) -> go.Figure:
    """Mirrored bars over the log odds of joining, told as chances. No y axis: only the shapes are compared."""
    fig = Drawing(palette, HEIGHT, bottom=50)
    peak = 0.0
    for bars, way, name in (
        (finding.participants, 1.0, "Participants"),
        (finding.comparators, -1.0, "Similar colleagues"),
    ):
        total = sum(bar.people for bar in bars)
        heights = [bar.people / total / bar.steps for bar in bars]
        peak = max(peak, *heights)
        edges = [(_place(bar.low), _place(bar.high)) for bar in bars]
        filled = way > 0
        color = palette.participants if filled else palette.comparators
        fig.bar(
            x=[(low + high) / 2 for low, high in edges],
            y=[way * height for height in heights],
            width=[(high - low) * 0.94 for low, high in edges],
            name=name,
            marker={
                "color": color if filled else palette.comparators_band,
                "line": {"color": color, "width": 0 if filled else 1.75},
            },
            text=[_told(name, bar, total) for bar in bars],
            textposition="none",
            hovertemplate="%{text}<extra></extra>",
        )
        fig.note(
            f"<b>{name}</b> n = {count(total)}",
            covers=True,
            size=BODY,
            color=color,
            x=0,
            xref="paper",
            xanchor="left",
            y=1.0 if filled else 0.0,
            yref="paper",
            yanchor="top" if filled else "bottom",
        )
    fig.line(y=0, color=ZERO_LINE, width=1.5, above=True)
    low, high = _span(finding)
    marks = _marks(low, high)
    fig.layout["barmode"] = "overlay"
    fig.x_axis(
        range=[low, high],
        tickvals=[_place(mark) for mark in marks],
        ticktext=[f"{100 * mark:g}%" for mark in marks],
        showgrid=True,
        gridcolor=GRID,
        title=axis_title("Estimated chance of joining", palette),
    )
    fig.y_axis(range=[-1.22 * peak, 1.22 * peak], visible=False)
    return fig.made()


def _told(name: str, bar: Bar, total: int) -> str:
    return f"{name}, {stretch(bar)}: {count(bar.people)} ({bar.people / total:.0%})"


def stretch(bar: Bar) -> str:
    """A bar's chances in words: "1.1% to 1.5%", "below 0.1%"."""
    if bar.low <= 0.0:
        return f"below {100 * bar.high:.2g}%"
    if bar.high >= 1.0:
        return f"above {100 * bar.low:.3g}%"
    return f"{100 * bar.low:.2g}% to {100 * bar.high:.2g}%"


def _place(chance: float) -> float:
    """Where a chance stands on the axis: its log odds, the open ends a little beyond the widest."""
    held = min(max(chance, 1e-4), 1.0 - 1e-4)
    return math.log(held / (1.0 - held))


def _span(finding: OverlapFinding) -> tuple[float, float]:
    bars: Sequence[Bar] = (*finding.participants, *finding.comparators)
    low, high = min(_place(bar.low) for bar in bars), max(_place(bar.high) for bar in bars)
    air = 0.03 * (high - low)
    return low - air, high + air


def _marks(low: float, high: float) -> list[float]:
    inside = [mark for mark in _TICKS if low <= _place(mark) <= high]
    step = -(-len(inside) // MOST_TICKS)
    return inside[::step] if step else []
