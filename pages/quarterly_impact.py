"""The leaders' page: one quarter, both sides, three outcomes each, and the evidence behind them."""

import streamlit as st

from analysis.charts.forest import outcomes_forest
from analysis.charts.format import (
    SIDE_LABELS,
    SIDE_NOTES,
    day,
    fewer_is_better,
    moment,
    outcome_label,
    points_unit,
    quarter,
)
from analysis.charts.trend import cohort_trend
from analysis.findings import answers
from analysis.findings.results import SIDES
from ui import tables
from ui.badges import GRADES
from ui.cards import verdict_card
from ui.changed import change_our_mind, what_changed
from ui.details import how_this_page_was_made
from ui.diversity_glance import diversity_glance
from ui.filters import mature_quarter, outcome_filter, side_filter
from ui.health_tiles import health_tiles
from ui.navigation import link_to
from ui.page import begin_page
from ui.reports import report_downloads
from ui.states import health_strip, nothing_yet
from ui.text import heading, note, plain

with begin_page("Quarterly impact") as page:
    chosen = mature_quarter(page)
    impact = page.ask(answers.impact_page, chosen)
    page.subtitle(
        f"12-month outcomes of cohorts that matured by {day(impact.cutoff)} · data as of {day(impact.data_as_of)}"
    )
    if not any(finding.cohorts for finding in impact.headlines):
        nothing_yet(plain(impact.headlines[0].sentence), page.sample)
    health_strip(impact.health)

    for side in SIDES:
        st.subheader(f"{SIDE_LABELS[side]} :small[:gray[{SIDE_NOTES[side]}]]", anchor=False)
        grid = st.grid(3, min_column_width=300, gap="small")
        for finding in (finding for finding in impact.headlines if finding.side == side):
            with grid:
                verdict_card(finding, brief=True)
    grades = sorted({finding.grade for finding in impact.headlines if finding.estimate is not None} & set(GRADES))
    note(
        "pp: percentage points, participants minus similar colleagues. 95% CI: interval of the differences that fit "
        f"these data. {' '.join(GRADES[grade] for grade in grades)}"
    )
    note(plain(impact.many_comparisons))

    st.subheader("The evidence", anchor=False)
    left, right = st.columns(2, gap="small")
    with left, st.container(border=True):
        heading("All outcomes on one line", "percentage points")
        page.chart(
            outcomes_forest(impact.headlines, page.palette),
            " ".join(finding.alt_text for finding in impact.headlines),
            "outcomes",
        )
        cohorts = impact.headlines[0].cohorts
        band = points_unit(impact.headlines[0].smallest_difference_that_matters).lstrip("+")
        span = f" Cohorts {quarter(cohorts[0])} to {quarter(cohorts[-1])}." if cohorts else ""
        note(f"Line: 95% interval. Dotted: too few to tell. Shaded: under {band}, too small to matter.{plain(span)}")
        rows = tables.finding_rows(impact.headlines, "Outcome")
        tables.numbers(rows, "All outcomes in numbers", raw=impact.headlines)
    with right, st.container(border=True):
        with st.container(horizontal=True):
            side = side_filter(collapsed=True)
            outcome = outcome_filter(collapsed=True)
        trend = [finding for finding in impact.by_cohort if (finding.side, finding.outcome) == (side, outcome)]
        better = ", fewer is better" if fewer_is_better(outcome) else ""
        heading(f"{outcome_label(outcome)}, by cohort", f"{SIDE_LABELS[side].lower()}, percentage points{better}")
        if trend:
            page.chart(cohort_trend(trend, page.palette), " ".join(finding.alt_text for finding in trend), "trend")
        else:
            note("No cohort has been followed long enough yet.")
        hidden = [plain(quarter(finding.cohort or "")) for finding in trend if finding.suppressed]
        if hidden:
            note(f"Not shown, too few people: {', '.join(hidden)}.")
        tables.numbers(tables.finding_rows(trend, "Cohort"), "The cohorts in numbers", raw=trend)
    with right:
        diversity_glance(page, chosen, side)

    with left, st.container(border=True):
        what_changed(page.ask(answers.quarter_changes, chosen))
    with st.container(border=True):
        change_our_mind(impact)

    st.subheader("Programme health", anchor=False)
    health_tiles(page, chosen)
    link_to("programme_health", "Programme health in detail", ":material/monitor_heart:")
    how_this_page_was_made(impact)
    note(
        f"{plain(impact.standing_sentence)} · plan {impact.plan_hash} · data version {impact.data_version} · "
        f"{moment(impact.published_at)}"
    )
    report_downloads(page, chosen)
