"""Programme health tells no count of one to four pairs, whatever it is narrowed to."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest

from analysis.findings import answers, codec
from analysis.findings.answers import health
from analysis.findings.health.cells import cells, close_to, wider
from analysis.findings.health.results import Cell, CohortStates, LevelRow, ProgrammeHealth
from analysis.findings.health.shares import Share, share_of_pairs, share_of_sessions, shares_of_family
from analysis.findings.results import Selection
from analysis.store import Reader
from tests.small_programme import PAIRS, programme


def told(value: object) -> list[tuple[str, int]]:
    """Every count of pairs in a finding."""
    if isinstance(value, tuple):
        return [each for item in value for each in told(item)]
    if not is_dataclass(value):
        return []
    found = [each for item in fields(value) for each in told(getattr(value, item.name))]
    if isinstance(value, Cell) and value.count is not None:
        found.append((value.name, value.count))
    if isinstance(value, CohortStates | LevelRow) and value.pairs is not None:
        found.append(("pairs", value.pairs))
    if isinstance(value, Share) and value.pairs is not None:
        found.append(("share of", value.pairs))
        if value.of == value.pairs:
            found += [("with", value.count or 0), ("without", (value.of or 0) - (value.count or 0))]
    return found


def small(found: ProgrammeHealth) -> list[tuple[str, int]]:
    return [(name, count) for name, count in told(found) if 0 < count < 5]


@pytest.mark.parametrize("quarter", ["2026Q3", "2026Q1", "2024Q4"])
def test_the_sample_employer_in_several_quarters(sample_reader: Reader, quarter: str) -> None:
    found = answers.programme_health(sample_reader, quarter)
    assert found.reason is None and small(found) == []


@pytest.mark.parametrize(
    ("cohort", "where"),
    [
        (None, Selection(department="Sales")),
        (None, Selection(level="Analyst", location="London")),
        ("2026 Winter", Selection()),
        ("2025 Spring", Selection(level="Analyst")),
    ],
)
def test_the_sample_employer_narrowed(sample_reader: Reader, cohort: str | None, where: Selection) -> None:
    found = answers.programme_health(sample_reader, None, cohort, where)
    assert small(found) == []
    assert found.reason or found.settings["narrowed_to"] != "all pairs"


def test_a_view_that_leaves_out_a_few_pairs_is_not_shown(counted_reader: Reader) -> None:
    for department in ("North", "South"):
        found = answers.programme_health(counted_reader, None, None, Selection(department=department))
        assert found.reason and "fewer than 5" in found.reason
        assert found.states == () and found.sessions is None and found.nudges is None
    assert "South" not in answers.health_choices(counted_reader)["department"]


def test_what_a_view_and_a_wider_one_differ_by_is_not_told() -> None:
    inside = {"all": {"": 30}, "reason": {"workload": 8, "schedule": 9}}
    outside = {"all": {"": 60}, "reason": {"workload": 10, "schedule": 9, "moved": 3}}
    close = close_to(inside, [outside])
    assert not close.whole and close.of("reason") == {"workload"}
    assert [cell.count for cell in cells(inside["reason"], "end_reason", close.of("reason"))] == [None, None]
    assert close_to(inside, [{"all": {"": 33}}]).whole
    assert wider({"cohort": "one", "level": "A"}) == [{"cohort": "one"}, {"level": "A"}, {}]


def test_few_running_pairs_hide_every_share_of_running_pairs(tmp_path: Path) -> None:
    kinds = {name: replace(kind, many=3) if name in ("good",) else kind for name, kind in PAIRS.items()}
    kinds = {name: kind for name, kind in kinds.items() if name in ("done", "early", "good")}
    found = answers.programme_health(programme(tmp_path, kinds=kinds).reader)
    assert found.nudges is not None and found.cadence is not None
    assert found.states[0].state("active").count is None
    assert found.nudges.anybody.of is None and found.cadence.on_schedule.of is None
    assert "running is not shown" in found.sentence and small(found) == []


def test_a_share_needs_five_pairs_on_either_side_or_none() -> None:
    assert share_of_pairs(0, 20).value == 0.0 and share_of_pairs(20, 20).value == 1.0
    assert share_of_pairs(4, 20).value is None and share_of_pairs(16, 20).value is None
    assert share_of_pairs(2, 4).reason == "Not shown: fewer than 5 pairs."
    # Forty cancellations of four pairs are those of four pairs.
    assert share_of_sessions([10, 0], [12, 12], [4, 30]).value is None
    assert share_of_sessions([1, 0], [12, 12], [5, 30]).value is not None


def test_the_share_of_a_part_is_not_told_where_the_whole_would_tell_a_hidden_one() -> None:
    parts = {"A": [(1, 4, 3), (0, 4, 20)], "B": [(1, 4, 6), (0, 4, 10)], "C": [(1, 4, 30), (0, 4, 10)]}
    shares = shares_of_family(parts, "level")
    assert [shares[name].value is None for name in "ABC"] == [True, True, False]


def test_a_stored_answer_is_the_one_that_would_be_computed(sample_reader: Reader) -> None:
    stored = answers.programme_health(sample_reader)
    assert codec.decode(ProgrammeHealth, codec.encode(stored)) == stored
    assert health._health(sample_reader, stored.quarter, None, Selection()) == stored
