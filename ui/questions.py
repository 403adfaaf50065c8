"""What only a person can say about a file: its questions beside its first lines, and the answers given so far."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from analysis.load import FIRST_DAY, FileReport, FirstLines, Question
from ui.tables import Row, table
from ui.text import first_of_all, heading, note, plain, quiet

_ANSWERS = "upload_answers"
_ORDERED_BY = " < "
_LATER = "later"
_NAMED, _LONGEST = 3, 60


def answers_of(file: str) -> dict[str, str]:
    """Question id to answer, as given on this page for a file."""
    given: dict[str, dict[str, str]] = st.session_state.setdefault(_ANSWERS, {})
    return given.setdefault(file, {})


def forget_answers() -> None:
    st.session_state[_ANSWERS] = {}


def ask(report: FileReport, lines: FirstLines | None) -> None:
    """All questions of a file in one form; pressing the button keeps the answers and checks the file again."""
    file, asked = report.file, report.questions
    number = len(asked)
    heading(f"{number} {'question' if number == 1 else 'questions'} only you can answer")
    with st.form(f"questions {file}", border=False):
        given = {question.id: _one(file, question) for question in asked}
        open_ones = st.empty()
        pressed = st.form_submit_button("Use these answers", type=first_of_all(), icon=":material/check:")
    if lines is not None:
        with st.expander("The first lines of the file"):
            st.dataframe(
                [
                    dict(zip(("Line in the file", *lines.headers), (number, *cells), strict=True))
                    for number, cells in lines.lines
                ],
                hide_index=True,
                width="stretch",
            )
            note("••• covers what is refused: it is not loaded, and nothing of it is kept.")
    if pressed:
        answers_of(file).update({name: answer for name, answer in given.items() if answer})
        missing = [question for question in asked if not given[question.id]]
        if not missing:
            st.rerun()
        open_ones.warning(_still_open(missing), icon=":material/help:")


def _still_open(missing: Sequence[Question]) -> str:
    names = list(dict.fromkeys(plain(question.column or _shortened(question.text)) for question in missing))
    more = len(names) - _NAMED
    return f"Still open: {'; '.join(names[:_NAMED])}{f' and {more} more' if more > 0 else ''}"


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


def columns_read(report: FileReport) -> None:
    """What became of each column, what was not loaded last."""
    if not report.columns:
        return
    read = [use for use in report.columns if use.target]
    rest = [use for use in report.columns if not use.target]
    with st.expander(f"{len(read)} of {len(report.columns)} columns are read", icon=":material/check:"):
        rows: list[Row] = [
            {
                "In your file": plain(use.header),
                "Read as": plain((use.target or "").replace("_", " ")) if use.target else f"*{plain(use.why)}*",
                "What stands there": quiet(plain(use.values)) if use.values else "",
            }
            for use in (*read, *rest)
        ]
        table(rows, "What each column is read as")


def _one(file: str, question: Question) -> str:
    """One question with its reason and samples on the left, and the way to answer on the right."""
    where, choice = st.columns([3, 2], vertical_alignment="center")
    column = f"**{plain(question.column)}** " if question.column else ""
    why = f" {quiet(plain(question.why))}" if question.why else ""
    shown = " ".join(f"`{sample}`" for sample in question.samples if "`" not in sample)
    where.markdown(f"{column}{plain(question.text)}{why}" + (f"  \n{shown}" if shown else ""))
    key = f"answer|{file}|{question.id}"
    before = answers_of(file).get(question.id) or question.suggestion
    with choice:
        return _widget(question, key, before)


def _widget(question: Question, key: str, before: str | None) -> str:
    if question.form == "date":
        day = st.date_input(
            question.text,
            _day(before),
            min_value=FIRST_DAY,
            max_value="today",
            format="YYYY-MM-DD",
            key=key,
            label_visibility="collapsed",
        )
        return day.isoformat() if isinstance(day, date) else ""
    if question.form == "order":
        return _order(question, key, before)
    if not question.choices:
        return str(st.text_input(question.text, before or "", key=key, label_visibility="collapsed")).strip()
    chosen = st.selectbox(
        question.text,
        question.choices,
        index=question.choices.index(before) if before in question.choices else None,
        placeholder="Choose",
        format_func=lambda name: name.replace("_", " "),
        key=key,
        label_visibility="collapsed",
    )
    return chosen or ""


def _order(question: Question, key: str, before: str | None) -> str:
    chosen: Sequence[str] = st.multiselect(
        question.text,
        question.choices,
        [level for level in (before or "").split(_ORDERED_BY) if level in question.choices],
        placeholder="Choose one after the other",
        key=key,
        label_visibility="collapsed",
    )
    if st.checkbox("There is no order, or I say it later", key=f"{key}|later"):
        return _LATER
    return _ORDERED_BY.join(chosen) if len(chosen) == len(question.choices) else ""


def _day(text: str | None) -> date | None:
    """A day that may be chosen; None for everything else."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= date.today() else None
