"""Each page opened first on a cold server in a real browser: it stands in order, and axe-core finds nothing serious of
ours, wide and light, then narrow and dark."""

from __future__ import annotations

import os
from importlib import resources
from pathlib import Path

import pytest

from tests.browser import Browser, why_no_browser
from tests.cold_servers import ColdServers
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
    "audit": "Audit",
}
REQUIRED = os.environ.get("IMPACT_BROWSER") == "required"
pytestmark = pytest.mark.skipif(bool(why_no_browser()) and not REQUIRED, reason=why_no_browser() or "a browser is here")

AXE = (resources.files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8")
# What is folded away is not seen, and axe-core takes what lies below it for its ground. The thousands of marks within a
# drawing are told by its words and its table; their colours are held against their ground by test_charts_contrast.
# Drawings are emptied meanwhile: axe-core would measure every mark in them before it leaves them out.
RUN = """
const done = arguments[arguments.length - 1];
const seen = {exclude: ['details:not([open]) > :not(summary)', '.main-svg']};
const drawings = [...document.querySelectorAll('.main-svg')].map(drawing => [drawing, [...drawing.childNodes]]);
drawings.forEach(([drawing]) => drawing.replaceChildren());
axe.run(seen, {resultTypes: ['violations']}).then(found => {
    drawings.forEach(([drawing, marks]) => drawing.append(...marks));
    done(found.violations.map(rule => ({
        rule: rule.id, impact: rule.impact, nodes: rule.nodes.map(node => node.target.join(' ') + ' | ' + node.html)
    })));
});
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


def assert_in_order(browser: Browser, title: str) -> None:
    assert browser.count("stException") == 0
    assert browser.driver.find_element("css selector", "h1").text == title
    text = browser.text()
    assert "could not be shown" not in text and "Page not found" not in text
    assert not browser.scrolls_sideways()


def test_every_page_has_a_title_here() -> None:
    assert set(TITLES) == set(NAMES)


@pytest.mark.parametrize("name", TITLES)
def test_a_page_opens_first_on_a_cold_server_and_everybody_can_use_it(
    browser: Browser, servers: ColdServers, sample_store: Path, name: str
) -> None:
    """A session that opens /name first makes Streamlit run pages/name.py without app.py: it must stand on its own."""
    browser.leave()
    with servers.server(IMPACT_STORE=str(sample_store)) as (address, _):
        for width, dark in ((1440, False), (390, True)):
            browser.look(width, dark)
            browser.open(f"{address}/{name}")
            assert_in_order(browser, TITLES[name])
            assert browser.driver.current_url.split("?")[0].endswith(f"/{name}")
            if width == 1440:
                assert [group in browser.text() for group in ("For leaders", "Explore", "Data")] == [True] * 3
            assert violations(browser) == []
    if name == "uploads":  # the check itself can fail
        browser.driver.execute_script(
            "document.querySelector('[data-testid=stMain]').insertAdjacentHTML('beforeend', '<img src=\"x.png\">')"
        )
        assert any(found.startswith("image-alt") for found in violations(browser))
