"""The forest: one row an answer, its words above its line, so that the same figure works at 330 and 1100 pixels.

The y axis counts pixels from the top, so a row's height is what it says. Nothing is drawn for a number that may
not be shown: its reason stands where the line would be.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from html import escape
from typing import Any, TypeVar

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
from analysis.charts.format import (
    SIDE_LABELS,
    count,
    fewer_is_better,
    header_label,
    name_label,
    outcome_row_label,
    quarter,
    shortened,
)
from analysis.charts.palette import Palette
from analysis.charts.rows import Row, finding_row, not_shown
from analysis.findings.diversity_words import group_name
from analysis.findings.results import Finding
from analysis.findings.survey_results import PairedChange

ROW, HEADING, LINE_AT, REASON_LINE = 58, 36, 39, 15
TOP, BOTTOM = 6, 46
LONGEST_LABEL = 30
EDGE = 0.985  # of half the axis: where a line that runs off it ends
Sided = TypeVar("Sided", Finding, PairedChange)


@dataclass(frozen=True)
class _Line:
    """A row with an interval and its place: y in pixels from the top, low and high in the axis's units."""

    row: Row
    y: float
    low: float
    high: float

    @property
    def hover(self) -> str:
        return f"{escape(self.row.label)}: {self.row.words}"


@drawn_once
def outcomes_forest(findings: Sequence[Finding], palette: Palette) -> go.Figure:
    """All outcomes on one line, mentors then mentees; the band too small to matter is shaded."""

    def row(finding: Finding) -> Row:
        suffix = "fewer is better" if fewer_is_better(finding.outcome) else ""
        return finding_row(finding, outcome_row_label(finding.outcome, finding.horizon_months), suffix)

    return forest(_under_sides(findings, row), palette, band=_too_small(findings))


@drawn_once
def parts_forest(findings: Sequence[Finding], palette: Palette) -> go.Figure:
    """One outcome in its parts: a row a cohort, or a row a group under the header they were broken down by."""
    rows: list[Row] = []
    if findings and findings[0].by:
        heading = header_label(findings[0].by)
        suffix = ": fewer is better" if fewer_is_better(findings[0].outcome) else ""
        rows.append(Row(heading + suffix, heading=True))
    for finding in findings:
        name = group_name(finding.by, finding.group) if finding.by and finding.group else finding.cohort or ""
        people = "" if finding.n_participants is None else f"n = {count(finding.n_participants)}"
        rows.append(replace(finding_row(finding, quarter(name), people), group=finding.group or ""))
    return forest(rows, palette, band=_too_small(findings))


@drawn_once
def changes_forest(changes: Sequence[PairedChange], palette: Palette) -> go.Figure:
    """Paired change from before to after, in points of the items' own scale (one scale a figure)."""

    def row(change: PairedChange) -> Row:
        named = Row(name_label(change.construct), digits=2)
        if change.reason is not None or change.mean_change is None:
            return replace(named, reason=not_shown(change.reason or "too few answers"))
        people = "" if change.people is None else f"n = {count(change.people)}"
        return replace(named, suffix=people, estimate=change.mean_change, low=change.low, high=change.high)

    title = "Change from before to after, points of the scale"
    return forest(_under_sides(changes, row), palette, band=None, title=title, least=0.5)


@drawn_once
def forest(
    rows: Sequence[Row],
    palette: Palette,
    *,
    band: float | None,
    title: str = "Difference from similar colleagues, percentage points",
    least: float = 10.0,
) -> go.Figure:
    """Draw rows on one symmetric axis. `band` is shaded; `least` is the smallest half-width of the axis."""
    half = _half_width(rows, band, least)
    height = sum(_height(row) for row in rows) or ROW
    fig = Drawing(palette, height + TOP + BOTTOM, top=TOP, bottom=BOTTOM)
    if band:
        fig.shade(-band, band)
    marks = ticks(-half, half, most=8)
    fig.lines(x=marks)
    drawn, top = [], 0
    for row in rows:
        y = float(top + (round(HEADING * 0.72) if row.heading else LINE_AT))
        top += _height(row)
        fig.words += _words(row, y, palette)
        if not row.heading and row.low is not None and row.high is not None:
            drawn.append(_Line(row, y, row.low, row.high))
    for weak, before in ((False, True), (False, False), (True, False)):
        alike = [line for line in drawn if line.row.weak == weak and (weak or line.row.before == before)]
        if alike or not before:
            _lines(fig, alike, palette, half * EDGE, weak=weak, before=before)
    _dots(fig, drawn, palette, half * EDGE)
    fig.x_axis(
        range=[-half, half],
        tickvals=marks,
        ticktext=signed_ticks(marks),
        title=axis_title(title, palette),
    )
    fig.y_axis(range=[height, 0], visible=False)
    return fig.made()


