"""The plain difference beside the adjusted one, and why they differ."""

from __future__ import annotations

import streamlit as st

from analysis.charts.format import header_label, interval, points
from analysis.charts.love import level_name
from analysis.findings import answers
from analysis.findings.results import BalanceRow, Finding, Question
from analysis.findings.unadjusted import CovariateShift, UnadjustedFinding
from ui import tables
from ui.page import Page
from ui.tables import Row
from ui.text import all_cohorts, heading, kept, note, plain

MOST_ROWS = 5


def why_they_differ(page: Page, question: Question, finding: Finding, cohort: str | None = None) -> None:
    """Computed when first asked, beside the rest of the page; of all cohorts (cohort: the one the page is about)."""
    heading("Why not simply compare?", f"{all_cohorts(cohort)}, percentage points")
    if finding.estimate is None:
        note("No estimate is shown, so there is no plain difference beside it either.")
        return

    def part() -> None:
        found: UnadjustedFinding = page.ask(answers.unadjusted, question)
        _shown(found)

    page.slowly(part, height=220)


def _shown(found: UnadjustedFinding) -> None:
    if found.plain is None or found.adjusted is None:
        note(plain(found.sentence))
        return
    st.markdown(plain(found.sentence))
    band = ""
    if found.plain_low is not None and found.plain_high is not None:
        band = f" (95% CI {interval(found.plain_low, found.plain_high)})"
    rows: list[Row] = [_row(shift) for shift in found.rows]
    tables.table(rows[:MOST_ROWS], found.alt_text)
    note(
        f"Plain difference: {points(found.plain)}{kept(band)}. By itself: what it adds to the plain difference. Left "
        "out: what it would add to the adjusted one."
    )
    tables.numbers(rows[MOST_ROWS:], found.alt_text, "Show the other covariates", name="other covariates")


def _row(shift: CovariateShift) -> Row:
    name = plain(header_label(shift.covariate))
    more = level_name(BalanceRow(shift.covariate, shift.more, 0.0, 0.0)) if shift.more else ""
    return {
        "Covariate": f"**{name}**" + (f" (participants more often: {plain(more)})" if more else ""),
        "By itself": "*no fit*" if shift.alone is None else points(shift.alone),
        "Left out": "*no fit*" if shift.without is None else points(shift.without),
    }
