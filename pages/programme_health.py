"""How the programme itself is doing: pairs, sessions, topics, goals, direction, and who needs a nudge."""

import streamlit as st

from analysis.charts.format import day
from analysis.findings import answers
from ui import health
from ui.filters import quarter_filter
from ui.page import begin_page
from ui.states import nothing_yet
from ui.text import note, plain

with begin_page("Programme health", "Pairs, sessions and goals: what was done, not what it did") as page:
    quarters = page.ask(answers.quarters)
    if not quarters:
        nothing_yet("No pairs have been loaded. Add HR exports, a list of pairs and a list of sessions.", page.sample)
    with page.corner:
        quarter = quarter_filter(quarters)
    cohort, where = health.view_filters(page, quarter)
    found = page.ask(answers.programme_health, quarter, cohort, where)
    page.subtitle(f"Pairs, sessions and goals: what was done, not what it did · as of {day(found.day)}")
    if found.reason:
        if cohort is None and not where.chosen:
            nothing_yet(plain(found.reason), page.sample)
        st.markdown(plain(found.reason))
        st.stop()
    health.can_be_read(found)
    st.markdown(health.first_bold(found.sentence))
    health.at_a_glance(found)
    health.by_state(found)

    st.subheader("Sessions", anchor=False)
    if found.has_log:
        health.sessions(page, found)
        health.waiting(page, found)
    else:
        health.no_log()

    st.subheader("What it is about, and what comes of it", anchor=False)
    health.content(page, found)

    st.subheader("Who, and who needs attention", anchor=False)
    health.people(found)
    health.nudges(found)
    health.how_it_was_made(found)
    note(f"Plan {found.plan_hash} · data version {found.data_version}")
