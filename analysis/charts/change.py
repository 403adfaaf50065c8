"""What a load would change: the declared retention of each side now, and with the new files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import plotly.graph_objects as go

from analysis.charts.forest import forest
from analysis.charts.format import SIDE_LABELS, count
from analysis.charts.palette import Palette
from analysis.charts.rows import Row, finding_row
from analysis.findings.results import SIDES, Finding

NOW, AFTER = "Now", "With these files"


def change_forest(before: Sequence[Finding], after: Sequence[Finding], palette: Palette) -> go.Figure:
    """Two rows a side on one axis, that of now in grey; a side without a number keeps its row and its reason."""
    rows: list[Row] = []
    for side in SIDES:
        found = [(NOW, one) for one in before if one.side == side] + [(AFTER, one) for one in after if one.side == side]
        if found:
            rows.append(Row(SIDE_LABELS[side], heading=True))
        for label, finding in found:
            people = "" if finding.n_participants is None else f"n = {count(finding.n_participants)}"
            rows.append(replace(finding_row(finding, label, people), before=label == NOW))
    return forest(rows, palette, band=None)