def _under_sides(items: Sequence[Sided], row: Callable[[Sided], Row]) -> list[Row]:
    """A row an item, in the order given, with a heading wherever the side changes."""
    rows: list[Row] = []
    side = None
    for item in items:
        if item.side != side:
            side = item.side
            rows.append(Row(SIDE_LABELS[side], heading=True))
        rows.append(row(item))
    return rows


def _too_small(findings: Sequence[Finding]) -> float | None:
    """Half the band of differences declared too small to matter, in percentage points."""
    return findings[0].smallest_difference_that_matters * 100 if findings else None


def _lines(fig: Drawing, drawn: Sequence[_Line], palette: Palette, edge: float, *, weak: bool, before: bool) -> None:
    """The intervals of rows of one look as one trace, and a triangle where one runs off the axis."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    texts: list[str] = []
    arrows: list[tuple[float, float, str]] = []
    for line in drawn:
        xs += [max(line.low, -edge), min(line.high, edge), None]
        ys += [line.y, line.y, None]
        texts += [line.hover, line.hover, ""]
        if line.low < -edge:
            arrows.append((-edge, line.y, "triangle-left"))
        if line.high > edge:
            arrows.append((edge, line.y, "triangle-right"))
    color = palette.grey if weak or before else palette.participants
    fig.scatter(
        x=xs,
        y=ys,
        mode="lines",
        name="too few to tell" if weak else "interval before" if before else "interval",
        line={"color": color, "width": 2.5, "dash": "dot" if weak else "solid"},
        text=texts,
        hovertemplate="%{text}<extra></extra>",
    )
    if arrows:
        fig.scatter(
            x=[arrow[0] for arrow in arrows],
            y=[arrow[1] for arrow in arrows],
            mode="markers",
            name="runs off the axis",
            marker={"symbol": [arrow[2] for arrow in arrows], "size": 10, "color": color},
            cliponaxis=False,
            hoverinfo="skip",
        )


def _dots(fig: Drawing, drawn: Sequence[_Line], palette: Palette, edge: float) -> None:
    """The estimates; a weak row has none."""
    dots = [(line, line.row.estimate) for line in drawn if line.row.estimate is not None and not line.row.weak]
    fig.scatter(
        x=[min(max(estimate, -edge), edge) for _, estimate in dots],
        y=[line.y for line, _ in dots],
        mode="markers",
        name="estimate",
        marker={"size": 11, "color": [palette.grey if line.row.before else palette.participants for line, _ in dots]},
        text=[line.hover for line, _ in dots],
        customdata=[line.row.group for line, _ in dots],
        hovertemplate="%{text}<extra></extra>",
    )


def _words(row: Row, y: float, palette: Palette) -> list[dict[str, Any]]:
    left: dict[str, Any] = {"x": 0, "xref": "paper", "xanchor": "left", "y": y, "yanchor": "bottom"}
    ink = partial(annotation, palette=palette, size=BODY, color=palette.ink, covers=True)
    label = escape(shortened(row.label, LONGEST_LABEL))
    if row.heading:
        return [ink(f"<b>{label}</b>", yshift=-6, **left)]
    if row.suffix and len(row.label) + len(row.suffix) <= LONGEST_LABEL + 2:
        label += f" <span style='font-size:{NOTES}px;color:{palette.muted}'> {escape(row.suffix)}</span>"
    name = ink(label, yshift=9, **left)
    if row.reason:
        text = "<br>".join(f"<i>{escape(line)}</i>" for line in row.reason_lines)
        return [name, annotation(text, palette, covers=True, **{**left, "yanchor": "top", "yshift": 8})]
    if row.low is not None:
        number = f"<b>{row.number}</b>  " if row.number else ""
        text = number + f"<span style='font-size:{TICKS}px'>{row.interval}</span>"
        right = {**left, "x": 1, "xanchor": "right", "align": "right", "yshift": 9}
        return [name, ink(text, **right)]
    return [name]


def _height(row: Row) -> int:
    return HEADING if row.heading else ROW + REASON_LINE * max(0, len(row.reason_lines) - 1)


def _half_width(rows: Sequence[Row], band: float | None, least: float) -> float:
    """Half the axis: the firm intervals fit in, the weak ones may run out and end in a triangle."""
    firm = [abs(value) for row in rows if not row.weak for value in (row.low, row.high) if value is not None]
    if not firm:
        firm = [min(abs(value), 4 * least) for row in rows for value in (row.low, row.high) if value is not None]
    return max([least, 2 * (band or 0), *firm]) * 1.18
