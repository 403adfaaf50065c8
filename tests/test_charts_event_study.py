"""The event study chart and the comparison with colleagues: what they draw, and that hidden numbers are not there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.charts.comparisons import comparisons_forest
from analysis.charts.event_study import event_study_chart, quarters_since
from analysis.charts.palette import DARK, LIGHT, Palette
from analysis.findings.event_study import EventPoint, EventStudyFinding, RepeatedMetric
from analysis.findings.survey_results import PairedChange, SurveyComparison
from tests import fabricated

POINTS = tuple(EventPoint(at, 0.1 * at, 0.1 * at - 0.3, 0.1 * at + 0.3, 40, 90, None) for at in (-3, -2, -1, 0, 1, 2))
FOUND = EventStudyFinding(
    side="mentor",
    metric=RepeatedMetric("learning_hours", "Learning hours", "person"),
    quarter="2026Q3",
    proportion=False,
    estimate=0.4,
    low=0.1,
    high=0.7,
    treated=40,
    comparison=90,
    points=(replace(POINTS[0], estimate=0.7123, low=0.6123, high=0.8123, reason="fewer than 10"), *POINTS[1:]),
    caution=False,
    notes=("Moving alike before is no proof.",),
    sentence="Learning hours, 40 mentors: on average 0.40 higher.",
    alt_text="Mentors, learning hours by quarter since joining.",
    reason=None,
    data_version=17,
)
AGAINST = SurveyComparison(
    0.3, 0.1, 0.5, 0.25, 0.0, 0.5, 58, 61, ("level",), None, None, None, "Those who took part ended higher.", None
)


def compared() -> tuple[PairedChange, ...]:
    change = fabricated.surveys().changes[0]
    hidden = replace(AGAINST, difference=0.7123, low=0.6123, high=0.8123, reason="Not shown: fewer than 10 people.")
    return (
        replace(change, against=AGAINST),
        replace(change, construct="confidence", against=replace(AGAINST, difference=None)),
        replace(change, construct="leadership", against=None),
        replace(change, construct="digital_skills", against=hidden),
    )


def test_before_joining_is_hollow_and_points_are_never_joined() -> None:
    figure = event_study_chart(FOUND, LIGHT)
    before, since = figure.data
    assert list(before.x) == [-2, -1] and list(since.x) == [0, 1, 2]
    assert before.marker.color == LIGHT.background and since.marker.color == LIGHT.participants
    assert {trace.mode for trace in figure.data} == {"markers"}
    assert list(since.error_y.array) == pytest.approx([0.3] * 3)
    assert figure.layout.yaxis.range[0] < -0.5 and figure.layout.yaxis.range[1] > 0.5


def test_hidden_numbers_leave_no_digit() -> None:
    for figure in (event_study_chart(FOUND, LIGHT), comparisons_forest(compared(), LIGHT)):
        assert "123" not in figure.to_json().replace("rgba(127", "")
    assert "Not shown: fewer than 10 people" in comparisons_forest(compared(), LIGHT).to_json()


def test_a_proportion_is_drawn_in_percentage_points() -> None:
    figure = event_study_chart(replace(FOUND, proportion=True), LIGHT)
    assert list(figure.data[1].y) == pytest.approx([0, 10, 20])
    assert "quarter of joining: 0.0 (−30.0 to +30.0)" in figure.data[1].text[0]


def test_too_few_to_tell_has_a_dotted_line_and_no_dot() -> None:
    figure = comparisons_forest(compared(), LIGHT)
    dots = next(trace for trace in figure.data if trace.name == "estimate")
    assert list(dots.x) == [0.3]
    assert [trace.line.dash for trace in figure.data if trace.name == "too few to tell"] == ["dot"]
    assert "Leadership" not in figure.to_json()


@pytest.mark.parametrize(("used", "other"), [(LIGHT, DARK), (DARK, LIGHT)], ids=["light", "dark"])
def test_colours_are_those_of_the_theme(used: Palette, other: Palette) -> None:
    for figure in (event_study_chart(FOUND, used), comparisons_forest(compared(), used)):
        text = figure.to_json()
        assert not [value for field, value in vars(other).items() if field != "name" and value in text]
        assert figure.layout.dragmode is False and figure.layout.showlegend is False and figure.layout.height >= 200


def test_quarters_have_words() -> None:
    assert [quarters_since(at) for at in (-2, -1, 0, 1, 3)] == [
        "2 quarters before",
        "1 quarter before",
        "quarter of joining",
        "1 quarter after",
        "3 quarters after",
    ]
