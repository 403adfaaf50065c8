"""Curves of both arms by month, with the numbers still followed under the same months."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

import plotly.graph_objects as go

from analysis.charts.drawing import Drawing
from analysis.charts.figure import BODY, axis_title, drawn_once
from analysis.charts.format import percent
from analysis.charts.palette import GRID, ZERO_LINE, Palette
from analysis.charts.steps import steps, still_followed
from analysis.findings.results import Cause, Curve, CurvesFinding, Measure

HEIGHT = 440
Drawn = Literal["survival"] | Cause
# What is drawn of an answer where nothing is chosen: whoever stays, and whoever is promoted.
OF_MEASURE: dict[Measure, Drawn] = {"employment": "survival", "promotion": "promotion"}
_NAMES = {"participants": "Participants", "comparators": "Similar colleagues"}


@drawn_once
def curves_chart(
    curves: CurvesFinding, palette: Palette, measure: Drawn = "survival", horizon_months: int = 12
) -> go.Figure:
    """Share without the event (Kaplan-Meier) or cumulative incidence of one cause (Aalen-Johansen); 95 % bands."""
    fig = Drawing(palette, HEIGHT, bottom=8)
    fig.below(0.2262, gap=0.13)
    arms = [curve for curve in (curves.participants, curves.comparators) if curve]
    last = max((curve.months[-1] for curve in arms), default=horizon_months)
    low, high, step = _range(arms, measure)
    for curve in arms:
        _arm(fig, curve, measure, palette)
    for curve, above in zip(arms, _label_above(arms, measure), strict=True):
        _direct_label(fig, curve, measure, palette, above, low, high)
    _horizon(fig, horizon_months, last, palette, at_top=measure == "survival")
    marks = list(range(0, last + 1, 3 if last <= 24 else 6))
    # Half a month more, so that the last step ends flat; the same on the left, so that 0 is not cut.
    title = axis_title("Months since the cohort's first day", palette)
    fig.x_axis(range=[-0.5, last + 0.5], tickvals=marks, showticklabels=True, title=title)
    values = [low + step * index for index in range(round((high - low) / step) + 1)]
    fig.y_axis(
        range=[low - step * 0.35 if low > 0 else 0, high + step * 0.06],
        tickvals=values,
        ticktext=[f"{value:.0%}" for value in values],
        showgrid=True,
        gridcolor=GRID,
    )
    _numbers_at_risk(fig, arms, last, palette)
    return fig.made()


def lowest_tick(curves: CurvesFinding, measure: Drawn = "survival") -> float:
    """Where the axis starts, as a proportion: the page says so where it is not 0."""
    arms = [curve for curve in (curves.participants, curves.comparators) if curve]
    return _range(arms, measure)[0]


def values(curve: Curve, measure: Drawn) -> tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]:
    """By month: the share drawn and both edges of its 95 % band; proportions."""
    if measure == "survival":
        return curve.survival, curve.low, curve.high
    found = curve.incidence(measure)
    return found.rate, found.low, found.high


def _arm(fig: Drawing, curve: Curve, measure: Drawn, palette: Palette) -> None:
    middle, low, high = values(curve, measure)
    solid = curve.arm == "participants"
    color = palette.participants if solid else palette.comparators
    band = palette.participants_band if solid else palette.comparators_band
    months = [*curve.months, curve.months[-1] + 0.5]
    told = [f"Month {month}: {percent(value)}" for month, value in zip(curve.months, middle, strict=True)]
    dash = "solid" if solid else "5px,2px"
    steps(fig, months, middle, (low, high), told, color, band, _NAMES[curve.arm], dash)


def _label_above(arms: Sequence[Curve], measure: Drawn) -> list[bool]:
    """The arm that ends higher is named above its band, the other below, so names clear the lines."""
    ends = [values(curve, measure)[0][-1] for curve in arms]
    if len(ends) == 1:
        return [True]
    return [ends[0] >= ends[1], ends[0] < ends[1]] if ends else []


def _direct_label(
    fig: Drawing, curve: Curve, measure: Drawn, palette: Palette, above: bool, low: float, high: float
) -> None:
    middle, lower, upper = values(curve, measure)
    # The band at the label's width, not only at its end: on a phone a label is half the axis long.
    near = max(1, len(middle) // 2)
    y = max((upper or middle)[-near:]) if above else min((lower or middle)[-near:])
    color = palette.participants if curve.arm == "participants" else palette.comparators
    fig.note(
        f"<b>{_NAMES[curve.arm]} {percent(middle[-1])}</b>",
        size=BODY,
        color=color,
        x=curve.months[-1] + 0.5,
        xref="x",
        xanchor="right",
        y=min(max(y, low), high),
        yref="y",
        yanchor="bottom" if above else "top",
        yshift=2 if above else -2,
        align="right",
    )


def _horizon(fig: Drawing, horizon_months: int, last: int, palette: Palette, at_top: bool) -> None:
    if last < horizon_months:
        return
    fig.line(x=horizon_months, color=ZERO_LINE, dash="dot")
    # A horizon near the last month has its words on the left of its line, or they would be cut off.
    late = horizon_months > 0.8 * last
    fig.note(
        f"{horizon_months} months",
        x=horizon_months,
        xref="x",
        xanchor="right" if late else "left",
        xshift=-4 if late else 4,
        y=1 if at_top else 0,
        yref="y domain",
        yanchor="top" if at_top else "bottom",
    )


def _range(arms: Sequence[Curve], measure: Drawn) -> tuple[float, float, float]:
    """Lowest tick, highest tick and step: 5 points where the curves stay close, 10 or 20 where they spread."""
    lows = [value for curve in arms for value in (values(curve, measure)[1] or values(curve, measure)[0])]
    highs = [value for curve in arms for value in (values(curve, measure)[2] or values(curve, measure)[0])]
    low, high = (min(lows), 1.0) if measure == "survival" and lows else (0.0, max(highs, default=0.1))
    step = next((step for step in (0.02, 0.05, 0.1, 0.2) if (high - low) / step <= 5), 0.25)
    low = max(0.0, math.floor(low / step + 1e-9) * step) if measure == "survival" else 0.0
    high = 1.0 if measure == "survival" else math.ceil(high / step - 1e-9) * step
    return low, high, step


def _numbers_at_risk(fig: Drawing, arms: Sequence[Curve], last: int, palette: Palette) -> None:
    """One row an arm at no more than five months: nine columns collide on a phone."""
    every = 6 if last <= 24 else 12
    for place, curve in enumerate(arms):
        at = [index for index, month in enumerate(curve.months) if month % every == 0]
        months, numbers = [curve.months[index] for index in at], [curve.at_risk[index] for index in at]
        color = palette.participants if curve.arm == "participants" else palette.comparators
        still_followed(fig, months, numbers, -float(place), 0.3, f"{_NAMES[curve.arm]} still followed", color)
    fig.y_axis("yaxis2", range=[-1.5, 0.35])
