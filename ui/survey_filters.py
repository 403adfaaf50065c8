"""What the surveys page is narrowed to: the part shown, side, construct, and whom it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from analysis.charts.format import SIDE_LABELS, header_label, name_label
from analysis.charts.format import quarter as quarter_label
from analysis.findings import answers
from analysis.findings.results import EVERYBODY, SELECTION_HEADERS, SIDES, Selection, Side
from analysis.findings.survey_results import WavePoint
from ui import address, sign_in
from ui.filters import ALL, cohort_filter, narrowed, select, selection_filters
from ui.page import Page
from ui.text import note, plain

PARTS = {"scores": "Scores", "questions": "Questions", "answered": "Who answered", "joining": "Around joining"}
BOTH = "both"
BEFORE = {"pre": "Asked before", "retro_pre": "Recalled after"}


@dataclass(frozen=True)
class View:
    """What a reader chose; `sides` are those shown, in their order."""

    quarter: str
    part: str
    sides: tuple[Side, ...]
    cohort: str | None
    where: Selection

    @property
    def narrowed(self) -> bool:
        return self.cohort is not None or self.where != EVERYBODY

    @property
    def asked(self) -> tuple[object, ...]:
        """The arguments of the answers about this view."""
        return (self.quarter, self.cohort, self.where) if self.narrowed else (self.quarter,)


def survey_filters(page: Page, quarter: str, *, newest: bool) -> View:
    """One row: part, side, and the rest in a popover, which an older quarter has not."""
    choices = page.ask(answers.survey_choices, quarter)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        part = _buttons("Show", tuple(PARTS), "scores", "part", PARTS)
        side = _buttons("Side", (BOTH, *SIDES), BOTH, "side", {BOTH: "Both", **SIDE_LABELS})
        theirs = sign_in.viewer().department
        cohort, where = None, Selection(department=theirs)
        if newest:
            with st.popover("More filters", icon=":material/tune:"):
                cohort = cohort_filter(choices.cohort)
                where = selection_filters({header: getattr(choices, header) for header in SELECTION_HEADERS})
    # Metrics by quarter say so in their own box; who sees one department only is told it instead of the page.
    if not newest and theirs is None and part != "joining":
        _not_applied()
    sides: tuple[Side, ...] = SIDES if side == BOTH else tuple(one for one in SIDES if one == side)
    view = View(quarter, part, sides, cohort, where)
    if part != "joining":  # which says in its own box that it is told of everybody
        narrowed(where, "as it was on the day of joining", cohort)
    return view


def _not_applied() -> None:
    """Which filters an older quarter leaves out: those that were set on another page or stand in the address."""
    named = ("cohort", *SELECTION_HEADERS)
    left_out = {name: value for name in named if (value := address.wanted(name)) and value != ALL}
    if left_out:
        told = ", ".join(f"{header_label(name).lower()} {quarter_label(value)}" for name, value in left_out.items())
        whose = "These are the answers of all participants."
        st.warning(f"Not applied here: {plain(told)}. {whose}", icon=":material/info:")
    note(answers.NEWEST_ONLY)


def construct_filter(points: Sequence[WavePoint]) -> str:
    """The construct that is drawn; unless another was chosen the first that both sides were asked, where there is one:
    the other half of a page would say that nobody was."""
    asked: dict[str, set[Side]] = {}
    for point in points:
        asked.setdefault(point.construct, set()).add(point.side)
    sides = {point.side for point in points}
    first = next((construct for construct, of in asked.items() if of == sides), None)
    return select("Construct", list(asked), "construct", name_label, width=240, default=first)


def before_filter(kinds: Sequence[str]) -> str:
    """Which "before" is meant, where some were asked before and some recalled it afterwards: never both at once."""
    if len(kinds) < 2:
        return kinds[0] if kinds else "pre"
    return _buttons("Before", tuple(kinds), "pre", "before", BEFORE)


def _buttons(label: str, options: Sequence[str], default: str, key: str, names: dict[str, str]) -> str:
    address.recall(key, options, default)
    chosen: str = st.segmented_control(
        label, options, required=True, format_func=lambda one: names[one], key=key, wrap=True
    )
    address.tell(key, chosen)
    return chosen
