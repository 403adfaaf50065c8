"""No number of a suppressed or withheld finding is anywhere in a figure, even where a finding still carried it."""

from __future__ import annotations

from dataclasses import replace

import plotly.graph_objects as go
import pytest

from analysis.charts.forest import changes_forest, outcomes_forest, parts_forest
from analysis.charts.palette import LIGHT
from analysis.charts.surveys import waves_chart
from analysis.charts.trend import cohort_trend
from analysis.findings.results import Finding
from tests import fabricated

SECRET = {"estimate": 0.07123, "ci_low": -0.08234, "ci_high": 0.09345}
SECRET_DIGITS = ("7.1", "8.2", "9.3", "07123", "08234", "09345")


def leaking(finding: Finding) -> Finding:
    """What findings promise never to hand out: a hidden finding with its numbers still in it."""
    return replace(finding, **SECRET)


def figures(finding: Finding) -> list[go.Figure]:
    return [
        outcomes_forest([finding], LIGHT),
        parts_forest([replace(finding, by="gender", group="woman")], LIGHT),
        cohort_trend([replace(finding, cohort="2025Q1")], LIGHT),
    ]


@pytest.mark.parametrize("hidden", [fabricated.NOT_SHOWN, fabricated.WITHHELD], ids=["suppressed", "withheld"])
def test_a_hidden_finding_leaves_no_digit_in_any_figure(hidden: Finding) -> None:
    for figure in figures(leaking(hidden)):
        text = figure.to_json()
        assert not [digits for digits in SECRET_DIGITS if digits in text]


def test_the_reason_stands_where_the_number_would() -> None:
    assert "Not shown: fewer than 10 participants" in outcomes_forest([fabricated.NOT_SHOWN], LIGHT).to_json()
    assert "Withheld: groups too different" in outcomes_forest([fabricated.WITHHELD], LIGHT).to_json()
    assert "not\\u003cbr\\u003eshown" in cohort_trend([fabricated.NOT_SHOWN], LIGHT).to_json()


def test_too_few_people_get_an_interval_and_no_estimate() -> None:
    weak = replace(fabricated.TOO_FEW, estimate=0.07123)
    for figure in figures(weak):
        assert "07123" not in figure.to_json() and "+7.1" not in figure.to_json()
        dots = [trace for trace in figure.data if trace.name == "estimate"]
        assert [len(trace.x) for trace in dots] == [0]
        dotted = [trace for trace in figure.data if trace.name == "too few to tell"]
        assert [trace.line.dash for trace in dotted] == ["dot"]


def test_a_hidden_wave_and_a_hidden_change_leave_no_digit() -> None:
    found = fabricated.surveys()
    wave = replace(found.waves[0], mean=3.7123, low=3.6123, high=3.8123, people=None, reason="fewer than 5 people")
    change = replace(found.changes[0], mean_change=0.7123, low=0.6123, high=0.8123, reason="fewer than 5 people")
    for figure in (waves_chart([wave], LIGHT), changes_forest([change], LIGHT)):
        assert "123" not in figure.to_json().replace("rgba(127", "")
