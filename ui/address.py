"""What the filters are set to, kept in the address and from page to page.

An address names raw values (`?side=mentee&outcome=promotion`), so a view can be shared and a label can change. What the
address newly says wins; otherwise a filter keeps what it was set to. What is written to the address
is a change by the reader, a correction, and once on arrival what was chosen elsewhere: more would trap the Back button.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import streamlit as st

T = TypeVar("T")
_KEPT, _PAGE, _HERE = "filters_kept", "page_shown", "filters_here"


def _kept() -> dict[str, str]:
    kept: dict[str, str] = st.session_state.setdefault(_KEPT, {})
    return kept


def arrive(page: str) -> None:
    """Say once per arrival on a page, in its address, what the filters are set to."""
    if st.session_state.get(_PAGE) != page:
        st.session_state[_PAGE] = page
        if _kept() and not st.query_params:
            st.query_params.update(_kept())


def begin() -> None:
    """A page begins to run: it has shown no filter yet."""
    st.session_state[_HERE] = []


def shown() -> tuple[str, dict[str, str]]:
    """The page on screen and what the filters are set to that it has shown so far."""
    return st.session_state.get(_PAGE, ""), {key: _kept()[key] for key in st.session_state.get(_HERE, [])}


def recall(key: str, options: Sequence[T], default: T) -> None:
    """Set the widget that is about to be made under `key`: the address first, then what was chosen before, then
    `default`. A value that is not among `options` is said to be unknown; what was chosen elsewhere gives way silently.
    """
    names = {str(option): option for option in options}
    kept, asked = _kept(), st.query_params.get(key)
    chosen = kept.get(key)
    if key in st.session_state:
        chosen = str(st.session_state[key])
    if asked not in (None, kept.get(key)):
        chosen = asked
        if asked not in names:
            st.toast(f"The address asks for {key} “{asked}”, which is not known here.", icon=":material/info:")
    st.session_state[key] = names.get(chosen or "", default)


def wanted(key: str) -> str | None:
    """What the address asks of a filter that this page does not show, or what it was set to elsewhere."""
    return st.query_params.get(key) or _kept().get(key)


def asked(key: str) -> bool:
    """Whether the address asks for this filter, known here or not."""
    return key in st.query_params


def change(key: str, value: object) -> None:
    """Set a filter from elsewhere, such as a click on a chart; the page that runs next has it and its address too."""
    _kept()[key] = st.query_params[key] = str(value)
    if key in st.session_state:
        st.session_state[key] = value


def forget(key: str) -> None:
    """Let the widget under `key` begin anew."""
    _kept().pop(key, None)
    st.session_state.pop(key, None)


def tell(key: str, value: object) -> None:
    """Keep what the widget under `key` was set to, and write it to the address where the reader has changed it."""
    before, chosen, asked = _kept().get(key), str(value), st.query_params.get(key)
    _kept()[key] = chosen
    st.session_state.setdefault(_HERE, []).append(key)
    changed_here, cannot_be = before not in (None, chosen) and asked != chosen, asked not in (None, chosen)
    if changed_here or cannot_be:
        st.query_params[key] = chosen
