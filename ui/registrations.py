"""Register a claim before its data arrive, and what was registered when. Always in the employer's own store."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from analysis.charts.format import day, moment
from analysis.findings import answers
from analysis.findings.claims.claim_results import ClaimState, RegisteredFinding
from analysis.findings.claims.judged import RULES
from analysis.findings.claims.registry import (
    DIRECTIONS,
    LARGEST,
    LONGEST_NAME,
    LONGEST_WORDS,
    CannotRegister,
    Wish,
    register,
    withdraw,
)
from analysis.findings.results import OUTCOMES, SIDES
from analysis.load import newest
from analysis.store import Store, StoreBusy
from analysis.store.model import CONSTRUCTS
from ui import data, sign_in, tables
from ui.claims import claim_name
from ui.page import Page
from ui.text import heading, note, plain, quiet

OWN_WORDS = "In my own words"
_METRIC = "measures (a metric of the measures file)"
_MESSAGE = "registration_message"


def registered(page: Page, states: Sequence[ClaimState], chosen: str | None) -> None:
    """What was registered, and the form for another one."""
    store = data.own_store()
    heading("Registered claims", "said before the data arrive, judged by the rule that was registered")
    if st.session_state.get(_MESSAGE):
        st.success(plain(st.session_state.pop(_MESSAGE)), icon=":material/check:")
    if page.sample:
        note(
            "The invented employer is shown. What you register goes into your own store; once something stands there, "
            "the pages show that store."
        )
    found: tuple[RegisteredFinding, ...] = () if page.sample else page.ask(answers.registrations)
    if found:
        tables.table([_row(one) for one in found], "Registered claims, newest first")
    else:
        note("Nothing has been registered yet.")
    _form(store, states, chosen)
    standing = [one for one in found if one.registration.withdrawn is None]
    if standing:
        _withdraw(store, standing)


def _row(one: RegisteredFinding) -> tables.Row:
    """Two columns, because both are sentences: three would not fit a phone."""
    of = one.registration
    name = f"**{of.no}** " + (f"{of.claim_id}: " if of.claim_id else "") + plain(of.claim_words)
    told = [f"{plain(of.expectation)}. {plain(RULES[of.rule].capitalize())}.", plain(one.timing)]
    if one.arrival == "after":
        told.append(":yellow-badge[:material/warning: after the data]")
    if of.withdrawn:
        when = day(of.withdrawn.at)
        told.append(f":gray-badge[withdrawn] {plain(f'{when} by {of.withdrawn.by}: {of.withdrawn.reason}')}")
    told.append(f":gray-badge[{plain(one.label)}] {plain(one.result.sentence) if one.result else ''}")
    return {
        "Claim": f"{name} {quiet(plain(f'{moment(of.at)}, by {of.by}, plan {of.plan_hash}'))}",
        "Said beforehand, and the result": " ".join(told),
    }


def _form(store: Store, states: Sequence[ClaimState], chosen: str | None) -> None:
    with st.expander("Register a claim", icon=":material/edit_note:"), st.form("register", border=False):
        ids = [OWN_WORDS, *(state.claim.id for state in states)]
        names = {state.claim.id: claim_name(state) for state in states}
        claim = st.selectbox(
            "Claim", ids, index=ids.index(chosen) if chosen in ids else 0, format_func=lambda one: names.get(one, one)
        )
        own = st.text_input("The claim in your own words, where it is not in the list", max_chars=LONGEST_WORDS)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            kinds = [*OUTCOMES, *(f"survey {name}" for name in CONSTRUCTS), _METRIC]
            kind = st.selectbox("Measured by", kinds, format_func=lambda one: one.replace("_", " "), width=280)
            metric = st.text_input("Name of the metric", max_chars=60, width=200)
            side = st.selectbox("Side", SIDES, width=120)
            direction = st.selectbox("Expected", DIRECTIONS, width=120)
            smallest = st.number_input(
                "Smallest difference", min_value=0.01, max_value=LARGEST, value=5.0, step=0.5, width=170
            )
        note(
            "The smallest difference is in percentage points for outcomes, in points of the scale for surveys, and in "
            "the metric's own unit for measures."
        )
        rule = st.radio("It holds when", list(RULES), format_func=lambda one: RULES[one])
        by = _by("Registered by")
        note("A registration can't be changed. It can be withdrawn, which stays visible. Name nobody in it.")
        if st.form_submit_button("Register", icon=":material/lock:"):
            measured = f"measures {metric.strip()}" if kind == _METRIC else kind
            wish = Wish(None if claim == OWN_WORDS else claim, own, measured, side, direction, smallest, rule, by)
            _do(lambda: f"Registered as number {register(store, wish, sign_in.viewer()).no}.", store)


def _withdraw(store: Store, standing: Sequence[RegisteredFinding]) -> None:
    with st.expander("Withdraw a registration", icon=":material/undo:"), st.form("withdraw", border=False):
        number = st.selectbox("Registration", [one.registration.no for one in standing])
        reason = st.text_input("Why", max_chars=LONGEST_WORDS)
        by = _by("Withdrawn by")
        if st.form_submit_button("Withdraw"):
            _do(lambda: f"Registration {withdraw(store, number, reason, by, sign_in.viewer()).no} is withdrawn.", store)


def _by(label: str) -> str:
    """A name to sign with: to be typed where nobody is signed in, else their own and no other."""
    viewer = sign_in.viewer()
    typed: str = st.text_input(label, viewer.name[:LONGEST_NAME], max_chars=LONGEST_NAME, disabled=bool(viewer.session))
    return viewer.name[:LONGEST_NAME] if viewer.session else typed


def _do(action: Callable[[], str], store: Store) -> None:
    """Write, then show the page of the version that was written; what is wrong is said under the form."""
    try:
        with st.spinner("Writing"):
            message = action()
            newest(store)
    except CannotRegister as problem:
        st.error(plain(str(problem)), icon=":material/block:")
    except StoreBusy as busy:
        st.info(plain(str(busy)), title="Load in progress", icon=":material/sync:")
    else:
        data.want_sample(False)
        st.session_state[_MESSAGE] = message
        st.rerun()
