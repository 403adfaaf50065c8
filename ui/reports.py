"""The quarter to take away: slides first, the other formats beside them; made when somebody asks for them."""

from __future__ import annotations

from functools import partial

import streamlit as st

from analysis.charts.format import quarter as quarter_label
from analysis.reports.content import AUDIENCES, Audience, build
from analysis.reports.write import FORMATS, render
from analysis.store import Reader
from ui.page import Page
from ui.text import heading, note

_NAMES = {"pptx": "Slides", "html": "Page", "xlsx": "Workbook", "csv": "CSV", "json": "JSON"}
_MIME = {
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "html": "text/html",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "json": "application/json",
}
_FOR: dict[Audience, str] = {"board": "Board", "staff": "All staff"}


def report_downloads(page: Page, quarter: str) -> None:
    """A button a format; all of them write down the same findings, which the page shows too."""
    with st.container(border=True):
        heading("Take the quarter with you", quarter_label(quarter))
        audience = st.segmented_control(
            "For", AUDIENCES, default="board", required=True, format_func=_FOR.__getitem__, key="report_for"
        )
        with st.container(horizontal=True):
            for form in FORMATS:
                st.download_button(
                    _NAMES[form],
                    partial(_made, page.reader, quarter, audience, form),
                    file_name=f"reverse_mentoring_{quarter}_{audience}.{form}",
                    mime=_MIME[form],
                    key=f"report_{form}",
                    icon=":material/slideshow:" if form == "pptx" else ":material/download:",
                    on_click="ignore",
                    type="primary" if form == "pptx" else "secondary",
                )
        note(
            "All staff: nothing of fewer than 10 people, counts rounded to 5. Each file carries its data version; "
            "`python -m analysis verify FILE` says whether its numbers still hold."
        )


def _made(reader: Reader, quarter: str, audience: Audience, form: str) -> bytes:
    return render(build(reader, quarter, audience), form)
