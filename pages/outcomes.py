"""One outcome of one side in detail: the finding, the curves, whether the groups are alike, method, cohorts, groups."""

from dataclasses import replace

import streamlit as st

from analysis.charts.format import SIDE_LABELS, fewer_is_better, quarter
from analysis.findings import answers
from ui import tables
from ui.alike import balance_box
from ui.cards import verdict_card
from ui.compare import compared_with_another
from ui.curves import curves_by_month
from ui.details import effect_by, how_this_was_made
from ui.filters import cohort_filter, group_filter, question_filters
from ui.navigation import link_to
from ui.page import begin_page
from ui.states import checks_strip
from ui.text import all_cohorts, heading, note, plain
from ui.unadjusted import why_they_differ
from ui.worth import worth

with begin_page("Outcomes", "Participants and similar colleagues, followed from the same day") as page:
    whole, more = question_filters(page)
    parts = page.ask(answers.effects, replace(whole, by="cohort"))
    with more:
        cohort = cohort_filter([part.group for part in parts if part.group])
        headers = page.ask(answers.group_headers, whole.side, whole.quarter)
        by = group_filter([header for header in headers if header != "cohort"])  # cohorts are always shown below

    question = replace(whole, cohort=cohort)
    detail = page.ask(answers.outcome_detail, question)
    finding = detail.finding
    (pooled,) = page.ask(answers.effects, whole)
    better = ", fewer is better" if fewer_is_better(whole.outcome) else ""
    units = f"percentage points{better}"
    alone = quarter(cohort) if cohort else None

    st.subheader(
        f"{SIDE_LABELS[whole.side]}{f', cohort {plain(alone)}' if alone else ''} "
        f":small[:gray[{quarter(finding.quarter)}]]",
        anchor=False,
    )
    checks_strip(finding)
    verdict_card(finding)
    link_to("evidence", "How do you know?", ":material/fact_check:")
    worth(finding)
    compared_with_another(page, question, [part.group for part in parts if part.group])
    if by:
        effect_by(page, replace(question, by=by))

    with st.container(border=True):
        curves_by_month(page, whole, alone)

    left, right = st.columns(2, gap="small")
    with left, st.container(border=True):
        balance_box(page, detail, alone)
    with right, st.container(border=True):
        heading("Does the answer depend on the method?", f"{all_cohorts(alone)}, {units}")
        if detail.methods:
            tables.table(tables.method_rows(detail.methods), detail.method_alt_text)
        note(plain(detail.method_alt_text))
    with right, st.container(border=True):
        why_they_differ(page, whole, pooled, alone)
    effect_by(page, replace(whole, by="cohort"))
    link_to("surveys", "Ratings and other metrics by quarter", ":material/timeline:")
    how_this_was_made(finding)
