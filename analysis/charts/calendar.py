"""The heat calendar: a row a quarter, thirteen weeks across, sessions held. Too few: a pale bordered cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go
from plotly.colors import sample_colorscale

from analysis.charts.figure import NOTES, annotation, axis, axis_title, drawn_once, layout
from analysis.charts.format import count
from analysis.charts.format import quarter as quarter_label
from analysis.charts.palette import Palette
from analysis.findings.health.results import CalendarQuarter, Week

ROW = 38
WEEKS = 13
SCALES = {
    "light": ("#E0ECF6", "#A5C8E4", "#5996C7", "#0B5FA5", "#083E6D"),
    "dark": ("#173049", "#1C5285", "#2F7DB8", "#56B4E9", "#B9E2F8"),
}
_PALE = {"light": "#EEF1F5", "dark": "#1A212A"}
_BORDER = {"light": "#C4CCD6", "dark": "#333D4A"}
_WHITE, _INK = "#FFFFFF", "#111827"
FEW, HIDDEN = "<5", "•"


@drawn_once
def heat_calendar(quarters: Sequence[CalendarQuarter], palette: Palette) -> go.Figure:
    """Oldest quarter on top. A hidden week says "<5", or a dot where it would give another one away; one that is not
    reported yet is left empty."""
    shown = [week.sessions for row in quarters for week in row.weeks if week.sessions is not None]
    top = max(shown, default=1) or 1
    scale = [[index / 4, color] for index, color in enumerate(SCALES[palette.name])]
    cells = [[_value(week, top) for week in row.weeks] for row in quarters]
    words = [
        annotation(
            _text(week),
            palette,
            size=NOTES,
            color=_ink(week, top, scale, palette),
            x=week.week,
            y=index,
            align="center",
        )
        for index, row in enumerate(quarters)
        for week in row.weeks
        if week.reported
    ]
    pale = [
        _box(week.week, index, palette)
        for index, row in enumerate(quarters)
        for week in row.weeks
        if week.reported and week.sessions is None
    ]
    heat = {
        "type": "heatmap",
        "x": list(range(1, WEEKS + 1)),
        "y": list(range(len(quarters))),
        "z": cells,
        "zmin": 0,
        "zmax": 1,
        "colorscale": scale,
        "showscale": False,
        "xgap": 3,
        "ygap": 3,
        "hoverongaps": False,
        "text": [[_hover(row.quarter, week) for week in row.weeks] for row in quarters],
        "hovertemplate": "%{text}<extra></extra>",
    }
    across = axis(
        palette,
        range=[0.5, WEEKS + 0.5],
        tickvals=[1, 4, 7, 10, 13],
        ticktext=["1", "4", "7", "10", "13"],
        title=axis_title("Week of the quarter", palette),
    )
    down = axis(
        palette,
        range=[len(quarters) - 0.5, -0.5],
        tickvals=list(range(len(quarters))),
        ticktext=[quarter_label(row.quarter) for row in quarters],
    )
    height = ROW * len(quarters) + 56
    return go.Figure(
        data=[heat],
        layout={
            **layout(palette, height, top=4, bottom=48),
            "xaxis": across,
            "yaxis": down,
            "annotations": words,
            "shapes": pale,
        },
    )


def _value(week: Week, top: int) -> float | None:
    return None if week.sessions is None else week.sessions / top


def _text(week: Week) -> str:
    if week.sessions is None:
        return FEW if week.few else HIDDEN
    return count(week.sessions)


def _hover(quarter: str, week: Week) -> str:
    where = f"{quarter_label(quarter)}, week {week.week}"
    if not week.reported:
        return f"{where}: not reported yet"
    if week.sessions is None:
        return f"{where}: {'sessions of fewer than 5 pairs' if week.few else 'hidden'}"
    return f"{where}: {count(week.sessions)} held"


def _ink(week: Week, top: int, scale: list[list[Any]], palette: Palette) -> str:
    """Ink or white, whichever stands out more from its cell."""
    if week.sessions is None:
        return palette.muted
    color = sample_colorscale(scale, [week.sessions / top])[0]
    luminance = _luminance([int(float(part)) for part in color[color.index("(") + 1 : -1].split(",")[:3]])
    on_white, on_ink = 1.05 / (luminance + 0.05), (luminance + 0.05) / (_luminance([17, 24, 39]) + 0.05)
    return _WHITE if on_white > on_ink else _INK


def _luminance(rgb: Sequence[int]) -> float:
    """Relative luminance of an sRGB colour (WCAG 2)."""
    linear = [v / 255 / 12.92 if v / 255 <= 0.04045 else ((v / 255 + 0.055) / 1.055) ** 2.4 for v in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _box(week: int, row: int, palette: Palette) -> dict[str, Any]:
    return {
        "type": "rect",
        "x0": week - 0.47,
        "x1": week + 0.47,
        "y0": row - 0.45,
        "y1": row + 0.45,
        "fillcolor": _PALE[palette.name],
        "line": {"color": _BORDER[palette.name], "width": 1},
        "layer": "below",
    }
