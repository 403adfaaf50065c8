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
from tests.attacker import attack, descriptive_questions, effect_questions
from tests.attacker_algebra import Fact, attributes, recovered

DESCRIPTIVE, EFFECTS = 1_000, 40  # of each of two small employers; benchmarks/attack.py asks many times as many


@pytest.fixture(scope="module")
def small_reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return small_groups.build(tmp_path_factory.mktemp("small_groups")).reader


def test_small_groups_give_nobody_away(small_reader: Reader) -> None:
    found, asked, told = attack(small_reader, DESCRIPTIVE, EFFECTS)
    assert found == []
    assert asked == DESCRIPTIVE + EFFECTS and told > asked, "otherwise there was little to attack"


def test_pairs_counted_by_hand_give_nobody_away(counted_reader: Reader) -> None:
    assert attack(counted_reader, DESCRIPTIVE, 0)[0] == []


def test_the_sample_employer_gives_nobody_away(sample_reader: Reader) -> None:
    assert attack(sample_reader, 100, 12)[0] == []


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
        found, _, _ = attack(reader, DESCRIPTIVE, EFFECTS)
    assert {one.family[0] for one in found} & {"mentor", "mentee"}, "groups of those who joined"
    assert any(one.family[0] == "effects" for one in found)


def test_there_are_more_questions_than_are_asked(small_reader: Reader) -> None:
    assert len(descriptive_questions(small_reader)) >= DESCRIPTIVE
    assert len(effect_questions(small_reader)) >= EFFECTS


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
    # Nobody is without x, so none of those without x is a y, which no sum says by itself.
    found = recovered([fact(14), fact(14, a="x"), fact(12, b="y")])
    assert {one.how for one in found if len(one.of) == 2} == {"linear programme"}
    assert {one.people for one in found} == {2}


def test_the_same_people_told_by_two_numbers_are_seen() -> None:
    found = recovered([fact(15, 10, place="Rome"), fact(10, 10, place="Rome")])
    assert [(one.people, one.how) for one in found] == [(5, "told twice")]
