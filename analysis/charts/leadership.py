"""Who holds the two highest levels, quarter by quarter: one small chart a group, its share of all employees dotted."""

from __future__ import annotations

from html import escape
from typing import Any

import plotly.graph_objects as go

from analysis.charts.figure import BODY, NOTES, annotation, axis, dots, drawn_once, layout, ticks
from analysis.charts.format import group_label, percent
from analysis.charts.palette import GRID, Palette
from analysis.findings.diversity_results import LeadershipFinding, LeadershipPoint

PANEL, NAME, BOTTOM = 84, 34, 40  # pixels
MOST_TICKS = 5


@drawn_once
def leadership_chart(finding: LeadershipFinding, groups: tuple[str, ...], palette: Palette) -> go.Figure:
    """Dots with Wilson's 95 % interval, never joined; a quarter that may not be shown is left empty."""
    height = max(len(groups), 1) * (PANEL + NAME)
    figure: dict[str, Any] = {}
    words: list[dict[str, Any]] = []
    traces: list[dict[str, Any]] = []
    every = max(1, -(-len(finding.quarters) // MOST_TICKS))
    shown = list(range(len(finding.quarters) - 1, -1, -every))[::-1]
    figure["xaxis"] = axis(
        palette,
        range=[-0.6, max(len(finding.quarters), 1) - 0.4],
        tickvals=shown,
        ticktext=[f"{finding.quarters[at][4:]}<br>{finding.quarters[at][:4]}" for at in shown],
        anchor=f"y{len(groups) if len(groups) > 1 else ''}",
    )
    for at, group in enumerate(groups):
        suffix = "" if at == 0 else str(at + 1)
        points = [point for point in finding.of(group) if point.share is not None]
        top = max([0.01, *(max(point.high or 0.0, point.share_of_all or 0.0) for point in points)])
        upper, lower = 1 - (at * (PANEL + NAME) + NAME) / height, 1 - (at + 1) * (PANEL + NAME) / height
        marks = ticks(0.0, top * 1.1, most=2)
        figure[f"yaxis{suffix}"] = axis(
            palette,
            domain=[max(lower, 0.0), upper],
            range=[0, top * 1.12],
            tickvals=marks,
            ticktext=[f"{100 * mark:g}%" for mark in marks],
            showgrid=True,
            gridcolor=GRID,
        )
        traces += [_of_all(finding, points, suffix, palette), _dots(finding, points, suffix, palette)]
        words.append(
            annotation(
                _name(finding, group, palette), palette, size=BODY, color=palette.ink, x=0, xref="paper",
                xanchor="left", y=upper, yref="paper", yanchor="bottom", yshift=5,
            )
        )  # fmt: skip
    return go.Figure(
        data=traces,
        layout={**layout(palette, height + BOTTOM + 4, top=4, bottom=BOTTOM), **figure, "annotations": words},
    )


def _name(finding: LeadershipFinding, group: str, palette: Palette) -> str:
    last = finding.of(group)[-1]
    label = escape(group_label(finding.header, group))
    if last.share is None:
        return label
    note = f"{percent(last.share)} now, {percent(last.share_of_all or 0.0)} of all"
    return f"{label} <span style='font-size:{NOTES}px;color:{palette.muted}'> {note}</span>"


def _dots(finding: LeadershipFinding, points: list[LeadershipPoint], suffix: str, palette: Palette) -> dict[str, Any]:
    shown = [
        (
            finding.quarters.index(point.quarter),
            point.share or 0,
            point.low or 0,
            point.high or 0,
            f"{point.quarter[:4]} {point.quarter[4:]}: {percent(point.share or 0)} "
            f"({percent(point.low or 0)} to {percent(point.high or 0)})",
        )
        for point in points
    ]
    name = "at the two highest levels"
    where: dict[str, Any] = {"xaxis": "x", "yaxis": f"y{suffix}"}
    return dots(shown, palette.participants, marker={"size": 8}, thickness=2, name=name, **where)


def _of_all(finding: LeadershipFinding, points: list[LeadershipPoint], suffix: str, palette: Palette) -> dict[str, Any]:
    return {
        "type": "scatter",
        "xaxis": "x",
        "yaxis": f"y{suffix}",
        "x": [finding.quarters.index(point.quarter) for point in points],
        "y": [point.share_of_all for point in points],
        "mode": "lines",
        "name": "of all employees",
        "line": {"color": palette.grey, "width": 2, "dash": "dot"},
        "hoverinfo": "skip",
    }
