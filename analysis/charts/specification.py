"""The estimate under other choices: a row a choice, its words above its line, the declared analysis standing out.

Rows are lower than a forest's, because there are many; the estimate stands above its line at the right and its interval
below, since the labels are too long for both on a phone. What could not be computed is a row of words.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import plotly.graph_objects as go

from analysis.charts.drawing import Drawing
from analysis.charts.figure import (
    BODY,
    NOTES,
    TICKS,
    annotation,
    axis_title,
    drawn_once,
    signed_ticks,
    ticks,
)
from analysis.charts.format import interval, points, quarter, shortened
from analysis.charts.palette import Palette
from analysis.findings.evidence import Family, Variation

ROW, HEADING, LINE_AT, REASON_LINE = 50, 34, 28, 15
TOP, BOTTOM, AIR = 6, 46, 4
LONGEST_LABEL, LONGEST_REASON, MOST_REASON_LINES = 44, 54, 4
LEAST = 5.0
_HEADINGS: dict[Family, str] = {
    "estimator": "Another method",
    "covariates": "Adjusted for less",
    "comparators": "Other colleagues",
    "window": "Another follow-up",
    "leave_one_cohort_out": "One cohort left out",
    "involuntary_exit": "Nothing should be found here",
    "promotion_before": "Nothing should be found here",
    "intention_to_treat": "The same question, other people",
    "spill_over": "The same question, other people",
    "lottery": "The same question, other people",
    "missing_follow_up": "If every unknown outcome went one way",
}
# The same question; the others ask about other people or another outcome, so their conclusion may well be another.
_COMPARABLE: frozenset[Family] = frozenset(
    {
        "estimator",
        "covariates",
        "comparators",
        "window",
        "leave_one_cohort_out",
        "intention_to_treat",
        "spill_over",
        "missing_follow_up",
    }
)


@dataclass(frozen=True)
class _Line:
    """A row that has its place: y in pixels from the top, values in percentage points."""

    y: float
    row: Variation
    estimate: float
    low: float
    high: float
    other: bool


def variation_label(row: Variation) -> str:
    """What was changed, in words that can stand alone: "Without 2024 Q3"."""
    text = row.label
    if row.family == "leave_one_cohort_out":
        text = f"without {quarter(text)}"
    elif row.family == "missing_follow_up":
        text = f"unknown outcomes {text}"
    return text[:1].upper() + text[1:]


def is_drawn(row: Variation) -> bool:
    """Whether a row has an estimate and an interval; one without the other is not shown."""
    return row.estimate is not None and row.ci_low is not None and row.ci_high is not None


def reason_of(row: Variation) -> str:
    """Why a row is not drawn, as a sentence."""
    text = row.reason or "no interval could be computed"
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."


def in_families(rows: Sequence[Variation]) -> list[tuple[str, list[Variation]]]:
    """Rows by heading, the declared one first and without; a row with neither number nor reason is left out."""
    told = [row for row in rows if row.estimate is not None or row.reason]
    found = [("", [row for row in told if row.family == "declared"])]
    for heading in dict.fromkeys(_HEADINGS.values()):
        found.append((heading, [row for row in told if _HEADINGS.get(row.family) == heading]))
    return [(heading, members) for heading, members in found if members]


def changes_conclusion(row: Variation, declared: Variation | None) -> bool:
    """Whether a row that asks the same question lies on another side of zero than the declared analysis."""
    if declared is None or row.family not in _COMPARABLE:
        return False
    return _side(row) != _side(declared)


@drawn_once
def specification_strip(rows: Sequence[Variation], palette: Palette, *, band: float) -> go.Figure:
    """Rows (proportions) in percentage points, by what was changed; the smallest difference that matters is shaded.

    The declared row is drawn bolder and its estimate runs through the others as a dotted line. A hollow dot: the
    interval would say something else. A row without an estimate is its reason.
    """
    groups = in_families(rows)
    half = _half_width(rows, 100 * band)
    height = sum((HEADING if heading else 0) + sum(map(_height, members)) for heading, members in groups) + AIR
    fig = Drawing(palette, height + TOP + BOTTOM, top=TOP, bottom=BOTTOM)
    fig.shade(-100 * band, 100 * band)
    marks = ticks(-half, half, most=8)
    fig.lines(x=marks)
    declared = next((row for row in rows if row.family == "declared"), None)
    if declared is not None and declared.estimate is not None:
        fig.line(x=100 * declared.estimate, color=palette.participants, dash="dot")
    lines: list[_Line] = []
    top = 0.0
    for heading, members in groups:
        if heading:
            where = {"x": 0, "xref": "paper", "xanchor": "left", "y": top + HEADING, "yanchor": "bottom"}
            fig.words.append(_ink(f"<b>{heading}</b>", palette, BODY, yshift=6, **where))
            top += HEADING
        for row in members:
            fig.words += _words(row, top, palette)
            if is_drawn(row):
                values = (100 * (row.estimate or 0.0), 100 * (row.ci_low or 0.0), 100 * (row.ci_high or 0.0))
                lines.append(_Line(top + LINE_AT, row, *values, changes_conclusion(row, declared)))
            top += _height(row)
    _draw(fig, [line for line in lines if line.row.family != "declared"], half, palette, "other choices", 2.0, 9)
    _draw(fig, [line for line in lines if line.row.family == "declared"], half, palette, "declared", 3.5, 13)
    title = axis_title("Difference, percentage points", palette)
    fig.x_axis(range=[-half, half], tickvals=marks, ticktext=signed_ticks(marks), title=title)
    fig.y_axis(range=[height, 0], visible=False)
    return fig.made()


def _ink(text: str, palette: Palette, size: int, **place: Any) -> dict[str, Any]:
    return annotation(text, palette, size=size, color=palette.ink, covers=True, **place)


def _words(row: Variation, top: float, palette: Palette) -> list[dict[str, Any]]:
    place: dict[str, Any] = {"yref": "y", "y": top + LINE_AT, "yanchor": "bottom", "yshift": 6, "xref": "paper"}
    label = escape(shortened(variation_label(row), LONGEST_LABEL))
    declared = row.family == "declared"
    label = f"<b>{label}</b>" if declared else label
    name = _ink(label, palette, TICKS, x=0, xanchor="left", **place)
    if not is_drawn(row):
        text = "<br>".join(f"<i>{escape(line)}</i>" for line in _reason_lines(row))
        under: dict[str, Any] = {
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "y": top + LINE_AT,
            "yanchor": "top",
            "yshift": 4,
        }
        return [name, annotation(text, palette, size=NOTES, covers=True, **under)]
    number = f"<b>{points(row.estimate or 0.0)}</b>"
    limits = interval(row.ci_low or 0.0, row.ci_high or 0.0)
    below = {**place, "yanchor": "top", "yshift": -5, "x": 1, "xanchor": "right"}
    return [
        name,
        _ink(number, palette, TICKS, x=1, xanchor="right", **place),
        annotation(limits, palette, size=NOTES, covers=True, **below),
    ]


def _draw(
    fig: Drawing, lines: Sequence[_Line], half: float, palette: Palette, name: str, width: float, size: int
) -> None:
    edge = half * 0.985
    color = palette.participants
    xs: list[float | None] = []
    ys: list[float | None] = []
    texts: list[str] = []
    ends: list[tuple[float, float, str]] = []
    hover = [
        f"{escape(variation_label(line.row))}: {points(line.estimate / 100)} "
        f"({interval(line.low / 100, line.high / 100)})"
        for line in lines
    ]
    for line, text in zip(lines, hover, strict=True):
        xs += [max(line.low, -edge), min(line.high, edge), None]
        ys += [line.y, line.y, None]
        texts += [text, text, ""]
        if line.low < -edge:
            ends.append((-edge, line.y, "triangle-left"))
        if line.high > edge:
            ends.append((edge, line.y, "triangle-right"))
    told = {"hovertemplate": "%{text}<extra></extra>"}
    fig.scatter(
        x=xs, y=ys, mode="lines", name=f"{name}, interval", line={"color": color, "width": width}, text=texts, **told
    )
    if ends:
        fig.scatter(
            x=[end[0] for end in ends],
            y=[end[1] for end in ends],
            mode="markers",
            name="runs off the axis",
            marker={"symbol": [end[2] for end in ends], "size": 10, "color": color},
            cliponaxis=False,
            hoverinfo="skip",
        )
    fig.scatter(
        x=[min(max(line.estimate, -edge), edge) for line in lines],
        y=[line.y for line in lines],
        mode="markers",
        name=name,
        marker={
            "size": size,
            "color": [palette.background if line.other else color for line in lines],
            "line": {"color": color, "width": [2 if line.other else 0 for line in lines]},
        },
        text=hover,
        **told,
    )


def _reason_lines(row: Variation) -> list[str]:
    return textwrap.wrap(reason_of(row), LONGEST_REASON)[:MOST_REASON_LINES]


def _height(row: Variation) -> int:
    if is_drawn(row):
        return ROW
    return LINE_AT + REASON_LINE * len(_reason_lines(row)) + 4


def _half_width(rows: Sequence[Variation], band: float) -> float:
    """Half the axis: every interval fits, but one that is far wider than the declared one ends in a triangle."""
    wide = [100 * abs(v) for row in rows for v in (row.ci_low, row.ci_high) if v is not None]
    own = [100 * abs(v) for row in rows if row.family == "declared" for v in (row.ci_low, row.ci_high) if v is not None]
    most = 3 * max(own) if own else max(wide, default=LEAST)
    return max([LEAST, 1.4 * band, *(min(value, max(most, 3 * LEAST)) for value in wide)]) * 1.12


def _side(row: Variation) -> int:
    if row.ci_low is None or row.ci_high is None:
        return 0
    return int(row.ci_low > 0) - int(row.ci_high < 0)
