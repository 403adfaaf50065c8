"""The list of pages. app.py shows it; a page that a cold server opens without app.py declares it too."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from ui.address import arrive

_PAGES = Path(__file__).resolve().parent.parent / "pages"
_DECLARED = "navigation_declared"


def navigate() -> Any:
    """Declare the pages, grouped; returns the one that was asked for, to be run."""
    st.session_state[_DECLARED] = True
    leaders = st.Page(_PAGES / "quarterly_impact.py", title="Quarterly impact", icon=":material/flag:")

    def home() -> None:
        # A default page answers at the root alone, not under its own name: so the root passes on to it.
        st.switch_page(leaders, query_params=st.query_params.to_dict())

    page = st.navigation(
        {
            "For leaders": [st.Page(home, title="Home", default=True, visibility="hidden"), leaders],
            "Explore": [
                st.Page(_PAGES / "outcomes.py", title="Outcomes", icon=":material/show_chart:"),
                st.Page(_PAGES / "diversity.py", title="Diversity", icon=":material/diversity_3:"),
                st.Page(_PAGES / "evidence.py", title="Evidence", icon=":material/fact_check:"),
                st.Page(_PAGES / "surveys.py", title="Surveys", icon=":material/ballot:"),
                st.Page(_PAGES / "programme_health.py", title="Programme health", icon=":material/monitor_heart:"),
                st.Page(_PAGES / "claims.py", title="Claims", icon=":material/format_quote:"),
            ],
            "Data": [
                st.Page(_PAGES / "uploads.py", title="Uploads", icon=":material/upload_file:"),
                st.Page(_PAGES / "audit.py", title="Audit", icon=":material/policy:"),
            ],
        }
    )
    arrive(page.url_path)
    return page


def link_to(name: str, label: str, icon: str, filters: Mapping[str, str] | None = None) -> None:
    """A link to pages/name.py that keeps the filters in its address, or sets these."""
    asked = st.query_params.to_dict() if filters is None else dict(filters)
    st.page_link(st.Page(_PAGES / f"{name}.py"), label=label, icon=icon, query_params=asked)


def ensure_navigation() -> None:
    """After a server start Streamlit runs pages/x.py without app.py: declare the pages and start over with it."""
    if not st.session_state.get(_DECLARED):
        navigate()
        st.rerun()
