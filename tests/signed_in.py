"""Pages as somebody sees them who is signed in, without a server: the claims are given, all else is the true way."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from analysis.store import Event, Store, audit_path, default_folder, flush_audit, read_audit
from tests.pages import show
from ui import sign_in

ACCESS = """
[[role]]
role = "viewer"
people = ["viewer@example.com"]
[[role]]
role = "analyst"
people = ["analyst@example.com"]
[[role]]
role = "steward"
people = ["steward@example.com"]
[[role]]
role = "admin"
people = ["admin@example.com"]
[[role]]
role = "analyst"
people = ["limited@example.com"]
department = "Engineering"
"""
ROLES = ("viewer", "analyst", "steward", "admin")


def claims_of(name: str, **more: Any) -> dict[str, Any]:
    """What a provider says of name@example.com, whose token goes on for an hour."""
    now = time.time()
    return {
        "is_logged_in": True,
        "sub": name,
        "email": f"{name}@example.com",
        "iat": int(now),
        "exp": int(now + 3600),
        **more,
    }


def set_up(monkeypatch: pytest.MonkeyPatch, folder: Path, access: str = ACCESS) -> None:
    """Sign-in is set up over a store of fabricated findings; nobody is signed in."""
    show(monkeypatch, folder)
    (folder / "access.toml").write_text(access)
    for module in ("ui.sign_in", "ui.serving"):
        monkeypatch.setattr(f"{module}.set_up", lambda: "yes")
    monkeypatch.setattr(sign_in, "_providers", lambda: [(None, "Sign in")])
    for known in (sign_in._signed_out, sign_in._announced, sign_in._of_nobody):
        known.clear()
    become(monkeypatch, {"is_logged_in": False})


def become(monkeypatch: pytest.MonkeyPatch, claims: dict[str, Any]) -> None:
    monkeypatch.setattr(sign_in, "claims", lambda: claims)


def told() -> list[Event]:
    """The audit of the store that is shown."""
    flush_audit()
    store = Store(default_folder())
    return list(read_audit(store)) if audit_path(store).exists() else []


def no_data_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    st.cache_data.clear()
    monkeypatch.setattr("ui.data.open_data", lambda: pytest.fail("data were read"))
    monkeypatch.setattr("ui.audit_events.events_and_check", lambda store: pytest.fail("the audit was read"))
    monkeypatch.setattr("ui.uploads.given", lambda store: pytest.fail("files were taken"))
