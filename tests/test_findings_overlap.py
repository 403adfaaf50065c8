"""What is said of overlap and weights on the sample employer, and that nothing of a hidden figure is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from analysis.charts.overlap import overlap_chart
from analysis.charts.palette import LIGHT
from analysis.estimates.overlap import Bar, Overlap
from analysis.findings import answers
from analysis.findings.overlap import overlap
from analysis.findings.results import Question
from analysis.store import Reader
from tests import fabricated
from tests.tiny import crowd, employer, pair

BARS = (Bar(0.01, 0.02, 1, 6), Bar(0.02, 0.03, 1, 136))


def made(alike: int) -> Overlap:
    return Overlap(BARS, (Bar(0.01, 0.03, 2, 1986),), alike, ((0.5, 0.9),), 812.0, 0.004)


@pytest.mark.parametrize("side", ["mentor", "mentee"])
def test_bars_add_up_to_the_people_of_the_number_and_none_is_of_few(sample_reader: Reader, side: str) -> None:
    question = Question("retention", side)  # type: ignore[arg-type]
    (finding,) = answers.effects(sample_reader, question)
    found = answers.overlap(sample_reader, question)
    assert sum(bar.people for bar in found.participants) == finding.n_participants
    assert sum(bar.people for bar in found.comparators) == found.compared == finding.n_comparators
    assert min(bar.people for bar in found.participants) >= 5
    with sample_reader.cursor() as cursor:
        row = cursor.execute("select count(*) from trial where side = ?", [side]).fetchone()
    trials = row[0] if row else 0
    # A colleague stands in a bar at most once a trial, so five of them at least.
    assert min(bar.people for bar in found.comparators) >= 5 * trials > 0
    assert found.effective == pytest.approx(finding.n_effective)
    assert found.weights == tuple(sorted(found.weights, key=lambda row: row.multiple))


def test_a_selection_is_passed_on_and_a_cohort_is_answered_by_the_whole(sample_reader: Reader) -> None:
    whole = Question("retention", "mentor")
    assert answers.overlap(sample_reader, replace(whole, by="gender")) == answers.overlap(sample_reader, whole)


@pytest.mark.parametrize(
    ("alike", "said"),
    [(142, "Every participant"), (140, "Nearly every participant"), (100, "70.4% of participants"), (3, "Hardly any")],
)
def test_a_handful_is_never_counted(alike: int, said: str) -> None:
    assert overlap(made(alike), fabricated.FINDING).sentence.startswith(said)


def test_a_suppressed_figure_has_neither_bars_nor_weights(tmp_path: Path) -> None:
    hidden = overlap(made(142), fabricated.NOT_SHOWN)
    assert hidden.participants == hidden.comparators == hidden.weights == ()
    assert hidden.effective is hidden.largest is hidden.compared is None
    tiny = employer(tmp_path, crowd(), [pair("crowd1", "2024-04-20")])
    found = answers.overlap(tiny.reader, Question("retention", "mentor"))
    assert found.participants == () and "Not shown" in found.sentence


def test_in_the_chart_participants_stand_up_and_colleagues_hang_down_with_areas_as_shares() -> None:
    figure = overlap_chart(overlap(made(142), fabricated.FINDING), LIGHT)
    up, down = figure.data
    assert all(height > 0 for height in up.y) and all(height < 0 for height in down.y)
    steps = [bar.steps for bar in BARS]
    assert sum(height * step for height, step in zip(up.y, steps, strict=True)) == pytest.approx(1.0)
    assert "n = 142" in figure.to_json() and "6 (4%)" in figure.to_json()
