"""Intervals held against a mark: what a claim states, beside what was found. One row a question, one unit a figure.

The words stand above each line and its numbers below it, both at the left, so that long questions fit a phone.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import plotly.graph_objects as go

from analysis.charts.figure import BODY, TICKS, annotation, axis, axis_title, drawn_once, layout, signed_ticks, ticks
from analysis.charts.format import MINUS, decimal, signed
from analysis.charts.palette import GRID, ZERO_LINE, Palette
from analysis.findings.claims.checker import CheckedFigure, Side
from analysis.findings.claims.tested import ClaimResult, Unit

ROW, LINE_AT, WIDEST, WORD_LINE = 84, 44, 44, 16
TOP, BOTTOM, LEAST = 6, 48, 200
TITLES: dict[Unit, str] = {
    "pp": "Difference, percentage points",
    "percent": "Percent",
    "scale": "Points of the scale",
    "ratio": "Ratio to the group with the highest rate",
    "metric": "Difference, in the metric's own unit",
}
_DIGITS: dict[Unit, int] = {"pp": 1, "percent": 1, "scale": 2, "ratio": 2, "metric": 2}


@dataclass(frozen=True)
class MarkedRow:
    """A question with its interval; without an estimate people are too few for one, and the line is dotted."""

    label: str
    estimate: float | None
    low: float
    high: float
    numbers: str

    @property
    def lines(self) -> list[str]:
        return textwrap.wrap(self.label, WIDEST)[:2]


@drawn_once
def results_chart(results: Sequence[ClaimResult], palette: Palette) -> go.Figure:
    """Results of one unit and one mark, those that may be shown."""
    rows = [_row(one) for one in results if one.low is not None and one.high is not None]
    first = results[0]
    whole = first.unit == "percent"
    return marked(
        rows,
        palette,
        mark=first.mark,
        title=TITLES[first.unit],
        limits=(0.0, 100.0) if whole else None,
        with_sign=first.mark == 0 and first.unit in ("pp", "scale", "metric"),
    )


def _row(one: ClaimResult) -> MarkedRow:
    low, high, digits = one.low or 0.0, one.high or 0.0, _DIGITS[one.unit]
    say = signed if one.mark == 0 and one.unit in ("pp", "scale", "metric") else decimal
    limits = f"{say(low, digits)} to {say(high, digits)}"
    numbers = f"too few to tell, {limits}" if one.estimate is None else f"{say(one.estimate, digits)} ({limits})"
    return MarkedRow(one.question, one.estimate, low, high, numbers)


@drawn_once
def figure_chart(found: CheckedFigure, palette: Palette) -> go.Figure:
    """A published figure with its intervals, in percent; a bare percentage with those of the fewest people it needs."""
    rows = [row for side in found.sides for row in _side_rows(side)]
    return marked(rows, palette, mark=None, title="Percent", limits=(0.0, 100.0), with_sign=False)


def _side_rows(side: Side) -> list[MarkedRow]:
    if side.wilson is None or side.exact is None:
        return [
            MarkedRow(
                f"{side.stated}, if it was {one.hits:,} of {one.n:,}",
                100 * one.hits / one.n,
                100 * one.interval.low,
                100 * one.interval.high,
                f"{100 * one.interval.low:.0f} to {100 * one.interval.high:.0f}%",
            )
            for one in side.smallest
        ]
    return [
        MarkedRow(
            f"{side.stated}, {name}",
            100 * side.rate,
            100 * interval.low,
            100 * interval.high,
            f"{100 * interval.low:.0f} to {100 * interval.high:.0f}%",
        )
        for name, interval in (("Wilson", side.wilson), ("exact", side.exact))
    ]


@drawn_once
def marked(
    rows: Sequence[MarkedRow],
    palette: Palette,
    *,
    mark: float | None,
    title: str,
    limits: tuple[float, float] | None,
    with_sign: bool,
) -> go.Figure:
    """Draw rows on one axis; `limits` are its ends, else the rows and the mark with some room around them.

    Made in one go: the page draws it anew at every touch, and Plotly checks each later change.
    """
    low, high = limits or _room(rows, mark)
    heights = [ROW + WORD_LINE * (len(row.lines) - 1) for row in rows]
    # Never under what a figure of one row needs to be read.
    height = max(sum(heights), LEAST - TOP - BOTTOM)
    places = [float(sum(heights[: at + 1]) - (ROW - LINE_AT)) for at in range(len(rows))]
    marks = ticks(low, high, most=6)
    lines = [_upright(value, GRID, 1) for value in marks]
    if mark is not None:
        lines.append(_upright(mark, ZERO_LINE, 1.5))
    labels = signed_ticks(marks) if with_sign else [f"{value:g}".replace("-", MINUS) for value in marks]
    look = layout(palette, height + TOP + BOTTOM, top=TOP, bottom=BOTTOM)
    look["margin"] |= {"r": 20}  # room for half of the last tick's label
    look |= {
        "xaxis": axis(palette, range=[low, high], tickvals=marks, ticktext=labels, title=axis_title(title, palette)),
        "yaxis": axis(palette, range=[height, 0], visible=False),
        "shapes": lines,
        "annotations": [words for row, y in zip(rows, places, strict=True) for words in _words(row, y, palette)],
    }
    return go.Figure([trace for row, y in zip(rows, places, strict=True) for trace in _traces(row, y, palette)], look)


def _upright(at: float, color: str, width: float) -> dict[str, Any]:
    line = {"color": color, "width": width}
    return {"type": "line", "x0": at, "x1": at, "y0": 0, "y1": 1, "yref": "paper", "line": line, "layer": "below"}


def _traces(row: MarkedRow, y: float, palette: Palette) -> list[dict[str, Any]]:
    weak = row.estimate is None
    hover = f"{escape(row.label)}: {row.numbers}"
    said = {"hovertemplate": "%{text}<extra></extra>", "type": "scatter"}
    color = palette.grey if weak else palette.participants
    line = {
        **said,
        "x": [row.low, row.high],
        "y": [y, y],
        "mode": "lines",
        "name": "too few to tell" if weak else "interval",
        "line": {"color": color, "width": 2.5, "dash": "dot" if weak else "solid"},
        "text": [hover, hover],
    }
    dot = {
        **said,
        "x": [row.estimate],
        "y": [y],
        "mode": "markers",
        "name": "estimate",
        "marker": {"size": 11, "color": palette.participants},
        "text": [hover],
        "cliponaxis": False,
    }
    return [line] if weak else [line, dot]


def _words(row: MarkedRow, y: float, palette: Palette) -> list[dict[str, Any]]:
    place = {"x": 0, "xref": "paper", "xanchor": "left", "y": y}
    label = "<br>".join(escape(line) for line in row.lines)
    return [
        annotation(label, palette, size=BODY, color=palette.ink, covers=True, yanchor="bottom", yshift=8, **place),
        annotation(
            row.numbers, palette, size=TICKS, color=palette.muted, covers=True, yanchor="top", yshift=-7, **place
        ),
    ]


def _room(rows: Sequence[MarkedRow], mark: float | None) -> tuple[float, float]:
    values = [value for row in rows for value in (row.low, row.high)] + ([mark] if mark is not None else [])
    least, most = min(values, default=0.0), max(values, default=1.0)
    room = 0.12 * (most - least) or 1.0
    return least - room, most + room
