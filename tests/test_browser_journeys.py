"""A real server and a real browser: addresses, links, the way back, and a switch to dark on a page that is open."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import Browser, why_no_browser
from tests.cold_servers import ColdServers
from tests.test_browser_each_page import assert_in_order

REQUIRED = os.environ.get("IMPACT_BROWSER") == "required"

pytestmark = pytest.mark.skipif(bool(why_no_browser()) and not REQUIRED, reason=why_no_browser() or "a browser is here")


@pytest.fixture(scope="module")
def warm(servers: ColdServers, sample_store: Path) -> Iterator[str]:
    """One server for the tests that need no cold one."""
    with servers.server(IMPACT_STORE=str(sample_store)) as (address, _):
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


def test_an_open_page_follows_a_switch_to_dark(browser: Browser, warm: str) -> None:
    browser.open(f"{warm}/quarterly_impact")
    ink = "return getComputedStyle(document.querySelector('.annotation-text')).fill"
    assert browser.driver.execute_script(ink) == "rgb(17, 24, 39)"
    browser.theme(dark=True)
    browser.wait_for(lambda: browser.driver.execute_script(ink) == "rgb(232, 236, 241)", 20)
