"""How do you know? Every check of one number, every other way to ask, what its size can show, and the rules."""

import streamlit as st

from analysis.charts.format import SIDE_LABELS, quarter
from analysis.findings import answers
from analysis.findings.verdict import printed
from ui import evidence
from ui.cards import verdict_card
from ui.filters import question_filters
from ui.page import begin_page
from ui.text import note

with begin_page("Evidence", "How do you know? What stands behind one number, and what could still be wrong") as page:
    question, _ = question_filters(page)
    (finding,) = page.ask(answers.effects, question)
    st.subheader(f"{SIDE_LABELS[question.side]} :small[:gray[{quarter(finding.quarter)}]]", anchor=False)
    left, right = st.columns(2, gap="small")
    with left:
        verdict_card(finding, reasons=False)
    with right, st.container(border=True, height="stretch"):
        evidence.all_checks(finding.checks)
    size, sessions = (column.container(border=True, height="stretch") for column in st.columns(2, gap="small"))

    # What may have to be computed keeps its place on the page and comes last.
    conditions, choices = st.container(), st.container(border=True)
    differ, promoted = st.container(), st.container(border=True)
    st.subheader("The rules", anchor=False)
    evidence.the_rules(finding, printed(answers.context(page.reader).plan.thresholds))
    note(
        "How it is worked out: participants are compared with colleagues who could have joined on the same day and did "
        "not, weighted so that both groups are alike in all that was known on that day. The full method is in "
        "docs/method.md, which comes with the application. Taking part was not random, and motivation can't be seen."
    )
    with size:
        evidence.what_it_could_show(page.ask(answers.power, question))
    with sessions:
        evidence.by_sessions(page.ask(answers.dose, question), question.horizon_months)
    with conditions:
        evidence.under_other_conditions(page, question, finding)
    with choices:
        evidence.every_choice(page, question)
    with promoted:
        evidence.who_is_promoted(page, question)
    with differ:
        evidence.between_groups(page, question)
