"""How many were asked and answered: told of views and groups so that nobody can subtract a few who did, or did not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.findings import answers
from analysis.findings.answers.common import context
from analysis.findings.disclosure import descriptive_minimum
from analysis.findings.results import EVERYBODY
from analysis.findings.survey_response_hiding import (
    NOT_DIVIDED,
    Answered,
    answered_by_wave,
    hidden_groups,
)
from analysis.store import Reader
from analysis.study.survey_response import WAYS
from analysis.study.surveys import score_surveys
from tests.attacker_algebra import Fact, attributes, recovered
from tests.attacker_descriptive import of_surveys

FEW = "Not shown: fewer than 5 people."
HERE = dict.fromkeys(WAYS, "one")


def asked_of(*groups: tuple[dict[str, str], int, int]) -> Answered:
    """Of each group what is true of it, those asked, those who answered; whatever else is one and the same."""
    return Answered([HERE | of | {"asked": asked, "answered": answered} for of, asked, answered in groups])


def test_few_who_did_not_answer_hide_a_group_and_another_with_it() -> None:
    groups = [("Sales", 40, 30), ("Finance", 20, 17), ("Legal", 18, 9), ("Research", 30, 20)]
    assert set(hidden_groups("department", groups)) == {"Finance", "Legal"}
    assert hidden_groups("department", [groups[0], groups[3]]) == {}


def test_what_is_hidden_together_is_not_few_who_did_not_answer_either() -> None:
    # Hidden are those below the minimum; of them 2 did not answer, so the next group goes with them.
    groups = [("Sales", 40, 30), ("Legal", 4, 3), ("Finance", 4, 3), ("Research", 30, 20)]
    assert set(hidden_groups("department", groups)) == {"Legal", "Finance", "Research"}


def test_that_everybody_of_a_demographic_group_answered_is_hidden() -> None:
    groups = [("woman", 20, 20), ("man", 30, 18), ("declined", 12, 12)]
    assert "woman" in hidden_groups("gender", groups)
    assert hidden_groups("department", groups) == {}


@pytest.mark.parametrize(
    ("asked", "answered", "told"), [(10, 5, True), (20, 20, True), (20, 0, True), (20, 3, False), (20, 17, False)]
)
def test_how_many_answered_is_hidden_where_few_did_or_did_not(asked: int, answered: int, told: bool) -> None:
    assert (asked_of(({}, asked, answered)).view_reason({}) is None) == told


def test_a_view_of_few_says_how_few_may_be_told() -> None:
    answered = asked_of(({"department": "Legal"}, 4, 2), ({"department": "Sales"}, 40, 20))
    assert answered.view_reason({"department": "Legal"}) == FEW
    assert answered.view_reason({}) is None


def test_a_view_of_one_filter_is_hidden_where_the_group_is() -> None:
    groups = {"Sales": (40, 30), "Finance": (20, 17), "Legal": (18, 9), "Research": (30, 20)}
    answered = asked_of(*(({"department": name}, *counts) for name, counts in groups.items()))
    hidden = {name for name in groups if answered.view_reason({"department": name})}
    assert hidden == set(answered.group_reasons({}, "department")) == {"Finance", "Legal"}


def test_a_filter_that_leaves_nobody_out_is_no_filter() -> None:
    answered = asked_of(({"gender": "woman"}, 30, 20), ({"gender": "man"}, 30, 20))
    assert answered.group_reasons({"location": "one", "level": "one", "cohort": "one"}, "gender") == {}


def test_groups_within_two_filters_are_not_told() -> None:
    parts = product(("Sales", "Finance"), ("A", "B"), ("woman", "man"))
    answered = asked_of(
        *(({"department": where, "level": level, "gender": who}, 40, 20) for where, level, who in parts)
    )
    both = {"department": "Sales", "level": "A"}
    assert answered.view_reason(both) is None
    assert answered.group_reasons(both, "gender") == {"woman": NOT_DIVIDED, "man": NOT_DIVIDED}
    assert answered.group_reasons(both, "level") == {}, "the one group is the view"


def test_cohorts_of_one_programme_leave_no_few_over_of_it() -> None:
    """Of all cohorts two are small, and together they are not; but each programme's total tells of its own."""
    sizes = {("one", "C"): (40, 20), ("one", "D"): (6, 3), ("two", "E"): (40, 20), ("two", "F"): (6, 3)}
    answered = asked_of(
        *(({"programme": programme, "cohort": cohort}, *counts) for (programme, cohort), counts in sizes.items())
    )
    assert set(answered.group_reasons({}, "cohort")) == {"C", "D", "E", "F"}


