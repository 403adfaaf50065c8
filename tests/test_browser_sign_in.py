"""A true cold server with sign-in: nobody gets anything by hand-made messages, and each role signs in by a browser."""

from __future__ import annotations

import json
import os
import shutil
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.util import calc_hash
from websockets.sync.client import connect

from tests.browser import PATIENCE, Browser, server, why_no_browser
from tests.oidc import Provider, provider
from tests.pages import NAMES, empty_store

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
# Of the employer's own data: none of it may be in what nobody gets.
DATA = (b"participants", b"Engineering", b"pp</", b"Retained", b"2025Q", b"arrow", b"plotly", b"sample_data", b".csv")


@pytest.fixture(scope="module")
def signing_in(counted_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Provider, str, Path]]:
    folder = tmp_path_factory.mktemp("signing_in")
    shutil.copytree(counted_store.parent, folder, dirs_exist_ok=True)
    (folder / "access.toml").write_text(ACCESS)
    with provider() as made:
        secrets = made.secrets_file(folder)
        store = folder / counted_store.name
        with server(listens="0.0.0.0", IMPACT_STORE=str(store), STREAMLIT_SECRETS_FILES=str(secrets)) as address:
            yield made, address, folder / f"{counted_store.name}.audit.jsonl"


def asked_by_hand(address: str, page: str = "", script: str = "", fragment: str = "") -> bytes:
    """What the server sends to somebody without a cookie who asks for a run in a message of their own."""
    asked = BackMsg()
    asked.rerun_script.page_script_hash = script
    asked.rerun_script.page_name = page
    asked.rerun_script.query_string = "department=Elsewhere"
    asked.rerun_script.fragment_id = fragment
    got = b""
    with connect(f"{address.replace('http', 'ws')}/_stcore/stream", subprotocols=["streamlit"]) as socket:
        socket.send(asked.SerializeToString())
        while True:
            try:
                sent = bytes(socket.recv(timeout=2 if fragment else 20 * PATIENCE))  # type: ignore[arg-type]
            except TimeoutError:
                break
            got += sent
            if ForwardMsg.FromString(sent).WhichOneof("type") == "script_finished" and b"Sign in" in got:
                break
    return got


def lines_of(audit: Path, what: str) -> list[tuple[str, str, str]]:
    time.sleep(0.5)  # they are written beside the page
    lines = [json.loads(line) for line in audit.read_text().splitlines()]
    return [(line["who"], line["about"], line["outcome"]) for line in lines if line["what"] == what]


def test_nobody_who_asks_by_hand_gets_anything_of_any_page(signing_in: tuple[Provider, str, Path]) -> None:
    """Before anybody has opened a page: each message runs pages/name.py first, by its hash or by its name."""
    _, address, audit = signing_in
    for name in NAMES:
        got = asked_by_hand(address, name, calc_hash(name))
        assert b"Sign in to see anything here" in got, name
        assert not [each for each in DATA if each in got], name
    assert {about for who, about, why in lines_of(audit, "refused")} == set(NAMES)
    assert {(who, why) for who, _, why in lines_of(audit, "refused")} == {("nobody", "not signed in")}
    got = asked_by_hand(address, "outcomes", fragment="a_part_of_a_page")
    assert not [each for each in DATA if each in got]


def test_a_cookie_of_ones_own_making_is_no_session(signing_in: tuple[Provider, str, Path]) -> None:
    _, address, _ = signing_in
    with urllib.request.urlopen(f"{address}/_stcore/health") as reply:
        assert reply.status == 200
    forged = json.dumps({"is_logged_in": True, "email": "ann@example.com", "exp": 4e9})
    headers = {"Cookie": f"_streamlit_user={forged}"}
    with connect(
        f"{address.replace('http', 'ws')}/_stcore/stream", subprotocols=["streamlit"], additional_headers=headers
    ) as socket:
        asked = BackMsg()
        asked.rerun_script.page_name = "audit"
        socket.send(asked.SerializeToString())
        got = b""
        while b"Sign in to see anything here" not in got:
            got += bytes(socket.recv(timeout=20 * PATIENCE))
    assert not [each for each in DATA if each in got]


