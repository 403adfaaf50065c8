"""A narrowed view is hidden where it, or what it leaves out, would tell the answers of a few."""

from __future__ import annotations

import pytest

from analysis.findings import survey_disclosure
from analysis.findings.survey_disclosure import hidden_cells, told_by_cohorts
from analysis.store import Cursor
from analysis.study.surveys import Narrowing

SALES_LEEDS = Narrowing(department="Sales", location="Leeds")
FEW = "Not shown: fewer than 5 people."


def kind(
    missed: int, people: int, department: str | None = None, location: str | None = None, later: int = 0
) -> dict[str, object]:
    place = {"department": department, "location": location, "cohort": "one"}
    return {"wave": "pre", "missed": missed, "people": people, "later": later, **place}


def reason(monkeypatch: pytest.MonkeyPatch, narrowing: Narrowing, *rows: dict[str, object]) -> str | None:
    def counted(*_: object) -> list[dict[str, object]]:
        return list(rows)

    monkeypatch.setattr(survey_disclosure, "sizes", counted)
    cursor: Cursor = None  # type: ignore[assignment]
    return hidden_cells(cursor, "survey_score", ("wave",), narrowing).get(("pre",))


def whole(here: int, elsewhere: int, other_department: int, neither: int) -> list[dict[str, object]]:
    """Sales in Leeds; sales elsewhere; another department in Leeds; and neither."""
    return [
        kind(0, here, "Sales", "Leeds"),
        kind(16, elsewhere, None, "York"),
        kind(4, other_department, "Finance", None),
        kind(20, neither),
    ]


def test_a_large_cell_with_large_others_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    assert reason(monkeypatch, SALES_LEEDS, *whole(9, 9, 9, 9)) is None
    assert reason(monkeypatch, SALES_LEEDS, *whole(9, 0, 0, 0)[:1]) is None


def test_a_small_cell_is_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    assert reason(monkeypatch, SALES_LEEDS, *whole(4, 90, 90, 90)) == FEW
    assert reason(monkeypatch, Narrowing(), kind(0, 4)) == FEW


@pytest.mark.parametrize("sizes", [(30, 2, 30, 30), (30, 30, 2, 30), (30, 30, 30, 2)])
def test_any_group_that_other_views_would_tell_hides_the_cell(
    monkeypatch: pytest.MonkeyPatch, sizes: tuple[int, int, int, int]
) -> None:
    found = reason(monkeypatch, SALES_LEEDS, *whole(*sizes))
    assert found is not None and "could be recognised" in found


def test_a_complement_below_the_minimum_hides_the_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    found = reason(monkeypatch, Narrowing(department="Sales"), kind(0, 90, "Sales"), kind(-1, 3))
    assert found is not None and "could be recognised" in found


def test_the_partner_of_a_small_department_is_hidden_and_the_others_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = {"Legal": 3, "Finance": 8, "Sales": 40, "Research": 20}

    def rows(chosen: str) -> list[dict[str, object]]:
        return [kind(0 if name == chosen else 4, people, name) for name, people in sizes.items()]

    # The rest of each department comes as one kind, with the departments by name.
    for name in sizes:
        own = Narrowing(department=name)
        shown = reason(monkeypatch, own, *rows(name)) is None
        assert shown == (name in ("Sales", "Research"))


def test_everybody_is_never_hidden_by_others(monkeypatch: pytest.MonkeyPatch) -> None:
    assert reason(monkeypatch, Narrowing(), kind(0, 5)) is None


LATER = [(3, 0, False), (5, 0, True), (0, 0, True), (3, 4, False), (5, 3, True)]


@pytest.mark.parametrize(("next_quarter", "the_one_after", "told"), LATER)
def test_an_older_quarter_is_hidden_where_a_later_one_has_the_answers_of_a_few_more(
    monkeypatch: pytest.MonkeyPatch, next_quarter: int, the_one_after: int, told: bool
) -> None:
    since = [kind(0, next_quarter, later=1), kind(0, the_one_after, later=2)]
    assert (reason(monkeypatch, Narrowing(), kind(0, 40), *since) is None) == told


@pytest.mark.parametrize(
    ("now", "since", "tells"),
    [
        ({"A": 30}, {"A": 3}, True),
        ({"A": 30}, {"A": 5}, False),
        # A later cohort came in with many, and is told by itself: less it there are the late answers of the first.
        ({"A": 30}, {"A": 3, "B": 20}, True),
        ({"A": 30}, {"B": 20}, False),
        # Of two later cohorts the small one is hidden with one that had begun: what is left of the later two is it.
        ({"A": 9}, {"B": 20, "C": 4}, True),
        # A few of a cohort had answered by the older quarter: its total less the other cohorts, which are closed.
        ({"A": 40, "B": 4}, {"B": 14}, True),
        ({"A": 40, "B": 5}, {"B": 14}, False),
        # A closed cohort that is hidden can't be taken off: what is left holds it too.
        ({"A": 40, "B": 7, "C": 2}, {"B": 14}, False),
    ],
)
def test_a_later_quarter_less_an_older_one_less_cohorts_that_are_told(
    now: dict[str, int], since: dict[str, int], tells: bool
) -> None:
    then = {cohort: now.get(cohort, 0) + since.get(cohort, 0) for cohort in {*now, *since}}
    assert told_by_cohorts(now, since, then, 5) == tells
