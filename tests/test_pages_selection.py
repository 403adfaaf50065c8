"""The filters that narrow a page: from the address, by a click, in a saved view; and tables as files."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from types import SimpleNamespace

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis.findings import answers
from analysis.findings.results import Question, Selection
from analysis.store import Reader, Store, save_view, saved_views
from tests.pages import PAGES, everything, run_page
from ui import download
from ui import page as ui_page


@pytest.fixture
def sample(monkeypatch: pytest.MonkeyPatch, sample_store: Path) -> Path:
    st.cache_data.clear()
    monkeypatch.setenv("IMPACT_STORE", str(sample_store))
    return sample_store


def opened(name: str, **address: str) -> AppTest:
    page = AppTest.from_file(str(PAGES / f"{name}.py"), default_timeout=60)
    for key, value in address.items():
        page.query_params[key] = value
    return page.run()


@pytest.mark.parametrize("name", ["outcomes", "evidence"])
def test_a_link_opens_the_narrowed_view(sample: Path, sample_reader: Reader, name: str) -> None:
    page = opened(name, location="London", side="mentor")
    (finding,) = answers.effects(sample_reader, Question("retention", "mentor", where=Selection(location="London")))
    text = everything(page).replace("**", "").replace("\\", "")
    assert not page.exception and not page.error
    assert finding.sentence in text and "Only location London" in text and "Exploratory" in text


def test_a_value_that_is_gone_is_said_and_everybody_is_shown(sample: Path, sample_reader: Reader) -> None:
    page = opened("outcomes", department="Closed down", cohort="1999 Spring")
    (finding,) = answers.effects(sample_reader, Question("retention", "mentor"))
    said = " ".join(toast.value for toast in page.toast)
    assert "Closed down" in said and "1999 Spring" in said and not page.error
    assert finding.sentence in everything(page).replace("**", "").replace("\\", "")


def test_everybody_again_by_one_click(sample: Path) -> None:
    page = opened("outcomes", location="London")
    page.button(key="show_everybody").click().run()
    assert page.selectbox(key="location").value == "all"
    assert "Only location London" not in everything(page)


def test_a_click_on_a_row_sets_its_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    changed: list[tuple[str, object]] = []
    monkeypatch.setattr("ui.address.change", lambda key, value: changed.append((key, value)))
    for points in ([{"customdata": "Sales"}], [{"customdata": "other"}], [{}], []):
        chart = SimpleNamespace(selection=SimpleNamespace(points=points))
        monkeypatch.setattr(ui_page.st, "session_state", {"chart": chart})
        ui_page._narrow("chart", "department")
    assert changed == [("department", "Sales")]


def test_two_selections_side_by_side(sample: Path, sample_reader: Reader) -> None:
    page = opened("outcomes", location="London", compare="True", other_location="Dublin")
    one = Question("retention", "mentor", where=Selection(location="London"))
    found = answers.comparison(sample_reader, one, Question("retention", "mentor", where=Selection(location="Dublin")))
    text = everything(page).replace("**", "").replace("\\", "")
    assert not page.exception and found.sentence in text
    assert found.one.sentence in text and found.other.sentence in text


def test_a_view_is_saved_listed_and_deleted(sample: Path) -> None:
    page = AppTest.from_file(str(PAGES / "outcomes.py"), default_timeout=60)
    page.session_state["navigation_declared"], page.session_state["page_shown"] = True, "outcomes"
    page.query_params["location"], page.query_params["side"] = "London", "mentee"
    page.run()
    page.text_input(key="view_name").set_value("Seniors in London").run()
    page.button(key="view_save").click().run()
    (view,) = saved_views(Store(sample))
    assert view.page == "outcomes"
    assert view.filters["location"] == "London" and view.filters["side"] == "mentee" and "quarter" in view.filters
    assert not page.exception
    page.button(key="view_delete_Seniors in London").click().run()
    assert saved_views(Store(sample)) == ()


def test_a_damaged_list_of_views_leaves_the_page_alone(monkeypatch: pytest.MonkeyPatch, sample: Path) -> None:
    broken = sample / "views.json"
    broken.write_text("[", encoding="utf-8")
    try:
        page = run_page("outcomes")
        assert not page.exception and any("views.json" in error.value.replace("\\", "") for error in page.error)
        assert page.metric
    finally:
        broken.unlink()


def test_findings_are_taken_away_to_the_last_digit(sample_reader: Reader) -> None:
    findings = answers.effects(sample_reader, Question("retention", "mentor", by="department"))
    rows = list(csv.DictReader(io.StringIO(download._of_findings(findings).decode("utf-8-sig"))))
    assert len(rows) == len(findings)
    for row, finding in zip(rows, findings, strict=True):
        assert row["group"] == finding.group
        for name in ("estimate", "ci_low", "ci_high", "n_participants"):
            value = getattr(finding, name)
            assert row[name] == ("" if value is None else str(value))


def test_a_table_is_taken_away_without_its_formatting() -> None:
    rows = [{"Group": "R\\&D", "Effect": "*hidden*"}, {"Group": "=cmd()", "Effect": "\u22121.8\u00a0to\u00a0+2.0"}]
    lines = list(csv.reader(io.StringIO(download._of_rows(rows).decode("utf-8-sig"))))
    assert lines == [["Group", "Effect"], ["R&D", "hidden"], ["'=cmd()", "'-1.8 to +2.0"]]


def test_views_of_other_stores_do_not_mix(tmp_path: Path, sample: Path) -> None:
    save_view(Store(sample), "mine", "outcomes", {}, 1)
    try:
        assert saved_views(Store(tmp_path)) == ()
    finally:
        (sample / "views.json").unlink()
