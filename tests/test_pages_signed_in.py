"""Forged addresses, ended and revoked sessions, unknown claims, broken settings: nothing shown, a sentence, a line."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from analysis.findings.roles import NotAllowed, Role, Viewer
from analysis.store import Store, default_folder, save_view, saved_views
from tests import signed_in
from tests.pages import everything, run_page
from ui import audited, data, serving, sign_in, views

LIMITED = "limited@example.com"
ENDED = "analyst@example.com outcomes session ended"


def nothing_is_shown(monkeypatch: pytest.MonkeyPatch, name: str = "outcomes", **address: str) -> str:
    """Open a page of which nothing may be shown; returns what is said, on the page and in the audit."""
    signed_in.no_data_is_read(monkeypatch)
    page = run_page(name, **address)
    assert not page.exception and not page.metric and not page.table and not page.selectbox
    lines = [event for event in signed_in.told() if event.what == "refused"]
    assert len(lines) == 1
    return f"{everything(page)} {lines[0].who} {lines[0].about} {lines[0].outcome}".replace("\\", "")


@pytest.mark.parametrize("name", ["outcomes", "programme_health"])
@pytest.mark.parametrize("address", [{"department": "Sales"}, {"other_department": "Sales"}, {"department": "all"}])
def test_an_address_with_another_department_is_refused(
    name: str, address: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    signed_in.set_up(monkeypatch, tmp_path)
    signed_in.become(monkeypatch, signed_in.claims_of("limited"))
    said = nothing_is_shown(monkeypatch, name, **address)
    assert "You see people of the department Engineering only" in said
    assert LIMITED in said
    assert f"{name} not allowed" in said and "Sales" not in said


def test_the_filters_offer_one_department_and_every_question_is_of_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    signed_in.set_up(monkeypatch, tmp_path)
    signed_in.become(monkeypatch, signed_in.claims_of("limited"))
    page = run_page("outcomes", department="Engineering")
    assert page.selectbox(key="department").options == ["Engineering"]
    assert not [button for button in page.button if button.key == "show_everybody"]
    asked = [event.about for event in signed_in.told() if event.what == "finding" and "retention" in event.about]
    assert asked and all("Engineering" in about for about in asked)


@pytest.mark.parametrize(
    ("claims", "says", "outcome"),
    [
        ({"is_logged_in": False}, "Sign in to see anything", "nobody outcomes not signed in"),
        ({}, "Sign in to see anything", "nobody outcomes not signed in"),
        (signed_in.claims_of("analyst", is_logged_in="yes"), "Sign in to see anything", "not signed in"),
        (signed_in.claims_of("analyst", exp=1.0), "Your session has ended", ENDED),
        (signed_in.claims_of("analyst", exp=None), "Your session has ended", ENDED),
        (signed_in.claims_of("analyst", exp=True), "Your session has ended", ENDED),
        (signed_in.claims_of("analyst", exp="9999999999"), "Your session has ended", ENDED),
        (signed_in.claims_of("stranger", groups=["admin"]), "no role is given", "stranger@example.com outcomes no"),
        (signed_in.claims_of("analyst", email_verified=False), "no role is given", "no role"),
    ],
)  # fmt: skip
def test_who_is_nobody_here_sees_nothing(
    claims: dict[str, Any], says: str, outcome: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    signed_in.set_up(monkeypatch, tmp_path)
    signed_in.become(monkeypatch, claims)
    said = nothing_is_shown(monkeypatch)
    assert says in said and outcome in said


@pytest.mark.parametrize(
    ("access", "says"),
    [
        ("[[role]]\nrole = 'analyst'\npeople = ['analyst@example.com']\ndepartement = 'X'\n", "begins in line 1"),
        ("[[role", "line 1"),
        (None, "There is no access file access.toml"),
    ],
)
def test_a_broken_access_file_lets_nobody_in(
    access: str | None, says: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    signed_in.set_up(monkeypatch, tmp_path, access or "")
    if access is None:
        (tmp_path / "access.toml").unlink()
    signed_in.become(monkeypatch, signed_in.claims_of("analyst"))
    assert says in nothing_is_shown(monkeypatch)


def test_secrets_that_cannot_be_read_or_went_away_are_no_leave_to_go_without_sign_in(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "secrets.toml"
    monkeypatch.setattr(serving, "_files", lambda: (str(file),))
    held: dict[str, object] = {}

    class Secrets(dict):  # type: ignore[type-arg]
        def load_if_toml_exists(self) -> bool:
            return file.exists() and "auth" in file.read_text()

    monkeypatch.setattr(st, "secrets", Secrets(held))
    assert serving.set_up() == "no"
    file.write_text("[[")
    assert serving.set_up() == "broken"
    with pytest.raises(NotAllowed, match="can't be read"):
        sign_in.viewer()
    file.write_text("[auth]")
    st.secrets["auth"] = {}
    assert serving.set_up() == "yes"  # even with nothing in it
    file.unlink()
    assert serving.set_up() == "broken"
    serving._seen_set_up.clear()


def test_a_session_that_ends_between_two_questions_gets_no_answer(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    signed_in.set_up(monkeypatch, tmp_path)
    signed_in.become(monkeypatch, signed_in.claims_of("analyst"))
    shown = data.open_data()
    make = audited.taken_away(lambda: b"a", "a.csv")
    assert data.ask(data.access.answers.quarters, shown.reader)
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now + 4000)
    with pytest.raises(NotAllowed, match="Sign in again"):
        data.ask(data.access.answers.quarters, shown.reader)
    with pytest.raises(NotAllowed, match="Sign in again"):
        make()


def test_signing_out_ends_it_in_every_tab(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    signed_in.set_up(monkeypatch, tmp_path)
    claims = signed_in.claims_of("analyst")
    signed_in.become(monkeypatch, claims)
    make = audited.taken_away(lambda: b"a", "a.csv")
    before = sign_in.viewer()
    assert sign_in.still(before)
    left: list[bool] = []
    monkeypatch.setattr(st, "logout", lambda: left.append(True))
    sign_in.sign_out()
    assert left and not sign_in.still(before)
    with pytest.raises(sign_in.NotSignedIn):
        make()
    assert "Your session has ended" in nothing_is_shown(monkeypatch)
    assert signed_in.told()[0].what == "signed out"
    signed_in.become(monkeypatch, {**claims, "iat": claims["iat"] + 1})  # signed in anew
    assert sign_in.viewer().name == "analyst@example.com"


def test_taken_out_of_the_access_file_is_out_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    signed_in.set_up(monkeypatch, tmp_path)
    signed_in.become(monkeypatch, signed_in.claims_of("analyst"))
    before = sign_in.viewer()
    (tmp_path / "access.toml").write_text("# nobody any more")
    assert not sign_in.still(before)
    assert "no role is given to you" in nothing_is_shown(monkeypatch)


def test_another_person_in_the_same_session_finds_nothing_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    signed_in.set_up(monkeypatch, tmp_path)
    signed_in.become(monkeypatch, signed_in.claims_of("steward"))
    page = run_page("audit")  # which refuses: less to run
    page.session_state["report_made"] = "a file"
    page.run()
    assert page.session_state["report_made"] == "a file"
    signed_in.become(monkeypatch, signed_in.claims_of("viewer"))
    page.run()
    assert "report_made" not in page.session_state


def test_a_signed_in_line_once_a_sign_in_with_its_role(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    signed_in.set_up(monkeypatch, tmp_path)
    signed_in.become(monkeypatch, signed_in.claims_of("admin"))
    for _ in range(2):
        run_page("audit")
    lines = [event for event in signed_in.told() if event.what == "signed in"]
    assert [(event.who, event.about) for event in lines] == [("admin@example.com", "admin")]


def test_nobody_cannot_fill_the_audit(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    signed_in.set_up(monkeypatch, tmp_path)
    lines: list[str] = []
    monkeypatch.setattr(sign_in, "audit_later", lambda store, what, about, *rest: lines.append(about))
    for number in range(sign_in._MOST_OF_NOBODY + 50):
        sign_in.refused(f"page {number}", sign_in.NotSignedIn("Sign in."))
    assert len(lines) == sign_in._MOST_OF_NOBODY


def test_saved_views_are_shown_and_deleted_by_whom_they_concern(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    signed_in.set_up(monkeypatch, tmp_path)
    store = Store(default_folder())
    save_view(store, "Sales", "outcomes", {"department": "Sales"}, 1, "analyst@example.com")
    save_view(store, "Ours", "outcomes", {"department": "Engineering"}, 1, "analyst@example.com")
    save_view(store, "Claims", "claims", {}, 1, "analyst@example.com")
    limited = Viewer(LIMITED, Role.ANALYST, "Engineering")
    everybody = saved_views(store)
    assert [view.name for view in everybody if views._theirs(limited, view)] == ["Ours"]
    analyst = replace(limited, name="analyst@example.com", department=None)
    assert len([view for view in everybody if views._theirs(analyst, view)]) == 3
    assert all(views._may_delete(analyst, view) for view in everybody)
    assert not any(views._may_delete(replace(analyst, name="b@example.com"), view) for view in everybody)
    assert all(views._may_delete(Viewer("root", Role.ADMIN), view) for view in everybody)


def test_a_page_that_nobody_named_is_for_administrators(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    signed_in.set_up(monkeypatch, tmp_path)
    signed_in.become(monkeypatch, signed_in.claims_of("steward"))
    with pytest.raises(NotAllowed, match="for administrators"):
        sign_in.open_page(sign_in.viewer(), "tomorrow", "Tomorrow")
