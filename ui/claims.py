"""The pieces of the Claims page: the grid, one claim in full, published figures and the checker of figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

import streamlit as st

from analysis.charts.format import decimal, interval, percent, points, signed
from analysis.charts.marked import figure_chart, results_chart
from analysis.findings import answers
from analysis.findings.claims.catalogue import PublishedFigure
from analysis.findings.claims.checker import CannotRead, CheckedFigure, Side, check_figure
from analysis.findings.claims.claim_results import STATES, ClaimAnswer, ClaimState, State
from analysis.findings.claims.judged import LINES, Judgement
from analysis.findings.claims.tested import ClaimResult, Unit
from analysis.findings.words import people
from ui import tables
from ui.navigation import link_to
from ui.page import Page
from ui.tables import Row
from ui.text import heading, kept, note, plain

EXAMPLE = "88 %, 7 of 8"
OPENED = "Benefits"
# Never green or red: a supported claim may be good news or bad.
_STATE_ICONS: dict[State, str] = {"testable": "check", "missing": "hourglass_empty", "not_with_hr_data": "block"}
_JUDGEMENT_ICONS: dict[Judgement, str] = {
    "supported": "thumb_up",
    "other_way": "swap_horiz",
    "not_supported": "remove",
    "leans_towards": "arrow_circle_right",
    "leans_away": "arrow_circle_left",
    "cannot_tell": "question_mark",
    "too_few": "group_off",
    "described": "notes",
    "withheld": "warning",
    "not_shown": "visibility_off",
}
_UNITS: dict[Unit, str] = {"pp": " pp", "percent": "%", "scale": " points", "ratio": "", "metric": ""}
_PAGES = {"outcomes": "Outcomes", "surveys": "Surveys"}


def claim_name(state: ClaimState) -> str:
    return f"{state.claim.id}: {state.claim.claim}"


def grid(states: Sequence[ClaimState], narrowed: bool) -> None:
    """A list a group: the claim, and what today's data say of it or what is missing. Open where somebody `narrowed`
    the claims, else the benefits alone: all lists together are longer than anybody reads."""
    for group, found in groupby(states, key=lambda state: state.claim.group):
        rows = list(found)
        testable = sum(state.state == "testable" for state in rows)
        with st.expander(
            f"{group}: {people(len(rows), 'claim')}, {testable} testable today", expanded=narrowed or group == OPENED
        ):
            st.markdown("\n".join(_item(state) for state in rows))


def _item(state: ClaimState) -> str:
    """A claim with what stands for it today below: two columns would be a few letters wide on a phone."""
    return f"- **{state.claim.id}** {plain(state.claim.claim)}  \n  {_badges(state)} {plain(_today(state))}"


def _badges(state: ClaimState) -> str:
    if state.result is not None:
        return judgement_badge(state.result)
    return f":gray-badge[:material/{_STATE_ICONS[state.state]}: {STATES[state.state]}]"


def judgement_badge(result: ClaimResult) -> str:
    color = "yellow" if result.judgement == "withheld" else "gray"
    return f":{color}-badge[:material/{_JUDGEMENT_ICONS[result.judgement]}: {result.label}]"


def _today(state: ClaimState) -> str:
    if state.state == "not_with_hr_data":
        return state.why_not
    if state.state == "missing":
        return f"Missing: {'; '.join(state.missing)}."
    if state.result is not None:
        return without_label(state.result)
    if not state.built_in:
        return "The data are there; no test of it is built in."
    return "Choose this claim above to have it computed."


def without_label(result: ClaimResult) -> str:
    """The sentence where its verdict stands beside it as a badge."""
    return result.sentence.removeprefix(f"{result.label}: ")


def one_claim(page: Page, claim_id: str) -> None:
    """A claim in full: what our data say, every question it is asked by, and how it is tested."""
    with st.spinner("Asking the data"):
        answer: ClaimAnswer = page.ask(answers.claim, claim_id)
    state = answer.state
    with st.container(border=True):
        heading(plain(claim_name(state)), plain(state.claim.group))
        if not answer.results:
            st.markdown(f"{_badges(state)} {plain(answer.sentence)}")
        for result in answer.results:
            st.markdown(f"{judgement_badge(result)} {plain(without_label(result))}")
        if len(answer.results) > 1:
            note("The first one judges the claim; the others stand beside it.")
        for number, same in enumerate(_drawable(answer.results)):
            alt = " ".join(result.sentence for result in same)
            page.chart(results_chart(same, page.palette), alt, f"claim_{claim_id}_{number}")
        if answer.results:
            note("Dot: estimate. Line: 95% interval. Dotted, no dot: too few to tell. Upright line: the mark.")
            tables.numbers([_result_row(result) for result in answer.results], f"{state.claim.id} in numbers")
        for text in dict.fromkeys(text for result in answer.results for text in result.notes):
            note(plain(text))
        for name in dict.fromkeys(result.page for result in answer.results if result.page):
            link_to(name, f"More on {_PAGES[name]}", ":material/arrow_forward:")
        _how_it_is_tested(state)


def _drawable(results: Iterable[ClaimResult]) -> list[list[ClaimResult]]:
    """Results that have an interval, by unit and mark: each of them a figure, two at the most."""
    shown = [result for result in results if result.low is not None]
    together: dict[tuple[str, float], list[ClaimResult]] = {}
    for result in shown:
        together.setdefault((result.unit, result.mark), []).append(result)
    return list(together.values())[:2]


def _result_row(result: ClaimResult) -> Row:
    """Three columns, as many as a phone has room for; the verdict stands beside its sentence above."""
    shown = result.low is not None and result.high is not None
    digits, unit = (1 if result.unit in ("pp", "percent") else 2), _UNITS[result.unit]
    say = signed if result.mark == 0 and result.unit in ("pp", "scale", "metric") else decimal
    limits = f"({say(result.low or 0.0, digits)} to {say(result.high or 0.0, digits)})"
    estimate = "*too few*" if result.estimate is None else f"{say(result.estimate, digits)}{unit}"
    mark = f", against a mark of {result.mark:g}{unit}" if result.mark else ""
    return {
        "Question": plain(f"{result.question}{mark}"),
        "Found (95% CI)": f"{kept(estimate)} {kept(limits)}" if shown else tables.HIDDEN,
        "People": plain(result.people),
    }


def _how_it_is_tested(state: ClaimState) -> None:
    claim = state.claim
    rows = {
        "Said in": f"{claim.said_in}; the wording here is a summary",
        "What is looked at": claim.how_tested,
        "Statistic": claim.statistic,
        "Picture": claim.picture,
        "Needs": "; ".join(state.needs),
        "Missing today": "; ".join(state.missing),
        "Good to know": claim.note,
    }
    with st.expander("How this is tested", icon=":material/manage_search:"):
        tables.table(
            [{"What": name, "In words": plain(value)} for name, value in rows.items() if value],
            f"How claim {claim.id} is tested",
        )


def the_rule() -> None:
    """The one rule from an interval to words, as it is applied: the first line that holds."""
    with st.expander("How this was made", icon=":material/manage_search:"):
        note(
            "Which questions judge a claim is fixed in the application, the same for every employer; the first one "
            "that the data can answer counts. The first of these lines that holds is the verdict. Nothing here is "
            "corrected for how many claims are tested: of twenty true nothings one stands out by chance."
        )
        tables.table(
            [{"Verdict": line.label, "When": line.text} for line in LINES], "The rule from an interval to a verdict"
        )
        note(
            "Retention and promotion come from the page Outcomes, scales and measures from Surveys. Shares of pairs, "
            "sessions, goals and people are counted by the SQL files analysis/study/sql/claim_*.sql, with an interval "
            "that allows for things of one pair being alike. What a claim needs is compared with the columns, "
            "constructs and metrics that the store holds."
        )


def published_figures(figures: Sequence[PublishedFigure]) -> None:
    """What others published, with what is known of it and what it leaves out."""
    heading("Published figures", "what is known, and what they leave out")
    st.markdown(
        "\n".join(
            f"- **{plain(one.figure)}** {plain(one.as_quoted)}  \n  Known: {plain(one.what_is_known)}  \n"
            f"  Left out: {plain(one.what_is_missing)}"
            for one in figures
        )
    )


def checker(page: Page, figures: Sequence[PublishedFigure]) -> None:
    """Type a figure, see how much it tells."""
    heading("Check a figure", "such as 88 %, 7 of 8; 96 %; 7/8; 25 % against 5 %")
    examples = {one.to_check: one.figure for one in figures if one.to_check}
    st.selectbox(
        "A published figure",
        list(examples),
        index=None,
        placeholder="Choose one, or type your own below",
        format_func=examples.__getitem__,
        key="published_figure",
        on_change=_take_published,
        width=340,
    )
    st.session_state.setdefault("figure_to_check", EXAMPLE)  # no default besides: Streamlit warns of two
    typed = st.text_input("A percentage, people, or both", max_chars=120, key="figure_to_check")
    try:
        found = check_figure(typed)
    except CannotRead as problem:
        st.info(plain(str(problem)), icon=":material/help:")
        return
    st.markdown(plain(found.sentence))
    if any(side.wilson or side.smallest for side in found.sides):
        page.chart(figure_chart(found, page.palette), plain(found.alt_text), "checked_figure")
        tables.numbers(_figure_rows(found), "The figure in numbers")
    st.markdown("**To judge it one would have to know**")
    for text in found.missing:
        st.markdown(f"- {plain(text)}")


def _take_published() -> None:
    """Put what of the chosen figure can be checked into the field below."""
    if st.session_state.get("published_figure"):
        st.session_state["figure_to_check"] = st.session_state["published_figure"]


def _figure_rows(found: CheckedFigure) -> list[Row]:
    rows = [row for side in found.sides for row in _side_rows(side)]
    if found.difference is not None:
        limits = found.difference_interval
        rows.append(
            {
                "Figure": "Difference, percentage points",
                "Share": points(found.difference),
                "95% CI, Wilson": f"{interval(limits.low, limits.high)} (Newcombe)" if limits else "",
                "95% CI, exact": "",
            }
        )
    return rows


def _side_rows(side: Side) -> list[Row]:
    if side.wilson and side.exact:
        return [
            {
                "Figure": plain(side.stated),
                "Share": percent(side.rate),
                "95% CI, Wilson": f"{percent(side.wilson.low)} to {percent(side.wilson.high)}",
                "95% CI, exact": f"{percent(side.exact.low)} to {percent(side.exact.high)}",
            }
        ]
    return [
        {
            "Figure": plain(f"{side.stated}, if it was {one.hits:,} of {one.n:,}"),
            "Share": percent(one.hits / one.n),
            "95% CI, Wilson": f"{percent(one.interval.low)} to {percent(one.interval.high)}",
            "95% CI, exact": "",
        }
        for one in side.smallest
    ]
