"""The boxes of the page Diversity: how far each group came, one step in detail, cohorts, effects, who leads."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from analysis.charts.forest import parts_forest
from analysis.charts.format import (
    OUTCOME_NAMES,
    SIDE_LABELS,
    fewer_is_better,
    p_value,
    quarter,
)
from analysis.charts.grid import cohort_grid, path_grid
from analysis.charts.groups import rates_chart, ratios_chart
from analysis.charts.leadership import leadership_chart
from analysis.findings import answers
from analysis.findings.diversity_results import DiversityFinding, LeadershipFinding, StepFinding
from analysis.findings.diversity_words import difference_sentence, group_name, lower
from analysis.findings.evidence import DifferencesFinding
from analysis.findings.results import Finding, Question
from ui import tables
from ui.diversity_tables import cohort_rows, leadership_rows, made_rows, path_rows, representation_rows, step_rows
from ui.filters import select
from ui.page import Page
from ui.text import heading, note, plain

MOST_COLUMNS = 7  # of a grid, on a phone
MOST_PANELS = 5
NO_LEADERS = ("declined", "unknown")
OLDER = (
    "As of an older quarter more is hidden than as of the newest, which is told first: between two quarters often "
    "stand a few people."
)


def the_answer(finding: DiversityFinding) -> None:
    """The sentence that answers, and how many groups the four-fifths rule flags at which step."""
    flagged = [(step.label, sum(row.group.flag for row in step.rows)) for step in finding.steps]
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, gap="xsmall"):
            if finding.where.chosen or finding.cohort:
                st.badge("Exploratory", icon=":material/search:", color="grey")
            for label, count in flagged:
                if count:
                    st.badge(f"{label}: {count} below 0.80", icon=":material/flag:", color="orange")
        first, stop, rest = finding.sentence.partition(". ")
        st.markdown(f"**{plain(first + stop.strip())}** {plain(rest)}")


def the_way(page: Page, finding: DiversityFinding) -> None:
    with st.container(border=True):
        heading("How far each group came", "share of those who could take the step")
        told = [step for step in finding.steps if step.rows]
        if told:
            page.chart(path_grid(finding, page.palette), finding.alt_text, "path")
            note(
                "Orange border: below four fifths of the highest rate, a prompt to look and no proof. No ratio is made "
                "for staying: ratios near 1 can hide twice as many exits. *hidden*: too few people, or would reveal "
                "such a group."
            )
        for step in finding.steps:
            if step.reason:
                note(f"{step.label}: {plain(step.reason)}")
        tables.numbers(path_rows(finding), finding.alt_text, name="path")


def one_step(page: Page, finding: DiversityFinding) -> None:
    """One step: rates with their intervals beside the ratios to the highest rate."""
    names = {step.step: step for step in finding.steps}
    order = ["joined", *(name for name in names if name != "joined")]
    chosen = select("Step", order, "step", lambda name: names[name].label, width=260)  # type: ignore[index]
    step: StepFinding = names[chosen]  # type: ignore[index]
    if step.reason:
        with st.container(border=True):
            heading(step.label, step.of_whom)
            note(plain(step.reason))
        return
    left, right = st.columns(2, gap="small")
    with left, st.container(border=True, height="stretch"):
        heading(step.label, step.of_whom)
        page.chart(rates_chart(step, page.palette), step.alt_text, "rates")
        note("Dot: share. Line: Wilson's 95% interval. Rows without a line are hidden to protect people, not zero.")
        tables.numbers(step_rows(step), step.alt_text, name=step.label)
    with right, st.container(border=True, height="stretch"):
        flags = sum(row.group.flag for row in step.rows)
        mark = f" :orange-badge[:material/flag: {flags} below 0.80]" if flags else ""
        heading(f"Compared with the group with the highest rate{mark}")
        if any(row.group.ratio is not None and row.group.ratio_low is not None for row in step.rows):
            page.chart(ratios_chart(step, page.palette), step.alt_text, "ratios")
            note("Hollow and dotted: fewer than 30 people. Interval: Miettinen and Nurminen's score interval.")
        elif step.step == "stayed":
            note("No ratio is made for staying: ratios near 1 can hide twice as many exits. Compare the shares.")
        note(plain(step.sentence))


def the_cohorts(page: Page, finding: DiversityFinding) -> None:
    with st.container(border=True):
        heading("Who made up each cohort", f"{SIDE_LABELS[finding.side].lower()}, share of the cohort")
        table = finding.cohorts
        if table.reason:
            note(plain(table.reason))
            return
        fits = len(table.groups) <= MOST_COLUMNS
        if fits:
            page.chart(cohort_grid(finding.header, table, page.palette), table.alt_text, "cohorts")
        for cohort, group in table.named:
            name = plain(group_name(finding.header, group))
            st.markdown(f":blue-badge[:material/groups: {plain(quarter(cohort))}] a cohort for: {name}")
        note(plain(table.sentence))
        label = "Show the numbers" if fits else "Show the table"
        tables.numbers(cohort_rows(finding.header, table), table.alt_text, label, name="cohorts")


def the_shares(finding: DiversityFinding) -> None:
    with st.container(border=True):
        heading("Those who took part beside those eligible", "share of all")
        rows = representation_rows(finding)
        if rows:
            tables.table(rows, "Share of each group among those eligible and those who took part")
            note("All who were eligible are counted, so their share has no interval. *hidden*: see above.")
        else:
            note(plain(finding.step("joined").reason or "There are not two groups to tell apart."))


def the_effects(page: Page, question: Question, cohort: str | None) -> None:
    """The effect in each group, and whether the groups differ; it may take a fit of its own."""
    header = question.by or ""
    with st.container(border=True):
        better = ", fewer is better" if fewer_is_better(question.outcome) else ""
        heading(f"Does the effect differ by {lower(header)}?", f"{OUTCOME_NAMES[question.outcome].lower()}{better}")
        mature = page.ask(answers.cohorts, question.side, question.quarter)
        if cohort is not None and cohort not in mature:
            note(f"Cohort {plain(quarter(cohort))} has not been followed for 12 months yet.")
            return
        parts: tuple[Finding, ...] = page.ask(answers.effects, replace(question, cohort=cohort))
        found: DifferencesFinding = page.ask(answers.differences, replace(question, by=None))
        if not parts:
            note("No group has been followed for 12 months yet.")
            return
        row = found.of(header)
        if row is None:
            st.markdown("There are not two groups of participants to compare.")
        else:
            whole = parts if cohort is None else page.ask(answers.effects, question)
            st.markdown(plain(difference_sentence(row, whole, found.tests)))
            if row.p_value is not None and row.p_adjusted is not None:
                gap = row.smallest_detectable
                least = "" if gap is None else f" 80 of 100 such studies would find a gap of {100 * gap:.1f} points."
                of_all = " Over all cohorts." if cohort else ""
                note(
                    f"Score-type test of equal effects: {p_value(row.p_value)}, {p_value(row.p_adjusted)} after "
                    f"adjustment for {found.tests} breakdowns.{least}{of_all}"
                )
        alt = " ".join(part.alt_text for part in parts)
        page.chart(parts_forest(parts, page.palette), alt, "effects")
        note("Dotted, no dot: too few to tell. Rows without a line are hidden to protect people, not zero.")
        tables.numbers(tables.finding_rows(parts, "Group"), alt, name="effect by group")


def who_leads(page: Page, finding: LeadershipFinding) -> None:
    with st.container(border=True):
        heading("Who holds the two highest levels", "share of these positions, by quarter")
        if finding.reason:
            note(plain(finding.reason))
            return
        groups = _panels(finding)
        if groups:
            page.chart(leadership_chart(finding, groups, page.palette), finding.alt_text, "leadership")
        note(plain(finding.sentence))
        note(
            "Dot: share of the two highest levels with Wilson's 95% interval, which says how much so few positions "
            "move by chance. Dotted: share of all employees."
        )
        tables.numbers(leadership_rows(finding), finding.alt_text, name="leadership")


def _panels(finding: LeadershipFinding) -> tuple[str, ...]:
    """Groups that are shown in some quarter, the largest first; people whose group is not known are in the table."""
    largest: dict[str, float] = {}
    for point in finding.points:
        if point.share is not None and point.group not in NO_LEADERS:
            largest[point.group] = max(largest.get(point.group, 0.0), point.share)
    return tuple(sorted(largest, key=lambda group: -largest[group])[:MOST_PANELS])


def how_this_was_made(finding: DiversityFinding) -> None:
    with st.expander("How this was made", icon=":material/manage_search:"):
        tables.table(made_rows(finding), "The settings behind this page")
        for text in finding.notes:
            note(plain(text))
