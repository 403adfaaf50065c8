"""What pages write into the audit: which finding was asked for, which file was made, what was taken away.

The invented employer is nobody's data: nothing of it is written down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import fields, is_dataclass
from typing import Any

import streamlit as st

from analysis.findings.answers import UnknownChoice, UnknownQuarter
from analysis.findings.roles import NotAllowed, acts
from analysis.store import audit_later, audit_trouble, audited
from ui import data, sign_in
from ui.text import plain
from ui.who import who

_SEEN = "audit_seen"
# What there is to choose from, asked for by every page: none of it is a finding.
_CHOICES = frozenset(
    {"quarters", "group_headers", "cohorts", "started_cohorts", "survey_choices", "health_choices", "selection_choices"}
)


@contextmanager
def told(shown: data.Shown | None, name: str, question: tuple[Any, ...]) -> Iterator[None]:
    """Write down that a finding is asked for: once a session, version and question. What is not answered is told
    without its words, which may be anybody's."""
    if shown is None:
        yield
        return
    if shown.sample or name in _CHOICES:
        with refusals_told(name):
            yield
        return
    try:
        with refusals_told(name):
            yield
    except (UnknownChoice, UnknownQuarter):
        _once(shown, name, name, "not answered: unknown choice")
        raise
    _once(shown, name, f"{name}: {', '.join(filter(None, map(in_words, question)))}".removesuffix(": "), "done")


@contextmanager
def refusals_told(name: str) -> Iterator[None]:
    """Write down that somebody asked for what they may not have; of the invented employer too, but without words."""
    try:
        yield
    except NotAllowed as refusal:
        sign_in.refused(name, refusal)
        raise


def in_words(value: object) -> str:
    """A question as it stands in the audit: what differs from the plainest question of its kind."""
    if is_dataclass(value) and not isinstance(value, type):
        told = [(field, getattr(value, field.name)) for field in fields(value)]
        return ", ".join(filter(None, (in_words(given) for field, given in told if given != field.default)))
    if isinstance(value, tuple):
        return ", ".join(filter(None, map(in_words, value)))
    return "" if value is None else str(value)


def taken_away(make: Callable[[], bytes], name: str) -> Callable[[], bytes]:
    """The content of a download, made when it is asked for: only what could be written down is handed out, and only
    while the session of whoever was shown the button goes on."""
    sample, viewer = data.shows_sample(), sign_in.viewer()

    def content() -> bytes:
        by = acts(sign_in.goes_on(viewer), "download")
        if sample:
            return make()
        with audited(data.own_store(), "download", name, by):
            return make()

    return content


def made_report(shown: data.Shown | None, name: str) -> Any:
    """Around the making of a report. Raises CannotAudit."""
    if shown is None or shown.sample:
        return nullcontext()
    return audited(data.own_store(), "report", name, who())


def trouble() -> str | None:
    """Why the audit can't be written; None where it can, and where the invented employer is shown."""
    return None if data.shows_sample() else audit_trouble(data.own_store())


def say_trouble() -> None:
    """A warning where the audit can't be written; the page itself can be read."""
    problem = trouble()
    if problem:
        st.warning(plain(problem), title="Not audited", icon=":material/warning:")


def _once(shown: data.Shown, name: str, about: str, outcome: str) -> None:
    seen: set[tuple[str, int, str]] = st.session_state.setdefault(_SEEN, set())
    key = (str(shown.reader.path), shown.reader.stamp, about)
    if key not in seen:
        seen.add(key)
        audit_later(data.own_store(), "finding", about, outcome, who())
