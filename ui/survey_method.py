"""How the surveys page was made: rules, sources, n, and the SQL behind it."""

from __future__ import annotations

import streamlit as st

from analysis.charts.format import SIDE_LABELS, count, quarter, wave_label
from analysis.findings import answers
from analysis.findings.survey_method import SurveyMethod
from analysis.findings.survey_results import SurveyFinding
from ui import tables
from ui.page import Page
from ui.survey_filters import View
from ui.tables import Row
from ui.text import plain


def how_this_was_made(page: Page, found: SurveyFinding, view: View) -> None:
    """Computed only when opened: the SQL is long."""
    with st.expander("How this was made", icon=":material/manage_search:", key="method", on_change="rerun") as box:
        if not box.open:
            return
        method: SurveyMethod = page.ask(answers.survey_method)
        tables.table([{"Rule": plain(name), "How": plain(text)} for name, text in method.rules], "Rules and sources")
        tables.table(_settings(found, view), "What this view is about")
        for name, text in method.files:
            st.markdown(f"**{plain(name)}**")
            st.code(text, language="sql")


def _settings(found: SurveyFinding, view: View) -> list[Row]:
    rows = {
        "As of": quarter(found.quarter),
        "Cohort": quarter(view.cohort) if view.cohort else "all",
        **{name.capitalize(): value for name, value in view.where.chosen.items()},
        "Data version": str(found.data_version),
    }
    for response in found.responses:
        if response.answered is not None and response.asked is not None:
            name = f"{SIDE_LABELS[response.side]}, {wave_label(response.wave).lower()}"
            rows[name] = f"{count(response.answered)} of {count(response.asked)} answered"
    return [{"Setting": plain(name), "Value": plain(value)} for name, value in rows.items()]
