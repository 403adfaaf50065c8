"""A load from the command line while the app runs appears in the app, without a restart and without a click."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.load import SourceFile
from analysis.store import Store
from tests import hr_a
from tests.browser import ROOT, Browser, server, why_no_browser
from tests.conftest import load_all

REQUIRED = os.environ.get("IMPACT_BROWSER") == "required"


@pytest.mark.skipif(bool(why_no_browser()) and not REQUIRED, reason=why_no_browser() or "a browser is here")
def test_a_load_and_its_undoing_appear_by_themselves(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    load_all(store, [SourceFile(name, content) for name, content in hr_a.exports().items()])
    (tmp_path / "goals.csv").write_text("pair_id,kind,set_on\npair-1,smart,2022-01-01\n", encoding="utf-8")
    browser = Browser()
    try:
        with server(IMPACT_STORE=str(store.folder)) as address:
            browser.open(f"{address}/quarterly_impact")
            assert "data version 1" in browser.text()
            run("load", str(tmp_path / "goals.csv"), store=store)
            browser.wait_for(lambda: "data version 2" in browser.text(), 30)
            assert browser.count("stException") == 0
    finally:
        browser.close()


def run(*arguments: str, store: Store) -> None:
    environment = {**os.environ, "IMPACT_STORE": str(store.folder)}
    subprocess.run([sys.executable, "-m", "analysis", *arguments], cwd=ROOT, env=environment, check=True, timeout=120)
