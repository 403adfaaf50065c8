"""The mistake that most dashboards make, live: set an invented workforce, see what each way of counting finds."""

from __future__ import annotations

import streamlit as st

from analysis.charts.immortal import immortal_chart
from analysis.findings.immortal_time import WINDOW, demonstrate
from ui import tables
from ui.page import Page
from ui.text import heading, note, plain

YEARLY_EXIT, SIGNING_UP, SPREAD = (2, 40, 15), (5, 60, 30), (1, WINDOW, 18)


def immortal_time(page: Page) -> None:
    """Sliders and both answers; a slider runs this part alone."""

    @st.fragment
    def live() -> None:
        heading("Why not compare who joined with who never did?", "an invented workforce, no effect at all")
        with st.container(horizontal=True):
            leave = _slider("Leave in a year, %", YEARLY_EXIT, "immortal_exit")
            sign = _slider("Mean to join, %", SIGNING_UP, "immortal_share")
            spread = _slider("Joining is spread over, months", SPREAD, "immortal_spread")
        shown = demonstrate(leave / 100, sign / 100, spread)
        st.markdown(plain(shown.sentence))
        page.chart(immortal_chart(shown, page.palette), shown.alt_text, "immortal")
        note(
            "Filled: joined. Hollow: did not. Who left early had no time to join, so the early leavers are all on one "
            f"side. Expectations by month over {WINDOW} months, computed and not drawn at random; people join in the "
            "month that is theirs if they are still there."
        )
        found = shown.found
        rows = [
            {"Counted": name, "Joined": f"{joined:.1%}", "Did not": f"{others:.1%}"}
            for name, joined, others in (
                (f"Ever or never, {WINDOW} months after the launch", found.ever, found.never),
                ("A year from the same day", found.participants, found.colleagues),
            )
        ]
        tables.numbers(rows, shown.alt_text, name="time before joining")

    live()


def _slider(label: str, span: tuple[int, int, int], key: str) -> int:
    least, most, usual = span
    return int(st.slider(label, least, most, usual, key=key, width=260))
