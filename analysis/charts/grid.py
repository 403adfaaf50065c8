"""Grids of shares: how far each group came, and who made up each cohort. A row's name stands above its cells, so that
the same figure works at 330 and 1100 pixels; a hidden cell is pale, bordered, and says so."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import plotly.graph_objects as go

from analysis.charts.figure import BODY, NOTES, annotation, axis, drawn_once, layout
from analysis.charts.format import count, group_label, quarter, shortened
from analysis.charts.palette import GRID, SHADE, Palette
from analysis.findings.diversity_results import KINDS, CohortTable, DiversityFinding
from analysis.findings.diversity_words import group_name, name_of

NAME, CELL, LINE, TOP = 24, 32, 13, 8  # pixels: a row's name, its cells, a line of a column's name, the space above
MOST_LINES = 3
LONGEST_NAME = 40
# From few to many; the same hues as participants have everywhere.
_LIGHT = ("#E0ECF6", "#A5C8E4", "#5996C7", "#0B5FA5", "#083E6D")
_DARK = ("#173049", "#1C5285", "#2F7DB8", "#56B4E9", "#B9E2F8")


@dataclass(frozen=True)
class _Cell:
    """share: a proportion, None where hidden; text: in the cell; hover: in words; flagged: an orange border."""

    share: float | None
    text: str
    hover: str
    flagged: bool = False


@drawn_once
def path_grid(finding: DiversityFinding, palette: Palette) -> go.Figure:
    """A row a group, a column a step: the share of those who could. Bordered: below four fifths of the highest rate."""
    steps = [step for step in finding.steps if step.rows]
    kinds = {kind.step: kind for kind in KINDS}
    groups = [row.group for row in steps[0].rows] if steps else []
    rows = []
    for at, group in enumerate(groups):
        cells = []
        for step in steps:
            row = step.rows[at].group
            if row.rate is None:
                cells.append(_Cell(None, "hidden", f"{step.label}: not shown"))
                continue
            told = f"{step.label}: {100 * row.rate:.1f}% of {count(row.eligible or 0)}"
            cells.append(_Cell(row.rate, f"{100 * row.rate:.0f}%", told, row.flag))
        rows.append((name_of(group), cells))
    return _grid(rows, [kinds[step.step].short for step in steps], palette)


@drawn_once
def cohort_grid(header: str, table: CohortTable, palette: Palette) -> go.Figure:
    """A row a cohort, a column a group: its share of the cohort."""
    rows = []
    for cohort, size in zip(table.cohorts, table.sizes, strict=True):
        cells = []
        for cell in (cell for cell in table.cells if cell.cohort == cohort):
            name = group_name(header, cell.group)
            if cell.people is None:
                cells.append(_Cell(None, "hidden", f"{name}: not shown"))
            elif cell.share is None:
                cells.append(_Cell(None, count(cell.people), f"{name}: {count(cell.people)}"))
            else:
                told = f"{name}: {count(cell.people)}, {100 * cell.share:.0f}%"
                cells.append(_Cell(cell.share, f"{100 * cell.share:.0f}%", told))
        people = "size not shown" if size is None else f"n = {count(size)}"
        rows.append((f"{quarter(cohort)}  {people}", cells))
    return _grid(rows, [group_label(header, group) for group in table.groups], palette)


def _grid(rows: Sequence[tuple[str, Sequence[_Cell]]], columns: Sequence[str], palette: Palette) -> go.Figure:
    height = max(len(rows), 1) * (NAME + CELL)
    words: list[dict[str, Any]] = []
    borders: list[dict[str, Any]] = []
    for at, (name, cells) in enumerate(rows):
        top = at * (NAME + CELL)
        label = escape(shortened(name, LONGEST_NAME))
        place: dict[str, Any] = {
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "y": top + NAME,
            "yanchor": "bottom",
            "yshift": 1,
        }
        words.append(annotation(label, palette, size=BODY, color=palette.ink, **place))
        for column, cell in enumerate(cells):
            middle: dict[str, Any] = {"x": column + 0.5, "y": top + NAME + CELL / 2, "align": "center"}
            color = palette.muted if cell.share is None else _ink_on(cell.share, palette)
            text = f"<i>{cell.text}</i>" if cell.share is None else cell.text
            words.append(annotation(text, palette, size=NOTES, color=color, **middle))
            if cell.share is None or cell.flagged:
                borders.append(_border(column, top + NAME, cell.flagged, palette))
    heads = [textwrap.wrap(name, 9, break_long_words=False)[:MOST_LINES] for name in columns]
    above = TOP + LINE * max(map(len, heads), default=1)
    edges = [0]
    for _ in rows:
        edges += [edges[-1] + NAME, edges[-1] + NAME + CELL]
    return go.Figure(
        data=[
            {
                "type": "heatmap",
                "x": list(range(len(columns) + 1)),
                "y": edges,
                "z": [line for _, cells in rows for line in ([None] * len(columns), [cell.share for cell in cells])],
                "text": [line for _, cells in rows for line in ([""] * len(columns), [cell.hover for cell in cells])],
                "hovertemplate": "%{text}<extra></extra>",
                "hoverongaps": False,
                "zmin": 0.0,
                "zmax": 1.0,
                "colorscale": [[at / 4, color] for at, color in enumerate(_scale(palette))],
                "showscale": False,
                "xgap": 3,
                "name": "share",
            }
        ],
        layout={
            **layout(palette, height + above + 10, top=above, bottom=10),
            "xaxis": axis(
                palette,
                range=[0, max(len(columns), 1)],
                side="top",
                tickvals=[column + 0.5 for column in range(len(columns))],
                ticktext=["<br>".join(map(escape, lines)) for lines in heads],
                tickfont={"size": NOTES, "color": palette.muted},
            ),
            "yaxis": axis(palette, range=[height, 0], visible=False),
            "annotations": words,
            "shapes": borders,
        },
    )


def _scale(palette: Palette) -> tuple[str, ...]:
    return _DARK if palette.name == "dark" else _LIGHT


def _border(column: int, top: float, flagged: bool, palette: Palette) -> dict[str, Any]:
    line = {"color": palette.comparators, "width": 2.5} if flagged else {"color": GRID, "width": 1}
    return {
        "type": "rect",
        "x0": column + 0.03,
        "x1": column + 0.97,
        "y0": top + 1,
        "y1": top + CELL - 1,
        "line": line,
        "fillcolor": "rgba(0,0,0,0)" if flagged else SHADE,
        "layer": "above" if flagged else "below",
    }


def _ink_on(share: float, palette: Palette) -> str:
    """Black or white, whichever has the greater contrast with the cell's colour: one of them has 4.5 on any."""
    scale = _scale(palette)
    place = min(max(share, 0.0), 1.0) * (len(scale) - 1)
    at = min(int(place), len(scale) - 2)
    one, other = (_channels(scale[index]) for index in (at, at + 1))
    mixed = [a + (b - a) * (place - at) for a, b in zip(one, other, strict=True)]
    under = _luminance(mixed)
    return "#000000" if (under + 0.05) / 0.05 >= 1.05 / (under + 0.05) else "#FFFFFF"


def _channels(color: str) -> list[float]:
    return [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]


def _luminance(channels: Sequence[float]) -> float:
    """Relative luminance of sRGB (WCAG 2.2)."""
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
