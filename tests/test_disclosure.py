"""Small groups are hidden, and so is whatever would give them away."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from analysis.findings.disclosure import descriptive_minimum, hide_groups, too_few_events

SIZES = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.integers(1, 60), min_size=1, max_size=8)


@given(sizes=SIZES, minimum=st.sampled_from([5, 10]))
def test_what_is_hidden_cannot_be_had_by_subtraction(sizes: dict[str, int], minimum: int) -> None:
    hidden = hide_groups(sizes, minimum, header="gender")
    assert {group for group, people in sizes.items() if people < minimum} <= set(hidden)
    if hidden and len(hidden) < len(sizes):
        # the total and the shown groups give the sum of the hidden ones: at least two, together over the minimum
        assert len(hidden) >= 2
        assert sum(sizes[group] for group in hidden) >= minimum


@given(sizes=SIZES)
def test_nothing_is_hidden_without_a_reason(sizes: dict[str, int]) -> None:
    hidden = hide_groups(sizes, 5, header="gender")
    if all(people >= 5 for people in sizes.values()):
        assert hidden == {}


def test_the_partner_is_the_smallest_shown_group_and_says_why() -> None:
    hidden = hide_groups({"women": 60, "men": 50, "non_binary": 3}, 10, header="gender")
    assert hidden == {"non_binary": "too_small", "men": "would_reveal"}


def test_a_small_cohort_takes_the_next_smallest_with_it() -> None:
    sizes = {"one": 40, "two": 7, "three": 18}
    assert hide_groups(sizes, 10, header="cohort") == {"two": "too_small", "three": "would_reveal"}


def test_one_or_two_events_hide_a_demographic_cell_and_not_a_cohort() -> None:
    assert too_few_events(38, 40, "gender")
    assert too_few_events(2, 40, "ethnicity")
    assert not too_few_events(0, 40, "gender")
    assert not too_few_events(3, 40, "gender")
    assert not too_few_events(38, 40, "cohort")
    assert hide_groups({"women": 40, "men": 50, "x": 30}, 10, header="gender", few_events=frozenset({"women"})) == {
        "women": "few_events",
        "x": "would_reveal",
    }


def test_told_in_confidence_needs_ten() -> None:
    assert [descriptive_minimum(header) for header in ("disability", "lgbtq", "gender", None)] == [10, 10, 5, 5]
