"""Groups one under the other: rates with their intervals, and ratios to the highest rate on a logarithmic axis.

Words above lines, as in the forest, so that the same figure works at 330 and 1100 pixels. Nothing is drawn for a number
that may not be shown: its reason stands where the line would be.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Any

import plotly.graph_objects as go

from analysis.charts.drawing import Drawing
from analysis.charts.figure import BODY, NOTES, TICKS, annotation, axis_title, drawn_once, ticks
from analysis.charts.format import count, decimal, percent, shortened
from analysis.charts.palette import ZERO_LINE, Palette
from analysis.findings.diversity_results import StepFinding, StepRow
from analysis.findings.diversity_words import name_of

ROW, LINE_AT, REASON_LINE = 58, 39, 15
TOP, BOTTOM = 24, 46
LONGEST_LABEL = 26
FEW = 30  # people who did it: below, a ratio is drawn hollow and dotted
FOUR_FIFTHS = 0.8
_RATIOS = (0.2, 0.4, 0.6, 0.8, 1.0, 1.25, 1.6, 2.5, 5.0)
_NARROW, _WIDE = math.log(1.75), math.log(6.0)  # half the axis of ratios, at least and at most
_OFF = math.exp(-2 * _WIDE)  # stands for 0, which has no logarithm: off any axis


@dataclass(frozen=True)
class _Row:
    """A group in the axis's units; `words` stand in place of the line."""

    label: str
    suffix: str = ""
    number: str = ""
    interval: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    weak: bool = False
    words: str = ""

    @property
    def lines(self) -> list[str]:
        return textwrap.wrap(self.words, 52)[:3]

    @property
    def hover(self) -> str:
        return f"{escape(self.label)}: {self.number} ({self.interval})"


@drawn_once
def rates_chart(step: StepFinding, palette: Palette) -> go.Figure:
    """How often each group did it, with Wilson's 95 % interval, from 0."""
    rows = [_rate(row) for row in step.rows]
    high = min(1.0, 1.08 * max([0.05, *(row.high for row in rows if row.high is not None)]))
    marks = [mark for mark in ticks(0.0, high, most=5) if 0 <= mark <= high]
    digits = 0 if all(float(round(100 * mark, 6)).is_integer() for mark in marks) else 1
    labels = [f"{100 * mark:.{digits}f}%" for mark in marks]
    fig = _figure(rows, palette, (0.0, high * 1.005))
    fig.lines(x=marks)
    fig.x_axis(tickvals=marks, ticktext=labels, title=axis_title(f"Share {step.of_whom}", palette))
    return fig.made()


@drawn_once
def ratios_chart(step: StepFinding, palette: Palette) -> go.Figure:
    """Each group's rate divided by the highest one: solid line at 1, dashed at four fifths."""
    rows = [_ratio(row) for row in step.rows]
    ends = [abs(end) for row in rows if not row.weak for end in (row.low, row.high) if end is not None]
    # Of a group of few the interval may run off the axis, its dot may not, unless nobody of them did it.
    ends += [abs(row.value) for row in rows if row.weak and row.value is not None and abs(row.value) < _WIDE]
    half = min(_WIDE, 1.08 * max([_NARROW, *ends]))
    fig = _figure(rows, palette, (-half, half))
    marks = [mark for mark in _RATIOS if abs(math.log(mark)) <= half]
    for mark in marks:
        fig.line(x=math.log(mark))
    fig.line(x=0, color=ZERO_LINE, width=1.5)
    fig.line(x=math.log(FOUR_FIFTHS), color=palette.muted, width=1.5, dash="dash")
    fig.note("four fifths", x=math.log(FOUR_FIFTHS), y=1, yref="paper", yanchor="bottom", yshift=4)
    fig.x_axis(
        tickvals=[math.log(mark) for mark in marks],
        ticktext=[f"{mark:g}" for mark in marks],
        title=axis_title("Ratio to the group with the highest rate (log scale)", palette),
    )
    return fig.made()


def _rate(row: StepRow) -> _Row:
    label = name_of(row.group)
    if row.group.rate is None or row.low is None or row.high is None:
        return _Row(label, words=row.group.reason or "Not shown")
    limits = f"{100 * row.low:.1f} to {100 * row.high:.1f}"
    people = f"n = {count(row.group.eligible or 0)}"
    return _Row(label, people, percent(row.group.rate), limits, row.group.rate, row.low, row.high)


