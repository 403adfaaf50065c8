"""Two ways of counting the same invented people: the gap between two dots is what each would call the effect."""

from __future__ import annotations

from html import escape

import plotly.graph_objects as go

from analysis.charts.drawing import Drawing
from analysis.charts.figure import TICKS, axis_title, drawn_once, ticks
from analysis.charts.format import percent, points
from analysis.charts.palette import GRID, Palette
from analysis.findings.immortal_time import Demonstration

ROW, TOP, BOTTOM = 74, 8, 46


@drawn_once
def immortal_chart(shown: Demonstration, palette: Palette) -> go.Figure:
    """A row a way of counting; blue who joined, orange who did not. The axis is the share still employed."""
    found = shown.found
    rows = (
        ("Ever joined against never joined", found.ever, found.never, found.false_benefit),
        ("From the same day", found.participants, found.colleagues, found.same_day),
    )
    fig = Drawing(palette, len(rows) * ROW + TOP + BOTTOM, top=TOP, bottom=BOTTOM)
    for y, (label, joined, others, gap) in enumerate(rows):
        place = {"yref": "y", "y": y, "yanchor": "bottom", "yshift": 22, "xref": "paper"}
        fig.note(escape(label), size=TICKS, color=palette.ink, covers=True, x=0, xanchor="left", **place)
        told = f"<b>{points(gap)}</b> points"
        fig.note(told, size=TICKS, color=palette.ink, covers=True, x=1, xanchor="right", **place)
        fig.scatter(
            x=[others, joined],
            y=[y, y],
            mode="lines",
            name="gap",
            line={"color": palette.grey, "width": 3},
            hoverinfo="skip",
        )
    for name, position, color, symbol, size in (
        ("Did not join", 2, palette.comparators, "circle-open", 17),
        ("Joined", 1, palette.participants, "circle", 10),
    ):
        fig.scatter(
            x=[row[position] for row in rows],
            y=list(range(len(rows))),
            mode="markers",
            name=name,
            marker={
                "size": size,
                "symbol": symbol,
                "color": color,
                "line": {"color": color, "width": 3 if symbol == "circle-open" else 0},
            },
            text=[f"{name}, {escape(row[0])}: {percent(float(row[position]))}" for row in rows],
            hovertemplate="%{text}<extra></extra>",
        )
    # The whole axis always, so that the dots move and not the ground.
    marks = ticks(0.0, 1.0, most=6)
    fig.x_axis(
        range=[-0.02, 1.02],
        tickvals=marks,
        ticktext=[f"{mark:.0%}" for mark in marks],
        showgrid=True,
        gridcolor=GRID,
        title=axis_title("Share still employed", palette),
    )
    fig.y_axis(range=[len(rows) - 0.55, -0.75], visible=False)
    return fig.made()
