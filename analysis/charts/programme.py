"""Programme health: shares by quarter, how long pairs wait, what sessions are about."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import plotly.graph_objects as go

from analysis.charts.drawing import Drawing
from analysis.charts.figure import BODY, TICKS, axis_title, dots, drawn_once
from analysis.charts.format import count, is_quarter, name_label, percent
from analysis.charts.palette import GRID, ZERO_LINE, Palette
from analysis.charts.steps import steps, still_followed
from analysis.findings.health.results import Timing, Topics
from analysis.findings.health.shares import Share

TREND_HEIGHT, CURVE_HEIGHT = 260, 400
BAR = 34


@drawn_once
def shares_by_quarter(rows: Sequence[tuple[str, Share]], palette: Palette, limit: float | None = None) -> go.Figure:
    """A share with its interval each quarter, never joined; one that is hidden keeps its place. limit: a proportion."""
    fig = Drawing(palette, TREND_HEIGHT, bottom=46)
    shown = [
        (
            index,
            share.value,
            share.low,
            share.high,
            f"{escape(quarter)}: {percent(share.value)} ({percent(share.low)} to {percent(share.high)})",
        )
        for index, (quarter, share) in enumerate(rows)
        if share.value is not None and share.low is not None and share.high is not None
    ]
    fig.scatter(**dots(shown, palette.participants))
    top = _top([high for *_, high, _ in shown], limit)
    for index, (_, share) in enumerate(rows):
        if share.value is None:
            fig.note("not<br>shown", x=index, y=0, yanchor="bottom", yshift=4, align="center")
    if limit is not None:
        _limit_line(fig, limit, palette)
    marks = [step * 0.2 for step in range(6) if step * 0.2 <= top + 1e-9]
    fig.x_axis(
        range=[-0.6, max(len(rows), 1) - 0.4],
        tickvals=list(range(len(rows))),
        ticktext=[f"{name[4:]}<br>{name[:4]}" if is_quarter(name) else escape(name) for name, _ in rows],
    )
    fig.y_axis(
        range=[0, top + 0.04],
        tickvals=marks,
        ticktext=[f"{mark:.0%}" for mark in marks],
        showgrid=True,
        gridcolor=GRID,
    )
    return fig.made()


def _top(highs: Sequence[float], limit: float | None) -> float:
    most = max([*highs, limit or 0.0], default=1.0)
    return next(step * 0.2 for step in range(1, 6) if step * 0.2 >= most - 1e-9 or step == 5)


def _limit_line(fig: Drawing, limit: float, palette: Palette) -> None:
    fig.line(y=limit, color=ZERO_LINE, width=1.5, dash="dash")
    fig.note(
        f"limit {limit:.0%}",
        x=0,
        xref="paper",
        xanchor="left",
        y=limit,
        yanchor="bottom",
    )


@drawn_once
def waiting_curve(timing: Timing, palette: Palette, title: str, marked: int | None = None) -> go.Figure:
    """One curve by days with its 95 % band and, below the same days, the pairs still followed."""
    fig = Drawing(palette, CURVE_HEIGHT, bottom=8)
    fig.below(0.17, gap=0.15)
    curve = timing.curve
    if curve is None:
        return fig.made()
    last = curve.days[-1]
    told = [f"Day {day}: {percent(share)}" for day, share in zip(curve.days, curve.share, strict=True)]
    # Half a week more, so that the last step ends flat.
    days, edges = [*curve.days, last + 3.5], (curve.low, curve.high)
    steps(fig, days, curve.share, edges, told, palette.participants, palette.participants_band)
    if marked is not None and marked <= last:
        fig.line(x=marked, color=ZERO_LINE, dash="dot")
        fig.note(f"{marked} days", x=marked, xref="x", xanchor="left", xshift=4, y=0, yref="y domain",
             yanchor="bottom")  # fmt: skip
    rising = curve.share[-1] >= curve.share[0]
    fig.note(
        f"<b>{escape(title)} {percent(curve.share[-1])}</b>",
        covers=True,
        size=BODY,
        color=palette.participants,
        x=last + 3.5,
        xref="x",
        xanchor="right",
        y=min(curve.low[len(curve.low) // 2 :]) if rising else max(curve.high[len(curve.high) // 2 :]),
        yref="y",
        yanchor="top" if rising else "bottom",
        yshift=-4 if rising else 4,
        align="right",
    )
    step = 14 if last <= 60 else 28 if last <= 200 else 56
    marks = list(range(0, last + 1, step))
    below = axis_title("Days since the pair began", palette)
    fig.x_axis(range=[-0.02 * last - 2, last + 4], tickvals=marks, showticklabels=True, title=below)
    levels = [0.0, 0.25, 0.5, 0.75, 1.0]
    fig.y_axis(
        range=[0, 1.04],
        tickvals=levels,
        ticktext=[f"{level:.0%}" for level in levels],
        showgrid=True,
        gridcolor=GRID,
    )
    at = [index for index, day in enumerate(curve.days) if day in marks]
    at_days, numbers = [curve.days[index] for index in at], [curve.at_risk[index] for index in at]
    still_followed(fig, at_days, numbers, 0.0, 0.5, "Pairs still followed", palette.muted)
    fig.y_axis("yaxis2", range=[-1, 0.5])
    return fig.made()


@drawn_once
def topic_bars(topics: Topics, palette: Palette) -> go.Figure:
    """A bar a topic, most frequent on top, its share at the end; tech support is outlined and has its limit."""
    rows = [row for row in topics.rows if row.share is not None]
    fig = Drawing(palette, BAR * max(len(rows), 1) + 44, bottom=36)
    fig.bar(
        orientation="h",
        x=[row.share for row in rows],
        y=list(range(len(rows))),
        width=0.62,
        marker={
            "color": [palette.participants if row.topic == "tech_support" else palette.grey for row in rows],
        },
        text=[f"{percent(row.share or 0.0)}" for row in rows],
        textposition="outside",
        textfont={"color": palette.ink, "size": TICKS},
        cliponaxis=False,
        hovertext=[f"{name_label(row.topic)}: {count(row.sessions or 0)} sessions" for row in rows],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    fig.line(x=topics.limit, color=ZERO_LINE, width=1.5, dash="dash")
    widest = max([topics.limit, *(row.share or 0.0 for row in rows)])
    marks = [step * 0.1 for step in range(11) if step * 0.1 <= widest + 0.05]
    marks = marks if len(marks) <= 6 else marks[::2]
    fig.x_axis(range=[0, widest * 1.18], tickvals=marks, ticktext=[f"{mark:.0%}" for mark in marks])
    fig.y_axis(
        range=[len(rows) - 0.5, -0.5],
        tickvals=list(range(len(rows))),
        ticktext=[name_label(row.topic) for row in rows],
        ticklabelstandoff=4,
        tickfont={"size": TICKS, "color": palette.ink},
    )
    return fig.made()
