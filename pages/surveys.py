"""What was measured again and again: surveys before, midway and after, and metrics by quarter around joining."""

import streamlit as st

from analysis.charts.format import decimal, name_label, quarter
from analysis.charts.surveys import waves_chart
from analysis.findings import answers
from ui import tables
from ui.filters import quarter_filter
from ui.page import begin_page
from ui.repeated import measured_again, survey_changes
from ui.states import nothing_yet
from ui.tables import mentors_first
from ui.text import heading, note, plain

with begin_page("Surveys") as page:
    quarters = page.ask(answers.quarters)
    if not quarters:
        nothing_yet("No cohort has been followed long enough yet. Add HR exports, pairs and surveys.", page.sample)
    with page.corner:
        chosen = quarter_filter(quarters)
    found = page.ask(answers.surveys, chosen)
    metrics = page.ask(answers.repeated_metrics)
    page.subtitle(f"What participants said before, midway and after · {quarter(found.quarter)}")
    answered = bool(found.responses or found.waves)
    if not answered and not metrics:
        nothing_yet("No survey has been loaded. Add a survey export with its waves.", page.sample)

    with st.container(border=True):
        heading("Who answered", "of those who were asked")
        if answered:
            tables.table(tables.response_rows(mentors_first(found.responses)), "Response by side and wave")
            note(f"{plain(found.sentence)} *hidden*: too few people to show.")
        else:
            note("No survey has been loaded. Add a survey export with its waves.")

    if found.waves:
        st.subheader("Scores over time", anchor=False)
    grid = st.grid("auto", min_column_width=380, gap="small")
    constructs = list(dict.fromkeys(point.construct for point in mentors_first(found.waves)))
    for construct in constructs:
        points = [point for point in mentors_first(found.waves) if point.construct == construct]
        scale = f"{decimal(points[0].scale_min, 0)} to {decimal(points[0].scale_max, 0)}"
        with grid, st.container(border=True, height="stretch"):
            heading(name_label(construct), f"mean, on a scale of {scale}")
            shown = [point for point in points if point.mean is not None]
            words = ", ".join(f"{point.side} {point.wave} {decimal(point.mean or 0)}" for point in shown)
            page.chart(waves_chart(points, page.palette), f"{name_label(construct)}: {words}.", f"waves_{construct}")
            tables.numbers(tables.wave_rows(points), f"{name_label(construct)} in numbers")

    if found.changes:
        st.subheader("Change from before to after", anchor=False)
    for ends in dict.fromkeys((change.scale_min, change.scale_max) for change in found.changes):
        changes = [change for change in mentors_first(found.changes) if (change.scale_min, change.scale_max) == ends]
        survey_changes(page, changes, found.alt_text, ends)
    if answered:
        for text in found.notes:
            note(plain(text))

    if metrics:
        st.subheader("Quarter by quarter", anchor=False)
        measured_again(page, metrics, chosen)
