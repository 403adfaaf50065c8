"""The parts of the page Programme health, each a box: question, answer, chart, numbers."""

from __future__ import annotations

import re

import streamlit as st

from analysis.charts.calendar import heat_calendar
from analysis.charts.format import count, day, decimal, header_label, percent, quarter
from analysis.charts.programme import shares_by_quarter, topic_bars, waiting_curve
from analysis.findings import answers
from analysis.findings.health.no_log import NO_LOG, WHAT_TO_LOAD
from analysis.findings.health.results import Nudges, ProgrammeHealth, Timing
from analysis.findings.health.shares import Share
from analysis.findings.results import Selection
from ui import health_tables as rows
from ui import tables
from ui.badges import check_badge
from ui.details import check_row
from ui.filters import cohort_filter, narrowed, selection_filters
from ui.page import Page
from ui.text import heading, note, plain

_RATE = re.compile(r"\d+(?:\.\d+)?%")


def view_filters(page: Page, asked: str) -> tuple[str | None, Selection]:
    """Cohort, and behind a button programme and the mentor's department, level and location where they differ."""
    choices: dict[str, tuple[str, ...]] = page.ask(answers.health_choices, asked)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        cohort = cohort_filter(choices["cohort"])
        with st.popover("More filters", icon=":material/tune:"):
            where = selection_filters(choices, _whose)
    narrowed(where, "as the mentor was when the pair began")
    return cohort, where


def _whose(header: str) -> str:
    return header_label(header) if header == "programme" else f"Mentor's {header}"


def can_be_read(found: ProgrammeHealth) -> None:
    """Can these numbers be read? A badge a check, failed ones first; each is explained further down."""
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
            st.markdown("**Can these numbers be read?**", width="content")
            for check in found.check.checks:
                check_badge(check)
        note(plain(found.check.sentence))


def first_bold(sentence: str) -> str:
    """A sentence with its first rate in bold; its interval stays as quiet as it is."""
    return _RATE.sub(lambda rate: f"**{rate.group()}**", plain(sentence), count=1)


def at_a_glance(found: ProgrammeHealth) -> None:
    """Four numbers of the view; the interval or the reason under each."""
    assert found.cadence and found.first and found.sessions and found.nudges
    running = found.states[0].state("active")
    with st.grid(4, min_column_width=150, gap="small"):
        _count("Running pairs", None if running.count is None else count(running.count), running.reason)
        _share("On schedule", found.cadence.on_schedule)
        this = found.sessions.quarters[-1]
        _share(f"Sessions held, {quarter(found.quarter)}", this.held)
        _nudge(found.nudges)


def _count(label: str, value: str | None, reason: str | None, delta: str | None = None) -> None:
    if value is None:
        with st.container(border=True, height="stretch", gap="xsmall"):
            st.markdown(label)
            note(plain(reason or "Not shown."))
        return
    st.metric(label, value, delta, delta_color="off", delta_arrow="off", border=True, height="stretch")


def _share(label: str, share: Share) -> None:
    value = None if share.value is None else f"{share.value:.0%}"
    _count(label, value, share.reason, f"95% CI {share.low or 0:.0%} to {share.high or 0:.0%}")


def _nudge(found: Nudges) -> None:
    some = found.anybody
    least = max((cell.count for cell in found.reasons if cell.count), default=0)
    if some.count is None and least:
        _count("Need a nudge", f"{least:,} or more", None, "reasons below")
    else:
        of = None if some.of is None else f"of {some.of:,} running"
        _count("Need a nudge", None if some.count is None else count(some.count), some.reason, of)


def by_state(found: ProgrammeHealth) -> None:
    """Pairs by state, all and by cohort; and how they keep to the plan."""
    assert found.cadence
    left, right = st.columns(2, gap="small")
    with left, st.container(border=True, height="stretch"):
        heading("Pairs by state", f"as of {day(found.day)}")
        tables.table(rows.whole_rows(found.states[0]), f"Pairs by state. {found.sentence}")
        note("A pair whose end came later was running then. Not known: it ended, and nothing says how.")
        tables.numbers(rows.state_rows(found.states), "Pairs by state and cohort", "By cohort")
    with right, st.container(border=True, height="stretch"):
        heading("Does the rhythm keep to the plan?")
        if not found.has_log:
            note(NO_LOG)
            return
        tables.table(rows.cadence_rows(found.cadence), "Sessions against the plan")
        note(
            "Due: the plan's sessions a month times the months since a pair began, in whole sessions, until it ended "
            "or the plan's months were over. A pair is on schedule when it has held as many."
        )


