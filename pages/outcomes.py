"""One outcome of one side in detail: the finding, the curves, whether the groups are alike, method, cohorts, groups."""

from dataclasses import replace

import streamlit as st

from analysis.charts.format import SIDE_LABELS, fewer_is_better, quarter
from analysis.charts.love import love_plot
from analysis.findings import answers
from ui import tables
from ui.cards import verdict_card
from ui.compare import compared_with_another
from ui.curves import curves_by_month
from ui.details import effect_by, how_this_was_made
from ui.filters import cohort_filter, group_filter, question_filters
from ui.navigation import link_to
from ui.page import begin_page
from ui.text import heading, note, plain
from ui.worth import worth

with begin_page("Outcomes", "Participants and similar colleagues, followed from the same day") as page:
    whole, more = question_filters(page)
    parts = page.ask(answers.effects, replace(whole, by="cohort"))
    with more:
        cohort = cohort_filter([part.group for part in parts if part.group])
        by = group_filter(page.ask(answers.group_headers, whole.side, whole.quarter))

    question = replace(whole, cohort=cohort)
    detail = page.ask(answers.outcome_detail, question)
    finding = detail.finding
    better = ", fewer is better" if fewer_is_better(whole.outcome) else ""
    units = f"percentage points{better}"

    st.subheader(
        f"{SIDE_LABELS[whole.side]}{f', cohort {plain(quarter(cohort))}' if cohort else ''} "
        f":small[:gray[{quarter(finding.quarter)}]]",
        anchor=False,
    )
    verdict_card(finding)
    link_to("evidence", "How do you know?", ":material/fact_check:")
    worth(finding)
    compared_with_another(page, question, [part.group for part in parts if part.group])
    if by:
        effect_by(page, replace(question, by=by))

    with st.container(border=True):
        curves_by_month(page, whole)

    left, right = st.columns(2, gap="small")
    with left, st.container(border=True):
        apart = sum(1 for row in detail.balance if row.counts and row.after > 0.10)
        mark = (
            f":yellow-badge[:material/warning: {apart} above 0.10]" if apart else ":green-badge[:material/check: yes]"
        )
        heading(f"Are the two groups alike? {mark if detail.balance else ''}", "all cohorts")
        people_rows = [row for row in detail.balance if row.covariate != "cohort"]
        if people_rows:
            page.chart(love_plot(people_rows, page.palette), detail.balance_alt_text, "balance")
            note(
                "Hollow: before weighting. Filled: after. Diamond: still apart. Shaded: alike enough. The furthest "
                "apart are drawn; all are in the table. That they meet is what the weights are for."
            )
            tables.numbers(tables.balance_rows(detail.balance), detail.balance_alt_text)
        else:
            note(plain(detail.balance_alt_text))
    with right, st.container(border=True):
        heading("Does the answer depend on the method?", f"all cohorts, {units}")
        tables.table(tables.method_rows(detail.methods), detail.method_alt_text)
        note(plain(detail.method_alt_text))
    with right:
        effect_by(page, replace(whole, by="cohort"))
    how_this_was_made(finding)
