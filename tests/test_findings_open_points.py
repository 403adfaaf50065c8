"""What would change our mind, over a whole page: one list, failures first, then people, then what calls for care."""

from __future__ import annotations

from dataclasses import replace

from analysis.findings.open_points import open_points
from tests import fabricated

LABELS = [point.label for point in open_points(fabricated.HEADLINES)]


def test_a_failed_check_comes_first_then_people_then_care_then_what_could_not_run() -> None:
    assert LABELS[0] == fabricated.RED.label
    assert set(LABELS[1:3]) == {"More people", "A firmer answer"}
    assert LABELS[3:] == ["Overlap", "Invited but not paired"]


def test_each_says_which_headlines_it_touches_and_what_would_settle_it() -> None:
    points = {point.label: point for point in open_points(fabricated.HEADLINES)}
    assert points["Overlap"].touches == ("Mentees, retained at 12 months",)
    assert points["Overlap"].remedy == "A wider eligibility."
    assert points["More people"].touches == ("Mentees, promoted within 4 quarters",)
    assert "Up to 280 participants" in points["A firmer answer"].remedy
    assert len(points["Invited but not paired"].touches) == 6


def test_a_hidden_headline_tells_nothing_of_its_checks() -> None:
    hidden = replace(fabricated.NOT_SHOWN, checks=(fabricated.RED,))
    (point,) = open_points([hidden])
    assert point.label == "More people" and point.check is None


def test_where_everything_passed_there_is_nothing_to_say() -> None:
    assert open_points([replace(fabricated.FINDING, checks=fabricated.CHECKS[:2])]) == ()
