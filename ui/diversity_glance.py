"""Who is reached, in one glance: the leaders' page's box, and the way to the page that says more."""

from __future__ import annotations

import streamlit as st

from analysis.charts.format import SIDE_LABELS
from analysis.findings import answers
from analysis.findings.results import ReachFinding, Side
from ui import tables
from ui.navigation import link_to
from ui.page import Page
from ui.text import heading, note, plain


def diversity_glance(page: Page, quarter: str, side: Side = "mentor") -> None:
    """A box with the demographic groups first, the sentence that answers, and a link to the page Diversity."""
    reach: ReachFinding = page.ask(answers.reach, side, quarter)
    leading = tables.leading(reach.rows)
    with st.container(border=True):
        heading("Who is reached", f"{SIDE_LABELS[side].lower()}, share of those eligible")
        tables.table(tables.reach_rows(leading), reach.alt_text)
        note(f"{plain(reach.sentence)} *hidden*: too few people, or would reveal such a group.")
        tables.numbers(
            tables.reach_rows(row for row in reach.rows if row not in leading),
            "Reach of the other groups",
            "Show the other groups",
        )
        link_to("diversity", "Who is invited, joins, stays and is promoted", ":material/diversity_3:")
