"""Survey answers after taking part against those of colleagues who were alike before: one row a construct."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import plotly.graph_objects as go

from analysis.charts.forest import forest
from analysis.charts.format import SIDE_LABELS, count, name_label
from analysis.charts.palette import Palette
from analysis.charts.rows import Row, not_shown
from analysis.findings.survey_results import PairedChange, SurveyComparison


def comparisons_forest(changes: Sequence[PairedChange], palette: Palette) -> go.Figure:
    """Constructs in the order given, those that colleagues answered too, in points of one scale."""
    rows: list[Row] = []
    side = None
    for change in changes:
        if change.against is None:
            continue
        if change.side != side:
            side = change.side
            rows.append(Row(SIDE_LABELS[side], heading=True))
        rows.append(_row(change.construct, change.against))
    return forest(rows, palette, band=None, title="Difference from colleagues after, points of the scale", least=0.5)


def _row(construct: str, against: SurveyComparison) -> Row:
    row = Row(name_label(construct), digits=2)
    if against.reason is not None or against.low is None or against.high is None:
        return replace(row, reason=not_shown(against.reason or "too few answers"))
    people = (
        "" if against.colleagues is None else f"n = {count(against.participants or 0)}, {count(against.colleagues)}"
    )
    return replace(
        row,
        suffix=people,
        estimate=against.difference,
        low=against.low,
        high=against.high,
        weak=against.difference is None,
    )
