"""SECURITY.md's table of roles is what pages and files do, opened first by everybody and by nobody."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st

from analysis.findings.roles import DEEDS, OF_A_DEPARTMENT, PAGES, NotAllowed, Role, Viewer, acts, may
from analysis.reports import content
from analysis.store import Store, StoreError
from tests import signed_in
from tests.pages import NAMES, everything, run_page
from ui import audit_events, audited, sign_in

ROOT = Path(__file__).parent.parent
WHO = ("nobody", *signed_in.ROLES, "limited")
COLUMNS = (*WHO[:-1], "of one department")


def table() -> dict[str, dict[str, str]]:
    """What to who to "yes", "rounded" or "no"; limited is an analyst of one department."""
    section = (ROOT / "SECURITY.md").read_text(encoding="utf-8").split("## Roles")[1].split("\n## ")[0]
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in re.findall(r"^\|.*\|$", section, re.M)]
    assert lines[0][1:] == list(COLUMNS)
    told = {line[0]: dict(zip(COLUMNS, line[1:], strict=True)) for line in lines[2:]}
    for row in told.values():
        assert set(row.values()) <= {"yes", "no", "rounded"}
        row["limited"] = row["analyst"] if row["of one department"] == "yes" else "no"
    return told


TABLE = table()
PAGE_ROWS = {what.removeprefix("page ").lower().replace(" ", "_"): row for what, row in TABLE.items() if "page " in what
             and what.startswith("page ")}  # fmt: skip


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


def let_in() -> None:
    raise StoreError("Let in.")


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("name", NAMES)
def test_a_page_opened_first_shows_what_the_table_says(
    name: str, who: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    signed_in.set_up(monkeypatch, tmp_path)
    expected = PAGE_ROWS[name][who]
    if who != "nobody":
        signed_in.become(monkeypatch, signed_in.claims_of(who))
    if expected == "no":
        signed_in.no_data_is_read(monkeypatch)
    # What is on a page is the same for all three, and for the limited analyst narrowed: that they are let in.
    only_let_in = expected == "yes" and (who in ("steward", "admin") or (who == "analyst" and name in OF_A_DEPARTMENT))
    if only_let_in:
        monkeypatch.setattr("ui.data.open_data", let_in)
    handed_out: list[Callable[[], bytes]] = []
    monkeypatch.setattr(st, "download_button", lambda label, data, **more: handed_out.append(data))
    page = run_page(name)
    said, lines = everything(page), signed_in.told()
    assert not page.exception
    by = "nobody" if who == "nobody" else f"{who}@example.com"
    refused = [event for event in lines if event.what == "refused"]
    if expected == "no":
        titles = {"nobody": "Reverse mentoring impact"}
        assert [title.value for title in page.title] == [titles.get(who, "Not shown here")]
        assert not page.metric and not page.table and not page.selectbox and not handed_out
        assert [(event.who, event.about) for event in refused] == [(by, name)]
        return
    assert page.title[0].value.lower().replace(" ", "_") == name
    assert not refused or (who == "limited" and not any(event.about == name for event in refused))
    assert "Sign out" in said
    if only_let_in and name not in ("uploads", "audit"):
        assert "Let in." in said
        return
    assert {event.who for event in lines} <= {by}
    if name == "quarterly_impact":
        exact = re.search(r"\b\d*[1-46-9] participants", said) is not None
        assert exact is (expected == "yes")
    for take in handed_out:
        if callable(take):
            assert take()
    monkeypatch.setattr("time.time", lambda: 4e9)
    for take in handed_out:
        if callable(take):
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
