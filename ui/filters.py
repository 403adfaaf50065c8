"""The filters of the pages, each kept in the address under a stable key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.charts.format import OUTCOME_NAMES, SIDE_LABELS, header_label
from analysis.charts.format import quarter as quarter_label
from analysis.findings import answers
from analysis.findings.results import (
    HEADLINES,
    OUTCOMES,
    SELECTION_HEADERS,
    SIDES,
    Outcome,
    Question,
    Selection,
    Side,
)
from analysis.findings.words import narrowed_to
from ui import address, sign_in
from ui.page import Page
from ui.states import nothing_yet
from ui.text import note, plain

T = TypeVar("T")
ALL, NONE = "all", "none"
FOLLOW_UPS = (6, 12, 18, 24)
YEAR = 12


def _buttons(
    label: str, options: Sequence[T], default: T, key: str, name: Callable[[T], str] = str, collapsed: bool = False
) -> T:
    address.recall(key, options, default)
    chosen: T = st.segmented_control(
        label,
        options,
        required=True,
        format_func=name,
        key=key,
        wrap=True,
        label_visibility="collapsed" if collapsed else "visible",
    )
    address.tell(key, chosen)
    return chosen


def select(
    label: str,
    options: Sequence[T],
    key: str,
    name: Callable[[T], str] = str,
    width: int | str = "stretch",
    default: T | None = None,
) -> T:
    """A list to choose one of; the first, or `default`, unless something else was chosen before."""
    address.recall(key, options, options[0] if default is None else default)
    chosen: T = st.selectbox(label, options, format_func=name, key=key, width=width)
    address.tell(key, chosen)
    return chosen


def switch(label: str, key: str) -> bool:
    """A switch that is off unless it was turned on before."""
    address.recall(key, (False, True), False)
    chosen = st.toggle(label, key=key)
    address.tell(key, chosen)
    return chosen


def quarter_filter(quarters: Sequence[str]) -> str:
    """The newest quarter first, and chosen unless the address says otherwise."""
    return select("Quarter", quarters, "quarter", quarter_label)


def side_filter(key: str = "side", collapsed: bool = False) -> Side:
    return _buttons("Side", SIDES, "mentor", key, lambda side: SIDE_LABELS[side], collapsed)


def outcome_filter(key: str = "outcome", collapsed: bool = False, outcomes: Sequence[Outcome] = HEADLINES) -> Outcome:
    return _buttons("Outcome", outcomes, "retention", key, lambda outcome: OUTCOME_NAMES[outcome], collapsed)


def follow_up_filter() -> int:
    """Months of follow-up; a year unless the address says otherwise."""
    return _buttons("Follow-up, months", FOLLOW_UPS, YEAR, "follow_up")


def mature_quarter(page: Page) -> str:
    """The quarter chosen in the page's corner; ends the run where no cohort has been followed for a year yet."""
    quarters = page.ask(answers.quarters)
    if not quarters:
        nothing_yet(
            "No cohort has been followed for twelve months yet. Add HR exports and a list of pairs.", page.sample
        )
    with page.corner:
        return quarter_filter(quarters)


def question_filters(page: Page) -> tuple[Question, DeltaGenerator]:
    """What a page of one number asks: outcome, side, follow-up, quarter, and to whom it is narrowed; and where further
    filters stand, behind a button."""
    chosen = mature_quarter(page)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        outcome = outcome_filter(outcomes=OUTCOMES)
        side = side_filter()
        months = follow_up_filter()
        more = st.popover("More filters", icon=":material/tune:")
    with more:
        where = selection_filters(page.ask(answers.selection_choices, side))
    narrowed(where)
    return Question(outcome, side, months, chosen, where=where), more


def selection_filters(choices: Mapping[str, Sequence[str]], label: Callable[[str], str] = header_label) -> Selection:
    """Programme, department, level and location, as far as there is a choice; stands in a popover.

    choices: the values by header that this page can be narrowed to. `narrowed` belongs under the filters. Who is
    limited to a department finds that one alone, chosen.
    """
    chosen: dict[str, str | None] = {}
    theirs = sign_in.viewer().department
    for header in SELECTION_HEADERS:
        if header == "department" and theirs is not None:
            chosen[header] = select(label(header), [theirs], header)
            continue
        known = choices.get(header, ())
        if len(known) > 1 or address.asked(header):
            value = select(label(header), [ALL, *known], header, lambda name: "All" if name == ALL else name)
            chosen[header] = None if value == ALL else value
    return Selection(**chosen)


def narrowed(
    where: Selection,
    whose: str = "as it was on the day of joining. A narrowed view gets no verdict",
    cohort: str | None = None,
) -> None:
    """Say that a view is narrowed, to whom, and how to leave that; nothing for everybody. cohort: where a cohort is no
    part of what was declared, but narrows as the others do."""
    told = [f"cohort {quarter_label(cohort)}"] if cohort else []
    told += [narrowed_to(where)] if where.chosen else []
    if not told:
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.badge("Exploratory", icon=":material/filter_alt:", color="grey")
        note(f"Only {plain(', '.join(told))}, {whose}.")
        fixed = sign_in.viewer().department is not None
        headers = [name for name in SELECTION_HEADERS if not (fixed and name == "department")]
        if cohort or any(name in where.chosen for name in headers):
            st.button(
                "Show the whole department" if fixed else "Show everybody",
                type="tertiary",
                on_click=_everybody,
                args=((*headers, *(("cohort",) if cohort else ())),),
                key="show_everybody",
            )


def _everybody(headers: Sequence[str]) -> None:
    for header in headers:
        address.change(header, ALL)


def cohort_filter(cohorts: Sequence[str]) -> str | None:
    """One cohort, or None for all of them."""
    everyone = f"All {len(cohorts)} cohorts" if cohorts else "All cohorts"
    chosen = select(
        "Cohort",
        [ALL, *cohorts],
        "cohort",
        lambda cohort: everyone if cohort == ALL else quarter_label(cohort),
        width=180,
    )
    return None if chosen == ALL else chosen


def group_filter(headers: Sequence[str]) -> str | None:
    """The header to break the answer down by, or None."""
    chosen = select(
        "Break down by",
        [NONE, *headers],
        "by",
        lambda header: "Nothing" if header == NONE else header_label(header),
        width=180,
    )
    return None if chosen == NONE else chosen
