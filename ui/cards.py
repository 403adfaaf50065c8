"""The verdict card: words, then the number, then what it rests on. A missing number has its reason in its place."""

from __future__ import annotations

import streamlit as st

from analysis.charts.format import count, interval, outcome_label, points_unit
from analysis.findings.results import Finding
from analysis.findings.words import brief_sentence
from ui.badges import check_mark, verdict_badges
from ui.text import bold_rates, note, paragraphs, plain, quiet


def verdict_card(finding: Finding, *, title: str | None = None, reasons: bool = True, brief: bool = False) -> None:
    """One finding in a box. `reasons` adds the expander with what would change our mind; `brief` cuts the sentence to
    what a leader must know and puts the whole of it in there."""
    with st.container(border=True, height="stretch", gap="xsmall"):
        st.markdown(f"**{title or outcome_label(finding.outcome, finding.horizon_months)}**")
        verdict_badges(finding)
        _number(finding)
        short = brief_sentence(finding) if brief else finding.sentence
        st.markdown(bold_rates(short))
        if finding.in_people:
            st.markdown(plain(finding.in_people))
        _people(finding)
        if reasons:
            st.space("stretch")
            _what_would_change_our_mind(finding, "" if short == finding.sentence else finding.sentence)


def _number(finding: Finding) -> None:
    """Estimate and interval in one metric, so that the interval sits tight under its number."""
    if finding.suppressed or finding.ci_low is None or finding.ci_high is None:
        return
    limits = f"95% CI {interval(finding.ci_low, finding.ci_high)}"
    if finding.estimate is None:
        with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
            st.badge(limits, color="grey")
            note("no estimate shown")
        _progress_to_a_verdict(finding)
        return
    st.metric(
        outcome_label(finding.outcome, finding.horizon_months),
        points_unit(finding.estimate),
        limits,
        delta_color="off",
        delta_arrow="off",
        label_visibility="collapsed",
    )


def _progress_to_a_verdict(finding: Finding) -> None:
    needed = finding.settings.get("participants_for_verdict")
    if isinstance(needed, int) and finding.n_participants is not None and finding.n_participants < needed:
        st.progress(finding.n_participants / needed)


def _people(finding: Finding) -> None:
    if finding.n_participants is None or finding.suppressed:
        return
    text = f"{count(finding.n_participants)} participants"
    if finding.n_colleagues is not None:
        text += f" · {count(finding.n_colleagues)} similar colleagues"
    elif finding.n_comparators is not None:
        text += f" · {count(finding.n_comparators)} comparisons with colleagues"
    note(text)


def _what_would_change_our_mind(finding: Finding, in_full: str) -> None:
    """The checks that failed, call for care or could not run, each with the data that would settle it."""
    told = [quiet(f"In full: {plain(in_full)}")] if in_full else []
    open_checks = [check for check in finding.checks if check.status != "passed"]
    for check in open_checks:
        told.append(f"{check_mark(check)} **{plain(check.label)}.** {plain(check.text)}")
        if check.remedy:
            told.append(quiet(f"Would settle it: {plain(check.remedy)}"))
    if not open_checks:
        told.append(quiet("More participants, followed for longer."))
    with st.expander("What would change our mind"):
        paragraphs(told)
