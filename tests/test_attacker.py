"""Somebody who asks many questions and solves for what they were not told recovers nobody; without hiding, they do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import pytest

from analysis.findings import disclosure
from analysis.store import Reader
from tests import small_groups
from tests.attacker import attack
from tests.attacker_algebra import Fact, attributes, recovered

# Of two small employers, questions that belong together; benchmarks/attack.py draws from all of them.
DESCRIPTIVE, EFFECTS = 40, 12


def together(name: str) -> bool:
    """Mentors by gender, of everybody and of each place, as of the newest quarter."""
    one_filter = "department=None" in name and "level=None" in name and "programme=None" in name
    newest = "2025Q3" in name
    if name.startswith("Question"):
        asked = "'retention', side='mentor', horizon_months=12" in name.replace("outcome=", "")
        return one_filter and newest and asked and "cohort=None" in name and ("'gender'" in name or "by=None" in name)
    return one_filter and newest and name.startswith("path mentor") and name.endswith("None gender")


@pytest.fixture(scope="module")
def small_reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return small_groups.build(tmp_path_factory.mktemp("small_groups")).reader


def test_small_groups_give_nobody_away(small_reader: Reader) -> None:
    found, asked, told = attack(small_reader, DESCRIPTIVE, EFFECTS, only=together)
    assert found == []
    assert told > asked > 6, "otherwise there was little to attack"


@contextmanager
def nothing_but_the_small_hidden() -> Iterator[None]:
    """Disclosure control without partners: a group below the minimum is hidden, and nothing else is."""

    def groups(sizes, minimum, *, header, few_events=frozenset()):
        return {group: "too_small" for group, people in sizes.items() if people < minimum}

    def cells(counts, minimum, *, header, also=(), told=()):
        return frozenset(cell for cell, people in counts.items() if 0 < people < minimum)

    with (
        patch.object(disclosure, "hide_groups", groups),
        patch.object(disclosure, "hide_cells", cells),
        patch("analysis.findings.effect_hiding.hide_groups", groups),
        patch("analysis.findings.effect_hiding.hide_cells", cells),
    ):
        yield


def test_without_complementary_suppression_somebody_is_recovered(tmp_path: Path) -> None:
    reader = small_groups.build(tmp_path).reader
    with nothing_but_the_small_hidden():
        found, _, _ = attack(reader, DESCRIPTIVE, EFFECTS, only=together)
    assert found


def fact(people: int, minimum: int = 5, **of: str) -> Fact:
    return Fact("people", attributes(of.items()), people, minimum)


def test_a_hidden_group_is_what_is_left_of_the_total() -> None:
    found = recovered([fact(38), fact(20, place="Rome"), fact(14, place="Paris")])
    assert [(one.people, one.how) for one in found] == [(4, "linear algebra")]


def test_two_ways_to_add_up_give_a_cell_away() -> None:
    told = [fact(30, place="Rome"), fact(30, gender="woman"), fact(60), fact(27, place="Rome", gender="woman")]
    assert {one.people for one in recovered(told)} == {3}
    assert recovered(told[:3]) == []


def test_nobody_can_be_fewer_than_none() -> None:
    # All six who are not x are w, so nobody else is w, and the two who are neither y nor w are x: no sum says so.
    found = recovered([fact(20), fact(14, a="x"), fact(6, a="z", b="w"), fact(12, b="y"), fact(6, b="w")])
    assert {one.how for one in found if len(one.of) == 2} == {"linear programme"}
    assert {one.people for one in found} == {2}


def test_the_same_people_told_by_two_numbers_are_seen() -> None:
    found = recovered([fact(15, 10, place="Rome"), fact(10, 10, place="Rome")])
    assert [(one.people, one.how) for one in found] == [(5, "told twice")]
