"""Survey scores by wave: mentors in the left half, mentees in the right, on one scale; means are never joined."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from analysis.charts.figure import BODY, annotation, axis, dots, drawn_once, layout, signed_ticks, ticks
from analysis.charts.format import SIDE_LABELS, count, decimal, wave_label
from analysis.charts.palette import Palette
from analysis.findings.results import SIDES, Side
from analysis.findings.survey_item_results import NetPoint
from analysis.findings.survey_results import WavePoint

HEIGHT = 240
WAVE_ORDER = ("retro_pre", "pre", "mid", "post", "pulse")


@drawn_once
def net_chart(points: Sequence[NetPoint], palette: Palette) -> go.Figure:
    """eNPS of each wave with its interval, both sides, from -100 to +100."""
    return waves_chart(
        [
            WavePoint(
                point.side,
                "enps",
                point.wave,
                _hundred(point.value),
                _hundred(point.low),
                _hundred(point.high),
                point.people,
                -100.0,
                100.0,
                point.reason,
            )
            for point in points
        ],
        palette,
        digits=0,
    )


def _hundred(value: float | None) -> float | None:
    return None if value is None else 100 * value


@drawn_once
def waves_chart(points: Sequence[WavePoint], palette: Palette, digits: int = 2) -> go.Figure:
    """One construct: the mean score of each wave with its 95 % interval, both sides. A hidden wave says so.

    digits: decimals on hover.
    """
    waves = [wave for wave in WAVE_ORDER if any(point.wave == wave for point in points)]
    low, high = _range(points)
    marks = ticks(low, high, most=4)
    across = axis(
        palette,
        range=[-0.6, max(len(waves), 1) - 0.4],
        tickvals=list(range(len(waves))),
        ticktext=[wave_label(wave).replace(", ", ",<br>") for wave in waves],
    )
    up = axis(
        palette,
        range=[low, high],
        tickvals=marks,
        ticktext=signed_ticks(marks) if low < 0 else [f"{mark:g}" for mark in marks],
        showgrid=True,
    )
    halves = {
        "xaxis": {**across, "domain": [0, 0.47], "anchor": "y"},
        "xaxis2": {**across, "domain": [0.53, 1], "anchor": "y2"},
        "yaxis": {**up, "anchor": "x"},
        "yaxis2": {**up, "anchor": "x2", "matches": "y", "showticklabels": False},
    }
    traces, words = [], []
    for side, suffix in zip(SIDES, ("", "2"), strict=True):
        own = [point for point in points if point.side == side]
        traces.append(_trace(side, suffix, [point for point in own if _is_shown(point)], waves, palette, digits))
        words += _words(side, suffix, own, waves, (low + high) / 2, palette)
    return go.Figure(data=traces, layout={**layout(palette, HEIGHT, top=26, bottom=32), **halves, "annotations": words})


def _trace(
    side: Side, suffix: str, shown: Sequence[WavePoint], waves: Sequence[str], palette: Palette, digits: int
) -> dict[str, Any]:
    points = [
        (waves.index(point.wave), point.mean or 0, point.low or 0, point.high or 0, _hover(point, digits))
        for point in shown
    ]
    marker = {"symbol": "circle" if side == "mentor" else "diamond"}
    where: dict[str, Any] = {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}"}
    return dots(points, palette.participants, marker=marker, name=SIDE_LABELS[side], **where)


def _words(
    side: Side, suffix: str, own: Sequence[WavePoint], waves: Sequence[str], middle: float, palette: Palette
) -> list[dict[str, Any]]:
    """The side's name above its half, and the reason where a mean would be."""
    top: dict[str, Any] = {
        "x": 0,
        "xref": f"x{suffix} domain",
        "xanchor": "left",
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
    }
    name = f"<b>{SIDE_LABELS[side]}</b>"
    words = [annotation(name, palette, size=BODY, color=palette.ink, yshift=6, **top)]
    if not own:
        place: dict[str, Any] = {"x": 0.5, "xref": f"x{suffix} domain", "y": middle, "yref": f"y{suffix}"}
        return [*words, annotation("not asked", palette, **{"align": "center", **place})]
    for index, wave in enumerate(waves):
        if any(point.wave == wave and _is_shown(point) for point in own):
            continue
        hidden = any(point.wave == wave for point in own)
        place = {"x": index, "xref": f"x{suffix}", "y": middle, "yref": f"y{suffix}", "align": "center"}
        words.append(annotation("not<br>shown" if hidden else "not<br>asked", palette, **place))
    return words


def _is_shown(point: WavePoint) -> bool:
    return point.reason is None and None not in (point.mean, point.low, point.high)


def _hover(point: WavePoint, digits: int) -> str:
    people = "" if point.people is None else f", {count(point.people)} people"
    return (
        f"{wave_label(point.wave)}: {decimal(point.mean or 0, digits)} "
        f"({decimal(point.low or 0, digits)} to {decimal(point.high or 0, digits)}){people}"
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
