"""What a load would change: now and with the files for each side, a side without a number with its reason."""

from __future__ import annotations

from dataclasses import replace

import plotly.graph_objects as go

from analysis.charts.change import AFTER, NOW, change_forest
from analysis.charts.palette import DARK, LIGHT
from tests import fabricated

RETENTION = fabricated.FINDING
OTHER_SIDE = replace(fabricated.CANNOT, side="mentee" if RETENTION.side == "mentor" else "mentor")


def labels(figure: go.Figure) -> list[str]:
    return [annotation.text for annotation in figure.layout.annotations]


def test_each_side_has_a_row_for_now_and_one_for_after_in_the_order_of_every_page() -> None:
    after = (replace(OTHER_SIDE, estimate=0.011), replace(RETENTION, estimate=0.031))
    words = labels(change_forest((OTHER_SIDE, RETENTION), after, LIGHT))
    order = [word for word in words if word in ("<b>Mentors</b>", "<b>Mentees</b>") or word.startswith((NOW, AFTER))]
    assert [word.split(" <span")[0] for word in order] == [
        "<b>Mentors</b>",
        NOW,
        AFTER,
        "<b>Mentees</b>",
        NOW,
        AFTER,
    ]
    assert any("<b>+3.1</b>" in word for word in words) and any("<b>+6.0</b>" in word for word in words)


def test_the_first_load_of_all_has_rows_for_after_alone() -> None:
    words = labels(change_forest((), (RETENTION,), LIGHT))
    assert not [word for word in words if word.startswith(NOW)]
    assert len([word for word in words if word.startswith(AFTER)]) == 1


def test_people_are_counted_beside_the_row_and_a_withheld_number_leaves_its_reason() -> None:
    hidden = replace(
        RETENTION, suppressed=True, verdict="not_shown", reason="Fewer than 10 people", n_participants=None
    )
    text = " | ".join(labels(change_forest((RETENTION,), (hidden,), LIGHT)))
    assert f"n = {RETENTION.n_participants:,}" in text
    assert "Not shown: fewer than 10 people" in text


def test_colours_come_from_the_palette_that_was_asked_for() -> None:
    dark = change_forest((RETENTION,), (RETENTION,), DARK).to_json()
    assert DARK.participants in dark and LIGHT.participants not in dark


def test_nothing_to_compare_is_an_empty_figure_and_no_error() -> None:
    assert not labels(change_forest((), (), LIGHT))


def test_now_is_solid_grey_and_filled_and_only_what_the_files_change_is_in_colour() -> None:
    figure = change_forest((RETENTION, OTHER_SIDE), (RETENTION, OTHER_SIDE), LIGHT)
    lines = {trace.name: trace.line for trace in figure.data if trace.mode == "lines"}
    assert (lines["interval before"].color, lines["interval before"].dash) == (LIGHT.grey, "solid")
    assert lines["interval"].color == LIGHT.participants
    [dots] = [trace for trace in figure.data if trace.name == "estimate"]
    height_of = dict(zip(dots.y, dots.marker.color, strict=True))
    assert [height_of[y] for y in sorted(height_of)] == [LIGHT.grey, LIGHT.participants] * (len(dots.y) // 2)
    assert dots.marker.symbol is None, "filled, as every dot"


def test_a_weak_row_of_now_is_dotted_as_it_is_everywhere() -> None:
    weak = replace(RETENTION, verdict="too_few_to_tell")
    names = [trace.name for trace in change_forest((weak,), (weak,), LIGHT).data if trace.mode == "lines" and trace.x]
    assert names == ["too few to tell"]
