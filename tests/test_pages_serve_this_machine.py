"""Without sign-in nobody but this machine is shown anything, whatever the server was told to listen on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import streamlit as st

from tests.browser import Browser, why_no_browser
from tests.cold_servers import ColdServers
from tests.pages import NAMES, everything, run_page, show
from ui import serving

REQUIRED = os.environ.get("IMPACT_BROWSER") == "required"


def listens_on(monkeypatch: pytest.MonkeyPatch, address: str | None) -> None:
    known = st.get_option
    monkeypatch.setattr(st, "get_option", lambda name: address if name == "server.address" else known(name))


@pytest.mark.parametrize("name", NAMES)
def test_every_page_refuses_a_public_address_and_reads_nothing(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    show(monkeypatch, tmp_path)
    monkeypatch.setattr("ui.data.open_data", lambda: pytest.fail("data were read"))
    listens_on(monkeypatch, "0.0.0.0")
    page = run_page(name)
    assert not page.exception
    assert [title.value for title in page.title] == ["Not served here"]
    assert "this machine only" in page.error[0].value and "IMPACT_SERVE_WITHOUT_SIGN_IN" in page.error[0].value
    assert not page.button and not page.selectbox and not page.metric


@pytest.mark.parametrize(("address", "served"), [(None, False), ("::", False), ("127.0.0.1", True), ("::1", True)])
def test_what_the_server_listens_on_decides(
    address: str | None, served: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    show(monkeypatch, tmp_path)
    listens_on(monkeypatch, address)
    page = run_page("quarterly_impact")
    assert ("Quarterly impact" in everything(page)) is served
    assert ("Not served here" in everything(page)) is not served


@pytest.mark.parametrize(("said", "served"), [("yes", True), ("no", False), ("", False)])
def test_it_can_be_told_to_serve_others(
    said: str, served: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    show(monkeypatch, tmp_path)
    listens_on(monkeypatch, "0.0.0.0")
    monkeypatch.setenv("IMPACT_SERVE_WITHOUT_SIGN_IN", said)
    assert ("Not served here" not in everything(run_page("quarterly_impact"))) is served


@pytest.mark.parametrize(
    ("address", "here"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("unix:///run/impact.sock", True),
        ("0.0.0.0", False),
        ("::", False),
        ("10.0.0.7", False),
        ("localhost.example.com", False),
        ("people.example.com", False),
        ("", False),
    ],
)
def test_which_addresses_are_this_machine(address: str, here: bool) -> None:
    assert serving.is_here(address) is here


@pytest.mark.skipif(bool(why_no_browser()) and not REQUIRED, reason=why_no_browser() or "a browser is here")
def test_a_true_server_on_every_address_shows_nothing(browser: Browser, servers: ColdServers, tmp_path: Path) -> None:
    with servers.server(listens="0.0.0.0", IMPACT_STORE=str(tmp_path / "store")) as (address, _):
        browser.open(f"{address}/quarterly_impact")
        assert browser.driver.find_element("css selector", "h1").text == "Not served here"
        assert "Uploads" not in browser.text() and "invented" not in browser.text()
