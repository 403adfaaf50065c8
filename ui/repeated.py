"""What was measured again and again: change between surveys beside colleagues' answers, and metrics around joining."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from analysis.charts.comparisons import comparisons_forest
from analysis.charts.event_study import event_study_chart
from analysis.charts.forest import changes_forest
from analysis.charts.format import (
    SIDE_LABELS,
    count,
    decimal,
    name_label,
    p_value,
    percent,
    quarter,
    signed,
    wave_label,
)
from analysis.charts.surveys import waves_chart
from analysis.findings import answers
from analysis.findings.event_study import EventStudyFinding, RepeatedMetric
from analysis.findings.results import Side
from analysis.findings.survey_results import PairedChange, SurveyFinding
from analysis.findings.words import narrowed_to
from ui import tables
from ui.figures import drawn
from ui.filters import select, side_filter
from ui.page import Page
from ui.survey_filters import View
from ui.tables import HIDDEN, Row, mentors_first
from ui.text import heading, kept, note, plain


def scores_over_time(
    page: Page, found: SurveyFinding, recalled: Sequence[PairedChange], construct: str, sides: Sequence[Side]
) -> None:
    """The answer in a sentence, one construct's means by wave, and the changes of all constructs on its scale."""
    st.markdown(plain(found.sentence))
    points = [point for point in mentors_first(found.waves) if point.construct == construct and point.side in sides]
    ends = (points[0].scale_min, points[0].scale_max)
    with st.container(border=True):
        heading(name_label(construct), f"mean, on a scale of {decimal(ends[0], 0)} to {decimal(ends[1], 0)}")
        shown = [point for point in points if point.mean is not None]
        words = ", ".join(
            f"{point.side} {wave_label(point.wave).lower()} {decimal(point.mean or 0)}" for point in shown
        )
        page.chart(drawn(waves_chart, tuple(points), page.palette), f"{name_label(construct)}: {words}.", "waves")
        if any(point.wave == "retro_pre" for point in points):
            note("Before, recalled: asked afterwards how it was before. It is a wave of its own and mixed with none.")
        tables.numbers(tables.wave_rows(points), f"{name_label(construct)} in numbers")
    asked, remembered = (
        [change for change in mentors_first(changes) if change.side in sides and _ends(change) == ends]
        for changes in (found.changes, recalled)
    )
    if asked:
        st.subheader("Change from before to after", anchor=False)
        survey_changes(page, asked, found.alt_text, ends)
    if remembered:
        st.subheader("Change from before, as recalled afterwards", anchor=False)
        with st.container(border=True):
            heading("People who answered afterwards", "points of the scale, 95% interval")
            alt = " ".join(change.sentence for change in remembered)
            page.chart(drawn(changes_forest, tuple(remembered), page.palette), alt, "change_recalled")
            note(
                "Recalled befores are often placed lower than people did at the time, which makes the change look "
                "larger. Never read beside the change above as if it were the same."
            )
            tables.numbers(tables.change_rows(remembered), alt, name="change recalled")


def _ends(change: PairedChange) -> tuple[float, float]:
    return change.scale_min, change.scale_max


def survey_changes(page: Page, changes: Sequence[PairedChange], alt: str, scale: tuple[float, float]) -> None:
    """The changes on one scale, and beside them the same against colleagues where some answered."""
    low, high = scale
    words = f"points on a scale of {decimal(low, 0)} to {decimal(high, 0)}, 95% interval"
    compared = [change for change in changes if change.against]
    columns = st.columns(2 if compared else 1, gap="small")
    with columns[0], st.container(border=True, height="stretch"):
        heading("People who answered both times", words)
        page.chart(drawn(changes_forest, tuple(changes), page.palette), alt, f"change_{low:g}_{high:g}")
    if compared:
        with columns[1], st.container(border=True, height="stretch"):
            heading("Against colleagues who answered too", words)
            sentences = " ".join(change.against.sentence for change in compared if change.against)
            page.chart(drawn(comparisons_forest, tuple(compared), page.palette), sentences, f"against_{low:g}_{high:g}")
    # Under both charts: in half a page these tables would not be read.
    with st.expander("Show the numbers", icon=":material/table:"):
        tables.table(change_rows(changes), "Change from before to after in numbers")
        tables.table(against_rows(compared), "Difference from colleagues in numbers")


