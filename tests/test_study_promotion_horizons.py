"""Promotion at any horizon, and the months to it: never further than promotions are known (PROTOCOL.md R7, R10)."""

from __future__ import annotations

import pytest

from tests.small_employer import LADDER, QUARTER_ENDS, SmallEmployer, event, pair, people, person, promotion

DAY, LAST = "2023-02-15", "2024-06-30"


@pytest.fixture(scope="module")
def declared(tmp_path_factory: pytest.TempPathFactory) -> SmallEmployer:
    """Events are held from September 2022 to April 2024."""
    left = {"on": {"2023-09-30": {"termination_date": "2023-07-20", "termination_type": "voluntary"}}}
    return SmallEmployer(
        tmp_path_factory.mktemp("declared"),
        people=people(
            person("ann"),
            person("month 4"),
            person("month 9"),
            person("month 13"),
            person("first in the events"),
            person("left", [*QUARTER_ENDS[:5], "2023-09-30"], **left),  # type: ignore[arg-type]
            person("rose and left", [*QUARTER_ENDS[:5], "2023-09-30"], **left),  # type: ignore[arg-type]
            person("at the top", level="D"),
        ),
        job_events=[
            promotion("first in the events", "2022-09-20"),
            promotion("month 4", "2023-06-01"),
            promotion("month 9", "2023-11-15"),
            promotion("month 13", "2024-02-20"),
            promotion("rose and left", "2023-05-15"),
            event("first in the events", "2024-04-03", "lateral"),
        ],
        ladder=LADDER,
        pairs=[pair("ann", DAY)],
        plan='[eligible_levels]\nmentor = ["A", "B", "D"]\n',
    )


@pytest.mark.parametrize(
    ("horizon", "promoted"),
    [
        (3, {"rose and left"}),
        (4, {"rose and left", "month 4"}),
        (9, {"rose and left", "month 4", "month 9"}),
        (13, {"rose and left", "month 4", "month 9", "month 13"}),
    ],
)
def test_promoted_by_any_horizon(declared: SmallEmployer, horizon: int, promoted: set[str]) -> None:
    rows = declared.figure_rows(kind="promotion", horizon=horizon, cutoff=LAST)
    assert {name for name, row in rows.items() if row["promotion"] == 1} == promoted
    assert "at the top" not in rows


@pytest.mark.parametrize(("horizon", "known"), [(14, True), (15, False), (16, False)])
def test_a_cohort_is_in_while_promotions_are_known_to_its_horizon(
    declared: SmallEmployer, horizon: int, known: bool
) -> None:
    """Known to 30 April 2024: fourteen months; exits are known two months longer."""
    assert (declared.figure("promotion", horizon).cohorts == ("C",)) == known
    assert declared.figure("exits", horizon).cohorts == ("C",)


def test_months_to_promotion_or_to_leaving_before(declared: SmallEmployer) -> None:
    rows = declared.figure_rows(kind="promotion_months", horizon=0, cutoff=LAST)
    told = {name: (row["months"], row["status"]) for name, row in rows.items()}
    assert told == {
        "ann": (14, 0),
        "first in the events": (14, 0),
        "month 4": (4, 1),
        "month 9": (9, 1),
        "month 13": (13, 1),
        "left": (6, 2),
        "rose and left": (3, 1),
    }


def test_follow_up_to_promotion_ends_with_the_cutoff_too(declared: SmallEmployer) -> None:
    rows = declared.figure_rows(kind="promotion_months", horizon=0, cutoff="2023-09-30")
    assert (rows["month 9"]["months"], rows["month 9"]["status"]) == (7, 0)
    assert declared.figure("promotion_months", 0).outcomes == ("months", "status")


@pytest.fixture(scope="module")
def by_snapshots(tmp_path_factory: pytest.TempPathFactory) -> SmallEmployer:
    rising = person("bob", since={"2023-06-30": {"level": "B"}})
    return SmallEmployer(
        tmp_path_factory.mktemp("snapshots"),
        people=people(person("ann"), rising, *(person(f"other {n}") for n in range(4))),
        ladder=LADDER,
        pairs=[pair("ann", DAY)],
    )


@pytest.mark.parametrize(("horizon", "known"), [(3, False), (4, False), (5, True), (16, True), (17, False)])
def test_without_events_two_snapshots_must_lie_within_the_horizon(
    by_snapshots: SmallEmployer, horizon: int, known: bool
) -> None:
    """The second snapshot from time zero on is that of 30 June 2023, four and a half months later."""
    assert (by_snapshots.figure("promotion", horizon).cohorts == ("C",)) == known


def test_without_a_ladder_no_curve_of_promotions(tmp_path_factory: pytest.TempPathFactory) -> None:
    employer = SmallEmployer(
        tmp_path_factory.mktemp("no_ladder"), people=people(person("ann"), person("bob")), pairs=[pair("ann", DAY)]
    )
    assert employer.figure("promotion_months", 0).cohorts == ()
    assert employer.figure("months", 0).cohorts == ("C",)
