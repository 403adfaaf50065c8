"""Data that no model can carry get a sentence: never an exception, a console warning, or a number that looks fine."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from analysis.findings import answers
from analysis.findings.results import OUTCOMES, SIDES, Finding, Question
from analysis.store import Reader
from tests.tiny import Person, Tiny, crowd, employer, pair

Case = Callable[[Path], Tiny]
Built = Callable[[Case], Reader]
ZERO = "2024-04-20"
LEAVERS = [Person(f"leaver{n}", left=f"2024-{5 + n % 8:02}-15") for n in range(20)]


def mentors(count: int, **more: object) -> tuple[list[Person], list[dict[str, str]]]:
    people = [Person(f"mentor{n}", **more) for n in range(count)]  # type: ignore[arg-type]
    return people, [pair(person.name, ZERO) for person in people]


def nobody_at_risk(folder: Path) -> Tiny:
    """Everybody who joined had left before time zero."""
    people, pairs = mentors(40, left="2024-04-10")
    return employer(folder, [*crowd(80), *people, *LEAVERS], pairs)


def no_comparator(folder: Path) -> Tiny:
    people, pairs = mentors(60)
    return employer(folder, [*people, Person("late", hired="2024-04-01", left="2024-08-01")], pairs)


def nobody_joined(folder: Path) -> Tiny:
    return employer(folder, [*crowd(80), *LEAVERS], [])


def perfect_separation(folder: Path) -> Tiny:
    """Whoever joined has a rating that nobody else has."""
    people, pairs = mentors(60, more={"performance_rating": "5"})
    others = crowd(80, more={"performance_rating": "3"})
    return employer(folder, [*others, *people, *LEAVERS], pairs)


def separated_by_a_combination(folder: Path) -> Tiny:
    """Each level and each department holds both arms; B in Law holds nobody who joined, which runs a model off."""

    def people(name: str, count: int, level: str, department: str) -> list[Person]:
        return [
            Person(f"{name}{level}{n}", levels={"2000-01-01": level}, more={"department": department},
                   left="2024-09-01" if n % 7 == 0 else "")
            for n in range(count)
        ]  # fmt: skip

    joined = [*people("mentor", 30, "A", "Law"), *people("mentor", 30, "B", "Sales")]
    others = [*people("other", 60, "A", "Law"), *people("other", 60, "B", "Sales"), *people("lawyer", 40, "B", "Law")]
    return employer(folder, [*joined, *others], [pair(person.name, ZERO) for person in joined])


def one_level_each(folder: Path) -> Tiny:
    """No covariate divides anybody."""
    people, pairs = mentors(60)
    return employer(folder, [*crowd(120), *people, *LEAVERS], pairs)


def everybody_retained(folder: Path) -> Tiny:
    people, pairs = mentors(60)
    return employer(folder, [*crowd(120), *people, Person("before", left="2024-04-02")], pairs)


def every_participant_leaves(folder: Path) -> Tiny:
    people, pairs = mentors(60, left="2024-07-01")
    return employer(folder, [*crowd(120), *people, *LEAVERS], pairs)


def weights_that_explode(folder: Path) -> Tiny:
    """Nearly all of one department joined: its one other colleague stands for all of them."""
    people, pairs = mentors(60, more={"department": "Law"})
    alone = Person("alone", more={"department": "Law"})
    others = crowd(120, more={"department": "Sales"})
    outsider = Person("outsider", more={"department": "Sales"})
    return employer(folder, [*people, alone, outsider, *others, *LEAVERS], [*pairs, pair("outsider", ZERO)])


CASES: list[Case] = [
    nobody_at_risk, no_comparator, nobody_joined, perfect_separation, separated_by_a_combination, one_level_each,
    everybody_retained, every_participant_leaves, weights_that_explode,
]  # fmt: skip


def numbers(finding: Finding) -> list[float]:
    values = (finding.estimate, finding.ci_low, finding.ci_high, finding.std_error, finding.p_value,
              finding.rate_participants, finding.rate_comparators)  # fmt: skip
    return [value for value in values if value is not None]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Each case is loaded once."""
    return cache(lambda case: case(tmp_path_factory.mktemp(case.__name__)).reader)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_every_question_is_answered_or_gets_a_reason(case: Case, built: Built) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.filterwarnings("ignore", category=DeprecationWarning)
        reader = built(case)
        for side in SIDES:
            for outcome in OUTCOMES:
                asked = Question(outcome, side)
                (finding,) = answers.effects(reader, asked)
                assert finding.sentence and finding.verdict_label
                assert all(math.isfinite(value) for value in numbers(finding))
                if finding.estimate is None:
                    assert finding.reason or finding.verdict == "too_few_to_tell"
                strip = answers.specifications(reader, asked)
                assert strip.sentence
                assert all(row.estimate is not None or row.reason for row in strip.rows)
                for row in answers.robustness(reader, asked).variations:
                    assert row.estimate is not None or row.reason or row.family == "lottery"
                assert answers.power(reader, asked).sentence and answers.dose(reader, asked).sentence
            assert answers.differences(reader, Question("retention", side)).sentence
            assert answers.promoted(reader, side).sentence
            for measure in ("employment", "promotion"):
                assert answers.curves(reader, side, measure=measure).sentence  # type: ignore[arg-type]


def test_the_reasons_name_what_is_wrong(built: Built) -> None:
    def said(case: Case) -> str:
        return answers.effects(built(case), Question("retention", "mentor"))[0].sentence

    assert "left on or before time zero" in said(nobody_at_risk)
    assert "nobody to compare with" in said(no_comparator)
    assert "no pairs" in said(nobody_joined)
    assert "no participant has a comparable colleague" in said(perfect_separation).lower()


def test_colleagues_like_whom_nobody_joined_are_left_out(built: Built) -> None:
    (finding,) = answers.effects(built(separated_by_a_combination), Question("retention", "mentor"))
    assert finding.estimate == pytest.approx(0.0, abs=0.02)
    assert (finding.n_participants, finding.n_comparators) == (60, 120)
