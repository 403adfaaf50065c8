"""A load from the command line while the app runs appears in the app, without a restart and without a click."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.store import Store
from tests.browser import ROOT, Browser, why_no_browser
from tests.cold_servers import ColdServers
from tests.tiny import crowd, employer, pair

REQUIRED = os.environ.get("IMPACT_BROWSER") == "required"


@pytest.mark.skipif(bool(why_no_browser()) and not REQUIRED, reason=why_no_browser() or "a browser is here")
def test_a_load_and_its_undoing_appear_by_themselves(browser: Browser, servers: ColdServers, tmp_path: Path) -> None:
    store = employer(tmp_path, crowd(), [pair("crowd1", "2024-04-20")]).store
    (tmp_path / "goals.csv").write_text("pair_id,kind,set_on\ncrowd1 2024-04-20,smart,2024-05-01\n", encoding="utf-8")
    with servers.server(IMPACT_STORE=str(store.folder)) as (address, _):
        browser.open(f"{address}/quarterly_impact")
        assert "data version 1" in browser.text()
        run("load", str(tmp_path / "goals.csv"), store=store)
        browser.wait_for(lambda: "data version 2" in browser.text(), 30)
        assert browser.count("stException") == 0


def run(*arguments: str, store: Store) -> None:
    environment = {**os.environ, "IMPACT_STORE": str(store.folder)}
    subprocess.run([sys.executable, "-m", "analysis", *arguments], cwd=ROOT, env=environment, check=True, timeout=120)
