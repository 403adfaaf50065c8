"""The settings that ship are the safe ones."""

from __future__ import annotations

import tomllib
from pathlib import Path

CONFIG = tomllib.loads((Path(__file__).parent.parent / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


def test_the_app_serves_this_machine_only_and_tells_nobody_anything() -> None:
    assert CONFIG["server"]["address"] == "127.0.0.1"
    assert CONFIG["server"]["maxUploadSize"] <= 200
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["client"]["showErrorDetails"] == "none"
    assert CONFIG["client"]["toolbarMode"] == "viewer"
    assert CONFIG["runner"]["magicEnabled"] is False
    assert "font" not in CONFIG["theme"]


def test_no_run_of_a_page_is_followed_by_a_look_through_all_memory() -> None:
    assert CONFIG["runner"]["postScriptGC"] is False
