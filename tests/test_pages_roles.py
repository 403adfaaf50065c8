"""SECURITY.md's table of roles names all there is, and files are handed out as it says; each page, opened by each role
on a server of its own, is in test_cold_server_roles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st

from analysis.findings.roles import DEEDS, OF_A_DEPARTMENT, PAGES, NotAllowed, Role, Viewer, acts, may
from analysis.reports import content
from analysis.store import Store
from tests import signed_in
from tests.pages import NAMES, run_page
from tests.roles_table import PAGE_ROWS, TABLE, WHO
from ui import audit_events, audited, sign_in


def somebody(who: str) -> Viewer:
    limit = "Engineering" if who == "limited" else None
    return Viewer(who, Role.ANALYST if limit else Role[who.upper()], limit)


def test_the_table_names_every_page_and_every_deed() -> None:
    assert set(PAGE_ROWS) == set(NAMES) == set(PAGES)
    assert all((row["of one department"] == "yes") == (name in OF_A_DEPARTMENT) for name, row in PAGE_ROWS.items())
    deeds = {
        "load": "load, undo, redo",
        "undo": "load, undo, redo",
        "redo": "load, undo, redo",
        "register a claim": "register or withdraw a claim",
        "save a view": "save a view",
        "download": "take a table of a page",
        "read the audit": "take the audit",
        "report": "take a report for all staff",
    }
    assert set(deeds) == set(DEEDS)
    for deed, row in deeds.items():
        for who in WHO[1:]:
            assert may(somebody(who), deed) is (TABLE[row][who] != "no"), (deed, who)
        assert TABLE[row]["nobody"] == "no"


@pytest.mark.parametrize("name", ["quarterly_impact", "outcomes", "audit"])
def test_no_button_hands_out_anything_once_the_session_has_ended(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    signed_in.set_up(monkeypatch, tmp_path)
    signed_in.become(monkeypatch, signed_in.claims_of("admin"))
    handed_out: list[Callable[[], bytes]] = []
    monkeypatch.setattr(st, "download_button", lambda label, data, **more: handed_out.append(data))
    page = run_page(name)
    assert not page.exception and handed_out
    assert all(take() for take in handed_out)
    monkeypatch.setattr("time.time", lambda: 4e9)
    for take in handed_out:
        with pytest.raises(NotAllowed):
            take()


@pytest.mark.parametrize("who", WHO[1:])
def test_files_are_handed_out_as_the_table_says(who: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(content, "_build", lambda reader, quarter, audience: audience)
    monkeypatch.setattr(content.answers, "context", lambda reader: type("Here", (), {"quarter": lambda self, q: q})())
    store = Store(tmp_path / "store")
    monkeypatch.setenv("IMPACT_STORE", str(store.folder))
    viewer = somebody(who)
    monkeypatch.setattr(sign_in, "viewer", lambda: viewer)
    takes: dict[str, Callable[[], object]] = {
        "take a table of a page": lambda: audited.taken_away(lambda: b"a", "a.csv")(),
        "take a report for all staff": lambda: content.build(None, "2025Q4", "staff", viewer),  # type: ignore[arg-type]
        "take a report for the board": lambda: content.build(None, "2025Q4", "board", viewer),  # type: ignore[arg-type]
        "take the audit": lambda: audit_events._csv(store, (), viewer),
    }
    assert set(takes) == {what for what in TABLE if what.startswith("take")}
    for what, take in takes.items():
        if TABLE[what][who] == "no":
            with pytest.raises(NotAllowed):
                take()
        else:
            assert take()


def test_nobody_is_handed_out_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    signed_in.set_up(monkeypatch, tmp_path)
    with pytest.raises(NotAllowed):
        audited.taken_away(lambda: b"a", "a.csv")
    with pytest.raises(NotAllowed):
        acts(sign_in.viewer(), "report")
