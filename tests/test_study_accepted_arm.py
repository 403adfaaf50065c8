"""Intention to treat: whoever accepted for a batch counts with those who joined, paired or not (PROTOCOL.md Part 8)."""

from __future__ import annotations

import pytest

from tests.small_employer import Row, SmallEmployer, pair, people, person

JANUARY, MARCH, SUMMER = "2023-01-20", "2023-03-10", "2023-08-15"
NAMES = (
    "ann", "bob", "cyd", "joined without a word", "accepted in time", "accepted on the day", "accepted later",
    "accepted too late", "declined", "volunteered", "volunteered, no answer", "nominated", "undated", "invited only",
    "other programme", "any cohort", "accepted in January, joined in March", "nobody",
)  # fmt: skip


def invitation(name: str, response: str = "accepted", *, responded: str = "2023-01-10", **facts: str) -> Row:
    return {"employee_id": name, "side": "mentor", "responded_on": responded, "response": response, "cohort": "C",
            **facts}  # fmt: skip


INVITATIONS = [
    invitation("ann"),
    invitation("accepted in time"),
    invitation("accepted on the day", responded=JANUARY),
    invitation("accepted later", responded="2023-01-21"),
    invitation("accepted too late", responded="2023-03-11"),
    invitation("declined", "declined"),
    invitation("volunteered", "", responded="", applied_on="2023-01-05", method="volunteer"),
    invitation("volunteered, no answer", "no_answer", responded="", applied_on="2023-01-05", method="volunteer"),
    invitation("nominated", "", responded="", invited_on="2023-01-05", method="nominated"),
    invitation("undated", responded=""),
    invitation("invited only", responded="", invited_on="2023-01-05"),
    invitation("other programme", programme_id="sponsors"),
    invitation("any cohort", responded="2023-01-25", cohort=""),
    invitation("accepted in January, joined in March"),
]


@pytest.fixture(scope="module")
def employer(tmp_path_factory: pytest.TempPathFactory) -> SmallEmployer:
    """Cohort C has a batch in January and one in March; cohort D starts in summer."""
    return SmallEmployer(
        tmp_path_factory.mktemp("accepted"),
        people=people(*(person(name) for name in NAMES)),
        pairs=[
            pair("ann", "2023-01-15"),
            pair("joined without a word", JANUARY),
            pair("bob", MARCH),
            pair("accepted in January, joined in March", "2023-03-05"),
            pair("cyd", SUMMER, "D"),
            pair("accepted too late", SUMMER, "D"),
        ],
        invitations=INVITATIONS,
        plan="""
[[programmes]]
id = "reverse"
orientation = "reverse"
[[programmes]]
id = "sponsors"
orientation = "sponsorship"
""",
    )


def _arm(rows: dict[str, Row]) -> set[str]:
    return {name for name, row in rows.items() if row["a"] == 1}


def test_who_accepted_or_volunteered_by_time_zero_counts_with_who_joined(employer: SmallEmployer) -> None:
    assert _arm(employer.figure_rows(JANUARY)) == {"ann", "joined without a word"}
    assert _arm(employer.figure_rows(JANUARY, arm="accepted")) == {
        "ann",
        "joined without a word",
        "accepted in time",
        "accepted on the day",
        "volunteered",
        "invited only",
        "accepted in January, joined in March",
    }


def test_an_acceptance_is_for_the_first_batch_of_its_cohort_from_that_day_on(employer: SmallEmployer) -> None:
    march = employer.figure_rows(MARCH, arm="accepted")
    assert _arm(march) == {"bob", "accepted later", "any cohort"}


def test_nobody_counts_twice(employer: SmallEmployer) -> None:
    """Who accepted for an earlier batch is no comparator of later ones, nor one of their participants."""
    march = employer.figure_rows(MARCH, arm="accepted")
    assert not {"accepted in time", "accepted in January, joined in March"} & set(march)
    assert "accepted in January, joined in March" in _arm(employer.figure_rows(MARCH))


def test_an_acceptance_after_the_last_batch_is_for_none(employer: SmallEmployer) -> None:
    rows = employer.figure_rows(MARCH, arm="accepted")
    assert rows["accepted too late"]["a"] == rows["declined"]["a"] == rows["undated"]["a"] == 0
    assert "accepted too late" in _arm(employer.figure_rows(SUMMER, cutoff="2024-08-15", horizon=0, kind="months"))


def test_excluded_and_cohorts_are_those_of_who_joined(employer: SmallEmployer) -> None:
    joined, accepted = employer.figure(), employer.figure(arm="accepted")
    assert (joined.cohorts, joined.excluded) == (accepted.cohorts, accepted.excluded)


def test_without_invitations_both_arms_are_the_same(tmp_path_factory: pytest.TempPathFactory) -> None:
    plain = SmallEmployer(
        tmp_path_factory.mktemp("plain"), people=people(person("ann"), person("bob")), pairs=[pair("ann", JANUARY)]
    )
    assert plain.figure().cells.equals(plain.figure(arm="accepted").cells)
