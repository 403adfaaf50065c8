"""One outcome of one side in detail: the finding, the curves, whether the groups are alike, method, cohorts, groups."""

import streamlit as st

from analysis.charts.format import SIDE_LABELS, fewer_is_better, quarter
from analysis.charts.love import love_plot
from analysis.charts.survival import curves_chart, lowest_tick
from analysis.findings import answers
from analysis.findings.results import Question
from ui import tables
from ui.cards import verdict_card
from ui.details import effect_by, how_this_was_made
from ui.filters import cohort_filter, group_filter, outcome_filter, quarter_filter, side_filter
from ui.page import begin_page
from ui.states import nothing_yet
from ui.text import heading, note, plain

with begin_page("Outcomes", "Participants and similar colleagues, followed from the same day") as page:
    quarters = page.ask(answers.quarters)
    if not quarters:
        nothing_yet(
            "No cohort has been followed for twelve months yet. Add HR exports and a list of pairs.", page.sample
        )
    with page.corner:
        chosen = quarter_filter(quarters)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        outcome = outcome_filter()
        side = side_filter()
        cohort = cohort_filter(page.ask(answers.cohorts, side, chosen))
        by = group_filter(page.ask(answers.group_headers, side, chosen))

    question = Question(outcome, side, quarter=chosen, cohort=cohort)
    detail = page.ask(answers.outcome_detail, question)
    finding = detail.finding
    better = ", fewer is better" if fewer_is_better(outcome) else ""
    units = f"percentage points{better}"

    st.subheader(
        f"{SIDE_LABELS[side]}{f', cohort {plain(quarter(cohort))}' if cohort else ''} "
        f":small[:gray[{quarter(finding.quarter)}]]",
        anchor=False,
    )
    verdict_card(finding)
    if by:
        effect_by(page, Question(outcome, side, quarter=chosen, cohort=cohort, by=by))

    with st.container(border=True):
        measure = "voluntary" if outcome == "voluntary_exit" else "survival"
        if outcome == "promotion":
            heading("Curves")
            note("Promotions are counted once, at the end of four quarters, so there is no curve by month.")
        else:
            curves = page.ask(answers.curves, side, chosen)
            gained = "" if curves.reason or measure == "voluntary" else plain(curves.sentence)
            heading(
                "Share who resigned" if measure == "voluntary" else "Share still employed", f"all cohorts. {gained}"
            )
            if curves.reason or not curves.participants:
                note(plain(curves.reason or "Not shown."))
            else:
                page.chart(curves_chart(curves, page.palette, measure), curves.alt_text, "curves")
                lowest = lowest_tick(curves, measure)
                start = f"Axis starts at {lowest:.0%}. " if lowest else ""
                note(
                    f"{start}Band: 95% interval. All cohorts that have started, also those not followed for 12 months "
                    "yet, so the curves hold more people than the card above. Weighted to the participants; they stop "
                    "when fewer than 10 are left."
                )
                rows = tables.curve_rows(curves.participants, curves.comparators, measure)
                tables.numbers(rows, curves.alt_text)

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
        effect_by(page, Question(outcome, side, quarter=chosen, by="cohort"))
    how_this_was_made(finding)
