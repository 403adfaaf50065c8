"""Who is reached: invited, joined, stayed and promoted, by group, and whether the effect differs between groups."""

from functools import partial

import streamlit as st

from analysis.charts.format import header_label, quarter
from analysis.findings import answers
from analysis.findings.diversity_results import DiversityFinding
from analysis.findings.results import Question
from ui import diversity
from ui.filters import (
    cohort_filter,
    mature_quarter,
    narrowed,
    outcome_filter,
    select,
    selection_filters,
    side_filter,
)
from ui.page import begin_page
from ui.states import health_strip
from ui.text import note

with begin_page("Diversity") as page:
    chosen = mature_quarter(page)
    page.subtitle(f"Who is invited, joins, stays and is promoted, and whether the effect differs · {quarter(chosen)}")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        side = side_filter()
        outcome = outcome_filter()
        by = select("Attribute", answers.DIVIDED_BY, "attribute", header_label, width=160)
        cohort = cohort_filter(page.ask(answers.started_cohorts, side, chosen))
        with st.popover("More filters", icon=":material/tune:"):
            where = selection_filters(page.ask(answers.selection_choices, side))
    narrowed(where)
    finding: DiversityFinding = page.ask(answers.diversity, side, by, chosen, cohort, where)
    health_strip(finding.health)
    diversity.the_answer(finding)
    if chosen != page.ask(answers.quarters)[0]:
        note(diversity.OLDER)
    diversity.the_way(page, finding)
    diversity.one_step(page, finding)
    left, right = st.columns(2, gap="small")
    with left:
        diversity.the_cohorts(page, finding)
    with right:
        diversity.the_shares(finding)
        effects = st.container()
    # What may take a pass over all lists of people keeps its place and comes last; what may take a fit comes beside.
    leaders = st.container()
    diversity.how_this_was_made(finding)
    with effects:
        question = Question(outcome, side, 12, chosen, by=by, where=where)
        page.slowly(partial(diversity.the_effects, page, question, cohort))
    with leaders:
        if by in answers.ATTRIBUTES:
            diversity.who_leads(page, page.ask(answers.leadership, by, chosen, where))