def no_log() -> None:
    """In the place of what rests on sessions: why it is not there, and what to load."""
    st.markdown(f"{NO_LOG} {WHAT_TO_LOAD}")


def sessions(page: Page, found: ProgrammeHealth) -> None:
    """The calendar, the share held by quarter, and who cancels."""
    assert found.sessions
    with st.container(border=True):
        heading("Sessions held each week", "a row a quarter")
        shown = [(row.quarter, sum(week.sessions or 0 for week in row.weeks)) for row in found.calendar]
        alt = "Sessions held, weeks with few pairs left out: " + "; ".join(
            f"{quarter(name)} {total:,}" for name, total in shown
        )
        page.chart(heat_calendar(found.calendar, page.palette), f"{alt}.", "calendar")
        note("<5: held by fewer than 5 pairs. Dot: hidden, it would give such a week away. Blank: not yet reported.")
        tables.numbers(rows.calendar_rows(found.calendar), "Sessions held by week of the quarter")
    with st.container(border=True):
        heading("Held, cancelled, missed", "of all sessions whose outcome is recorded")
        trend = [(row.quarter or "", row.held) for row in found.sessions.quarters]
        told = "; ".join(f"{quarter(name)} {share.said}" for name, share in trend if share.value is not None)
        if told:
            page.chart(shares_by_quarter(trend, page.palette), f"Share of sessions held: {told}.", "held")
            note("Share held in each quarter, with its 95% interval.")
        tables.table(rows.outcome_rows(found.sessions.whole), "All sessions to the day, by outcome")
        note(plain(who_cancels(found)))
        tables.numbers(rows.session_rows(found.sessions.quarters), "Sessions by outcome and quarter", "By quarter")


def who_cancels(found: ProgrammeHealth) -> str:
    """The ratio of both sides' cancellations and the cancellations in a row, with what they are out of."""
    assert found.sessions
    ratio, run = found.sessions.ratio, found.sessions.in_a_row
    words = []
    if ratio.value is not None and ratio.low is not None:
        high = "no limit" if ratio.high is None else decimal(ratio.high, 1)
        words.append(
            f"Mentees cancelled {decimal(ratio.value, 1)} times as often as mentors (95% interval "
            f"{decimal(ratio.low, 1)} to {high}); both cancel out of the same sessions."
        )
    elif ratio.reason:
        words.append(f"Who cancels more often: {ratio.reason[0].lower()}{ratio.reason[1:]}")
    if run.value is not None:
        words.append(
            f"{run.said} of the pairs with a recorded session had {found.sessions.in_a_row_limit} or more "
            "cancellations in a row."
        )
    return " ".join(words)


def waiting(page: Page, found: ProgrammeHealth) -> None:
    """Time to the first session, and until pairs lapse."""
    assert found.first and found.lapse
    left, right = st.columns(2, gap="small")
    with left, st.container(border=True, height="stretch"):
        heading("How long until the first session?", "pairs without one count")
        _curve(page, found.first, "Met by then", "first", found.first.limit)
    with right, st.container(border=True, height="stretch"):
        heading("How long until a pair lapses?", f"no session for more than {found.lapse.limit} days")
        _curve(page, found.lapse, "Never lapsed", "lapse", None)


def _curve(page: Page, timing: Timing, name: str, key: str, marked: int | None) -> None:
    st.markdown(first_bold(timing.sentence))
    if timing.curve is None:
        return
    page.chart(waiting_curve(timing, page.palette, name, marked), timing.alt_text, key)
    note("Band: 95% interval. The curve stops when fewer than 10 pairs are left to follow.")
    tables.numbers(rows.curve_rows(timing.curve, f"{name} (95% CI)"), timing.alt_text, name=name)


