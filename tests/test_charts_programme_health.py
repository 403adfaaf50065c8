"""The figures of programme health: hidden weeks leave no number, words stand out from their cell, nothing is joined."""

from __future__ import annotations

import pytest

from analysis.charts.calendar import SCALES, heat_calendar
from analysis.charts.palette import DARK, LIGHT, Palette
from analysis.charts.programme import shares_by_quarter, topic_bars, waiting_curve
from analysis.findings.health.results import (
    CalendarQuarter,
    DayCurve,
    Number,
    Quartiles,
    Timing,
    TopicRow,
    Topics,
    Week,
)
from analysis.findings.health.shares import Share, hidden

WEEKS = (
    *(Week(number, 10 * number, True) for number in range(1, 9)),
    Week(9, None, True, few=True),
    Week(10, None, True),
    Week(11, 0, True),
    Week(12, None, False),
    Week(13, None, False),
)
CALENDAR = (CalendarQuarter("2026Q2", WEEKS), CalendarQuarter("2026Q3", WEEKS))
SHARE = Share(0.4, 0.3, 0.5, 40, 100, 60)
CURVE = DayCurve((0, 7, 14), (0.0, 0.5, 0.8), (0.0, 0.4, 0.7), (0.0, 0.6, 0.9), (40, 30, 12))
NONE = Number(None, None, None, None)
TIMING = Timing(CURVE, NONE, 30, Quartiles(7.0, None, None, 7.0, 14.0, 40), "Half met.", "Half met.", None)
TOPICS = Topics(
    (TopicRow("tech_support", 60, 0.6), TopicRow("culture", 40, 0.4), TopicRow("career", None, None, "few")),
    SHARE, NONE, 0.5, "above", (), "60% tech support.",
)  # fmt: skip


def test_every_reported_week_has_its_word_and_hidden_ones_no_number() -> None:
    figure = heat_calendar(CALENDAR, LIGHT)
    words = [note.text for note in figure.layout.annotations]
    assert words == [*(str(10 * n) for n in range(1, 9)), "<5", "•", "0"] * 2
    assert [figure.data[0].z[0][week] for week in (8, 9, 11)] == [None, None, None]
    assert len(figure.layout.shapes) == 4, "a box a hidden week, none for weeks to come"
    assert figure.layout.yaxis.range[0] > figure.layout.yaxis.range[1], "the oldest quarter on top"


def luminance(color: str) -> float:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_numbers_stand_out_from_the_colours_of_the_scale(palette: Palette) -> None:
    weeks = tuple(Week(number, 20 * (number - 1), True) for number in range(1, 6))
    figure = heat_calendar((CalendarQuarter("2026Q2", weeks),), palette)
    for note, cell in zip(figure.layout.annotations, SCALES[palette.name], strict=True):
        one, other = sorted((luminance(note.font.color), luminance(cell)), reverse=True)
        assert (one + 0.05) / (other + 0.05) >= 4.3, (note.text, cell)


def test_a_hidden_quarter_keeps_its_place_and_points_are_never_joined() -> None:
    rows = [("2026Q1", SHARE), ("2026Q2", hidden("few")), ("2026Q3", SHARE)]
    figure = shares_by_quarter(rows, LIGHT, limit=0.5)
    assert list(figure.data[0].x) == [0, 2] and figure.data[0].mode == "markers"
    texts = [note.text for note in figure.layout.annotations]
    assert "not<br>shown" in texts and "limit 50%" in texts


def test_the_curve_is_stepped_with_its_people_below() -> None:
    figure = waiting_curve(TIMING, DARK, "Met by then", 30)
    line = figure.data[2]
    assert line.line.shape == "hv" and list(line.y) == [0.0, 0.5, 0.8, 0.8]
    assert list(figure.data[3].text) == ["40", "12"]
    assert any("Met by then 80.0%" in note.text for note in figure.layout.annotations)


def test_topics_draw_only_what_is_told_and_the_limit() -> None:
    figure = topic_bars(TOPICS, LIGHT)
    assert list(figure.data[0].x) == [0.6, 0.4] and list(figure.layout.yaxis.ticktext) == ["Tech support", "Culture"]
    assert figure.layout.shapes[0].x0 == 0.5
    assert figure.data[0].marker.color == (LIGHT.participants, LIGHT.grey)


@pytest.mark.parametrize(("used", "other"), [(LIGHT, DARK), (DARK, LIGHT)], ids=["light", "dark"])
def test_calendar_and_topics_are_still_and_of_one_theme(used: Palette, other: Palette) -> None:
    # Numbers in the calendar are ink or white, whatever stands out from their cell.
    colours = [value for name, value in vars(other).items() if name not in ("name", "ink", "background")]
    for figure in (heat_calendar(CALENDAR, used), topic_bars(TOPICS, used)):
        text = figure.to_json()
        assert not [colour for colour in colours if colour in text]
        assert figure.layout.showlegend is False and figure.layout.dragmode is False
        assert figure.layout.xaxis.fixedrange and figure.layout.yaxis.fixedrange
