"""Every answer of the server carries the headers, the pages work under them, and nobody else is asked for anything."""

from __future__ import annotations

import asyncio
import json
import os
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.browser import Browser, server, why_no_browser
from ui.headers import SafeHeaders, policy

REQUIRED = os.environ.get("IMPACT_BROWSER") == "required"
# Runs before anything else in the server's process: keeps each address that it turns to.
SPY = """
import os, sys
def told(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        address = arguments[1] if event != "socket.getaddrinfo" else arguments[0]
        with open(os.environ["SPY_FILE"], "a") as file:
            file.write(f"{event} {address!r}\\n")
sys.addaudithook(told)
"""


def answered(path: str, headers: list[tuple[bytes, bytes]]) -> dict[bytes, list[bytes]]:
    """The headers of an answer that began with `headers`."""
    sent: list[Any] = []

    async def inner(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    async def keep(message: Any) -> None:
        sent.append(message)

    async def nothing() -> Any:
        return {}

    asyncio.run(SafeHeaders(inner)({"type": "http", "path": path}, nothing, keep))
    found: dict[bytes, list[bytes]] = {}
    for name, value in sent[0]["headers"]:
        found.setdefault(name, []).append(value)
    return found


def test_headers_are_added_and_replaced_once() -> None:
    found = answered("/outcomes", [(b"x-frame-options", b"SAMEORIGIN"), (b"content-type", b"text/html")])
    assert found[b"x-frame-options"] == [b"DENY"] and found[b"content-type"] == [b"text/html"]
    assert found[b"content-security-policy"] == [policy().encode()]
    assert b"cache-control" not in found
    assert answered("/media/x.csv", [(b"cache-control", b"public")])[b"cache-control"] == [b"no-store"]


def test_the_policy_lets_no_other_host_in_and_no_text_be_run() -> None:
    allowed = dict(part.split(" ", 1) for part in policy().split("; "))
    assert allowed["default-src"] == "'none'" and allowed["frame-ancestors"] == "'none'"
    assert "unsafe-eval" not in policy() and "'unsafe-inline'" not in allowed["script-src"]
    assert "sha256-" in allowed["script-src"], "Streamlit's page has an inline script"
    assert not any(mark in policy() for mark in ("http:", "https:", "*", "ws:"))


@pytest.mark.skipif(bool(why_no_browser()) and not REQUIRED, reason=why_no_browser() or "a browser is here")
def test_two_pages_work_under_the_policy_and_nobody_outside_is_asked(tmp_path: Path, sample_store: Path) -> None:
    spy = tmp_path / "spy"
    spy.mkdir()
    (spy / "sitecustomize.py").write_text(SPY)
    asked_by_server = tmp_path / "asked"
    asked_by_server.touch()
    with server(IMPACT_STORE=str(sample_store), PYTHONPATH=str(spy), SPY_FILE=str(asked_by_server)) as address:
        with urllib.request.urlopen(f"{address}/outcomes") as reply:
            assert reply.headers["Content-Security-Policy"] == policy()
            assert reply.headers["X-Content-Type-Options"] == "nosniff"
            assert reply.headers["Referrer-Policy"] == "no-referrer"
        browser = Browser(watched=True)
        try:
            for page in ("quarterly_impact", "outcomes"):
                browser.open(f"{address}/{page}")
                assert browser.count("stException") == 0
                assert browser.driver.find_elements("css selector", ".js-plotly-plot .main-svg")
            messages = [json.loads(entry["message"])["message"] for entry in browser.driver.get_log("performance")]
            complaints = [entry["message"] for entry in browser.driver.get_log("browser")]
        finally:
            browser.close()
    asked = [
        message["params"].get("url") or message["params"]["request"]["url"]
        for message in messages
        if message["method"] in ("Network.requestWillBeSent", "Network.webSocketCreated")
    ]
    hosts = {urlsplit(url).netloc for url in asked if urlsplit(url).scheme not in ("data", "blob", "chrome")}
    assert any(url.startswith("ws:") for url in asked), "the log shows what pages ask for"
    assert hosts == {urlsplit(address).netloc}
    # Streamlit would show the icon of a page in the browser's tab for a moment, from a host of somebody else's.
    refused = [text for text in complaints if "Content Security Policy" in text]
    assert all("fonts.gstatic.com" in text and "img-src" in text for text in refused), refused
    outside = [
        line
        for line in asked_by_server.read_text().splitlines()
        if not any(here in line for here in ("127.0.0.1", "'localhost'", "::1", "'/"))
    ]
    assert not outside
