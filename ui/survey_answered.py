"""Who answered and who did not: by group, and how both stood before."""

from __future__ import annotations

import streamlit as st

from analysis.charts.format import (
    SIDE_LABELS,
    count,
    decimal,
    group_label,
    header_label,
    interval,
    name_label,
    percent,
    quarter,
    signed,
    wave_label,
)
from analysis.findings import answers
from analysis.findings.survey_response_results import BaselineRow, GroupResponse, StatusCount, SurveyResponse
from analysis.findings.survey_results import SurveyFinding
from ui import tables
from ui.filters import select
from ui.page import Page
from ui.survey_filters import View
from ui.tables import HIDDEN, Row, mentors_first
from ui.text import heading, kept, note, plain

_STATUS = {
    "answered": "Answered after",
    "silent": "Here, did not answer",
    "gone": "Had left before",
    "silent_or_gone": "Did not answer, or had left",
}


def who_answered(page: Page, found: SurveyFinding, view: View) -> None:
    """Response by side and wave, then by one attribute at a time, then those who did not answer."""
    by, wave = _filters(found)
    whole: SurveyResponse = page.ask(answers.survey_response, view.quarter, by, view.cohort, view.where)
    st.markdown(plain(whole.sentence))
    with st.container(border=True):
        heading("Who answered", "of those who were asked")
        rows = [row for row in mentors_first(found.responses) if row.side in view.sides]
        tables.table(tables.response_rows(rows), "Response by side and wave")
        note("Asked: participants of the cohorts from which a wave is held. *hidden*: too few people to show.")
    if not whole.groups:
        return
    left, right = st.columns(2, gap="small")
    with left, st.container(border=True, height="stretch"):
        heading(f"{wave_label(wave)}: response by {in_words(by)}", "as it was on the day people joined")
        groups = [row for row in whole.groups if row.side in view.sides and row.wave == wave]
        tables.table([_group_row(by, row) for row in groups], f"{wave_label(wave)}: response by {in_words(by)}")
        note(
            "*hidden*: too few people, one or two of whom did or did not answer, or a group that would give such a "
            "group away."
        )
    with right, st.container(border=True, height="stretch"):
        heading("Who did not answer after", "and how they stood before")
        tables.table([_status_row(row) for row in whole.status if row.side in view.sides], "Those asked after")
        baseline = [row for row in whole.baseline if row.side in view.sides]
        tables.table([_baseline_row(row) for row in baseline], whole.sentence)
        note(
            "Did not: those who were still here. Difference: answered less did not, points of the scale or percentage "
            "points."
        )
        for text in whole.notes:
            note(plain(text))


def _filters(found: SurveyFinding) -> tuple[str, str]:
    """The attribute and the wave that response is divided by; after, unless another wave was chosen."""
    held = {row.wave for row in found.responses}
    waves = [wave for wave in ("post", "mid", "pulse", "pre", "retro_pre") if wave in held] or ["post"]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        return (
            select("Response by", answers.RESPONSE_BY, "response_by", header_label, width=200),
            select("Wave", waves, "wave", wave_label, width=200),
        )


def in_words(header: str) -> str:
    """A header inside a sentence; LGBTQ+ keeps its capitals."""
    label = header_label(header)
    return label if label.isupper() or "+" in label else label.lower()


def _group_row(header: str, row: GroupResponse) -> Row:
    shown = row.rate is not None and row.low is not None and row.high is not None
    limits = f"({percent(row.low or 0.0)} to {percent(row.high or 0.0)})"
    return {
        "Side": SIDE_LABELS[row.side],
        "Group": plain(quarter(group_label(header, row.group))),
        "Answered": kept(f"{count(row.answered or 0)} of {count(row.asked or 0)}") if shown else HIDDEN,
        "Response (95% CI)": f"{percent(row.rate or 0.0)} {kept(limits)}" if shown else "",
    }


def _status_row(row: StatusCount) -> Row:
    return {
        "Side": SIDE_LABELS[row.side],
        "Asked after": _STATUS[row.status],
        "People": HIDDEN if row.people is None else count(row.people),
    }


def _baseline_row(row: BaselineRow) -> Row:
    name = name_label(row.label.removesuffix(" before")) if row.unit == "score" else row.label
    known = {"Before": f"{SIDE_LABELS[row.side]}: {plain(name)}"}
    if row.difference is None or row.low is None or row.high is None:
        return known | {"Answered": HIDDEN, "Did not": "", "Difference (95% CI)": ""}
    if row.unit == "score":
        told = f"{signed(row.difference, 2)} {kept(f'({signed(row.low, 2)} to {signed(row.high, 2)})')}"
        means = (decimal(row.answered or 0.0), decimal(row.silent or 0.0))
    else:
        told = f"{signed(100 * row.difference)} {kept(f'({interval(row.low, row.high)})')}"
        means = (percent(row.answered or 0.0), percent(row.silent or 0.0))
    return known | {"Answered": means[0], "Did not": means[1], "Difference (95% CI)": told}
