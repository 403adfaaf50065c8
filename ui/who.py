"""Who sits before the page, as far as the application knows."""

from __future__ import annotations

import getpass

import streamlit as st


def who() -> str:
    """The signed-in address; where no sign-in is set up, the name under which the application runs."""
    if getattr(st.user, "is_logged_in", False):
        return str(st.user.get("email") or st.user.get("name") or "signed in")
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