@pytest.fixture(scope="module")
def browser(signing_in: tuple[Provider, str, Path]) -> Iterator[Browser]:
    """From here on the store is empty: what pages show to whom is held by test_pages_roles, with less to draw."""
    folder = signing_in[2].parent
    shutil.rmtree(folder / "store")
    empty_store(folder)
    opened = Browser()
    yield opened
    opened.close()


def sign_in_as(browser: Browser, signing_in: tuple[Provider, str, Path], name: str, seconds: float = 3600) -> None:
    made, address, _ = signing_in
    made.claims = {"email": f"{name}@example.com", "groups": [name], "department": "Engineering"}
    made.lifetime = seconds
    if "Sign in" not in browser.text():  # as it is after somebody else has signed out
        browser.open(f"{address}/uploads")
        assert browser.driver.find_element("css selector", "h1").text == "Reverse mentoring impact"
    clicked = [0.0]

    def is_in() -> bool:
        """A click that falls between two runs of the page is lost, to people too, who click again."""
        title = browser.driver.execute_script("return document.querySelector('h1')?.innerText")
        if title not in (None, "Reverse mentoring impact") or "no role is given" in browser.text():
            return True
        if time.monotonic() - clicked[0] > 8:
            clicked[0] = time.monotonic()
            for button in browser.driver.find_elements("css selector", ".st-key-sign_in_default button"):
                button.click()
        return False

    browser.wait_for(is_in, 20)


@pytest.mark.skipif(bool(why_no_browser()) and not REQUIRED, reason=why_no_browser() or "a browser is here")
@pytest.mark.parametrize("name", LISTED)
def test_each_role_signs_in_sees_its_pages_and_signs_out(
    browser: Browser, signing_in: tuple[Provider, str, Path], name: str
) -> None:
    _, address, audit = signing_in
    sign_in_as(browser, signing_in, name)
    browser.settle()
    home = "Outcomes" if name == "leaders" else "Quarterly impact"
    assert browser.driver.find_element("css selector", "h1").text == home
    if LISTED[name]:
        links = browser.driver.find_elements("css selector", "[data-testid=stSidebarNavLink]")
        assert [link.text.split("\n")[-1] for link in links] == LISTED[name]
    assert f"{name}\u2060@example.com" in browser.text()
    if name == "leaders":
        browser.open(f"{address}/claims")
        assert browser.driver.find_element("css selector", "h1").text == "Not shown here"
    assert browser.count("stException") == 0
    browser.driver.find_element("css selector", ".st-key-sign_out button").click()
    browser.wait_for(lambda: "Sign in to see anything here." in browser.text(), 20)
    person = f"{name}@example.com"
    assert person in {who for who, _, _ in lines_of(audit, "signed in")}
    assert (person, "", "done") in lines_of(audit, "signed out")
    if name == "leaders":
        assert (person, "claims", "not allowed") in lines_of(audit, "refused")


@pytest.mark.skipif(bool(why_no_browser()) and not REQUIRED, reason=why_no_browser() or "a browser is here")
def test_the_screen_is_cleared_when_the_token_ends_and_a_stranger_sees_a_sentence(
    browser: Browser, signing_in: tuple[Provider, str, Path]
) -> None:
    _, _, audit = signing_in
    sign_in_as(browser, signing_in, "stewards", seconds=20)
    assert browser.driver.find_element("css selector", "h1").text == "Quarterly impact"
    browser.wait_for(lambda: "Your session has ended" in browser.text(), 40)
    browser.settle()
    assert "Quarterly impact" not in browser.text()
    assert ("stewards@example.com", "quarterly_impact", "session ended") in lines_of(audit, "refused")
    sign_in_as(browser, signing_in, "stranger")
    assert "no role is given to you here" in browser.text() and "Quarterly" not in browser.text()
    assert any(who == "stranger@example.com" and why == "no role" for who, _, why in lines_of(audit, "refused"))
