"""Which rises are promotions in the four quarters after time zero, and which are not (PROTOCOL.md R10)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.small_employer import LADDER, QUARTER_ENDS, Row, SmallEmployer, event, pair, people, person, promotion

DAY, ON_SNAPSHOT = "2023-02-15", "2023-03-31"  # the base snapshot of the first is that of 2022-12-31


def rises(name: str, *seen_on: str, **facts: object) -> list[Row]:
    """One level up on each of these snapshots."""
    return person(name, since={day: {"level": "BCD"[step]} for step, day in enumerate(seen_on)}, **facts)  # type: ignore[arg-type]


# Declared events: held from September 2022 on; promotions end in February 2024, other events in June.
WITH_EVENTS = people(
    person("first in the events"),
    person("ann"),
    person("joined in June"),
    person("on time zero"),
    person("day after"),
    person("last day"),
    person("day too late"),
    person("before the base snapshot"),
    person("between base and time zero"),
    person("after the exit", [*QUARTER_ENDS[:4], "2023-06-30"], on={"2023-06-30": {"termination_date": "2023-05-10"}}),
    person("on the exit", [*QUARTER_ENDS[:4], "2023-06-30"], on={"2023-06-30": {"termination_date": "2023-05-10"}}),
    person("before the exit", [*QUARTER_ENDS[:4], "2023-06-30"], on={"2023-06-30": {"termination_date": "2023-05-10"}}),
    person("at the top", level="D"),
    person("at the top and joined", level="D"),
    person("reached the top by time zero", level="C"),
    person("seen to rise, no event", since={"2023-06-30": {"level": "B"}}),
    person("twice"),
    person("moved sideways"),
)
EVENTS = [
    promotion("first in the events", "2022-09-20"),
    promotion("on time zero", DAY),
    promotion("day after", "2023-02-16"),
    promotion("last day", "2024-02-15"),
    promotion("day too late", "2024-02-16"),
    promotion("before the base snapshot", "2022-12-31"),
    promotion("between base and time zero", "2023-01-20"),
    promotion("after the exit", "2023-06-01"),
    promotion("on the exit", "2023-05-10"),
    promotion("before the exit", "2023-05-09"),
    promotion("reached the top by time zero", "2023-01-20", "C", "D"),
    promotion("twice", "2023-03-20"),
    promotion("twice", "2023-09-20", "B", "C"),
    event("moved sideways", "2023-04-01", "lateral"),
    event("moved sideways", "2023-05-01", "regrade", from_level="A", to_level="B"),
    event("moved sideways", "2024-06-03", "transfer"),
]


@pytest.fixture(scope="module")
def declared(tmp_path_factory: pytest.TempPathFactory) -> SmallEmployer:
    return SmallEmployer(
        tmp_path_factory.mktemp("declared"),
        people=WITH_EVENTS,
        job_events=EVENTS,
        ladder=LADDER,
        pairs=[
            pair("ann", DAY),
            pair("at the top and joined", DAY),
            pair("twice", "2022-08-15", "B"),
            pair("joined in June", "2023-06-15", "D"),
        ],
        plan='[eligible_levels]\nmentor = ["A", "B", "C", "D"]\n',
    )


def test_events_count_where_they_cover_the_whole_window(declared: SmallEmployer) -> None:
    """B starts before the first promotion; D ends after the last one, and other events show that none is missing."""
    told = {row["cohort"]: row["promotions_declared"] for row in declared.trials()}
    assert told == {"B": False, "C": True, "D": True}


@pytest.fixture(scope="module")
def declared_rows(declared: SmallEmployer) -> dict[str, Row]:
    """The figure of promotions, with the months of the person-trials."""
    months = declared.person_trials(DAY)
    return {name: row | months[name] for name, row in declared.figure_rows(DAY, kind="promotion").items()}


@pytest.mark.parametrize(
    ("name", "month", "promoted"),
    [
        ("day after", 1, 1),
        ("last day", 12, 1),
        ("day too late", 13, 0),
        ("on time zero", None, 0),
        ("between base and time zero", None, 0),
        ("before the base snapshot", None, 0),
        ("before the exit", 3, 1),
        ("on the exit", None, 0),
        ("after the exit", None, 0),
        ("seen to rise, no event", None, 0),
        ("moved sideways", None, 0),
    ],
)
def test_a_declared_promotion_in_the_window_and_before_any_exit(
    declared_rows: dict[str, Row], name: str, month: int | None, promoted: int
) -> None:
    assert (declared_rows[name]["promotion_month"], declared_rows[name]["promotion"]) == (month, promoted)


def test_a_promotion_up_to_time_zero_updates_the_level(declared: SmallEmployer) -> None:
    rows = declared.person_trials(DAY)
    assert {name: rows[name]["level"] for name in ("on time zero", "between base and time zero", "day after")} == {
        "on time zero": "B",
        "between base and time zero": "B",
        "day after": "A",
    }
    assert rows["before the base snapshot"]["level"] == "A", "the snapshot of that day knows it already"


def test_who_is_at_the_top_is_left_out_of_promotion_alone(declared: SmallEmployer) -> None:
    top = {"at the top", "at the top and joined", "reached the top by time zero"}
    assert top <= set(declared.figure_rows(DAY))
    promotions = declared.figure("promotion")
    assert not top & set(declared.figure_rows(DAY, kind="promotion"))
    assert promotions.excluded["at the top of the ladder, cannot be promoted"] == 1
    assert "at the top of the ladder, cannot be promoted" not in declared.figure().excluded


def test_promotions_of_the_year_before_are_a_covariate(declared: SmallEmployer) -> None:
    rows = declared.person_trials(DAY)
    assert rows["first in the events"]["promoted_last_year"] == "yes"
    assert rows["before the base snapshot"]["promoted_last_year"] == "yes"
    assert rows["between base and time zero"]["promoted_last_year"] == "no", "nothing after the base snapshot"
    assert rows["ann"]["promoted_last_year"] == "no"


# Snapshots alone. Of twenty people with a level on 30 June 2023 four change it, a fifth; on 31 December more do.
WITHOUT_EVENTS = people(
    person("ann"),
    rises("undated", "2023-03-31"),
    rises("undated, then again", "2023-03-31", "2023-09-30"),
    rises("first rise counts", "2023-06-30", "2023-09-30"),
    rises("month five", "2023-06-30"),
    rises("seen too late", "2024-03-31"),
    rises("level unknown in between", "2023-09-30", on={"2023-06-30": {"level": ""}}),
    person("demoted", level="B", since={"2023-06-30": {"level": "A"}}),
    rises("before the base snapshot", "2022-09-30"),
    person("no earlier snapshot", QUARTER_ENDS[2:]),
    person("level never known", level=""),
    rises("one of a fifth", "2023-06-30"),
    *(rises(f"regraded {n}", "2023-12-31") for n in range(5)),
    *(person(f"others {n}") for n in range(5)),
    person("demoted by then", level="B", since={"2022-12-31": {"level": "A"}}),
)


@pytest.fixture(scope="module")
def undeclared(tmp_path_factory: pytest.TempPathFactory) -> SmallEmployer:
    return SmallEmployer(
        tmp_path_factory.mktemp("undeclared"),
        people=WITHOUT_EVENTS,
        ladder=LADDER,
        pairs=[pair("ann", DAY), pair("no earlier snapshot", ON_SNAPSHOT, "D")],
        plan='[eligible_levels]\nmentor = ["A", "B", "C", "unknown"]\n',
    )


@pytest.fixture(scope="module")
def undeclared_rows(undeclared: SmallEmployer) -> dict[str, Row]:
    months = undeclared.person_trials(DAY)
    return {name: row | months[name] for name, row in undeclared.figure_rows(DAY, kind="promotion").items()}


@pytest.mark.parametrize(
    ("name", "month", "promoted"),
    [
        ("undated", None, 0),
        ("undated, then again", 8, 1),
        ("first rise counts", 5, 1),
        ("month five", 5, 1),
        ("one of a fifth", 5, 1),
        ("seen too late", 14, 0),
        ("level unknown in between", 8, 1),
        ("demoted", None, 0),
        ("regraded 0", None, 0),
        ("level never known", None, 0),
    ],
)
def test_the_first_rise_between_two_snapshots_after_time_zero(
    undeclared_rows: dict[str, Row], name: str, month: int | None, promoted: int
) -> None:
    assert (undeclared_rows[name]["promotion_month"], undeclared_rows[name]["promotion"]) == (month, promoted)


def test_a_rise_that_cannot_be_dated_is_left_out_and_counted_not_the_person(undeclared: SmallEmployer) -> None:
    rows = undeclared.figure_rows(DAY, kind="promotion")
    assert {name for name in rows if rows[name]["undated_rise"]} == {"undated", "undated, then again"}
    assert undeclared.figure("promotion").undated_rises == 2, "none of the cohort that starts on a snapshot"


def test_a_snapshot_on_time_zero_dates_what_follows(undeclared: SmallEmployer) -> None:
    rows = undeclared.person_trials(ON_SNAPSHOT)
    assert (rows["undated"]["level"], rows["undated"]["promotion_month"]) == ("B", None)
    assert rows["month five"]["promotion_month"] == 3


def test_promoted_last_year_is_the_lowest_rank_of_the_year_before(undeclared: SmallEmployer) -> None:
    rows = undeclared.person_trials(DAY)
    told = {name: rows[name]["promoted_last_year"] for name in rows}
    assert told["before the base snapshot"] == "yes"
    assert told["ann"] == told["undated"] == told["demoted by then"] == "no"
    assert told["no earlier snapshot"] == told["level never known"] == "unknown"


def test_a_rise_dated_by_an_event_before_time_zero_is_not_undated(undeclared: SmallEmployer) -> None:
    undeclared.load(job_events=[promotion("undated", "2023-01-20")])
    assert not undeclared.trials()[0]["promotions_declared"]
    row = undeclared.person_trials(DAY)["undated"]
    assert (row["level"], row["undated_rise"], row["promotion_month"]) == ("B", False, None)


def test_yearly_snapshots_cannot_date_a_promotion(tmp_path_factory: pytest.TempPathFactory) -> None:
    """One snapshot in the window: no rise could be seen, which is not the same as none."""
    yearly = ["2021-12-31", "2022-12-31", "2023-12-31", "2024-12-31"]
    rising = person("bob", yearly, since={"2023-12-31": {"level": "B"}})
    employer = SmallEmployer(
        tmp_path_factory.mktemp("yearly"),
        people=people(person("ann", yearly), rising, person("cyd", yearly)),
        ladder=LADDER,
        pairs=[pair("ann", DAY)],
    )
    assert [row["base_date"] for row in employer.trials()] == [date(2022, 12, 31)]
    assert set(employer.figure_rows(cutoff="2024-12-31")) == {"ann", "bob", "cyd"}
    assert employer.figure("promotion", cutoff="2024-12-31").cohorts == ()
