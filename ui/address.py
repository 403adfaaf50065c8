"""What the filters are set to, kept in the address and from page to page.

An address names raw values (`?side=mentee&outcome=promotion`), so a view can be shared and a label can change. What the
address newly says wins; otherwise a filter keeps what it was set to. What is written to the address
is a change by the reader, a correction, and once on arrival what was chosen elsewhere: more would trap the Back button.
What was corrected is said under the title for as long as the page shows something else for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextvars import ContextVar
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.text import plain

T = TypeVar("T")
_KEPT, _PAGE, _HERE = "filters_kept", "page_shown", "filters_here"
_UNKNOWN = "filters_unknown"  # by filter: what the address asked for, and what is shown instead
_SHOWN = {"all": "all of them", "none": "none", "False": "it switched off"}
_LONGEST = 60
_place: ContextVar[DeltaGenerator | None] = ContextVar("where_corrections_stand", default=None)


def _kept() -> dict[str, str]:
    kept: dict[str, str] = st.session_state.setdefault(_KEPT, {})
    return kept


def arrive(page: str) -> None:
    """Say once per arrival on a page, in its address, what the filters are set to."""
    if st.session_state.get(_PAGE) != page:
        st.session_state[_PAGE] = page
        st.session_state.pop(_UNKNOWN, None)
        if _kept() and not st.query_params:
            st.query_params.update(_kept())


def begin() -> None:
    """A page begins to run: it has shown no filter yet."""
    st.session_state[_HERE] = []


def corrections_at(place: DeltaGenerator) -> None:
    """Where this run of the page says what its address asks for in vain."""
    _place.set(place)


def shown() -> tuple[str, dict[str, str]]:
    """The page on screen and what the filters are set to that it has shown so far."""
    return st.session_state.get(_PAGE, ""), {key: _kept()[key] for key in st.session_state.get(_HERE, [])}


def recall(key: str, options: Sequence[T], default: T) -> None:
    """Set the widget that is about to be made under `key`: the address first, then what was chosen before, then
    `default`. A value that is not among `options` is said to be unknown, in a message that passes and on the page;
    what was chosen elsewhere gives way silently.
    """
    names = {str(option): option for option in options}
    unknown: dict[str, tuple[str, str]] = st.session_state.setdefault(_UNKNOWN, {})
    kept, asked = _kept(), st.query_params.get(key)
    chosen = kept.get(key)
    if key in st.session_state:
        chosen = str(st.session_state[key])
    if asked not in (None, kept.get(key)):
        chosen = asked
        if asked not in names:
            st.toast(f"The address asks for {_in_vain(key, asked or '')}.", icon=":material/info:")
            unknown[key] = (asked or "", str(default))
    st.session_state[key] = names.get(chosen or "", default)
    if key in unknown and unknown[key][1] != str(st.session_state[key]):
        del unknown[key]
    _say_corrections({name: told for name, told in unknown.items() if name in (key, *st.session_state.get(_HERE, []))})


def _in_vain(key: str, asked: str) -> str:
    cut = f"{asked[:_LONGEST]}…" if len(asked) > _LONGEST else asked
    return f"{key} “{plain(cut)}”, which is not known here"


def _say_corrections(unknown: dict[str, tuple[str, str]]) -> None:
    place = _place.get()
    if place is None or not unknown:
        return
    said = [
        f"The address asks for {_in_vain(key, asked)}: this page shows {plain(_SHOWN.get(instead, instead))}."
        for key, (asked, instead) in unknown.items()
    ]
    place.warning("  \n".join(said), icon=":material/info:")


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
