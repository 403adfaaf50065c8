"""Whom the application serves without sign-in: whoever sits at this machine, unless told otherwise. With sign-in it
serves every address, and who may see what is decided by ui/sign_in.py.

What it listens on is known to Streamlit alone: config.toml, STREAMLIT_SERVER_ADDRESS and --server.address all end up
in one option. Whoever comes from elsewhere all the same, past a proxy or another server program, is known by the
address that the browser asked for (which a page of somebody else's can't choose either: DNS rebinding).
"""

from __future__ import annotations

import os
import threading
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import streamlit as st

ALLOWED = "IMPACT_SERVE_WITHOUT_SIGN_IN"
_EVERYWHERE = "0.0.0.0"  # what Streamlit listens on where no address is set
_SOCKET = "unix://"
_seen_set_up, _seen_none = threading.Event(), threading.Event()


def set_up() -> Literal["no", "yes", "broken"]:
    """Whether sign-in is set up. Secrets that can't be read, or are gone since, are no leave to go without it.

    It is asked before every answer. Once there were none, a look whether one of their files is there now is enough.
    """
    files = _files()
    if _seen_none.is_set() and not _seen_set_up.is_set() and not any(Path(file).exists() for file in files):
        return "no"
    found = _looked_up(files)
    if found == "no":
        _seen_none.set()
    return found


@cache
def _files() -> tuple[str, ...]:
    """Where secrets may stand: fixed when the server starts, and Streamlit looks through folders to say it."""
    return tuple(st.get_option("secrets.files") or ())


def _looked_up(files: tuple[str, ...]) -> Literal["no", "yes", "broken"]:
    if st.secrets.load_if_toml_exists():
        if "auth" in st.secrets:
            _seen_set_up.set()
            return "yes"
        return "broken" if _seen_set_up.is_set() else "no"
    there = any(Path(file).exists() for file in files)
    return "broken" if there or _seen_set_up.is_set() else "no"


def this_machine_only() -> bool:
    """Whether nobody but this machine is to be served: so it is unless IMPACT_SERVE_WITHOUT_SIGN_IN says yes."""
    return os.environ.get(ALLOWED, "").strip().lower() != "yes"


def refuse_strangers() -> None:
    """End the page with a sentence, before anything of the data is read, where others than this machine are served
    without sign-in."""
    if not this_machine_only() or set_up() != "no":
        return
    listens = str(st.get_option("server.address") or _EVERYWHERE)
    asked = urlsplit(f"//{st.context.headers.get('Host') or 'localhost'}").hostname or ""
    if is_here(listens) and is_here(asked):
        return
    st.title("Not served here", anchor=False)
    st.error(
        f"No sign-in is set up, so the application serves this machine only, and it was asked to serve others too "
        f"({listens if not is_here(listens) else 'it was reached under another name than localhost'}). Nothing is "
        "shown. Whoever runs it sets up sign-in (docs/sign-in.md), or starts it with `--server.address 127.0.0.1`. "
        f"Where something before it decides who may come in, such as a proxy with sign-in, set {ALLOWED}=yes.",
        icon=":material/block:",
    )
    st.stop()


def is_here(address: str) -> bool:
    """Whether only this machine can come in under an address: localhost, a loopback address, or a socket file."""
    if address.startswith(_SOCKET) or address.lower() == "localhost":
        return True
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False  # a name: what it stands for can be changed elsewhere
