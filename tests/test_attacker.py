"""Somebody who asks many questions and solves for what they were not told recovers nobody; without hiding, they do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest

from analysis.findings import answers, disclosure
from analysis.findings.results import EVERYBODY, Question, Selection
from analysis.store import Reader
from tests import small_groups
from tests.attacker import Book, attack, descriptive_books, effect_books, of_path, of_reach, of_surveys
from tests.attacker_algebra import Fact, Recovered, recovered

# Questions by kind, 2,000 together; benchmarks/attack.py asks fifty times as many of all books.
OF_SMALL_GROUPS = {"path": 1900, "leads": 20}
OF_THE_SAMPLE = {"path": 64, "leads": 8, "health": 3, "surveys": 1, "claims": 4}
EFFECTS = 25


def books_of_effects(reader: Reader) -> list[Book]:
    """One filter at most, twelve months: others ask for a fit each."""
    return [book for book in effect_books(reader, 1) if " 12 " in book.name]


@pytest.fixture(scope="module")
def small_reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return small_groups.build(tmp_path_factory.mktemp("small_groups")).reader


def attack_by_kind(books: list[Book], many: dict[str, int], each: int) -> list[Recovered]:
    made = [
        attack([book for book in books if book.name.startswith(kind)], most, each=each) for kind, most in many.items()
    ]
    assert [one.questions for one in made] == list(many.values())
    assert sum(one.numbers for one in made) > 300, "otherwise there was little to attack"
    assert [one for attacked in made for one in attacked.solved.unsolved] == [], "nothing was asked of these"
    assert sum(one.solved.systems for one in made) > 90
    return [one for attacked in made for one in attacked.found]


def test_small_groups_give_nobody_away(small_reader: Reader) -> None:
    assert attack_by_kind(descriptive_books(small_reader, 2), OF_SMALL_GROUPS, 400) == []


def test_effects_of_small_groups_give_nobody_away(small_reader: Reader) -> None:
    found = attack(books_of_effects(small_reader), EFFECTS)
    assert found.found == found.solved.unsolved == []
    assert found.questions == EFFECTS


def test_the_sample_employer_gives_nobody_away(sample_reader: Reader) -> None:
    newest = [book for book in descriptive_books(sample_reader, 1) if not book.name.startswith("path mentee")]
    newest = [book for book in newest if "2026Q3" in book.name or book.name.startswith(("leads", "claims"))]
    assert attack_by_kind(newest, OF_THE_SAMPLE, 529) == []


def test_effects_of_the_sample_employer_give_nobody_away(sample_reader: Reader) -> None:
    found = attack(books_of_effects(sample_reader), EFFECTS)
    assert found.found == found.solved.unsolved == []
    assert found.questions == EFFECTS


def of_an_older_quarter(reader: Reader, by: str) -> list[Fact]:
    cohorts = (None, *answers.started_cohorts(reader, "mentor", "2025Q1"))
    return [fact for cohort in cohorts for fact in of_path(reader, "mentor", by, "2025Q1", cohort, EVERYBODY)]


@pytest.mark.parametrize("by", ["department", "location"])
def test_an_older_quarter_tells_no_cell_that_the_newest_hides(sample_reader: Reader, by: str) -> None:
    """It names departments that the newest counts among the others, and has no later cohort to hide behind."""
    told = of_an_older_quarter(sample_reader, by)
    assert len(told) > 20, "otherwise there is nothing to attack"
    assert recovered(told) == []


def test_who_is_reached_of_an_older_quarter_tells_no_cell_either(sample_reader: Reader) -> None:
    told = of_an_older_quarter(sample_reader, "location") + of_reach(sample_reader, "mentor", "2025Q1")
    assert recovered(told) == []


def test_no_survey_tells_of_fewer_than_five_who_answered(sample_reader: Reader) -> None:
    assert recovered(of_surveys(sample_reader, "2026Q3", "2024 Summer", EVERYBODY)) == []


def test_more_than_two_filters_are_refused_with_a_reason(small_reader: Reader) -> None:
    three = Selection(department="Sales", level="A", location="Rome")
    with pytest.raises(answers.UnknownChoice, match="more than 2 filters"):
        answers.diversity(small_reader, "mentor", "gender", where=three)
    with pytest.raises(answers.UnknownChoice, match="more than 2 filters"):
        answers.diversity(small_reader, "mentor", "gender", None, "one", replace(three, level=None))
    assert "more than 2 filters" in (answers.programme_health(small_reader, where=three).reason or "")
    # Of effects a filter with one value restricts nobody, so these are two.
    told = [
        answers.effects(small_reader, Question("retention", "mentor", where=where))[0].n_participants
        for where in (three, replace(three, level=None))
    ]
    assert told[0] == told[1]


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
        found = attack([book for book in descriptive_books(reader, 1) if book.name.startswith("path")], 60)
    assert {one.how for one in found.found} >= {"linear algebra"}
