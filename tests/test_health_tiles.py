"""Programme health on the leaders' page: four numbers of a quarter, counted by hand, and how they are drawn."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.findings import answers
from analysis.findings.health.summary import HealthSummary, HealthTile
from analysis.store import Reader, Store
from tests.tiny import Tiny, crowd, csv, employer, pair

PLAN = '[[programmes]]\nid = "reverse"\norientation = "reverse"\nsessions_a_month = 1\nmonths = 6\n'


def tile(found: HealthSummary, name: str) -> HealthTile:
    return next(each for each in found.tiles if each.name == name)


def programme(folder: Path, sessions: list[tuple[str, str, str, str]]) -> Tiny:
    """12 pairs from February 2025: six complete in July, six run on; sessions are (pair, day, status, by)."""
    people = crowd(40)
    pairs = [
        pair(
            f"crowd{n}",
            "2025-02-10",
            status="completed" if n < 6 else "active",
            end_date="2025-07-31" if n < 6 else "",
        )
        for n in range(12)
    ]
    rows = [
        {"pair_id": f"crowd{number} 2025-02-10", "session_date": day, "status": status, "cancelled_by": by}
        for number, day, status, by in sessions
    ]
    return employer(folder, people, pairs, plan=PLAN, extra={"sessions.csv": csv(rows)} if rows else None)


def test_the_tiles_of_a_quarter_are_counted_by_hand(tmp_path: Path) -> None:
    held = [(str(n), "2025-08-04", "held", "") for n in range(6, 12)]
    held += [(str(n), "2025-08-25", "held", "") for n in range(6, 12)]
    cancelled = [(str(n), "2025-09-01", "cancelled", "mentee") for n in range(6, 12)]
    before = [(str(n), "2025-05-05", "held", "") for n in range(12)]
    found = answers.health_summary(programme(tmp_path, held + cancelled + before).reader, "2025Q3")
    assert found.quarters == ("2025Q1", "2025Q2", "2025Q3")
    active = tile(found, "active_pairs")
    assert active.series == (12.0, 12.0, 6.0) and active.change == -6.0
    sessions = tile(found, "sessions_held")
    assert sessions.value == pytest.approx(12 / 18) and sessions.of == 18
    # Nothing was cancelled before, so how many were scheduled is not known there, and there is no change to tell.
    assert sessions.series[:2] == (None, None) and sessions.change is None
    finished = tile(found, "finished_as_planned")
    assert finished.value == pytest.approx(6 / 12) and finished.series == (None, None, 0.5)
    assert tile(found, "survey_response").reason == "No survey after the programme has been loaded."


def test_a_log_of_held_sessions_alone_gives_no_share(tmp_path: Path) -> None:
    held = [(str(n), "2025-08-04", "held", "") for n in range(6, 12)]
    found = tile(answers.health_summary(programme(tmp_path, held).reader, "2025Q3"), "sessions_held")
    assert found.value is None and "not known" in (found.reason or "")


def test_fewer_than_five_pairs_are_not_told(tmp_path: Path) -> None:
    few = [("6", "2025-08-04", "cancelled", "mentor"), *((str(n), "2025-08-04", "held", "") for n in range(7, 12))]
    found = tile(answers.health_summary(programme(tmp_path, few).reader, "2025Q3"), "sessions_held")
    assert found.value is None and found.of is None and found.reason


def test_the_newest_value_ends_the_series(sample_reader: Reader) -> None:
    for each in answers.health_summary(sample_reader).tiles:
        assert each.value is not None and each.series[-1] == each.value
        assert each.change == pytest.approx(each.series[-1] - (each.series[-2] or 0.0))


def drawn(store: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("IMPACT_STORE", str(store))
    source = (
        "from ui.health_tiles import health_tiles\n"
        "from ui.page import begin_page\n"
        "with begin_page('Tiles') as page:\n"
        "    health_tiles(page, None)\n"
    )
    return AppTest.from_string(source, default_timeout=60).run()


def test_the_tiles_are_metrics_with_their_change(sample_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = drawn(sample_store, monkeypatch)
    assert not page.exception and not page.error
    assert [metric.label for metric in page.metric] == [
        "Active pairs", "Sessions held", "Finished as planned", "Survey response",
    ]  # fmt: skip
    found = answers.health_summary(Store(sample_store).reader())
    shown = [metric.value for metric in page.metric]
    assert shown == [f"{t.value:.0f}" if t.counts_pairs else f"{t.value:.0%}" for t in found.tiles]


def test_a_tile_that_can_not_be_shown_gives_its_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = drawn(programme(tmp_path, []).store.folder, monkeypatch)
    assert not page.exception and not page.error
    words = " ".join(each.value for each in page.markdown)
    assert "No survey after the programme has been loaded" in words and "No session log" in words
