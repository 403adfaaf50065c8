"""Where somebody wanted to go when they were asked to sign in, kept while they are at the provider.

The provider sends everybody back to the root. So the page and its filters are remembered here, on the server, under
the mark by which Streamlit tells browsers apart (its token against forged requests, which opens nothing). What comes
back is the name of a page of ours, never an address, so nobody can be sent elsewhere; whether it is theirs to open is
asked as always.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st
from streamlit.web.server.starlette.starlette_app_utils import decode_xsrf_token_string

from analysis.findings.roles import PAGES

_BROWSER = "_streamlit_xsrf"
_SECONDS = 600.0
_MOST, _LONGEST = 1_000, 2_000  # browsers; characters of all filters together


@dataclass(frozen=True)
class _Wanted:
    page: str
    filters: tuple[tuple[str, str], ...]
    until: float


_wanted: dict[str, _Wanted] = {}
_lock = threading.Lock()


def remember(page: str, filters: Mapping[str, str]) -> None:
    """This browser wants to see a page of ours, with these filters in its address. The last one counts; it is kept for
    ten minutes."""
    browser = _browser()
    if browser is None or page not in PAGES:
        return
    told = tuple(filters.items())
    if sum(len(name) + len(value) for name, value in told) > _LONGEST:
        told = ()
    now = time.time()
    with _lock:
        for old in [each for each, wanted in _wanted.items() if wanted.until <= now]:
            del _wanted[old]
        _wanted.pop(browser, None)
        while len(_wanted) >= _MOST:
            del _wanted[next(iter(_wanted))]
        _wanted[browser] = _Wanted(page, told, now + _SECONDS)


def recall() -> tuple[str, dict[str, str]] | None:
    """The name of the page that this browser wanted to see, with its filters; once, and None where it is not known."""
    browser = _browser()
    with _lock:
        wanted = _wanted.pop(browser, None) if browser else None
    if wanted is None or wanted.until <= time.time():
        return None
    return wanted.page, dict(wanted.filters)


def _browser() -> str | None:
    """The same for all tabs and sessions of a browser. Its cookie is written anew each time, around one token."""
    token, _ = decode_xsrf_token_string(st.context.cookies.get(_BROWSER, ""))
    return hashlib.sha256(token).hexdigest() if token else None
