"""How do you know? Every check of one number, every other way to ask, what its size can show, and the rules."""

import streamlit as st

from analysis.charts.format import SIDE_LABELS, quarter
from analysis.findings import answers
from analysis.findings.verdict import printed
from ui import evidence, method
from ui.alike import balance_box, overlap_box, weights_box
from ui.cards import verdict_card
from ui.details import how_this_was_made
from ui.filters import question_filters
from ui.immortal import immortal_time
from ui.page import begin_page
from ui.states import checks_strip

with begin_page("Evidence", "How do you know? What stands behind one number, and what could still be wrong") as page:
    question, _ = question_filters(page)
    detail = page.ask(answers.outcome_detail, question)
    finding = detail.finding
    checks_strip(finding)
    st.subheader(f"{SIDE_LABELS[question.side]} :small[:gray[{quarter(finding.quarter)}]]", anchor=False)
    left, right = st.columns(2, gap="small")
    with left:
        verdict_card(finding, reasons=False)
    with right, st.container(border=True, height="stretch"):
        evidence.all_checks(finding)

    st.subheader("Are like compared with like?", anchor=False)
    overlap = page.ask(answers.overlap, question)
    left, right = st.columns(2, gap="small")
    with left, st.container(border=True):
        balance_box(page, detail)
    with right, st.container(border=True):
        overlap_box(page, overlap)
    with right, st.container(border=True):
        weights_box(overlap)

    st.subheader("What could still be wrong?", anchor=False)
    unseen, size = (column.container(border=True, height="stretch") for column in st.columns(2, gap="small"))
    with unseen:
        evidence.something_unseen(finding)
    with size:
        evidence.what_it_could_show(page.ask(answers.power, question))
    evidence.under_other_conditions(page, question, finding)
    with st.container(border=True):
        evidence.every_choice(page, question)

    st.subheader("Who, and how much of it?", anchor=False)
    sessions, promoted = (column.container(border=True, height="stretch") for column in st.columns(2, gap="small"))
    with sessions:
        evidence.by_sessions(page.ask(answers.dose, question), question.horizon_months)
    with promoted:
        evidence.who_is_promoted(page, question)
    evidence.between_groups(page, question)

    st.subheader("Is the method any good?", anchor=False)
    with st.container(border=True):
        immortal_time(page)
    with st.container(border=True):
        method.how_often_right()
    evidence.the_rules(finding, printed(answers.context(page.reader).plan.thresholds))
    st.subheader("How it is worked out", anchor=False)
    method.the_method()
    how_this_was_made(finding)
