"""A second selection beside the first, on the same page and for the same outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from analysis.charts.forest import forest
from analysis.charts.format import SIDE_LABELS, count, fewer_is_better, header_label, quarter
from analysis.charts.rows import finding_row
from analysis.findings import answers
from analysis.findings.comparison import Comparison
from analysis.findings.results import SELECTION_HEADERS, Finding, Question, Selection
from analysis.findings.words import narrowed_to
from ui import sign_in, tables
from ui.cards import verdict_card
from ui.filters import ALL, select, side_filter, switch
from ui.page import Page
from ui.text import heading, note, plain

PREFIX = "other_"


def compared_with_another(page: Page, question: Question, cohorts: Sequence[str]) -> None:
    """A switch, and behind it the filters of the second selection, both cards, their forest and their difference."""
    with st.container(border=True):
        if not switch("Compare with another selection", "compare"):
            return
        other = _second(page, question, cohorts)
        found: Comparison = page.ask(answers.comparison, question, other)
        st.markdown(plain(found.sentence))
        names = [_name(finding) for finding in (found.one, found.other)]
        grid = st.grid(2, min_column_width=300, gap="small")
        for name, finding in zip(names, (found.one, found.other), strict=True):
            with grid:
                verdict_card(finding, title=name, reasons=False)
        rows = [
            finding_row(finding, name, "" if finding.n_participants is None else f"n = {count(finding.n_participants)}")
            for name, finding in zip(names, (found.one, found.other), strict=True)
        ]
        better = ", fewer is better" if fewer_is_better(question.outcome) else ""
        heading("Both on one line", f"percentage points{better}")
        alt = f"{found.one.alt_text} {found.other.alt_text} {found.sentence}"
        page.chart(forest(rows, page.palette, band=100 * found.one.smallest_difference_that_matters), alt, "compared")
        both = (found.one, found.other)
        tables.numbers(tables.finding_rows(both, "Selection"), "Two selections compared", raw=both)
        note("Each number comes from its own comparison with similar colleagues of the same selection.")


def _second(page: Page, question: Question, cohorts: Sequence[str]) -> Question:
    chosen: dict[str, str | None] = {}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        side = side_filter(f"{PREFIX}side")
        cohort = select(
            "Cohort",
            [ALL, *cohorts],
            f"{PREFIX}cohort",
            lambda name: "All cohorts" if name == ALL else quarter(name),
            width=160,
        )
        choices = page.ask(answers.selection_choices, side)
        theirs = sign_in.viewer().department
        for header in SELECTION_HEADERS:
            if header == "department" and theirs is not None:
                chosen[header] = theirs
            elif len(choices.get(header, ())) > 1:
                value = select(
                    header_label(header),
                    [ALL, *choices[header]],
                    PREFIX + header,
                    lambda name: "All" if name == ALL else name,
                    width=160,
                )
                chosen[header] = None if value == ALL else value
    return replace(question, side=side, cohort=None if cohort == ALL else cohort, where=Selection(**chosen))


def _name(finding: Finding) -> str:
    parts = [SIDE_LABELS[finding.side], quarter(finding.cohort) if finding.cohort else "", narrowed_to(finding.where)]
    return plain(", ".join(filter(None, parts)))
