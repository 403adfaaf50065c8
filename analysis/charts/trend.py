"""The cohort trend: one interval a cohort, never joined; a cohort that may not be shown keeps its place."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from html import escape

import plotly.graph_objects as go

from analysis.charts.drawing import Drawing
from analysis.charts.figure import dots, drawn_once, signed_ticks, ticks
from analysis.charts.format import fewer_is_better, is_quarter
from analysis.charts.palette import Palette
from analysis.charts.rows import Row, finding_row
from analysis.findings.results import Finding

HEIGHT = 300
PHONE_CHARACTERS = 46  # of tick labels side by side on a phone; beyond that every second one is left out


@drawn_once
def cohort_trend(findings: Sequence[Finding], palette: Palette) -> go.Figure:
    """Cohorts in the order given, differences in percentage points. Too few: dotted line, no dot."""
    rows = [finding_row(finding, finding.cohort or "") for finding in findings]
    low, high = _range(rows)
    fig = Drawing(palette, HEIGHT, bottom=46)
    marks = ticks(low, high, most=7)
    fig.lines(y=marks)
    _firm(fig, rows, palette)
    _weak(fig, rows, palette, low, high)
    for index, row in enumerate(rows):
        if row.reason:
            fig.note("not<br>shown", x=index, y=0, yanchor="bottom", yshift=4, align="center")
    if findings and fewer_is_better(findings[0].outcome):
        fig.note("fewer is better", x=0, xref="paper", xanchor="left", y=0, yref="paper", yanchor="bottom")
    labels = [_two_lines(row.label) for row in rows]
    widest = max((len(line) for label in labels for line in label.split("<br>")), default=1)
    # Where they would touch on a phone every second name stands lower; beyond that some are left to the table.
    crowded = len(rows) * (widest + 1) > PHONE_CHARACTERS
    if crowded:
        labels = [f"<br><br>{label}" if index % 2 else label for index, label in enumerate(labels)]
        fig.layout["height"] = HEIGHT + 34
        fig.layout["margin"] |= {"b": 80}
    every = max(1, -(-len(rows) * (widest + 1) // (2 * PHONE_CHARACTERS)))
    shown = range(0, len(rows), every)
    fig.x_axis(
        range=[-0.6, max(len(rows), 1) - 0.4],
        tickvals=list(shown),
        ticklabelstandoff=6,
        ticktext=[labels[index] for index in shown],
    )
    fig.y_axis(range=[low, high], tickvals=marks, ticktext=signed_ticks(marks))
    return fig.made()


def _firm(fig: Drawing, rows: Sequence[Row], palette: Palette) -> None:
    shown = [
        (index, row.estimate, row.low, row.high, f"{escape(row.label)}: {row.words}")
        for index, row in enumerate(rows)
        if row.estimate is not None and row.low is not None and row.high is not None
    ]
    fig.scatter(**dots(shown, palette.participants, name="estimate"))


def _weak(fig: Drawing, rows: Sequence[Row], palette: Palette, low: float, high: float) -> None:
    xs: list[float | None] = []
    ys: list[float | None] = []
    texts: list[str] = []
    ends: list[tuple[int, float, str]] = []
    edge = (high - low) * 0.015
    for index, row in enumerate(rows):
        if not row.weak or row.low is None or row.high is None:
            continue
        hover = f"{escape(row.label)}: {row.words}"
        xs += [index, index, None]
        ys += [max(row.low, low + edge), min(row.high, high - edge), None]
        texts += [hover, hover, ""]
        if row.low < low:
            ends.append((index, low + edge, "triangle-down"))
        if row.high > high:
            ends.append((index, high - edge, "triangle-up"))
    if xs:
        fig.scatter(
            x=xs,
            y=ys,
            mode="lines",
            name="too few to tell",
            line={"color": palette.grey, "width": 2.5, "dash": "dot"},
            text=texts,
            hovertemplate="%{text}<extra></extra>",
        )
    if ends:
        fig.scatter(
            x=[end[0] for end in ends],
            y=[end[1] for end in ends],
            mode="markers",
            name="runs off the axis",
            marker={"symbol": [end[2] for end in ends], "size": 10, "color": palette.grey},
            cliponaxis=False,
            hoverinfo="skip",
        )


def _range(rows: Sequence[Row]) -> tuple[float, float]:
    """Firm intervals with a little air; weak ones may run out by their triangle. Zero is always inside."""
    firm = [value for row in rows if not row.weak for value in (row.low, row.high) if value is not None]
    weak = [value for row in rows if row.weak for value in (row.low, row.high) if value is not None]
    values = firm or [min(max(value, -40.0), 40.0) for value in weak]
    low, high = min([-5.0, *values]), max([5.0, *values])
    air = (high - low) * 0.06
    return low - air, high + air


def _two_lines(cohort: str) -> str:
    if is_quarter(cohort):
        return f"{cohort[4:]}<br>{cohort[:4]}"
    return "<br>".join(escape(line) for line in textwrap.wrap(cohort.replace("-", "- "), 8)[:2]).replace("- ", "-")
