"""What is said of reverse mentoring: which claims our data can test, what they say, how much figures tell."""

import streamlit as st

from analysis.charts.format import quarter
from analysis.findings import answers
from analysis.findings.claims.catalogue import GROUPS, published
from analysis.findings.claims.claim_results import STATES
from ui import claims, registrations
from ui.filters import ALL, NONE, select
from ui.page import begin_page
from ui.states import health_strip
from ui.text import note, plain

with begin_page("Claims") as page:
    found = page.ask(answers.claims)
    as_of = f" · {quarter(found.quarter)}" if found.quarter else ""
    page.subtitle(f"What is said of reverse mentoring, and what our data can say of it{as_of}")
    if found.quarter:
        health_strip(page.ask(answers.impact_page, found.quarter).health)
    st.markdown(plain(found.sentence))

    by_id = {state.claim.id: state for state in found.claims}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = select(
            "One claim in full",
            [NONE, *by_id],
            "claim",
            lambda one: "None chosen" if one == NONE else claims.claim_name(by_id[one]),
            width=340,
        )
        group = select(
            "Group of claims", [ALL, *GROUPS], "claim_group", lambda one: "All groups" if one == ALL else one, width=260
        )
        state = select(
            "State today",
            [ALL, *STATES],
            "claim_state",
            lambda one: "All states" if one == ALL else STATES[one],
            width=220,
        )
    if chosen != NONE:
        claims.one_claim(page, chosen)

    shown = [
        one
        for one in found.claims
        if (group == ALL or one.claim.group == group) and (state == ALL or one.state == state)
    ]
    st.subheader(f"The claims :small[:gray[{len(shown)} of {len(found.claims)}]]", anchor=False)
    if not shown:
        note("No claim of this group is in this state today. Choose another group or state.")
    claims.grid(shown, narrowed=len(shown) < len(found.claims))
    note(
        "The wording is a summary of five public articles on reverse mentoring; each claim says which. A verdict is "
        "about this employer's people only, and says what the data show, not why."
    )
    claims.the_rule()

    st.subheader("Figures that others published", anchor=False)
    with st.container(border=True):
        claims.checker(page, published())
    with st.container(border=True):
        claims.published_figures(published())

    st.subheader("Said beforehand", anchor=False)
    with st.container(border=True):
        registrations.registered(page, found.claims, None if chosen == NONE else chosen)