def everything_told(answered: Answered, first: str, second: str) -> Iterator[Fact]:
    """What all views of one filter say, divided by either header or not, and the undivided ones."""
    values = {header: [group for group, *_ in answered.groups({}, header)] for header in (first, second)}
    ways = ({}, *({header: value} for header, own in values.items() for value in own))
    for chosen, by in product(ways, (first, second)):
        groups, reasons = answered.groups(chosen, by), answered.group_reasons(chosen, by)
        told = [({**chosen, by: group}, asked, did) for group, asked, did in groups if group not in reasons]
        if answered.view_reason(chosen) is None:
            asked, did = (sum(counts[at] for counts in groups) for at in (1, 2))
            told.append((chosen, asked, did))
        for of, asked, did in told:
            for part, people in (("asked", asked), ("answered", did), ("silent", asked - did)):
                yield Fact(part, attributes(of.items()), people, 5)


COUNTS = st.tuples(st.integers(0, 14), st.integers(0, 14))


@settings(max_examples=60, deadline=None)
@given(table=st.lists(COUNTS, min_size=12, max_size=12))
def test_nobody_can_be_solved_for_from_all_views_and_groups_of_two_headers(table: list[tuple[int, int]]) -> None:
    cells = [
        ({"cohort": cohort, "level": level}, did + did_not, did)
        for (cohort, level), (did, did_not) in zip(product("CDE", "ABXY"), table, strict=True)
        if did + did_not
    ]
    assert recovered(list(everything_told(asked_of(*cells), "cohort", "level"))) == []


def told_of_the_sample(reader: Reader) -> list[Fact]:
    """Of its mentors asked after, by cohort and group at once, as if one of its quarters were the newest."""
    with reader.cursor() as cursor:
        score_surveys(cursor, context(reader).cutoff(cursor, "2025Q3"))
        answered = answered_by_wave(cursor)["mentor", "post"]
    return [
        replace(fact, family=(fact.family, by), minimum=descriptive_minimum(by))
        for by in ("generation", "gender", "department", "lgbtq")
        for fact in everything_told(answered, "cohort", by)
    ]


def test_what_groups_and_cohorts_leave_over_together_is_not_few(sample_reader: Reader) -> None:
    facts = told_of_the_sample(sample_reader)
    assert len(facts) > 300, "otherwise there is nothing to attack"
    assert recovered(facts) == []


def test_with_each_list_by_itself_what_they_leave_over_together_is_recovered(
    sample_reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lists(self: Answered, first: str, second: str) -> dict[tuple[str, str], str]:
        rows, columns = (self.groups({}, header) for header in (first, second))
        hidden = {}
        for name, *_ in rows:
            own = hidden_groups(second, self.groups({first: name}, second))
            hidden |= {(name, group): why for group, why in own.items()}
        for name, *_ in columns:
            own = hidden_groups(first, self.groups({second: name}, first))
            hidden |= {(group, name): why for group, why in own.items()}
        return hidden

    monkeypatch.setattr(Answered, "_hidden_of_two", lists)
    assert recovered(told_of_the_sample(sample_reader)) != []


def test_one_quarter_less_another_is_not_a_few_who_answered(sample_reader: Reader) -> None:
    newest, *_ = quarters = answers.quarters(sample_reader)
    facts = [fact for quarter in quarters for fact in of_surveys(sample_reader, quarter, None, EVERYBODY)]
    for cohort in answers.survey_choices(sample_reader, newest).cohort:
        facts += of_surveys(sample_reader, newest, cohort, EVERYBODY)
    assert len(facts) > 1_000, "otherwise there is nothing to attack"
    assert recovered(facts) == []


def test_an_older_quarter_says_that_the_newest_tells_who_did_not_answer(sample_reader: Reader) -> None:
    older = answers.quarters(sample_reader)[1]
    found = answers.survey_response(sample_reader, older, "department")
    assert found.groups == found.status == found.baseline == ()
    assert "newest quarter only" in found.sentence


def test_an_older_quarter_is_not_narrowed(sample_reader: Reader) -> None:
    newest, older, *_ = answers.quarters(sample_reader)
    assert answers.survey_choices(sample_reader, older).cohort == ()
    cohort = answers.survey_choices(sample_reader, newest).cohort[0]
    for ask in (answers.surveys, answers.survey_items):
        with pytest.raises(answers.UnknownChoice, match="all participants together"):
            ask(sample_reader, older, cohort)
