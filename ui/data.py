"""Which store is shown, and cached answers from it.

The store is IMPACT_STORE, else ./impact_store; as long as that holds nothing, the invented employer is shown.
A reader is taken anew on every run, so a load made anywhere appears on the next one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import streamlit as st
from streamlit.elements.lib.mutable_status_container import StatusContainer

from analysis.findings import access
from analysis.load import newest
from analysis.store import Reader, Store, default_folder
from ui import sign_in
from ui.remembered import Remembered
from ui.sample import build_sample, sample_store

_WANTS_SAMPLE = "wants_sample"
_answers = Remembered(500)
T = TypeVar("T")


@dataclass(frozen=True)
class Shown:
    """The store on the page: `sample` where it is the invented employer."""

    reader: Reader
    sample: bool


def own_store() -> Store:
    """The employer's own store, whether or not it exists; uploads always go there."""
    return Store(default_folder())


def want_sample(wanted: bool) -> None:
    """Show the invented employer in this session although a store of one's own exists, or stop doing so."""
    st.session_state[_WANTS_SAMPLE] = wanted


def shows_sample() -> bool:
    """Whether pages show the invented employer: nothing of one's own is there, or this session asked for it."""
    return bool(st.session_state.get(_WANTS_SAMPLE)) or not own_store().exists()


def open_data() -> Shown:
    """The newest published version; builds the invented employer first where nothing else is there."""
    if not shows_sample():
        return Shown(_with_progress("Bringing the findings up to date", partial(newest, own_store())), sample=False)
    store = sample_store()
    if not store.exists():
        _with_progress("Preparing the invented employer", build_sample)
    return Shown(_with_progress("Bringing the findings up to date", partial(newest, store)), sample=True)


def store_shown() -> Store:
    """The store that pages show, whether or not it exists yet."""
    return sample_store() if shows_sample() else own_store()


def version_now() -> Reader | None:
    """The version that open_data would show, without building anything; None where there is none yet."""
    store = store_shown()
    return store.reader() if store.exists() else None


def _with_progress(title: str, work: Callable[[Callable[[str, int, int], None]], T]) -> T:
    """Do what may take long, naming its steps; nothing is drawn where it takes none."""
    place = st.empty()
    status: list[StatusContainer] = []

    def progress(step: str, done: int, total: int) -> None:
        if not status:
            status.append(place.status(title))
            with status[0]:
                st.skeleton(height=120)
        status[0].update(label=f"{title}, step {min(done + 1, total)} of {total}: {step}")

    result = work(progress)
    place.empty()
    return result


def ask(answer: Callable[..., Any], reader: Reader, *question: Any) -> Any:
    """An answer of analysis.findings.answers, as far as whoever sits before the page may have it.

    It is remembered under the store's version and the question alone, exact and by the rules for publication apart;
    who may have which is asked before that, each time, and never kept with it. Raises NotAllowed.
    """
    return access.ask(sign_in.viewer(), answer, reader, *question, through=_answer)


def forget() -> None:
    """Let this process forget every answer."""
    _answers.clear()


def _answer(answer: Callable[..., Any], reader: Reader, *question: Any) -> Any:
    """`question` holds dataclasses or text, never a frame."""
    key = (answer, reader, question)
    if key in _answers:
        return _answers.get(key, partial(answer, reader, *question))
    with st.spinner("Comparing participants with similar colleagues"):
        return _answers.get(key, partial(answer, reader, *question))
