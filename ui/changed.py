"""What changed since last quarter and why, and what would change our mind: two short lists for leaders."""

from __future__ import annotations

import streamlit as st

from analysis.charts.format import points, quarter
from analysis.findings.open_points import OpenPoint, name_of, open_points
from analysis.findings.quarter_changes import UNCHANGED, HeadlineChange, QuarterChanges
from analysis.findings.results import ImpactPage
from ui import tables
from ui.badges import check_mark
from ui.tables import HIDDEN, Row
from ui.text import heading, kept, note, paragraphs, plain, quiet

MOST_POINTS = 4


def what_changed(found: QuarterChanges) -> None:
    """One sentence, a row a headline, and each headline's own sentence closed below."""
    heading(f"What changed since {quarter(found.before)}" if found.before else "What changed", "percentage points")
    st.markdown(plain(found.sentence))
    if not found.rows:
        return
    reasons = {row.reason for row in found.rows}
    if len(reasons) == 1 and "" not in reasons:
        note(plain(reasons.pop()))
        return
    tables.table([_change_row(row) for row in found.rows], found.alt_text)
    note(
        f"Before: as published in data version {found.published_version}."
        if found.published_version is not None
        else "What was published then is no longer kept: corrected data can't be told apart."
    )
    with st.expander("Headline by headline", icon=":material/notes:"):
        paragraphs(plain(row.sentence) for row in found.rows)


def _change_row(row: HeadlineChange) -> Row:
    before = row.before if row.published is None else row.published
    return {
        "Headline": plain(name_of(row.now)),
        "Before": HIDDEN if before is None else points(before),
        "Now": "*no estimate*" if row.now.estimate is None else f"**{points(row.now.estimate)}**",
        "Why": plain(row.reason) if row.reason else _why(row),
    }


def _why(row: HeadlineChange) -> str:
    """ "+0.2 new people, −0.1 new data"; "no change" where neither moves the last digit."""
    parts = [
        kept(f"{points(size)} {what}")
        for size, what in ((row.from_time, "new people"), (row.from_data, "new data"))
        if size is not None and abs(size) >= UNCHANGED
    ]
    return ", ".join(parts) or "no change"


def change_our_mind(impact: ImpactPage) -> None:
    """The few things that matter most; the rest closed."""
    found = open_points(impact.headlines)
    heading("What would change our mind", "most important first")
    if not found:
        st.markdown("Nothing that we can check: every check could be run and passed.")
        return
    told = [_point(number, point, len(impact.headlines)) for number, point in enumerate(found, start=1)]
    paragraphs(told[:MOST_POINTS])
    if len(found) > MOST_POINTS:
        with st.expander(f"{len(found) - MOST_POINTS} more", icon=":material/list:"):
            paragraphs(told[MOST_POINTS:])


def _point(number: int, point: OpenPoint, headlines: int) -> str:
    mark = f" {check_mark(point.check)}" if point.check else ""
    said = point.remedy or (point.check.text if point.check else "")
    many = len(point.touches)
    touched = "Every headline." if many == headlines else plain("; ".join(point.touches)) + "."
    return f"{number}. **{plain(point.label)}**{mark} {plain(said)}\n\n{quiet(touched)}"
