"""The strip of other choices: the declared row stands out, another conclusion is hollow, a gap is its reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.charts.palette import LIGHT
from analysis.charts.specification import changes_conclusion, in_families, specification_strip, variation_label
from analysis.findings.evidence import Variation
from tests import fabricated_evidence

BAND = 0.05


def words(figure) -> str:  # type: ignore[no-untyped-def]
    return " | ".join(annotation.text for annotation in figure.layout.annotations)


def trace(figure, name: str):  # type: ignore[no-untyped-def]
    return next(trace for trace in figure.data if trace.name == name)


def test_the_declared_row_comes_first_without_a_heading_and_families_stay_together() -> None:
    groups = in_families(fabricated_evidence.CHOICES)
    assert [heading for heading, _ in groups][:3] == ["", "Another method", "Adjusted for less"]
    assert [len(members) for _, members in groups] == [1, 2, 2, 1, 1]
    assert sum(len(members) for _, members in groups) == len(fabricated_evidence.CHOICES)


def test_the_declared_row_is_bolder_and_its_estimate_runs_through_the_others() -> None:
    figure = specification_strip(fabricated_evidence.CHOICES, LIGHT, band=BAND)
    declared, others = trace(figure, "declared"), trace(figure, "other choices")
    assert list(declared.x) == [6.0] and len(others.x) == 5
    assert declared.marker.size > others.marker.size
    assert trace(figure, "declared, interval").line.width > trace(figure, "other choices, interval").line.width
    assert "<b>As declared</b>" in words(figure)
    guides = [shape.x0 for shape in figure.layout.shapes if shape.type == "line" and shape.line.dash == "dot"]
    assert guides == [6.0]


def test_a_row_that_would_say_something_else_is_hollow() -> None:
    others = trace(specification_strip(fabricated_evidence.CHOICES, LIGHT, band=BAND), "other choices")
    hollow = [x for x, color in zip(others.x, others.marker.color, strict=True) if color == LIGHT.background]
    assert hollow == [pytest.approx(5.5)]


def test_another_question_never_counts_as_another_conclusion() -> None:
    control = Variation("involuntary_exit", "involuntary exit", 0.0, -0.01, 0.01)
    lot = Variation("lottery", "drawn by lot against not drawn", 0.04, -0.06, 0.14)
    assert not changes_conclusion(control, fabricated_evidence.DECLARED) and not changes_conclusion(
        lot, fabricated_evidence.DECLARED
    )
    assert changes_conclusion(replace(control, family="window"), fabricated_evidence.DECLARED)
    assert not changes_conclusion(replace(control, family="window"), None)


def test_what_could_not_be_computed_is_its_reason_and_no_mark() -> None:
    figure = specification_strip(fabricated_evidence.CHOICES, LIGHT, band=BAND)
    assert "<i>Everybody has the same outcome.</i>" in words(figure)
    assert len(trace(figure, "other choices").x) == len(fabricated_evidence.CHOICES) - 2
    long = Variation("window", "within 6 months", None, None, None, "The model has no solution. " * 5)
    assert "<br>" in words(specification_strip([long], LIGHT, band=BAND))


def test_an_estimate_without_an_interval_is_not_shown() -> None:
    bare = Variation("estimator", "Mantel-Haenszel", 0.0712, None, None)
    figure = specification_strip([fabricated_evidence.DECLARED, bare], LIGHT, band=BAND)
    assert "No interval could be computed." in words(figure)
    assert "7.1" not in figure.to_json() and "0712" not in figure.to_json()


def test_a_row_with_neither_number_nor_reason_is_left_out() -> None:
    assert "Drawn by lot" not in words(specification_strip(fabricated_evidence.CONDITIONS, LIGHT, band=BAND))


def test_labels_can_stand_alone() -> None:
    labels = [variation_label(row) for row in fabricated_evidence.CONDITIONS]
    assert labels[0] == "Without 2024 Q3" and "Unknown outcomes at worst" in labels
    assert all(label[0].isupper() for label in labels)


def test_the_band_too_small_to_matter_is_shaded_and_the_axis_holds_both_its_ends() -> None:
    figure = specification_strip(fabricated_evidence.CHOICES[:1], LIGHT, band=BAND)
    (band,) = [shape for shape in figure.layout.shapes if shape.type == "rect"]
    low, high = figure.layout.xaxis.range
    assert (band.x0, band.x1) == (-5.0, 5.0) and low == -high and high > 9.8


def test_an_interval_far_wider_than_the_declared_one_ends_in_a_triangle() -> None:
    wide = Variation("window", "within 24 months", 0.1, -0.9, 0.95)
    arrows = trace(specification_strip([fabricated_evidence.DECLARED, wide], LIGHT, band=BAND), "runs off the axis")
    assert list(arrows.marker.symbol) == ["triangle-left", "triangle-right"]


def test_names_from_data_are_text_and_never_markup() -> None:
    nasty = Variation("leave_one_cohort_out", '<a href="http://x.test">A</a>', 0.1, 0.0, 0.2)
    text = specification_strip([nasty], LIGHT, band=BAND).to_json()
    assert "<a href" not in text.encode().decode("unicode_escape")


def test_every_row_adds_its_height_and_no_rows_are_an_empty_figure() -> None:
    heights = [specification_strip(fabricated_evidence.CHOICES[:n], LIGHT, band=BAND).layout.height for n in (0, 1, 2)]
    assert 0 < heights[0] < heights[1] < heights[2]