def _ratio(row: StepRow) -> _Row:
    group, label = row.group, name_of(row.group)
    if group.rate is None:
        return _Row(label, words=group.reason or "Not shown")
    if group.ratio is None:
        why = "no ratio for people whose group is unknown" if group.group == "unknown" else "too few people for a ratio"
        return _Row(label, words=f"{percent(group.rate)}, {why}")
    if group.ratio_low is None or group.ratio_high is None:
        return _Row(label, words=f"{percent(group.rate)}, the highest rate")
    value, low, high = (math.log(max(told, _OFF)) for told in (group.ratio, group.ratio_low, group.ratio_high))
    limits = f"{decimal(group.ratio_low)} to {decimal(group.ratio_high)}"
    weak = (group.participants or 0) < FEW
    return _Row(label, percent(group.rate), decimal(group.ratio), limits, value, low, high, weak)


def _figure(rows: Sequence[_Row], palette: Palette, ends: tuple[float, float]) -> Drawing:
    heights = [ROW + REASON_LINE * max(0, len(row.lines) - 1) for row in rows]
    height = sum(heights) or ROW
    fig = Drawing(palette, height + TOP + BOTTOM, top=TOP, bottom=BOTTOM)
    top = 0
    for row, tall in zip(rows, heights, strict=True):
        y = float(top + LINE_AT)
        top += tall
        fig.words += _words(row, y, palette)
        if row.low is not None and row.high is not None and row.value is not None:
            _line(fig, row, y, palette, ends)
    if fig.is_empty:
        fig.scatter(x=[], y=[], mode="markers", marker={"color": palette.participants}, hoverinfo="skip")
    fig.x_axis(range=list(ends))
    fig.y_axis(range=[height, 0], visible=False)
    return fig


def _line(fig: Drawing, row: _Row, y: float, palette: Palette, ends: tuple[float, float]) -> None:
    """The interval, with a triangle where it runs off the axis, and the dot; hollow and dotted where people are few."""
    color = palette.grey if row.weak else palette.participants
    edge = (ends[1] - ends[0]) * 0.0075
    low, high = ends[0] + edge, ends[1] - edge
    if ends[0] == 0:
        low = 0.0
    value = min(max(row.value or 0.0, low), high)
    dash = "dot" if row.weak else "solid"
    fig.scatter(
        x=[max(row.low or 0.0, low), min(row.high or 0.0, high)],
        y=[y, y],
        mode="lines",
        name="interval",
        line={"color": color, "width": 2.5, "dash": dash},
        hoverinfo="skip",
    )
    fig.scatter(
        x=[value],
        y=[y],
        mode="markers",
        name="estimate",
        marker={
            "size": 11,
            "color": color,
            "symbol": "circle-open" if row.weak else "circle",
            "line": {"width": 2, "color": color},
        },
        text=[row.hover],
        hovertemplate="%{text}<extra></extra>",
    )
    off = [(low, "triangle-left")] if (row.low or 0.0) < low else []
    off += [(high, "triangle-right")] if (row.high or 0.0) > high else []
    if off:
        fig.scatter(
            x=[x for x, _ in off],
            y=[y] * len(off),
            mode="markers",
            name="runs off the axis",
            marker={"symbol": [symbol for _, symbol in off], "size": 10, "color": color},
            cliponaxis=False,
            hoverinfo="skip",
        )


def _words(row: _Row, y: float, palette: Palette) -> list[dict[str, Any]]:
    ink = partial(annotation, palette=palette, size=BODY, color=palette.ink, covers=True)
    label = escape(shortened(row.label, LONGEST_LABEL))
    if row.suffix:
        label += f" <span style='font-size:{NOTES}px;color:{palette.muted}'> {escape(row.suffix)}</span>"
    left: dict[str, Any] = {"x": 0, "xref": "paper", "xanchor": "left", "y": y}
    name = ink(label, yanchor="bottom", yshift=9, **left)
    if row.words:
        text = "<br>".join(f"<i>{escape(line)}</i>" for line in row.lines)
        return [name, annotation(text, palette, covers=True, yanchor="top", yshift=8, **left)]
    if row.number:
        text = f"<b>{row.number}</b>  <span style='font-size:{TICKS}px'>{row.interval}</span>"
        right: dict[str, Any] = {"x": 1, "xref": "paper", "xanchor": "right", "y": y, "yanchor": "bottom", "yshift": 9}
        return [name, ink(text, **right)]
    return [name]
