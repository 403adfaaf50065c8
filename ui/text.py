"""Words on their way into Markdown: names from files are shown as they are, never read as formatting."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

import streamlit as st

_MARKS = re.compile(r"([\\`*_{}\[\]()<>#+\-!|~:$&])")
_RATES = re.compile(r"\d+(?:\.\d+)?%")


def plain(text: str) -> str:
    """Text from data, with every Markdown mark taken literally."""
    return _MARKS.sub(r"\\\1", text)


def address(text: str) -> str:
    """A name that may be an e-mail address, not made into a link: a word joiner stands before the @."""
    return plain(text).replace("@", "\u2060@")


def kept(text: str) -> str:
    """The same on one line: a table on a phone breaks between cells only."""
    return text.replace(" ", "\u00a0")


def quiet(text: str) -> str:
    """A grey note that still has enough contrast to be read; `text` is Markdown."""
    return f":small[:gray[{text}]]"


def note(text: str) -> None:
    st.markdown(quiet(text))


def first_of_all() -> Literal["primary", "secondary"]:
    """The sort of button for what a page is for. In dark it is as the others: Streamlit writes in white on the accent
    and with the accent on the ground, and no colour has the contrast of 4.5 both ways."""
    return "secondary" if st.context.theme.type == "dark" else "primary"


def paragraphs(texts: Iterable[str]) -> None:
    """Paragraphs of Markdown as one element: a page sends each of its elements anew at every run. None is nothing."""
    told = "\n\n".join(texts)
    if told:
        st.markdown(told)


def heading(text: str, side_note: str = "") -> None:
    """The heading of a box: bold, with a grey note on the same line."""
    st.markdown(f"**{text.strip()}**" + (f" {quiet(side_note)}" if side_note else ""))


def all_cohorts(cohort: str | None) -> str:
    """The side note of a box that is about all cohorts, also where one of them was chosen on the page."""
    return "all cohorts" if cohort is None else f"all cohorts, not {plain(cohort)} alone"


def bold_rates(sentence: str) -> str:
    """A finding's sentence with its rates in bold; the words are the finding's own."""
    return _RATES.sub(lambda found: f"**{found.group()}**", plain(sentence))
