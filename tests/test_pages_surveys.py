"""The surveys page: change beside colleagues, and a metric around joining, each with its hidden cells named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from analysis.findings import answers
from analysis.findings.event_study import EventStudyFinding, RepeatedMetric
from tests import fabricated
from tests.pages import everything, run_page, show
from tests.test_charts_event_study import AGAINST, FOUND, compared

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
    page = run_page("surveys")
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
    page = run_page("surveys")
    charts = len(page.get("plotly_chart"))
    page.selectbox(key="metric").set_value("department_turnover").run()
    assert not page.exception and "fewer than 5 departments" in everything(page)
    assert len(page.get("plotly_chart")) == charts - 1


def test_metrics_are_shown_where_no_survey_is_loaded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    show(monkeypatch, tmp_path, surveys=replace(fabricated.surveys(), responses=(), waves=(), changes=(), notes=()))
    measured(monkeypatch, FOUND)
    text = everything(run_page("surveys"))
    assert "No survey has been loaded" in text and "Measured again and again" in text
    assert AGAINST.sentence not in text
