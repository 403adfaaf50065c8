"""axe-core finds nothing serious of ours on any page: wide and light, narrow and dark."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest

from tests.browser import Browser, server, why_no_browser
from tests.pages import NAMES

REQUIRED = os.environ.get("IMPACT_BROWSER") == "required"
pytestmark = pytest.mark.skipif(bool(why_no_browser()) and not REQUIRED, reason=why_no_browser() or "a browser is here")

AXE = (resources.files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8")
RUN = """
const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ['violations']}).then(found => done(found.violations.map(rule => ({
    rule: rule.id, impact: rule.impact, nodes: rule.nodes.map(node => node.target.join(' ') + ' | ' + node.html)
}))));
"""
# What Streamlit 1.67 brings along: a navigation whose groups are no list items, and marks of the small chart of a
# metric, whose value and change stand beside it as text.
STREAMLITS_OWN = (
    ("list", 'data-testid="stSidebarNavItems"'),
    ("listitem", "<li class="),
    ("svg-img-alt", "metric_chart_"),
)


def violations(browser: Browser) -> list[str]:
    """Rule and place of each serious or critical violation that is not Streamlit's own."""
    browser.driver.execute_script(AXE)
    found = browser.driver.execute_async_script(RUN)
    return [
        f"{violation['rule']}: {node}"
        for violation in found
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
        if not any(violation["rule"] == rule and mark in node for rule, mark in STREAMLITS_OWN)
    ]


@pytest.fixture(scope="module")
def address(sample_store: Path) -> Iterator[str]:
    with server(IMPACT_STORE=str(sample_store)) as found:
        yield found


@pytest.fixture(scope="module", params=[(1440, False), (390, True)], ids=["wide-light", "narrow-dark"])
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    width, dark = request.param
    opened = Browser(width, dark=dark)
    opened.driver.set_script_timeout(60)
    yield opened
    opened.close()


@pytest.mark.parametrize("name", NAMES)
def test_nothing_serious(browser: Browser, address: str, name: str) -> None:
    browser.open(f"{address}/{name}")
    assert violations(browser) == []


def test_the_check_can_fail(browser: Browser, address: str) -> None:
    browser.open(f"{address}/uploads")
    browser.driver.execute_script(
        "document.querySelector('[data-testid=stMain]').insertAdjacentHTML('beforeend', '<img src=\"x.png\">')"
    )
    assert any(found.startswith("image-alt") for found in violations(browser))