def change_rows(changes: Sequence[PairedChange]) -> list[Row]:
    """As in the chart, with the share that went up, the size on the spread of scores, and two checks."""
    rows = tables.change_rows(changes)
    for row, change in zip(rows, changes, strict=True):
        shown = change.mean_change is not None
        went_up = ""
        if shown and change.shares and change.share_up is not None:
            low, high = change.shares[0]
            went_up = kept(f"{percent(change.share_up)}, {percent(low)} to {percent(high)}")
        row["Up, same, down"] = kept(row["Up, same, down"])
        row["Went up, 95% CI"] = went_up
        row["Size on the scores"] = decimal(change.d_av) if shown and change.d_av is not None else ""
        row["Signed-rank test"] = kept(p_value(change.wilcoxon_p)) if shown and change.wilcoxon_p is not None else ""
        row["Items agree (alpha)"] = decimal(change.alpha) if shown and change.alpha is not None else ""
    return rows


def against_rows(changes: Iterable[PairedChange]) -> list[Row]:
    """The difference from colleagues alike before, and the plain difference of the two changes."""
    rows = []
    for change in changes:
        against = change.against
        if against is None:
            continue
        row = {"Side": SIDE_LABELS[change.side], "Scale": name_label(change.construct)}
        if against.reason is not None or against.low is None or against.high is None:
            blank = ("95% CI", "Of the changes", "Its 95% CI", "Participants, colleagues")
            rows.append(row | {"Difference": HIDDEN} | dict.fromkeys(blank, ""))
            continue
        rows.append(
            row
            | {
                "Difference": _number(against.difference),
                "95% CI": _limits(against.low, against.high),
                "Of the changes": _number(against.change_difference),
                "Its 95% CI": _limits(against.change_low, against.change_high),
                "Participants, colleagues": kept(
                    f"{count(against.participants or 0)}, {count(against.colleagues or 0)}"
                ),
            }
        )
    return rows


def measured_again(page: Page, metrics: Sequence[RepeatedMetric], view: View) -> None:
    """A metric by quarter around joining, of everybody; the viewer chooses the metric, and the side where both are
    shown."""
    with st.container(border=True):
        heading("Measured again and again", "change around joining, against those who had not joined yet")
        if view.narrowed:
            told = [f"cohort {quarter(view.cohort)}"] if view.cohort else []
            told += [narrowed_to(view.where)] if view.where.chosen else []
            note(f"Of everybody: this box is not narrowed to {plain(', '.join(told))}.")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            labels = {metric.name: metric.label for metric in metrics}
            chosen = select("Metric", list(labels), "metric", labels.__getitem__, width=260)
            side = view.sides[0] if len(view.sides) == 1 else side_filter("repeated_side")
        found: EventStudyFinding = page.ask(answers.event_study, side, chosen, view.quarter)
        st.markdown(plain(found.sentence))
        if found.points:
            page.chart(drawn(event_study_chart, found, page.palette), found.alt_text, "event_study")
            unit = "percentage points" if found.proportion else "in the metric's own units"
            note(f"Difference in change, {unit}. Line: 95% interval. Hollow: before joining. Dash: not shown.")
        for text in found.notes:
            note(plain(text))
        tables.numbers(event_rows(found), found.alt_text, name=f"measured again {labels[chosen]}")


def event_rows(found: EventStudyFinding) -> list[Row]:
    """A row a quarter; a hidden one keeps its place and says why."""
    scale, digits = (100.0, 1) if found.proportion else (1.0, 2)
    whose = "Departments" if found.metric.unit == "department" else "People"
    rows = []
    for point in found.points:
        hidden = point.reason is not None or None in (point.estimate, point.low, point.high)
        limits = [signed(scale * (value or 0.0), digits) for value in (point.low, point.high)]
        people = f"{count(point.treated or 0)}, {count(point.comparison or 0)}"
        rows.append(
            {
                "Quarters since joining": signed(point.quarters, 0),
                "Difference": HIDDEN if hidden else signed(scale * (point.estimate or 0.0), digits),
                "95% CI": plain(point.reason or "") if hidden else kept(" to ".join(limits)),
                f"{whose} joined, not yet": "" if hidden else kept(people),
            }
        )
    return rows


def _number(value: float | None) -> str:
    return "*too few*" if value is None else signed(value, 2)


def _limits(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else kept(f"{signed(low, 2)} to {signed(high, 2)}")
