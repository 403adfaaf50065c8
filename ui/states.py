"""What stands on a page when there is nothing to show yet, and the strip that says whether numbers can be read."""

from __future__ import annotations

import streamlit as st

from analysis.findings.results import HealthFinding
from ui import data
from ui.badges import check_badge
from ui.navigation import link_to
from ui.text import plain, quiet

MOST_BADGES = 5


def nothing_yet(sentence: str, sample: bool) -> None:
    """One sentence and the two ways on; ends the run."""
    with st.container(border=True):
        st.markdown("**Nothing to show yet**")
        st.markdown(sentence)
        with st.container(horizontal=True):
            link_to("uploads", "Add files", ":material/upload_file:")
            if not sample and st.button("Use sample data"):
                data.want_sample(True)
                st.rerun()
    st.stop()


def health_strip(health: HealthFinding) -> None:
    """Can these numbers be read? Failed checks first, five badges at most, then the answer."""
    order = {"failed": 0, "warning": 1, "could_not_run": 2, "passed": 3}
    worst = sorted(health.checks, key=lambda check: order[check.status])[:MOST_BADGES]
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
            st.markdown("**Can these numbers be read?**", width="content")
            for check in sorted(worst, key=lambda check: -order[check.status]):
                check_badge(check)
        with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
            st.markdown(quiet(plain(health.sentence)), width="content")
            link_to("evidence", "See how each number was made", ":material/arrow_forward:")
