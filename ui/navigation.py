"""The list of pages. app.py shows it; a page that a cold server opens without app.py declares it too."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from analysis.findings.roles import PAGES, NotAllowed, Viewer, may_open
from ui import sign_in, way_back
from ui.address import arrive

_PAGES = Path(__file__).resolve().parent.parent / "pages"
_DECLARED = "navigation_declared"


def navigate() -> Any:
    """Declare the pages, grouped; returns the one that was asked for, to be run.

    What somebody may not open is declared too, without standing in the list: opened by its address it refuses by
    itself, in a sentence. Who is not signed in sees no list.
    """
    st.session_state[_DECLARED] = True
    viewer = _viewer()

    def listed(name: str, title: str, icon: str) -> Any:
        theirs = viewer is not None and may_open(viewer, name)
        return st.Page(_PAGES / f"{name}.py", title=title, icon=icon, visibility="visible" if theirs else "hidden")

    first = next((name for name in PAGES if viewer is not None and may_open(viewer, name)), "quarterly_impact")
    leaders = listed("quarterly_impact", "Quarterly impact", ":material/flag:")

    def home() -> None:
        # A default page answers at the root alone, not under its own name: so the root passes on to it, or to what
        # somebody wanted to see before they signed in.
        name, filters = first, st.query_params.to_dict()
        wanted = way_back.recall() if viewer is not None else None
        if viewer is not None and wanted is not None and may_open(viewer, wanted[0]):
            name, filters = wanted
        st.switch_page(st.Page(_PAGES / f"{name}.py"), query_params=filters)

    page = st.navigation(
        {
            "For leaders": [st.Page(home, title="Home", default=True, visibility="hidden"), leaders],
            "Explore": [
                listed("outcomes", "Outcomes", ":material/show_chart:"),
                listed("diversity", "Diversity", ":material/diversity_3:"),
                listed("evidence", "Evidence", ":material/fact_check:"),
                listed("surveys", "Surveys", ":material/ballot:"),
                listed("programme_health", "Programme health", ":material/monitor_heart:"),
                listed("claims", "Claims", ":material/format_quote:"),
            ],
            "Data": [
                listed("uploads", "Uploads", ":material/upload_file:"),
                listed("audit", "Audit", ":material/policy:"),
            ],
        },
        position="hidden" if viewer is None else "sidebar",
    )
    arrive(page.url_path)
    return page


def _viewer() -> Viewer | None:
    try:
        return sign_in.viewer()
    except NotAllowed:
        return None


def link_to(name: str, label: str, icon: str, filters: Mapping[str, str] | None = None) -> None:
    """A link to pages/name.py that keeps the filters in its address, or sets these; none where it leads nowhere."""
    viewer = _viewer()
    if viewer is None or not may_open(viewer, name):
        return
    asked = st.query_params.to_dict() if filters is None else dict(filters)
    st.page_link(st.Page(_PAGES / f"{name}.py"), label=label, icon=icon, query_params=asked)


def ensure_navigation() -> None:
    """After a server start Streamlit runs pages/x.py without app.py: declare the pages and start over with it."""
    if not st.session_state.get(_DECLARED):
        navigate()
        st.rerun()
