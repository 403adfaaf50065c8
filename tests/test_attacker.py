"""Somebody who asks many questions and solves for what they were not told recovers nobody; without hiding, they do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from unittest.mock import patch

import pytest

from analysis.findings import answers, disclosure, path_hiding
from analysis.findings.answers.common import context
from analysis.findings.results import EVERYBODY, Question, Selection
from analysis.store import Reader
from analysis.study.surveys import score_surveys, sizes
from tests import small_groups
from tests.attacker import Book, attack, effect_books
from tests.attacker_algebra import Fact, Recovered, recovered
from tests.attacker_descriptive import descriptive_books, of_path, of_reach, of_surveys

# Questions by kind, 2,000 together; benchmarks/attack.py asks fifty times as many of all books.
OF_SMALL_GROUPS = {"path": 1884, "leads": 8, "health": 4, "surveys": 30, "claims": 4}
OF_THE_SAMPLE = {"path": 50, "leads": 4, "health": 2, "surveys": 10, "claims": 4}
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
    newest = [book for book in newest if "2026Q3" in book.name or book.name.startswith(("leads", "surveys", "claims"))]
    assert attack_by_kind(newest, OF_THE_SAMPLE, 529) == []


def test_effects_of_the_sample_employer_give_nobody_away(sample_reader: Reader) -> None:
    found = attack(books_of_effects(sample_reader), EFFECTS)
    assert found.found == found.solved.unsolved == []
    assert found.questions == EFFECTS


def test_a_hidden_cohort_is_not_told_by_dividing_it_by_what_it_was_narrowed_to(small_reader: Reader) -> None:
    asked = Question("internal_move", "mentee", 13, by="cohort", where=Selection(department="Finance"))
    hidden = [each.group for each in answers.effects(small_reader, asked) if each.n_participants is None]
    assert len(hidden) > 1
    for cohort in hidden:
        inside = answers.effects(small_reader, replace(asked, cohort=cohort, by="department"))
        assert [each.n_participants for each in inside] == [None] * len(inside)


def of_some_quarters(reader: Reader) -> list[Fact]:
    """Before and after a cohort of which the newest hides cells, and the first. The oldest name departments that the
    newest counts among the others."""
    told = []
    for quarter in ("2026Q3", "2025Q3", "2025Q2", "2024Q4"):
        for by in ("department", "location"):
            told += of_path(reader, "mentor", by, quarter, None, EVERYBODY)
        told += [fact for fact in of_reach(reader, "mentor", quarter) if fact.family[1] in ("department", "location")]
    return told


def test_no_quarter_tells_a_cell_that_another_hides(sample_reader: Reader) -> None:
    told = of_some_quarters(sample_reader)
    assert len(told) > 300, "otherwise there is nothing to attack"
    assert recovered(told) == []


@pytest.fixture
def not_remembered() -> Iterator[None]:
    """Answers are made anew within the test, and after it."""
    module = import_module("analysis.findings.answers.diversity")
    remembered = (module._hiding, module._diversity)
    for each in remembered:
        each.cache_clear()
    yield
    for each in remembered:
        each.cache_clear()


@pytest.mark.parametrize(("mend", "instead"), [("told_since", frozenset()), ("not_told_by", None)])
@pytest.mark.usefixtures("not_remembered")
def test_without_either_rule_for_older_quarters_somebody_is_recovered(
    sample_reader: Reader, monkeypatch: pytest.MonkeyPatch, mend: str, instead: object
) -> None:
    monkeypatch.setattr(path_hiding, mend, lambda *_: instead)
    assert recovered(of_some_quarters(sample_reader)) != []


def test_no_survey_tells_of_fewer_than_five_who_answered(sample_reader: Reader) -> None:
    assert recovered(of_surveys(sample_reader, "2026Q3", "2024 Summer", EVERYBODY)) == []


def test_no_older_quarter_of_surveys_less_the_cohorts_that_were_closed_is_a_few(sample_reader: Reader) -> None:
    """Whoever knows which cohorts had all answered by then takes what the newest quarter tells of them off."""

    def told(quarter: str, cohort: str | None = None) -> dict[tuple[str, ...], int]:
        waves = answers.surveys(sample_reader, quarter, cohort).waves
        return {(row.side, row.construct, row.wave): row.people for row in waves if row.people is not None}

    newest, *older = answers.quarters(sample_reader)
    newest_of = {cohort: told(newest, cohort) for cohort in answers.survey_choices(sample_reader).cohort}
    here, left = context(sample_reader), []
    for quarter in older:
        with sample_reader.cursor() as cursor:
            day, *later = here.from_quarter(cursor, quarter)
            score_surveys(cursor, day, later=tuple(later))
            rows = sizes(cursor, "survey_score", ("side", "construct", "wave"), ("cohort",))
        grown = {(row["side"], row["construct"], row["wave"], row["cohort"]) for row in rows if row["later"]}
        for wave, people in told(quarter).items():
            closed = [of[wave] for cohort, of in newest_of.items() if wave in of and (*wave, cohort) not in grown]
            left.append(people - sum(closed))
    assert len(left) > 100
    assert [people for people in left if 0 < people < 5] == []


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


@pytest.mark.usefixtures("not_remembered")
def test_without_complementary_suppression_somebody_is_recovered(small_reader: Reader) -> None:
    with nothing_but_the_small_hidden():
        found = attack([book for book in descriptive_books(small_reader, 1) if book.name.startswith("path")], 60)
    assert {one.how for one in found.found} >= {"linear algebra"}
