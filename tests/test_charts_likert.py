"""Diverging bars: centred on the middle of neither, shares in bold, small numbers left out, hidden bars say why."""

from __future__ import annotations

from dataclasses import replace

import plotly.graph_objects as go
import pytest

from analysis.charts.likert import COLOURS, likert_chart, readable_on
from analysis.charts.palette import DARK, LIGHT
from analysis.findings.survey_item_results import Bar, Bars, QuestionResult, Segment
from tests.fabricated_surveys import TOO_FEW, bars, construct, question


def drawn(*questions: QuestionResult, before: str = "pre") -> go.Figure:
    return likert_chart(questions, before, LIGHT)


def words(figure: go.Figure) -> str:
    return " | ".join(str(annotation.text) for annotation in figure.layout.annotations)


def test_bars_are_centred_on_the_middle_of_neither() -> None:
    figure = drawn(question("a", "Asked"))
    neither = next(trace for trace in figure.data if trace.name == "neither")
    assert [base + share / 2 for base, share in zip(neither.base, neither.x, strict=True)] == pytest.approx([0, 0])
    first = next(trace for trace in figure.data if trace.name == "strongly disagree")
    assert (first.base[0], first.x[0]) == pytest.approx((-0.45, 0.1))
    assert [shape.x0 for shape in figure.layout.shapes] == [0]


def test_the_question_stands_above_and_the_share_agreeing_in_bold_beside() -> None:
    text = words(drawn(*construct("mentor").items))
    assert "I can be myself at work." in text and "<b>40%</b>" in text and "<b>60%</b>" in text
    assert "(reversed)" in text and "strongly disagree" in text and text.count("■") == 5
    assert "decisions<br>" in text or "that<br>" in text or "<br>" in text, "a long question is wrapped"


def test_a_number_stands_in_a_segment_from_nine_percent_on() -> None:
    thin = Bars("pre", True, (Bar("pre", 100, (Segment(-1, 0.085), Segment(0, 0.825), Segment(1, 0.09)), 0.09, None),))
    texts = {trace.name: list(trace.text) for trace in drawn(replace(question("a"), bars=(thin,))).data}
    assert texts == {"disagree": [""], "neither": ["82"], "agree": ["9"]}


def test_a_merged_end_says_so_on_hover_and_a_hidden_bar_has_its_reason() -> None:
    hidden = Bars("pre", False, (bars().rows[1], Bar("post", None, (), None, TOO_FEW)))
    figure = drawn(replace(question("a"), bars=(hidden,)))
    assert "disagree, strongly or not" in "".join(text for trace in figure.data for text in trace.hovertext)
    assert "fewer than 5 people" in words(figure)
    assert sum(len(trace.x) for trace in figure.data) == 4, "nothing is drawn for the hidden bar"


def test_where_every_bar_is_hidden_nothing_is_drawn_but_words() -> None:
    hidden = Bars("pre", False, (Bar("pre", None, (), None, TOO_FEW), Bar("post", None, (), None, TOO_FEW)))
    figure = drawn(replace(question("a"), bars=(hidden,)))
    assert not figure.data and not figure.layout.shapes and "Before" in words(figure)


def test_recalled_befores_are_another_chart() -> None:
    assert "Recalled" not in words(drawn(question("a")))
    other = replace(question("a"), bars=(Bars("retro_pre", True, (replace(bars().rows[0], wave="retro_pre"),)),))
    assert "Recalled" in words(drawn(other, before="retro_pre"))


@pytest.mark.parametrize(
    ("points", "said", "squares"), [(2, "disagree", 2), (3, "disagree", 3), (4, "strongly", 4), (11, "detractors", 3)]
)
def test_the_key_names_the_ends_of_the_scale(points: int, said: str, squares: int) -> None:
    text = words(drawn(replace(question("a"), points=points)))
    assert text.startswith(said) and text.count("■") == squares


def test_text_from_a_file_is_never_markup() -> None:
    text = words(drawn(question("a", "<b onload=x>Bold</b> & more")))
    assert "<b onload" not in text and "&lt;b onload" in text


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_numbers_can_be_read_on_their_segment(colours: object) -> None:
    assert readable_on("#8C510A") == readable_on("#01665E") == "#FDFDFD"
    assert readable_on("#D2A75A") == readable_on("#7ED8CB") == "#0E1116"
    assert len(COLOURS["light"]) == len(COLOURS["dark"]) == 5


def test_nothing_to_draw_is_an_empty_figure() -> None:
    assert not drawn().data and not drawn().layout.annotations
