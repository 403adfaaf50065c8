"""The event study: one interval a quarter since joining, never joined by a line; the quarters before stand apart."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from analysis.charts.drawing import Drawing
from analysis.charts.figure import axis_title, dots, drawn_once, signed_ticks, ticks
from analysis.charts.format import signed
from analysis.charts.palette import Palette
from analysis.findings.event_study import FIRST, LAST, EventPoint, EventStudyFinding

HEIGHT = 300
JOINING = -0.5  # between the last quarter before and the quarter of joining


@drawn_once
def event_study_chart(finding: EventStudyFinding, palette: Palette) -> go.Figure:
    """Points with their 95 % intervals by quarter relative to joining. Hollow before joining; a hidden one says so."""
    scale = 100.0 if finding.proportion else 1.0
    shown = [point for point in finding.points if _is_shown(point)]
    low, high = _range(shown, scale)
    fig = Drawing(palette, HEIGHT, top=22, bottom=50)
    marks = ticks(low, high, most=6)
    fig.lines(y=marks)
    fig.shade(FIRST - 0.6, JOINING)
    fig.scatter(**_trace([point for point in shown if point.quarters < 0], "before joining", scale, palette))
    fig.scatter(**_trace([point for point in shown if point.quarters >= 0], "since joining", scale, palette))
    top: dict[str, Any] = {"y": 1, "yref": "paper", "yanchor": "bottom", "yshift": 2}
    fig.note("before joining", x=JOINING, xanchor="right", xshift=-6, **top)
    fig.note("since joining", x=JOINING, xanchor="left", xshift=6, **top)
    for point in finding.points:
        if not _is_shown(point):
            fig.note("–", x=point.quarters, y=0, yanchor="bottom", yshift=2, align="center")
    fig.x_axis(
        range=[FIRST - 0.6, LAST + 0.6],
        tickvals=list(range(FIRST, LAST + 1, 2)),
        ticktext=[signed(value, 0) for value in range(FIRST, LAST + 1, 2)],
        title=axis_title("quarters since joining", palette),
    )
    fig.y_axis(range=[low, high], tickvals=marks, ticktext=signed_ticks(marks))
    return fig.made()


def _trace(shown: list[EventPoint], name: str, scale: float, palette: Palette) -> dict[str, Any]:
    points = [
        (
            point.quarters,
            (point.estimate or 0.0) * scale,
            (point.low or 0.0) * scale,
            (point.high or 0.0) * scale,
            _hover(point, scale),
        )
        for point in shown
    ]
    fill = palette.background if name.startswith("before") else palette.participants  # hollow before
    marker = {"size": 10, "color": fill, "line": {"color": palette.participants, "width": 2}}
    return dots(points, palette.participants, marker=marker, name=name)


def _is_shown(point: EventPoint) -> bool:
    return point.reason is None and None not in (point.estimate, point.low, point.high)


def _hover(point: EventPoint, scale: float) -> str:
    digits = 1 if scale > 1 else 2
    estimate, low, high = (signed(scale * (value or 0.0), digits) for value in (point.estimate, point.low, point.high))
    return f"{quarters_since(point.quarters)}: {estimate} ({low} to {high})"


def quarters_since(quarters: int) -> str:
    """ "3 quarters before", "quarter of joining", "1 quarter after"."""
    if quarters == 0:
        return "quarter of joining"
    many = abs(quarters)
    return f"{many} quarter{'' if many == 1 else 's'} {'before' if quarters < 0 else 'after'}"


def _range(shown: list[EventPoint], scale: float) -> tuple[float, float]:
    """All intervals with a little air; zero is always inside."""
    ends = [scale * value for point in shown for value in (point.low, point.high) if value is not None]
    low, high = min([0.0, *ends]), max([0.0, *ends])
    air = (high - low or 1.0) * 0.08
    return low - air, high + air
