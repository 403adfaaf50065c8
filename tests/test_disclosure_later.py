"""Quarters are one table: what an older one tells does not give away a cell that the newest hides."""

from __future__ import annotations

from analysis.findings.path_later import not_told_by, told_since
from analysis.findings.path_tables import COUNTS, Tables


def tables(**cohorts: dict[str, int]) -> Tables:
    """Group to how many joined, by cohort, and added up; nobody else could have."""
    groups = {group for joined in cohorts.values() for group in joined}
    whole = {group: sum(joined.get(group, 0) for joined in cohorts.values()) for group in groups}
    return {
        name: {group: dict.fromkeys(COUNTS, people) for group, people in joined.items()}
        for name, joined in {None: whole, **cohorts}.items()
    }


FIRST = {"north": 30, "south": 20, "west": 9}
SECOND = {"north": 12, "south": 3, "west": 8}
OLDER, NEWEST = tables(first=FIRST), tables(first=FIRST, second=SECOND)
HIDDEN = frozenset({("second", "south"), ("second", "west"), ("first", "south"), ("first", "west")})


def test_the_totals_before_a_cohort_are_hidden_for_the_groups_that_are_hidden_in_it() -> None:
    # 20 less than the newest's 23 would be the 3 of the south, and 9 less than its 17 the 8 beside them.
    assert told_since("location", OLDER, NEWEST, HIDDEN, ()) == {"south", "west"}


def test_totals_are_told_where_nothing_of_the_later_cohorts_is_hidden_or_the_newest_hides_them() -> None:
    assert told_since("location", OLDER, NEWEST, (), ()) == set()
    assert told_since("location", OLDER, NEWEST, HIDDEN, {"south", "west"}) == set()
    assert told_since("location", NEWEST, NEWEST, HIDDEN, ()) == set(), "nobody came in between"


def test_groups_that_the_newest_counts_among_the_others_are_told_of_no_cohort() -> None:
    older = tables(first={"north": 30, "islands": 12, "other": 8})
    newest = tables(first={"north": 30, "south": 12, "other": 8}, second={"north": 9, "south": 9, "other": 9})
    away = not_told_by(newest, {("second", "north")}, older)
    assert away == {("second", "north"), ("first", "islands"), ("first", "other")}
    assert not_told_by(newest, (), newest) == frozenset()
