"""Filters, each bound to the URL under a stable key, so that a view can be shared and survives a page switch."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.charts.format import OUTCOME_NAMES, SIDE_LABELS, header_label
from analysis.charts.format import quarter as quarter_label
from analysis.findings.results import HEADLINES, SIDES, Outcome, Side

ALL, NONE = "all", "none"
FOLLOW_UPS = (6, 12, 18, 24)
YEAR = 12


def quarter_filter(quarters: Sequence[str]) -> str:
    """The newest quarter first, and chosen unless the URL says otherwise."""
    chosen = st.selectbox("Quarter", quarters, format_func=quarter_label, key="quarter", bind="query-params")
    return chosen or quarters[0]


def side_filter(key: str = "side", collapsed: bool = False) -> Side:
    chosen: Side = st.segmented_control(
        "Side",
        SIDES,
        default="mentor",
        required=True,
        format_func=lambda side: SIDE_LABELS[side],
        key=key,
        bind="query-params",
        label_visibility="collapsed" if collapsed else "visible",
    )
    return chosen


def outcome_filter(key: str = "outcome", collapsed: bool = False, outcomes: Sequence[Outcome] = HEADLINES) -> Outcome:
    chosen: Outcome = st.segmented_control(
        "Outcome",
        outcomes,
        default="retention",
        required=True,
        format_func=lambda outcome: OUTCOME_NAMES[outcome],
        key=key,
        bind="query-params",
        wrap=True,
        label_visibility="collapsed" if collapsed else "visible",
    )
    return chosen


def follow_up_filter() -> int:
    """Months of follow-up; a year unless the URL says otherwise."""
    chosen: int = st.segmented_control(
        "Follow-up, months",
        FOLLOW_UPS,
        default=YEAR,
        required=True,
        key="follow_up",
        bind="query-params",
    )
    return chosen


def cohort_filter(cohorts: Sequence[str]) -> str | None:
    """One cohort, or None for all of them."""
    everyone = f"All {len(cohorts)} cohorts" if cohorts else "All cohorts"
    chosen = st.selectbox(
        "Cohort",
        [ALL, *cohorts],
        format_func=lambda cohort: everyone if cohort == ALL else quarter_label(cohort),
        key="cohort",
        bind="query-params",
        width=180,
    )
    return None if chosen in (None, ALL) else chosen


def group_filter(headers: Sequence[str]) -> str | None:
    """The header to break the answer down by, or None."""
    chosen = st.selectbox(
        "Break down by",
        [NONE, *headers],
        format_func=lambda header: "Nothing" if header == NONE else header_label(header),
        key="by",
        bind="query-params",
        width=180,
    )
    return None if chosen in (None, NONE) else chosen
