"""The page as one file: its outline stays as it is stored, it needs no network, and a screen reader gets through it."""

from __future__ import annotations

import os
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from tests.browser import Browser, why_no_browser
from tests.fabricated_report import made
from tests.test_browser_each_page import violations

OUTLINE = Path(__file__).parent / "data" / "report_outline.txt"
ROWS = 6  # of a table, its header among them
REQUIRED = os.environ.get("IMPACT_BROWSER") == "required"


class Outline(HTMLParser):
    """Headings, sentences, captions, links, and the first rows of each table; scripts and styles left out."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._in: list[str] = []
        self._text = ""
        self._rows = 0

    def handle_starttag(self, tag: str, attributes: object) -> None:
        if tag in ("script", "style"):
            self._in.append(tag)
        elif tag in ("h1", "h2", "p", "figcaption", "tr", "li", "dt", "dd"):
            self._text = ""
        elif tag in ("td", "th"):
            self._text += " | "

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._in.pop()
        elif tag in ("h1", "h2", "p", "figcaption", "tr", "li", "dt", "dd"):
            self._rows = self._rows + 1 if tag == "tr" else 0
            if self._rows <= ROWS:
                self.lines.append(f"{tag}: {' '.join(self._text.split())}")

    def handle_data(self, data: str) -> None:
        if not self._in:
            self._text += data


def outline(page: str) -> str:
    found = Outline()
    found.feed(page)
    return "\n".join(found.lines) + "\n"


@pytest.fixture(scope="module")
def page() -> str:
    return made("html").decode()


def test_the_outline_is_the_stored_one(page: str) -> None:
    """Where a change is meant: IMPACT_SNAPSHOT=write python -m pytest tests/test_reports_html.py, and read the diff."""
    if os.environ.get("IMPACT_SNAPSHOT") == "write":
        OUTLINE.write_text(outline(page), encoding="utf-8")
    assert outline(page) == OUTLINE.read_text(encoding="utf-8")


def test_the_outline_would_change_with_a_number(page: str) -> None:
    assert outline(page.replace("+6.0 percentage points", "+6.1 percentage points")) != outline(page)


def test_it_is_small_enough_and_needs_no_network(page: str) -> None:
    assert len(page.encode()) < 6_000_000 and page.count("<script>/**") == 1
    rest = re.sub(r"<script>/\*\*.*?</script>", "", page, count=1, flags=re.S)
    assert not re.search(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=", rest)
    assert "url(" not in rest and "@import" not in rest


def test_headings_follow_each_other_and_every_link_leads_somewhere(page: str) -> None:
    heads = [int(level) for level in re.findall(r"<h(\d)>", page)]
    assert heads[0] == 1 and all(after - before <= 1 for before, after in pairwise(heads))
    links = re.findall(r'href="#([^"]+)"', page)
    assert links and set(links) <= set(re.findall(r'id="([^"]+)"', page))


def test_no_difference_stands_without_both_n(page: str) -> None:
    for line in outline(page).splitlines():
        if "Difference +" in line or "Difference −" in line:
            assert re.search(r"[\d,]+ participants, [\d,]+ (?:similar colleagues|comparisons)", line), line


@pytest.mark.skipif(bool(why_no_browser()) and not REQUIRED, reason=why_no_browser() or "a browser is here")
def test_in_a_browser_it_draws_offline_is_accessible_and_fits_a_phone(page: str, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text(page, encoding="utf-8")
    browser = Browser(390, 900)
    try:
        browser.driver.set_script_timeout(120)
        browser.driver.get(file.as_uri())
        browser.wait_for(lambda: len(browser.driver.find_elements("css selector", ".main-svg")) > 4, 20)
        assert violations(browser) == []
        wide, shown = browser.driver.execute_script(
            "return [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert wide <= shown and not browser.driver.get_log("browser")
    finally:
        browser.close()
