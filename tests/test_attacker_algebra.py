"""The attacker's arithmetic: what follows from sums is found, and nothing that does not follow."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.attacker_algebra import Fact, attributes, recovered, solved
from tests.attacker_system import REST

HEADERS = ("place", "gender", "level")
VALUES = (("Rome", "Paris", "Oslo"), ("woman", "man"), ("A", "B"))


def fact(people: int, minimum: int = 5, **of: str) -> Fact:
    return Fact("people", attributes(of.items()), people, minimum)


def test_a_hidden_group_is_what_is_left_of_the_total() -> None:
    found = recovered([fact(38), fact(20, place="Rome"), fact(14, place="Paris")])
    assert [(one.people, one.how) for one in found] == [(4, "linear algebra")]


def test_two_ways_to_add_up_give_a_cell_away() -> None:
    told = [fact(30, place="Rome"), fact(30, gender="woman"), fact(60), fact(27, place="Rome", gender="woman")]
    assert {one.people for one in recovered(told)} == {3}
    assert recovered(told[:3]) == []


def test_sums_that_say_nothing_one_by_one_are_solved_together() -> None:
    pairs = {"ab": 8, "bc": 8, "ac": 6}
    told = [Fact("people", attributes(("place", name) for name in both), people, 5) for both, people in pairs.items()]
    assert recovered(told[:2]) == []
    assert {(one.people, one.how) for one in recovered(told)} == {(3, "linear algebra")}


def test_nobody_can_be_fewer_than_none() -> None:
    # All six who are not x are w, so nobody else is w, and the two who are neither y nor w are x: no sum says so.
    found = recovered([fact(20), fact(14, a="x"), fact(6, a="z", b="w"), fact(12, b="y"), fact(6, b="w")])
    assert {(one.people, one.how) for one in found if len(one.of) == 2} == {(2, "bounds")}


def test_the_same_people_told_by_two_numbers_are_seen() -> None:
    found = recovered([fact(15, 10, place="Rome"), fact(10, 10, place="Rome")])
    assert [(one.people, one.how) for one in found] == [(5, "told twice")]


def test_who_came_in_between_two_quarters_is_what_one_has_beside_the_other() -> None:
    told = [
        Fact("people", attributes(("cohort", name) for name in cohorts), people, 5)
        for cohorts, people in (("a", 30), ("ab", 50), ("abcd", 53))
    ]
    found = [(sorted(value for _, value in one.of), one.people) for one in recovered(told)]
    assert (["c", "d"], 3) in found


def test_who_joined_two_cohorts_does_not_keep_either_from_being_solved() -> None:
    one, two, both = (("cohort", "one"),), (("cohort", "two"),), (("cohort", "one"), ("cohort", "two"))
    told = [Fact("people", attributes([*of, *more]), people, 5) for of, more, people in (
        (one, (), 20), (one, (("place", "Rome"),), 17), (one, (("place", "Oslo"),), 0), (two, (), 30), (both, (), 44),
    )]  # fmt: skip
    found = solved(told)
    assert (found.systems, found.unsolved) == (1, [])
    assert {one.people for one in found.found} == {3}


def test_headers_of_which_nothing_is_told_by_themselves_are_passed_over() -> None:
    # Cohorts do not add up, so every two of the three headers are looked at; of those without `since` nothing is told.
    of = [("since", "Q1"), ("place", "Rome")]
    told = [Fact("people", attributes([*of, *more]), people, 5) for more, people in (
        ([], 20), ([("cohort", "one")], 15), ([("cohort", "two")], 9))]  # fmt: skip
    assert recovered(told) == []


def test_numbers_that_do_not_add_up_are_counted() -> None:
    twice = solved([fact(20, place="Rome"), fact(30, place="Rome")])
    assert (twice.found, twice.systems, twice.unsolved) == ([], 1, [("people", ("place",))])


def test_a_header_that_does_not_add_up_does_not_keep_the_others_from_being_solved() -> None:
    # Two people had another level when they were asked the second time, and stand at both.
    told = [fact(20), fact(12, level="A"), fact(10, level="B"), fact(8, level="A", gender="woman")]
    found = solved([*told, fact(11, gender="woman"), fact(9, gender="man")])
    assert found.unsolved == []
    assert [(sorted(one.of), one.people) for one in found.found] == [([("gender", "man"), ("level", "A")], 4)]


def test_a_total_that_would_need_fewer_than_none_does_not_add_up() -> None:
    more = solved([fact(20), fact(30, place="Rome")])
    assert more.unsolved == [("people", ("place",))]
    # Each line has room, but not both: whoever is not Rome is a man, and more are not Rome than there are men.
    both = solved([fact(40), fact(20, place="Rome"), fact(0, place="Paris", gender="woman"), fact(20, place="Paris"),
                   fact(12, gender="man"), fact(28, gender="woman")])  # fmt: skip
    assert both.unsolved == [("people", ("gender", "place"))]


@settings(deadline=None)
@given(st.lists(st.sampled_from([0, 0, 1, 2, 3, 6, 9, 20]), min_size=12, max_size=12), st.data())
def test_whatever_is_recovered_is_true(cells: list[int], data: st.DataObject) -> None:
    people = dict(zip(product(*VALUES), cells, strict=True))

    named: set[str] = set()

    def total(of: dict[str, str]) -> int:
        """All others are those whose value no fact names."""
        wanted = [of.get(header) for header in HEADERS]
        return sum(
            many
            for cell, many in people.items()
            if all(
                one in (None, value) or (one == REST and value not in named)
                for one, value in zip(wanted, cell, strict=True)
            )
        )

    told = []
    for chosen in product(*([None, *values] for values in VALUES)):
        of = {header: value for header, value in zip(HEADERS, chosen, strict=True) if value}
        if data.draw(st.booleans()):
            told.append(fact(total(of), **of))
            named.update(of.values())
    found = solved(told)
    assert found.unsolved == []
    assert [one for one in found.found if one.people != total(dict(one.of))] == []
