"""The pages over the invented employer, and the store that is built for it once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import streamlit as st

from analysis.findings.results import OUTCOMES
from analysis.load import history
from analysis.store import Store
from tests.pages import NAMES, everything, run_page
from ui import sample


@pytest.mark.parametrize("name", NAMES)
def test_every_page_shows_the_sample_employer(monkeypatch: pytest.MonkeyPatch, sample_store: Path, name: str) -> None:
    st.cache_data.clear()
    monkeypatch.setenv("IMPACT_STORE", str(sample_store))
    page = run_page(name)
    assert not page.exception and not page.error
    assert page.title[0].value


@pytest.mark.parametrize("outcome", OUTCOMES)
@pytest.mark.parametrize("side", ["mentor", "mentee"])
def test_every_outcome_of_every_side_opens(
    monkeypatch: pytest.MonkeyPatch, sample_store: Path, outcome: str, side: str
) -> None:
    monkeypatch.setenv("IMPACT_STORE", str(sample_store))
    page = run_page("outcomes", outcome=outcome, side=side)
    assert not page.exception and not page.error and not page.toast
    assert "The effect by cohort" in everything(page)


def test_one_cohort_and_one_break_down_can_be_asked_for_together(
    monkeypatch: pytest.MonkeyPatch, sample_store: Path
) -> None:
    monkeypatch.setenv("IMPACT_STORE", str(sample_store))
    page = run_page("outcomes")
    page.selectbox(key="cohort").select_index(1).run()
    page.selectbox(key="by").set_value("gender").run()
    assert not page.exception and not page.error
    assert "The effect by gender" in everything(page)


def test_a_cohort_that_was_not_followed_so_long_gives_way_to_all_of_them(
    monkeypatch: pytest.MonkeyPatch, sample_store: Path
) -> None:
    monkeypatch.setenv("IMPACT_STORE", str(sample_store))
    page = run_page("outcomes")
    page.selectbox(key="cohort").set_value("2025 Winter").run()
    page.segmented_control(key="follow_up").set_value(24).run()
    assert not page.exception and not page.error
    assert "2025 Winter" not in page.selectbox(key="cohort").options and page.selectbox(key="cohort").value == "all"


def test_an_older_quarter_is_as_of_its_own_last_day(monkeypatch: pytest.MonkeyPatch, sample_store: Path) -> None:
    monkeypatch.setenv("IMPACT_STORE", str(sample_store))
    page = run_page("quarterly_impact")
    newest = page.markdown[0].value
    page.selectbox(key="quarter").select_index(1).run()
    assert not page.exception and page.markdown[0].value != newest


def test_a_load_made_elsewhere_appears_on_the_next_run(
    monkeypatch: pytest.MonkeyPatch, sample_store: Path, tmp_path: Path
) -> None:
    copied = tmp_path / "store"
    shutil.copytree(sample_store, copied)
    shutil.copy(sample_store.with_name("store.key"), tmp_path / "store.key")
    monkeypatch.setenv("IMPACT_STORE", str(copied))
    page = run_page("quarterly_impact")
    before = f"data version {Store(copied).reader().data_version}"
    assert before in everything(page)
    with Store(copied).writing() as draft:
        draft.connection.execute("update stored_finding set body = body")
    assert f"data version {Store(copied).reader().data_version}" != before
    page.run()
    assert not page.exception and page.title[0].value == "Quarterly impact"


def test_the_sample_store_is_private_named_by_its_sources_and_built_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    files = tmp_path / "files"
    files.mkdir()
    (files / "ladder.csv").write_text("level,rank\nAnalyst,1\nManager,2\n", encoding="utf-8")
    monkeypatch.setattr(sample, "SAMPLE_DATA", files)
    steps: list[str] = []
    for _ in range(2):
        sample.build_sample(lambda step, done, total: steps.append(step))
    store = sample.sample_store()
    assert len(history(store)) == 1 and steps.count("Published") == 1
    assert sample.fingerprint(files) in str(store.folder)
    assert oct(store.folder.parent.stat().st_mode)[-3:] == "700"


def test_no_sample_files_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("IMPACT_STORE", str(tmp_path / "none"))
    (tmp_path / "empty").mkdir()
    monkeypatch.setattr(sample, "SAMPLE_DATA", tmp_path / "empty")
    page = run_page("quarterly_impact")
    assert not page.exception and "holds no files" in page.error[0].value
