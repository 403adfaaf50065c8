"""Whom the application serves. Without sign-in that is whoever sits at this machine, unless told otherwise.

What it listens on is known to Streamlit alone: config.toml, STREAMLIT_SERVER_ADDRESS and --server.address all end up
in one option. Whoever comes from elsewhere all the same, past a proxy or another server program, is known by the
address that the browser asked for (which a page of somebody else's can't choose either: DNS rebinding).
"""

from __future__ import annotations

import os
from ipaddress import ip_address
from urllib.parse import urlsplit

import streamlit as st

ALLOWED = "IMPACT_SERVE_WITHOUT_SIGN_IN"
_EVERYWHERE = "0.0.0.0"  # what Streamlit listens on where no address is set
_SOCKET = "unix://"


def this_machine_only() -> bool:
    """Whether nobody but this machine is to be served: so it is unless IMPACT_SERVE_WITHOUT_SIGN_IN says yes."""
    return os.environ.get(ALLOWED, "").strip().lower() != "yes"


def refuse_strangers() -> None:
    """End the page with a sentence, before anything of the data is read, where others than this machine are served."""
    if not this_machine_only():
        return
    listens = str(st.get_option("server.address") or _EVERYWHERE)
    asked = urlsplit(f"//{st.context.headers.get('Host') or 'localhost'}").hostname or ""
    if is_here(listens) and is_here(asked):
        return
    st.title("Not served here", anchor=False)
    st.error(
        f"There is no sign-in yet, so the application serves this machine only, and it was asked to serve others too "
        f"({listens if not is_here(listens) else 'it was reached under another name than localhost'}). Nothing is "
        "shown. Whoever runs it starts it with `--server.address 127.0.0.1`. Where something before it decides who may "
        f"come in, such as a proxy with sign-in, set {ALLOWED}=yes.",
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
