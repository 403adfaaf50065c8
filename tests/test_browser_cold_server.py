"""A real server and a real browser: each page opened first on a cold server, wide and narrow, light and dark."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import Browser, server, why_no_browser
from tests.pages import NAMES

TITLES = {
    "quarterly_impact": "Quarterly impact",
    "outcomes": "Outcomes",
    "diversity": "Diversity",
    "evidence": "Evidence",
    "claims": "Claims",
    "surveys": "Surveys",
    "programme_health": "Programme health",
    "uploads": "Uploads",
}
REQUIRED = os.environ.get("IMPACT_BROWSER") == "required"

pytestmark = pytest.mark.skipif(bool(why_no_browser()) and not REQUIRED, reason=why_no_browser() or "a browser is here")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    opened = Browser()
    yield opened
    opened.close()


def assert_in_order(browser: Browser, title: str) -> None:
    assert browser.count("stException") == 0
    assert browser.driver.find_element("css selector", "h1").text == title
    text = browser.text()
    assert "could not be shown" not in text and "Page not found" not in text
    assert not browser.scrolls_sideways()


def test_every_page_has_a_title_here() -> None:
    assert set(TITLES) == set(NAMES)


@pytest.mark.parametrize("name", TITLES)
def test_each_page_opens_first_on_a_cold_server_with_its_navigation(
    browser: Browser, sample_store: Path, name: str
) -> None:
    """A session that opens /name first makes Streamlit run pages/name.py without app.py: it must stand on its own."""
    with server(IMPACT_STORE=str(sample_store)) as address:
        browser.open(f"{address}/{name}")
        assert_in_order(browser, TITLES[name])
        assert [group in browser.text() for group in ("For leaders", "Explore", "Data")] == [True] * 3
        assert browser.driver.current_url.split("?")[0].endswith(f"/{name}")


@pytest.fixture(scope="module")
def warm(sample_store: Path) -> Iterator[str]:
    """One server for the tests that need no cold one."""
    with server(IMPACT_STORE=str(sample_store)) as address:
        yield address


def test_the_root_keeps_the_address_filters_and_goes_to_the_leaders_page(browser: Browser, warm: str) -> None:
    browser.open(f"{warm}/?quarter=2026Q1")
    assert_in_order(browser, "Quarterly impact")
    assert "31 Mar 2026" in browser.text()
    browser.open(f"{warm}/outcomes?side=mentee&outcome=voluntary_exit&by=gender")
    assert_in_order(browser, "Outcomes")
    assert "The effect by gender" in browser.text() and "Share who resigned" in browser.text()


def test_the_link_from_a_number_to_its_evidence_keeps_the_filters(browser: Browser, warm: str) -> None:
    browser.open(f"{warm}/outcomes?side=mentee&outcome=promotion&quarter=2026Q1")
    browser.driver.find_element("css selector", "[data-testid=stPageLink-NavLink]").click()
    browser.wait_for(lambda: "/evidence" in browser.driver.current_url, 20)
    browser.wait_for(lambda: "Mentees 2026 Q1" in browser.text(), 20)
    browser.settle()
    assert_in_order(browser, "Evidence")
    assert "Promoted within 4 quarters" in browser.text()


def test_the_filters_go_along_the_navigation_and_back(browser: Browser, warm: str) -> None:
    browser.open(f"{warm}/evidence?side=mentee")
    links = browser.driver.find_elements("css selector", "[data-testid=stSidebarNavLink]")
    next(link for link in links if link.text.endswith("Outcomes")).click()
    browser.wait_for(lambda: "outcomes?quarter=" in browser.driver.current_url, 20)
    browser.settle()
    assert_in_order(browser, "Outcomes")
    browser.driver.find_element("xpath", "//button[@role='radio'][.='Mentors']").click()
    browser.wait_for(lambda: "side=mentor" in browser.driver.current_url, 20)
    for _ in range(3):
        browser.driver.back()
        browser.settle()
    assert_in_order(browser, "Evidence")
    assert browser.driver.current_url.endswith("/evidence?side=mentee") and "Mentees 2026" in browser.text()


def test_pages_fit_a_phone_and_follow_a_switch_to_dark(warm: str) -> None:
    phone = Browser(width=390)
    try:
        for name in ("uploads", "surveys", "evidence", "outcomes", "quarterly_impact"):
            phone.open(f"{warm}/{name}")
            assert_in_order(phone, TITLES[name])
        ink = "return getComputedStyle(document.querySelector('.annotation-text')).fill"
        assert phone.driver.execute_script(ink) == "rgb(17, 24, 39)"
        phone.theme(dark=True)
        phone.wait_for(lambda: phone.driver.execute_script(ink) == "rgb(232, 236, 241)", 20)
    finally:
        phone.close()
