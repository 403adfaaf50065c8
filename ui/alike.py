"""Are like compared with like? Balance before and after weighting, common support, and the weights themselves."""

from __future__ import annotations

import streamlit as st

from analysis.charts.format import count, decimal, percent
from analysis.charts.love import love_plot
from analysis.charts.overlap import overlap_chart, stretch
from analysis.findings.overlap import OverlapFinding
from analysis.findings.results import OutcomeDetail
from ui import tables
from ui.page import Page
from ui.tables import Row
from ui.text import all_cohorts, heading, kept, note, plain

AMBER = 0.10


def balance_box(page: Page, detail: OutcomeDetail, cohort: str | None = None) -> None:
    """The love plot with its table, of all cohorts; the reason where nothing may be shown. cohort: the one that the
    page is about."""
    apart = sum(1 for row in detail.balance if row.counts and row.after > AMBER)
    mark = f":yellow-badge[:material/warning: {apart} above 0.10]" if apart else ":green-badge[:material/check: yes]"
    heading(f"Are the two groups alike? {mark if detail.balance else ''}", all_cohorts(cohort))
    people_rows = [row for row in detail.balance if row.covariate != "cohort"]
    if not people_rows:
        note(plain(detail.balance_alt_text))
        return
    page.chart(love_plot(people_rows, page.palette), detail.balance_alt_text, "balance")
    note(
        "Hollow: before weighting. Filled: after. Diamond: still apart. Shaded: alike enough. The furthest "
        "apart are drawn; all are in the table. That they meet is what the weights are for."
    )
    tables.numbers(tables.balance_rows(detail.balance), detail.balance_alt_text, name="balance")


def overlap_box(page: Page, found: OverlapFinding) -> None:
    """Is there somebody like each participant? Mirrored bars, none of fewer than five people."""
    heading("Could both groups have joined?", "all cohorts")
    if not found.participants:
        note(plain(found.sentence))
        return
    st.markdown(plain(found.sentence))
    page.chart(overlap_chart(found, page.palette), found.alt_text, "overlap")
    note(
        "How likely people were to join, by what was known on the day. Area: share of the group. Neighbouring bars are "
        "merged until each holds five people or more."
    )
    tables.numbers(_bar_rows(found), found.alt_text, name="overlap")


def weights_box(found: OverlapFinding) -> None:
    """Does one colleague carry the comparison?"""
    heading("How is the comparison weighted?", "similar colleagues")
    if found.effective is None:
        note(plain(found.weight_sentence))
        return
    st.markdown(plain(found.weight_sentence))
    rows = [
        {"Of all comparisons": _heaviest(row.share), "Weight, times the average": f"{decimal(row.multiple, 1)} or more"}
        for row in found.weights
    ]
    tables.table(rows, found.weight_sentence)
    note(
        "Weight: the odds of joining. Whoever is like a participant counts for more. A share of few people is left out."
    )


def _heaviest(share: float) -> str:
    return f"the heaviest {share:.0%}"


def _bar_rows(found: OverlapFinding) -> list[Row]:
    rows = []
    for name, bars in (("Participants", found.participants), ("Similar colleagues", found.comparators)):
        total = sum(bar.people for bar in bars)
        rows += [
            {
                "Group": name,
                "Chance of joining": kept(stretch(bar)),
                "Comparisons": kept(f"{count(bar.people)} ({percent(bar.people / total)})"),
            }
            for bar in bars
        ]
    return rows
