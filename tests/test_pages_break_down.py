"""Each answer that "Break down by" can be set to opens, also by its address."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pages import everything, run_page


def test_outcomes_open_broken_down_by_each_header(monkeypatch: pytest.MonkeyPatch, sample_store: Path) -> None:
    monkeypatch.setenv("IMPACT_STORE", str(sample_store))
    page = run_page("outcomes", by="cohort")  # which is drawn anyway: an old address asks for it
    assert not page.exception and not page.error
    (choice,) = [each for each in page.selectbox if each.label == "Break down by"]
    assert len(choice.options) > 8 and "Cohort" not in choice.options
    for by in ("gender", "location", "lgbtq"):
        page = run_page("outcomes", by=by)
        assert not page.exception and not page.error
        assert f"The effect by {by}" in everything(page) and "Do the groups differ?" in everything(page)
