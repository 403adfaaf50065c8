"""Survey scores by wave: mentors in the left half, mentees in the right, on one scale; means are never joined."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from analysis.charts.figure import BODY, note, style, ticks
from analysis.charts.format import SIDE_LABELS, count, decimal, wave_label
from analysis.charts.palette import GRID, Palette
from analysis.findings.results import SIDES, WavePoint

HEIGHT = 240
WAVE_ORDER = ("retro_pre", "pre", "mid", "post", "pulse")


def waves_chart(points: Sequence[WavePoint], palette: Palette) -> go.Figure:
    """One construct: the mean score of each wave with its 95 % interval, both sides. A hidden wave says so."""
    fig = make_subplots(rows=1, cols=len(SIDES), shared_yaxes=True, horizontal_spacing=0.06)
    style(fig, palette, HEIGHT, top=26, bottom=32)
    waves = [wave for wave in WAVE_ORDER if any(point.wave == wave for point in points)]
    low, high = _range(points)
    middle = (low + high) / 2
    for column, side in enumerate(SIDES, start=1):
        own = [point for point in points if point.side == side]
        axis = "" if column == 1 else str(column)
        note(
            fig,
            f"<b>{SIDE_LABELS[side]}</b>",
            palette,
            size=BODY,
            color=palette.ink,
            x=0,
            xref=f"x{axis} domain",
            xanchor="left",
            y=1,
            yref="paper",
            yanchor="bottom",
            yshift=6,
        )
        shown = [point for point in own if _is_shown(point)]
        fig.add_scatter(
            x=[waves.index(point.wave) for point in shown],
            y=[point.mean for point in shown],
            error_y={
                "type": "data",
                "symmetric": False,
                "array": [(point.high or 0) - (point.mean or 0) for point in shown],
                "arrayminus": [(point.mean or 0) - (point.low or 0) for point in shown],
                "thickness": 2.5,
                "width": 0,
                "color": palette.participants,
            },
            mode="markers",
            name=SIDE_LABELS[side],
            marker={
                "size": 11,
                "color": palette.participants,
                "symbol": "circle" if side == "mentor" else "diamond",
            },
            text=[_hover(point) for point in shown],
            hovertemplate="%{text}<extra></extra>",
            row=1,
            col=column,
        )
        if not own:
            place: dict[str, Any] = {"x": 0.5, "xref": f"x{axis} domain", "y": middle, "yref": f"y{axis}"}
            note(fig, "not asked", palette, align="center", **place)
            continue
        for index, wave in enumerate(waves):
            if not any(point.wave == wave for point in shown):
                hidden = any(point.wave == wave for point in own)
                words = "not<br>shown" if hidden else "not<br>asked"
                place = {"x": index, "xref": f"x{axis}", "y": middle, "yref": f"y{axis}"}
                note(fig, words, palette, align="center", **place)
    fig.update_xaxes(
        range=[-0.6, max(len(waves), 1) - 0.4],
        tickvals=list(range(len(waves))),
        ticktext=[wave_label(wave).replace(", ", ",<br>") for wave in waves],
    )
    marks = ticks(low, high, most=4)
    fig.update_yaxes(
        range=[low, high],
        tickvals=marks,
        ticktext=[f"{mark:g}" for mark in marks],
        showgrid=True,
        gridcolor=GRID,
    )
    return fig


def _is_shown(point: WavePoint) -> bool:
    return point.reason is None and None not in (point.mean, point.low, point.high)


def _hover(point: WavePoint) -> str:
    people = "" if point.people is None else f", {count(point.people)} people"
    return (
        f"{wave_label(point.wave)}: {decimal(point.mean or 0)} "
        f"({decimal(point.low or 0)} to {decimal(point.high or 0)}){people}"
    )


def _range(points: Sequence[WavePoint]) -> tuple[float, float]:
    """The part of the scale in use, at least 1.5 points or a third of it, and never beyond its ends."""
    if not points:
        return 0.0, 1.0
    ends = (min(point.scale_min for point in points), max(point.scale_max for point in points))
    shown = [point for point in points if _is_shown(point)]
    if not shown:
        return ends
    low = min(point.low or 0.0 for point in shown)
    high = max(point.high or 0.0 for point in shown)
    wanted = max(1.5, (ends[1] - ends[0]) / 3, (high - low) * 1.2)
    centre = (low + high) / 2
    low, high = max(ends[0], centre - wanted / 2), min(ends[1], centre + wanted / 2)
    return low, high
