"""After sign-in one arrives at the page and filters one had asked for: a page of ours that is one's own, or home."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests import signed_in
from tests.pages import PAGES
from ui import way_back

APP = str(PAGES.parent / "app.py")


@pytest.fixture(autouse=True)
def browser(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(way_back, "_browser", lambda: "one")
    yield
    way_back._wanted.clear()


def test_what_was_wanted_is_told_once_and_to_the_same_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    way_back.remember("surveys", {"side": "mentor"})
    way_back.remember("outcomes", {"outcome": "promotion", "department": "Sales"})
    monkeypatch.setattr(way_back, "_browser", lambda: "another")
    assert way_back.recall() is None
    monkeypatch.setattr(way_back, "_browser", lambda: None)
    assert way_back.recall() is None
    monkeypatch.setattr(way_back, "_browser", lambda: "one")
    assert way_back.recall() == ("outcomes", {"outcome": "promotion", "department": "Sales"})
    assert way_back.recall() is None


@pytest.mark.parametrize("page", ["https://elsewhere.example", "//elsewhere.example", "../app", "no_such_page", ""])
def test_only_a_page_of_ours_is_remembered(page: str) -> None:
    way_back.remember(page, {})
    assert way_back.recall() is None


def test_it_is_forgotten_after_ten_minutes_and_cannot_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    way_back.remember("outcomes", {"a": "x" * 3_000})
    assert way_back.recall() == ("outcomes", {})
    way_back.remember("outcomes", {})
    monkeypatch.setattr("time.time", lambda: 4e9)
    assert way_back.recall() is None
    for number in range(way_back._MOST + 20):
        monkeypatch.setattr(way_back, "_browser", lambda number=number: str(number))
        way_back.remember("outcomes", {})
    assert len(way_back._wanted) == way_back._MOST


def arrives(monkeypatch: pytest.MonkeyPatch, folder: Path, who: str) -> AppTest:
    """The root as somebody opens it who comes back from the provider."""
    signed_in.set_up(monkeypatch, folder)
    signed_in.become(monkeypatch, signed_in.claims_of(who))
    page = AppTest.from_file(APP, default_timeout=60).run()
    assert not page.exception
    return page


def test_one_arrives_where_one_wanted_to_go(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    way_back.remember("outcomes", {"outcome": "promotion"})
    page = arrives(monkeypatch, tmp_path, "analyst")
    assert page.title[0].value == "Outcomes" and page.query_params["outcome"] in ("promotion", ["promotion"])
    assert way_back.recall() is None


@pytest.mark.parametrize("who", ["viewer", "limited"])
def test_a_page_that_is_not_theirs_gives_way_to_their_home(
    who: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    way_back.remember("audit", {"audit_what": "load"})
    page = arrives(monkeypatch, tmp_path, who)
    assert page.title[0].value == ("Quarterly impact" if who == "viewer" else "Outcomes")
    assert "audit_what" not in page.query_params


def test_nobody_keeps_what_they_wanted_until_they_are_somebody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    way_back.remember("outcomes", {})
    signed_in.set_up(monkeypatch, tmp_path)
    page = AppTest.from_file(APP, default_timeout=60).run()
    assert page.title[0].value == "Reverse mentoring impact"
    assert way_back.recall() == ("outcomes", {})
