"""A number in its parts, and how it was made: every check with its value, the settings, the SQL, what to quote."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from analysis.charts.forest import parts_forest
from analysis.charts.format import count, decimal, fewer_is_better, header_label, p_value, quarter
from analysis.findings import answers
from analysis.findings.diversity_words import difference_sentence
from analysis.findings.evidence import DifferencesFinding
from analysis.findings.made import queries_of
from analysis.findings.results import SELECTION_HEADERS, Check, Finding, ImpactPage, Question
from ui import tables
from ui.badges import check_mark
from ui.page import Page
from ui.tables import Row, table
from ui.text import heading, note, paragraphs, plain, quiet


def effect_by(page: Page, question: Question) -> None:
    """The answer in its parts: a row a group of `question.by`, hidden groups in their place."""
    label = header_label(question.by or "").lower()
    findings: tuple[Finding, ...] = page.ask(answers.effects, question)
    with st.container(border=True):
        better = ", fewer is better" if fewer_is_better(question.outcome) else ""
        heading(f"The effect by {label}", f"percentage points{better}")
        if not findings:
            note(f"No group has been followed for {question.horizon_months} months yet.")
            return
        alt = " ".join(part.alt_text for part in findings)
        narrows = question.by if question.by in (*SELECTION_HEADERS, "cohort") else None
        page.chart(parts_forest(findings, page.palette), alt, f"effect_by_{question.by}", narrows)
        one_fit = " All come from one model, so a cohort's estimate can move when others mature."
        note(
            "Dotted, no dot: too few to tell. Rows without a line are hidden to protect people, not zero."
            + (one_fit if question.by == "cohort" else " The more groups, the more of them stand out by chance.")
            + (" Click a dot to look at that group alone." if narrows else "")
        )
        tables.numbers(tables.finding_rows(findings, "Group"), f"The effect by {label} in numbers", raw=findings)
        if question.by != "cohort" and question.cohort is None:
            page.slowly(partial(_do_they_differ, page, question, findings), height=60)


def _do_they_differ(page: Page, question: Question, findings: tuple[Finding, ...]) -> None:
    """One group beyond chance beside one that is not is no difference between them: that has a test of its own."""
    found: DifferencesFinding = page.ask(answers.differences, replace(question, by=None))
    row = found.of(question.by)
    told = "There are not two groups to compare." if row is None else difference_sentence(row, findings, found.tests)
    st.markdown(f"**Do the groups differ?** {plain(told)}")


def how_this_was_made(finding: Finding) -> None:
    with st.expander("How this was made", icon=":material/manage_search:"):
        table([check_row(check) for check in finding.checks], "Every check of this number with its result")
        table(_setting_rows(finding), "The settings behind this number")
        paragraphs(quiet(plain(text)) for text in finding.notes)
    the_sql(finding)


def how_this_page_was_made(impact: ImpactPage) -> None:
    """What all headlines of the leaders' page share; each number by itself stands on the Evidence page."""
    with st.expander("How this was made", icon=":material/manage_search:"):
        first = impact.headlines[0]
        table(_setting_rows(first), "The settings of the first number; the others differ in outcome and side")
    the_sql(first)


def the_sql(finding: Finding) -> None:
    """The SQL files that made a number, one at a time, sent only when somebody opens them."""
    label = "The SQL behind it"
    with st.expander(label, icon=":material/database:", key="sql_behind", on_change="rerun") as behind:
        if not behind.open:
            return
        queries = {query.name: query for query in queries_of(finding.outcome)}
        name = st.selectbox("File", list(queries), key="sql_file", format_func=lambda name: queries[name].label)
        st.code(queries[name].text, language="sql", height=420)
        note("In braces: names that the application fills in, never text of a user. With a $: parameters.")


def check_row(check: Check) -> Row:
    """A check as a row: its mark and name, what was found, the value with its limit."""
    value = "" if check.value is None else decimal(check.value)
    if value and check.limit is not None:
        value += f", limit {decimal(check.limit)}"
    return {"Check": f"{check_mark(check)} {plain(check.label)}", "What was found": plain(check.text), "Value": value}


def _setting_rows(finding: Finding) -> list[Row]:
    rows = {"Question": finding.estimand, "Method": finding.method}
    if finding.cohorts:
        rows["Cohorts"] = ", ".join(quarter(cohort) for cohort in finding.cohorts)
    if finding.n_effective is not None:
        rows["Effective number of similar colleagues"] = count(round(finding.n_effective))
    if finding.p_value is not None:
        rows["Test of no difference"] = p_value(finding.p_value)
    for name, value in finding.settings.items():
        shown = ", ".join(map(header_label, value)) if name == "covariates" else str(value)
        if name == "eligible_levels" and not isinstance(value, str):
            shown = ", ".join(map(str, value))
        rows[name.replace("_", " ").capitalize()] = shown
    rows["Plan, data version, loads"] = (
        f"plan {finding.plan_hash}, version {finding.data_version}, {len(finding.loads)} loads"
    )
    return [{"Setting": plain(name), "Value": plain(value)} for name, value in rows.items()]
