"""The love plot: how far apart the groups were on each covariate before weighting, and after."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import plotly.graph_objects as go

from analysis.charts.drawing import Drawing
from analysis.charts.figure import axis_title, drawn_once
from analysis.charts.format import decimal, group_label, header_label, shortened
from analysis.charts.palette import GRID, ZERO_LINE, Palette
from analysis.findings.results import BalanceRow

ROW, TOP, BOTTOM = 26, 30, 46
MOST_ROWS, LONGEST_LABEL = 24, 20
_SHORT = {
    "tenure_band": "Tenure",
    "age_band": "Born",
    "performance_rating": "Rating",
    "promoted_last_year": "Promoted before",
    "level_by_rating": "Level by rating",
}
_YES_OR_NO = frozenset({"part_time", "promoted_last_year"})
_SPEAKS_OF_NOTHING = frozenset({"declined", "unknown", "other"})
_SELF_EXPLAINING = frozenset({"cohort", "department", "location", "gender", "ethnicity", "level_by_rating"})


@drawn_once
def love_plot(balance: Sequence[BalanceRow], palette: Palette, amber: float = 0.10, red: float = 0.25) -> go.Figure:
    """The levels that were furthest apart before, every level that is above `amber` after among them."""
    rows = shown_rows(balance, amber)
    fig = Drawing(palette, len(rows) * ROW + TOP + BOTTOM, top=TOP, bottom=BOTTOM)
    ys = list(range(len(rows)))
    right = max([red + 0.05, *(max(row.before, row.after) for row in rows)]) * 1.08
    fig.shade(0, amber)
    fig.line(x=red, color=ZERO_LINE, width=1.25, dash="dash")
    for x, text, anchor in (
        (amber, decimal(amber), "right"),
        (red, f"{decimal(red)} withhold", "right" if right < red * 1.5 else "left"),
    ):
        fig.note(text, x=x, xanchor=anchor, y=1, yref="paper", yanchor="bottom", yshift=4)
    between_x: list[float | None] = []
    between_y: list[float | None] = []
    for y, row in zip(ys, rows, strict=True):
        between_x += [row.before, row.after, None]
        between_y += [y, y, None]
    fig.scatter(
        x=between_x, y=between_y, mode="lines", line={"color": GRID, "width": 3}, hoverinfo="skip", name="moved"
    )
    hover = [f"{escape(level_name(row))}: before {decimal(row.before)}, after {decimal(row.after)}" for row in rows]
    fig.scatter(
        x=[row.before for row in rows],
        y=ys,
        mode="markers",
        name="before",
        marker={
            "size": 11,
            "color": palette.background,
            "line": {"color": palette.grey, "width": 2},
        },
        text=hover,
        hovertemplate="%{text}<extra></extra>",
    )
    fig.scatter(
        x=[row.after for row in rows],
        y=ys,
        mode="markers",
        name="after",
        marker={
            "opacity": 1,
            "size": [12 if _apart(row, amber) else 10 for row in rows],
            "symbol": ["diamond" if _apart(row, amber) else "circle" for row in rows],
            "color": [palette.grey if _apart(row, amber) else palette.participants for row in rows],
        },
        text=hover,
        hovertemplate="%{text}<extra></extra>",
    )
    for y, row in zip(ys, rows, strict=True):
        if _apart(row, amber):
            side: dict[str, Any] = (
                {"xanchor": "right", "xshift": -9} if row.before >= row.after else {"xanchor": "left", "xshift": 9}
            )
            fig.note(f"<b>{decimal(row.after)}</b>", color=palette.ink, x=row.after, y=y, **side)
    if rows and rows[0].before - rows[0].after > 0.3 * right:
        first: dict[str, Any] = {"y": 0, "covers": True}
        fig.note("after", color=palette.participants, x=rows[0].after, xanchor="left", xshift=9, **first)
        fig.note("before", x=rows[0].before, xanchor="right", xshift=-9, **first)
    marks = [round(0.1 * index, 1) for index in range(int(right / 0.1) + 1)]
    if len(marks) > 7:
        marks = marks[::2]
    fig.x_axis(
        range=[-0.035 * right, right],
        tickvals=marks,
        ticktext=[f"{mark:g}" for mark in marks],
        title=axis_title("Difference in standard deviations", palette),
    )
    fig.y_axis(
        range=[len(rows) - 0.5, -0.5],
        tickvals=ys,
        ticklabelstandoff=4,
        ticktext=[escape(shortened(level_name(row), LONGEST_LABEL)) for row in rows],
    )
    return fig.made()


def shown_rows(balance: Sequence[BalanceRow], amber: float = 0.10) -> list[BalanceRow]:
    """Sorted by the difference before; at most MOST_ROWS, but no level that is still apart is left out."""
    ordered = sorted(balance, key=lambda row: -row.before)
    kept = set(ordered[:MOST_ROWS]) | {row for row in ordered if _apart(row, amber)}
    return [row for row in ordered if row in kept]


def _apart(row: BalanceRow, amber: float) -> bool:
    """Still apart after weighting; levels held by fewer than five participants do not count."""
    return row.counts and row.after > amber


def level_name(row: BalanceRow) -> str:
    """A covariate's level in few words: "Rating 4", "Finance", "Gender: declined"; yes-or-no ones by their name."""
    name = _SHORT.get(row.covariate, header_label(row.covariate))
    if row.covariate in _YES_OR_NO and row.level in ("yes", "true", "1"):
        return name
    if row.covariate in _YES_OR_NO and row.level in ("no", "false", "0"):
        return f"Not {name[:1].lower()}{name[1:]}"
    level = group_label(row.covariate, row.level)
    if row.level in _SPEAKS_OF_NOTHING:
        return f"{name}: {level.lower()}"
    return level if row.covariate in _SELF_EXPLAINING else f"{name} {level}"
