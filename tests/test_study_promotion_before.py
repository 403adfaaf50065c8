"""Promotions of the year before the base snapshot, with what was known then: a negative control (PROTOCOL.md 1.9)."""

from __future__ import annotations

import pytest

from tests.small_employer import LADDER, Row, SmallEmployer, pair, people, person, promotion

ENDS = ("2021-12-31", "2022-03-31", "2022-06-30", "2022-09-30", "2022-12-31", "2023-03-31", "2024-06-30")
DAY = "2023-02-15"  # base snapshot 2022-12-31, a year before it 2021-12-31


def seen(name: str, days: tuple[str, ...] = ENDS, hire: str = "2015-01-01", **facts: object) -> list[Row]:
    return person(name, days, hire, **facts)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def employer(tmp_path_factory: pytest.TempPathFactory) -> SmallEmployer:
    everybody = people(
        seen("ann", since={"2022-06-30": {"level": "B", "department": "Law"}}, department="Tax", gender="woman"),
        seen("rose by the base snapshot", since={"2022-12-31": {"level": "B"}}),
        seen("rose before", ("2021-09-30", *ENDS), since={"2021-12-31": {"level": "B"}}),
        seen("rose after", since={"2023-03-31": {"level": "B"}}),
        seen("rose by event alone"),
        seen("event on the day a year before"),
        seen("event after the base snapshot"),
        seen("not there a year before", ENDS[1:]),
        seen("at the top then", level="D"),
        seen("rose to the top", level="C", since={"2022-06-30": {"level": "D"}}),
        seen("new then", hire="2020-12-31"),
        *(seen(f"other {n}") for n in range(12)),
    )
    return SmallEmployer(
        tmp_path_factory.mktemp("before"),
        people=everybody,
        job_events=[
            promotion("event on the day a year before", "2021-12-31"),
            promotion("rose by event alone", "2022-01-01"),
            promotion("event after the base snapshot", "2023-01-10"),
        ],
        ladder=LADDER,
        pairs=[pair("ann", DAY), pair("not there a year before", DAY), pair("at the top then", DAY)],
        plan='[eligible_levels]\nmentor = ["A", "B", "C", "D"]\n',
    )


@pytest.fixture(scope="module")
def rows(employer: SmallEmployer) -> dict[str, Row]:
    return employer.figure_rows(kind="promotion_before")


def test_promoted_after_the_earlier_snapshot_and_by_the_base_snapshot(rows: dict[str, Row]) -> None:
    assert {name for name, row in rows.items() if row["promotion_before"] == 1} == {
        "ann",
        "rose by the base snapshot",
        "rose by event alone",
        "rose to the top",
    }


def test_covariates_are_those_of_the_earlier_snapshot(rows: dict[str, Row], employer: SmallEmployer) -> None:
    ann = rows["ann"]
    assert (ann["level"], ann["department"], ann["gender"], ann["a"]) == ("A", "Tax", "woman", 1)
    assert rows["new then"]["tenure_band"] == "0-2 years"
    now = employer.figure_rows()
    assert (now["ann"]["level"], now["ann"]["department"], now["new then"]["tenure_band"]) == (
        "B", "Law", "2-5 years",
    )  # fmt: skip


def test_who_was_not_there_or_at_the_top_is_left_out_and_named(rows: dict[str, Row], employer: SmallEmployer) -> None:
    assert not {"not there a year before", "at the top then"} & set(rows)
    assert employer.figure("promotion_before").excluded == {
        "at the top of the ladder a year before": 1,
        "not in the snapshot of a year before": 1,
    }


def test_its_people_are_those_of_the_figure_of_exits(rows: dict[str, Row], employer: SmallEmployer) -> None:
    left_out = {"not there a year before", "at the top then"}
    assert set(rows) == set(employer.figure_rows()) - left_out
    assert employer.figure("promotion_before", cutoff="2024-02-14").cells.empty, "not mature"


def test_without_an_earlier_snapshot_the_figure_is_empty(tmp_path_factory: pytest.TempPathFactory) -> None:
    young = SmallEmployer(
        tmp_path_factory.mktemp("young"),
        people=people(seen("ann", ENDS[2:]), seen("bob", ENDS[2:])),
        ladder=LADDER,
        pairs=[pair("ann", DAY)],
    )
    figure = young.figure("promotion_before")
    assert figure.cells.empty
    assert list(figure.cells.columns)[-2:] == ["promotion_before", "n"]
    assert figure.excluded == {"not in the snapshot of a year before": 1}
