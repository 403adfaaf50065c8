"""The surveys page: change beside colleagues, and a metric around joining, each with its hidden cells named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st

from analysis.findings import answers
from analysis.findings.event_study import EventStudyFinding, RepeatedMetric
from analysis.findings.roles import Role, Viewer
from tests import fabricated
from tests.pages import everything, run_page, show
from tests.test_charts_event_study import AGAINST, FOUND, compared
from ui import sign_in
from ui.text import plain

METRICS = (FOUND.metric, RepeatedMetric("department_turnover", "Department turnover", "department"))


def measured(monkeypatch: pytest.MonkeyPatch, *found: EventStudyFinding) -> None:
    by_name = {each.metric.name: each for each in found}

    def repeated_metrics(reader: object) -> tuple[RepeatedMetric, ...]:
        return METRICS

    def event_study(reader: object, side: str, metric: str, quarter: str) -> EventStudyFinding:
        return by_name[metric]

    monkeypatch.setattr(answers, "repeated_metrics", repeated_metrics)
    monkeypatch.setattr(answers, "event_study", event_study)


def test_change_stands_beside_the_difference_from_colleagues(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = replace(fabricated.surveys(), changes=compared())
    full = replace(
        found.changes[0], wilcoxon_p=0.0004, alpha=0.81, d_av=0.33, shares=((0.4, 0.6), (0.2, 0.4), (0.1, 0.3))
    )
    show(monkeypatch, tmp_path, surveys=replace(found, changes=(full, *found.changes[1:])))
    page = run_page("surveys")
    text = everything(page)
    assert not page.exception and not page.error
    assert "Against colleagues who answered too" in text and "+0.30" in text
    assert "58,\u00a061" in text and "+0.10\u00a0to\u00a0+0.50" in text
    assert "0.81" in text and "p\u00a0<\u00a00.001" in text and "50.0%,\u00a040.0%\u00a0to\u00a060.0%" in text
    assert "*too few*" in text and "*hidden*" in text
    assert "0.71" not in text, "a hidden difference"


def test_without_colleagues_there_is_no_second_chart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    show(monkeypatch, tmp_path)
    assert "Against colleagues" not in everything(run_page("surveys"))


def test_a_metric_is_shown_around_joining_with_its_notes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    show(monkeypatch, tmp_path)
    measured(monkeypatch, FOUND)
    page = run_page("surveys", part="joining")
    text = everything(page)
    assert not page.exception and "Measured again and again" in text
    assert "on average 0.40 higher" in text and "no proof" in text
    assert "Quarters since joining" in text and "40,\u00a090" in text
    assert "0.71" not in text and "fewer than 10" in text


def test_a_metric_that_can_not_be_compared_gives_its_reason_and_no_chart(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    show(monkeypatch, tmp_path)
    reason = "Not shown: fewer than 5 departments that joined."
    none = replace(FOUND, metric=METRICS[1], points=(), notes=(), estimate=None, sentence=reason, reason=reason)
    measured(monkeypatch, FOUND, none)
    page = run_page("surveys", part="joining")
    charts = len(page.get("plotly_chart"))
    page.selectbox(key="metric").set_value("department_turnover").run()
    assert not page.exception and "fewer than 5 departments" in everything(page)
    assert len(page.get("plotly_chart")) == charts - 1


def test_metrics_are_shown_where_no_survey_is_loaded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    show(monkeypatch, tmp_path, surveys=replace(fabricated.surveys(), responses=(), waves=(), changes=(), notes=()))
    measured(monkeypatch, FOUND)
    assert "No survey has been loaded" in everything(run_page("surveys"))
    text = everything(run_page("surveys", part="joining"))
    assert "Measured again and again" in text and AGAINST.sentence not in text


def test_each_side_has_its_bars_with_recalled_befores_kept_apart(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    show(monkeypatch, tmp_path)
    page = run_page("surveys", part="questions", construct="inclusion")
    text = everything(page)
    assert not page.exception and not page.error
    assert len(page.get("plotly_chart")) == 2
    assert "+20.0 (+7.0\u00a0to\u00a0+32.0)" in text and "+31.0" not in text
    assert "Cronbach's alpha" in text and "0.83" in text
    recalled = run_page("surveys", part="questions", construct="inclusion", before="retro_pre", side="mentee")
    text = everything(recalled)
    assert "+31.0" in text and "+20.0" not in text and "never mixed" in text
    assert len(recalled.get("plotly_chart")) == 1


def test_who_did_not_answer_is_shown_by_one_attribute_and_wave(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    show(monkeypatch, tmp_path)
    page = run_page("surveys", part="answered", response_by="gender", wave="pre")
    text = everything(page)
    assert not page.exception and "Before: response by gender" in text and "12 responses name nobody" in text
    assert "90.2%" in text and "55.0%" not in text
    assert "begun apart" in text and "+0.40 (+0.10\u00a0to\u00a0+0.70)" in text and "*hidden*" in text
    assert not page.get("plotly_chart")


def test_a_narrowed_view_says_so_and_a_stale_address_shows_everybody(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    show(monkeypatch, tmp_path)
    text = everything(run_page("surveys", department="Finance", cohort="2025Q3"))
    assert "Exploratory" in text and "department Finance" in text and "cohort 2025 Q3" in text
    page = run_page("surveys", department="No longer", cohort="2019Q1", part="gone", construct="nothing")
    assert not page.exception and "Exploratory" not in everything(page)
    assert {toast.value.split()[4] for toast in page.toast} >= {"department", "cohort", "part", "construct"}


def test_the_strip_has_five_badges_and_how_it_was_made_waits(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    show(monkeypatch, tmp_path)
    page = run_page("surveys")
    text = everything(page)
    assert "Can these numbers be read?" in text and "can be read with care" in text
    assert "How this was made" in text and "create or replace temp table" not in text
    assert len(page.get("plotly_chart")) <= 6


@pytest.mark.parametrize("part", ["scores", "questions", "answered", "joining"])
def test_every_part_shows_the_sample_employer_with_at_most_six_charts(
    monkeypatch: pytest.MonkeyPatch, sample_store: Path, part: str
) -> None:
    st.cache_data.clear()
    monkeypatch.setenv("IMPACT_STORE", str(sample_store))
    page = run_page("surveys", part=part, construct="enps")
    assert not page.exception and not page.error
    assert len(page.get("plotly_chart")) == {"scores": 3, "questions": 3, "answered": 0, "joining": 1}[part]


def test_a_department_too_small_on_the_sample_employer_is_named_hidden(
    monkeypatch: pytest.MonkeyPatch, sample_store: Path
) -> None:
    st.cache_data.clear()
    monkeypatch.setenv("IMPACT_STORE", str(sample_store))
    page = run_page("surveys", department="Legal", level="Executive", part="answered")
    assert not page.exception and not page.error
    assert "Exploratory" in everything(page) and "*hidden*" in everything(page)


@pytest.mark.parametrize("part", ["scores", "questions", "answered"])
def test_an_older_quarter_is_of_everybody_and_says_where_the_filters_are(
    monkeypatch: pytest.MonkeyPatch, sample_store: Path, part: str
) -> None:
    monkeypatch.setenv("IMPACT_STORE", str(sample_store))
    page = run_page("surveys", quarter="2026Q2", department="Engineering", cohort="2024 Summer", part=part)
    text = everything(page)
    assert not page.exception and not page.error and "Exploratory" not in text
    assert "all participants together" in text and not page.get("popover")
    assert [each.value for each in page.warning] == [
        "Not applied here: cohort 2024 Summer, department Engineering. These are the answers of all participants."
    ]
    if part == "answered":
        assert "newest quarter only" in text and "Who did not answer after" not in text


def test_whoever_sees_one_department_is_told_that_an_older_quarter_is_of_everybody(
    monkeypatch: pytest.MonkeyPatch, sample_store: Path
) -> None:
    monkeypatch.setenv("IMPACT_STORE", str(sample_store))
    monkeypatch.setattr(sign_in, "viewer", lambda: Viewer("ann@example.com", Role.ANALYST, "Engineering"))
    page = run_page("surveys", quarter="2026Q2")
    assert [error.value for error in page.error] == [plain(answers.NEWEST_ONLY)]
    assert not page.get("plotly_chart") and not page.exception
    assert not run_page("surveys", quarter="2026Q3").error
