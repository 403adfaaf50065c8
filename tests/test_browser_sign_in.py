"""A true server with sign-in: nobody gets anything by hand-made messages, and each role signs in by a browser, arrives
where it wanted to go, and signs out."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.util import calc_hash
from websockets.sync.client import connect

from tests.browser import PATIENCE, Browser, why_no_browser
from tests.cold_servers import ColdServers
from tests.oidc import Provider, provider
from tests.pages import empty_store

REQUIRED = os.environ.get("IMPACT_BROWSER") == "required"
ACCESS = """
[[role]]
role = "admin"
people = ["ann@example.com"]
[[role]]
role = "steward"
groups = ["stewards"]
[[role]]
role = "analyst"
groups = ["analysts"]
[[role]]
role = "viewer"
groups = ["leaders"]
department_claim = "department"
[[role]]
role = "viewer"
groups = ["board"]
"""
EXPLORE = ["Outcomes", "Diversity", "Evidence", "Surveys", "Programme health"]
LISTED = {
    "ann": ["Quarterly impact", *EXPLORE, "Claims", "Uploads", "Audit"],
    "stewards": ["Quarterly impact", *EXPLORE, "Claims", "Uploads"],
    "analysts": ["Quarterly impact", *EXPLORE, "Claims"],
    "board": ["Quarterly impact", "Outcomes"],
    "leaders": [],  # one page alone needs no list
}
# What each opens first, and the page and the address at which they are once they have signed in.
ARRIVES = {
    "ann": ("audit?audit_what=load", "Audit", "/audit?audit_what=load"),
    "stewards": ("", "Quarterly impact", "/quarterly_impact"),
    "analysts": ("surveys", "Surveys", "/surveys"),
    "board": ("uploads", "Quarterly impact", "/quarterly_impact"),  # not theirs: so home
    "leaders": ("claims", "Outcomes", "/outcomes"),
}
BEGINS_ANEW = ForwardMsg.FINISHED_EARLY_FOR_RERUN
SIGN_IN, SIGN_OUT = ".st-key-sign_in_default button", ".st-key-sign_out button"


@pytest.fixture(scope="module")
def signing_in(servers: ColdServers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Provider, str, Path]]:
    """A store without a load: what pages show to whom is held by test_cold_server_roles, with less to draw here."""
    folder = tmp_path_factory.mktemp("signing_in")
    store = empty_store(folder)
    (folder / "access.toml").write_text(ACCESS)
    with provider() as made:
        secrets = made.secrets_file(folder)
        told = {"IMPACT_STORE": str(store), "STREAMLIT_SECRETS_FILES": str(secrets)}
        with servers.server(listens="0.0.0.0", **told) as (address, _):
            yield made, address, folder / f"{store.name}.audit.jsonl"


def asked_by_hand(address: str, *asked: BackMsg, cookie: str = "") -> bytes:
    """What the server sends to somebody who has not signed in and sends these messages, until a run has ended."""
    got = b""
    with connect(
        f"{address.replace('http', 'ws')}/_stcore/stream",
        subprotocols=["streamlit"],  # type: ignore[list-item]
        additional_headers={"Cookie": cookie},
    ) as socket:
        for message in asked:
            socket.send(message.SerializeToString())
        while True:
            sent = bytes(socket.recv(timeout=20 * PATIENCE))  # type: ignore[arg-type]
            got += sent
            told = ForwardMsg.FromString(sent)
            if told.WhichOneof("type") == "script_finished" and told.script_finished != BEGINS_ANEW:
                return got


def lines_of(audit: Path, what: str, wanted: tuple[str, str, str] | None = None) -> list[tuple[str, str, str]]:
    """Who, about what and how, of the lines of a kind; they are written beside the page: a wanted one is waited for."""
    end = time.monotonic() + 10
    while True:
        lines = [json.loads(line) for line in audit.read_text().splitlines()] if audit.exists() else []
        found = [(line["who"], line["about"], line["outcome"]) for line in lines if line["what"] == what]
        if wanted is None or wanted in found or time.monotonic() > end:
            return found
        time.sleep(0.05)


def test_nobody_gets_anything_by_hand_by_hash_by_name_or_by_a_part_of_a_page(
    signing_in: tuple[Provider, str, Path],
) -> None:
    _, address, audit = signing_in
    asked = BackMsg()
    asked.rerun_script.query_string = "department=Elsewhere"
    asked.rerun_script.page_script_hash = calc_hash("evidence")
    got = asked_by_hand(address, asked)
    assert b"Sign in to see anything here" in got and b"Elsewhere" not in got
    asked.rerun_script.page_script_hash = ""
    asked.rerun_script.page_name = "outcomes"
    got = asked_by_hand(address, asked)
    assert b"Sign in to see anything here" in got and b"plotly" not in got
    assert ("nobody", "outcomes", "not signed in") in lines_of(
        audit, "refused", ("nobody", "outcomes", "not signed in")
    )
    part = BackMsg()
    part.CopyFrom(asked)
    part.rerun_script.fragment_id = "a_part_of_a_page"  # answers nothing by itself
    assert b"plotly" not in asked_by_hand(address, part, asked)


def test_a_cookie_of_ones_own_making_is_no_session(signing_in: tuple[Provider, str, Path]) -> None:
    _, address, _ = signing_in
    asked = BackMsg()
    asked.rerun_script.page_name = "audit"
    forged = json.dumps({"is_logged_in": True, "email": "ann@example.com", "exp": 4e9})
    got = asked_by_hand(address, asked, cookie=f"_streamlit_user={forged}")
    assert b"Sign in to see anything here" in got and b"ann@example.com" not in got


def there(browser: Browser, found: str) -> bool:
    return bool(browser.driver.execute_script("return document.querySelector(arguments[0]) !== null", found))


def title(browser: Browser) -> str:
    return str(browser.driver.execute_script("return document.querySelector('h1')?.innerText"))


def click(browser: Browser, found: str) -> None:
    """Once, as soon as it is there."""
    browser.wait_for(lambda: there(browser, found), 20)
    browser.driver.execute_script("document.querySelector(arguments[0]).click()", found)


def sign_in_as(browser: Browser, made: Provider, name: str, seconds: float = 3600) -> None:
    made.claims = {"email": f"{name}@example.com", "groups": [name], "department": "Engineering"}
    made.lifetime = seconds
    click(browser, SIGN_IN)


@pytest.mark.skipif(bool(why_no_browser()) and not REQUIRED, reason=why_no_browser() or "a browser is here")
@pytest.mark.parametrize("name", LISTED)
def test_each_role_signs_in_arrives_sees_its_pages_and_signs_out(
    browser: Browser, signing_in: tuple[Provider, str, Path], name: str
) -> None:
    made, address, audit = signing_in
    asked, arrived, path = ARRIVES[name]
    if asked or not there(browser, SIGN_IN):  # as it is after somebody else has signed out
        browser.driver.get(f"{address}/{asked}")
    sign_in_as(browser, made, name)
    browser.wait_for(lambda: title(browser) == arrived and there(browser, SIGN_OUT), 20)
    browser.wait_for(lambda: browser.driver.current_url.removeprefix(address) == path, 10)
    if LISTED[name]:
        links = browser.driver.find_elements("css selector", "[data-testid=stSidebarNavLink]")
        assert [link.text.split("\n")[-1] for link in links] == LISTED[name]
    assert f"{name}\u2060@example.com" in browser.text()
    person = f"{name}@example.com"
    if name == "leaders":
        browser.driver.get(f"{address}/claims")
        browser.wait_for(lambda: title(browser) == "Not shown here" and there(browser, SIGN_OUT), 20)
        assert (person, "claims", "not allowed") in lines_of(audit, "refused", (person, "claims", "not allowed"))
    assert browser.count("stException") == 0
    click(browser, SIGN_OUT)
    browser.wait_for(lambda: there(browser, SIGN_IN), 20)
    assert "Sign in to see anything here." in browser.text() and arrived not in browser.text()
    assert (person, "", "done") in lines_of(audit, "signed out", (person, "", "done"))
    assert person in {who for who, _, _ in lines_of(audit, "signed in")}
    assert not [why for who, _, why in lines_of(audit, "refused") if who == person and why != "not allowed"]


@pytest.mark.skipif(bool(why_no_browser()) and not REQUIRED, reason=why_no_browser() or "a browser is here")
def test_the_screen_is_cleared_when_the_token_ends_and_a_stranger_sees_a_sentence(
    browser: Browser, signing_in: tuple[Provider, str, Path]
) -> None:
    made, address, audit = signing_in
    browser.driver.get(f"{address}/outcomes?outcome=promotion")
    sign_in_as(browser, made, "stewards", seconds=6)
    browser.wait_for(lambda: title(browser) == "Outcomes", 20)
    browser.wait_for(lambda: "Your session has ended" in browser.text() and there(browser, SIGN_IN), 20)
    assert "Outcomes" not in browser.text()
    ended = ("stewards@example.com", "outcomes", "session ended")
    assert ended in lines_of(audit, "refused", ended)
    sign_in_as(browser, made, "stewards")
    browser.wait_for(lambda: title(browser) == "Outcomes", 20)
    assert browser.driver.current_url == f"{address}/outcomes?outcome=promotion", "back where it ended"
    click(browser, SIGN_OUT)
    sign_in_as(browser, made, "stranger")
    browser.wait_for(lambda: "no role is given to you here" in browser.text(), 20)
    assert "Outcomes" not in browser.text()
    assert any(who == "stranger@example.com" and why == "no role" for who, _, why in lines_of(audit, "refused"))