def content(page: Page, found: ProgrammeHealth) -> None:
    """What sessions are about, what came of the goals, and why pairs end early."""
    assert found.topics and found.goals and found.endings
    left, right = st.columns(2, gap="small")
    with left, st.container(border=True, height="stretch"):
        topics = found.topics
        mark = ":red-badge[:material/warning: tech support]" if topics.status == "above" else ""
        heading(f"What are sessions about? {mark}", "of the sessions held")
        st.markdown(first_bold(topics.sentence))
        if any(row.share is not None for row in topics.rows):
            page.chart(topic_bars(topics, page.palette), topics.sentence, "topics")
        minutes = "" if topics.minutes.value is None else f"By time it is {percent(topics.minutes.value)}. "
        if topics.rows:
            note(
                f"{minutes}Dashed: the limit of {topics.limit:.0%} for tech support is our default, not a finding; it "
                "is set in the study plan under programme\\_health."
            )
        tables.numbers(rows.topic_rows(topics.rows), topics.sentence, name="topics")
    with right, st.container(border=True, height="stretch"):
        heading("Goals set and reached")
        early = found.goals.by_second_session
        told = f"{early.said} of pairs had a goal by their second session." if early.value is not None else early.reason
        st.markdown(first_bold(told or ""))
        tables.table(rows.goal_rows(found.goals.kinds), "Goals by kind, and the share achieved")
        note("Decided: achieved, partly achieved, missed or dropped by the day. What is still open does not count.")
        heading("Early endings")
        ended = found.endings.early
        told = f"{ended.said} of the pairs that ended did so early." if ended.value is not None else ended.reason
        st.markdown(first_bold(told or ""))
        tables.table(rows.ending_rows(found.endings.reasons), "Early endings by reason")


def people(found: ProgrammeHealth) -> None:
    """Whether the mentor is the junior, and how leaders of each level keep their sessions."""
    assert found.direction
    left, right = st.columns(2, gap="small")
    with left, st.container(border=True, height="stretch"):
        heading("Is the mentor really the junior?", "three definitions")
        tables.table(rows.gap_rows(found.direction.gaps), found.direction.sentence)
        note("Above zero the mentor is the junior; as both were when the pair began. Reverse mentoring asks for level.")
        tables.table(rows.agreement_rows(found.direction.agreements), "How far the definitions agree")
        tables.numbers(rows.pattern_rows(found.direction.patterns), "Pairs by definition", "Which definitions hold")
    with right, st.container(border=True, height="stretch"):
        heading("Do leaders take part?", "by the mentee's level when the pair began")
        if not found.has_log:
            note(NO_LOG)
            return
        tables.table(rows.level_rows(found.levels), "Cancellations and meetings by the mentee's level")
        note(
            "Cancelled: by the mentee, of all recorded sessions to the day. Met: of the pairs that ran in the "
            "quarter, those that held a session in it. "
            "Levels of few pairs stand with the next one. Whether sponsors attend is in no file."
        )
        tables.numbers(rows.held_rows(found.levels), "Sessions held by the mentee's level", "Sessions held")


def nudges(found: ProgrammeHealth) -> None:
    """Counts only; which pairs they are is for stewards, at the command line."""
    assert found.nudges
    with st.container(border=True):
        heading("Which pairs need a nudge?", "running pairs; one can have several reasons")
        if not found.has_log:
            note(NO_LOG)
        tables.table(rows.nudge_rows(found.nudges), "Running pairs that need a nudge, by reason")
        note(
            "<5: fewer than 5 pairs. The page counts only; stewards find which ones they are with "
            "`python -m analysis health --pairs`."
        )


def how_it_was_made(found: ProgrammeHealth) -> None:
    with st.expander("How this was made", icon=":material/manage_search:"):
        tables.table([check_row(check) for check in found.check.checks], "Every check of these numbers with its result")
        settings = {name.replace("_", " ").capitalize(): str(value) for name, value in found.settings.items()}
        settings["Plan, data version"] = f"plan {found.plan_hash}, version {found.data_version}"
        tables.table(
            [{"Setting": plain(name), "Value": plain(value)} for name, value in settings.items()],
            "The settings behind these numbers",
        )
        for text in found.notes:
            note(plain(text))
        note(
            "Shares of pairs: Wilson's interval; of sessions: the same at their effective number. First session: "
            "cumulative incidence, with which ending without one competes. Lapse: Kaplan-Meier. The questions to the "
            "store are the files programme\\_\\*.sql in analysis/study/sql."
        )
