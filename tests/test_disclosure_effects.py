"""Views of one figure by filter, cohort, group, quarter and fit: what one of them hides no two of them give away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from analysis.findings import answers
from analysis.findings.disclosure import TOTAL, hide_events
from analysis.findings.effect_hiding import Ways
from analysis.findings.participants import Participants
from analysis.findings.results import Question, Selection
from analysis.store import Reader
from analysis.study.figures import BatchCount
from tests import tiny

QUARTERS = (date(2025, 9, 30), date(2025, 6, 30), date(2025, 3, 31))


def batch(number: int, start: date, *values: str, people: int, events: int = 0, inside: bool = True) -> BatchCount:
    return BatchCount(number, start, None, inside, values, people, (events,))


def crossed(headers: Sequence[str], sizes: dict[tuple[str, ...], int]) -> Ways:
    """One cohort that started on one day."""
    rows = [batch(1, date(2024, 4, 10), *values, "one", people=people) for values, people in sizes.items()]
    return Ways(Participants((*headers, "cohort"), rows, QUARTERS), 10)


def test_two_filters_at_once_are_one_table() -> None:
    """Each of the small cell's two partners would be given away by its own line, if lines were judged one by one."""
    sizes = dict(zip(product(("a", "b", "c"), ("x", "y", "z")), (4, 30, 40, 31, 50, 60, 41, 61, 70), strict=True))
    table = crossed(("department", "location"), sizes)
    hidden = {cell[:2] for cell in table.hidden_at(("a", "x", TOTAL))}
    assert ("a", "x") in hidden
    for axis, value in ((0, "a"), (1, "x")):
        assert sum(cell[axis] == value for cell in hidden) >= 2
    for row, column in hidden:
        assert sum(cell[0] == row for cell in hidden) >= 2 and sum(cell[1] == column for cell in hidden) >= 2


def test_cohorts_that_come_together_hide_one_another() -> None:
    """369 less 322 of the quarter before, less the 40 who came with them, would be the 7."""
    day = {"old": date(2023, 11, 28), "forty": date(2024, 5, 2), "seven": date(2024, 6, 28)}
    rows = [batch(number, day[name], name, people=people)
            for number, (name, people) in enumerate({"old": 322, "forty": 40, "seven": 7}.items())]  # fmt: skip
    table = Ways(Participants(("cohort",), rows, QUARTERS), 10)
    assert table.hidden_values((TOTAL,), 0) == {"seven", "forty"}
    with_smaller = [*rows, batch(9, date(2023, 12, 28), "twelve", people=12)]
    rows = sorted(with_smaller, key=lambda row: row.time_zero)
    assert Ways(Participants(("cohort",), rows, QUARTERS), 10).hidden_values((TOTAL,), 0) == {"seven", "forty"}


@pytest.mark.parametrize(("newcomers", "hidden"), [(0, False), (3, True), (9, True), (10, False)])
def test_an_older_quarter_is_told_where_enough_came_since(newcomers: int, hidden: bool) -> None:
    rows = [batch(1, date(2024, 3, 10), "one", people=40)]
    rows += [batch(2, date(2024, 8, 10), "two", people=newcomers, inside=False)] if newcomers else []
    assert ((TOTAL,) in Ways(Participants(("cohort",), rows, QUARTERS), 10).hidden_at((TOTAL,))) is hidden
    newest = [row if row.inside else batch(2, row.time_zero, "two", people=row.people) for row in rows]
    assert (TOTAL,) not in Ways(Participants(("cohort",), newest, QUARTERS), 10).hidden_at((TOTAL,))


@pytest.mark.parametrize(("left", "hidden"), [(0, True), (1, True), (3, False), (12, True)])
def test_what_happened_to_few_none_or_all_is_hidden(left: int, hidden: bool) -> None:
    rows = [batch(1, date(2024, 4, 10), "one", "woman", people=12, events=left),
            batch(1, date(2024, 4, 10), "one", "man", people=30, events=9),
            batch(1, date(2024, 4, 10), "one", "declined", people=25, events=7)]  # fmt: skip
    found = Ways(Participants(("cohort", "gender"), rows, QUARTERS), 10, 0).hidden_values((TOTAL, TOTAL), 1)
    assert found == ({"woman", "declined"} if hidden else set())


PLACES = {"Rome": (30, 20), "Paris": (16, 14), "Oslo": (12, 4)}  # mentors, and how many are women


@pytest.fixture(scope="module")
def women_of_oslo(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    people = [
        tiny.Person(f"{place}{number}", more={"location": place, "gender": "woman" if number < women else "man"},
                    left="2024-09-15" if number % 4 == 0 else "")
        for place, (many, women) in PLACES.items()
        for number in range(many)
    ]  # fmt: skip
    crowd = [
        tiny.Person(f"c{number}", more={"location": [*PLACES][number % 3], "gender": "woman" if number % 2 else "man"},
                    left="2024-10-15" if number % 5 == 0 else "")
        for number in range(180)
    ]  # fmt: skip
    pairs = [tiny.pair(one.name, "2024-04-10") for one in people]
    return tiny.employer(tmp_path_factory.mktemp("oslo"), [*people, *crowd], pairs).reader


def test_a_group_within_a_filter_is_not_left_over(women_of_oslo: Reader) -> None:
    def women(where: Selection) -> int | None:
        found = answers.effects(women_of_oslo, Question("retention", "mentor", by="gender", where=where))
        return {part.group: part.n_participants for part in found}.get("woman")

    assert women(Selection()) == 38, "otherwise there is nothing to attack"
    told = {place: women(Selection(location=place)) for place in PLACES}
    assert told["Oslo"] is None
    assert sum(people is None for people in told.values()) > 1


def test_a_group_within_a_cohort_is_not_left_over(tmp_path: Path) -> None:
    """Men of the later cohort are few: neither they nor the men of the earlier one are told beside all men."""
    sizes = {("one", "woman"): 20, ("one", "man"): 24, ("two", "woman"): 22, ("two", "man"): 4}
    people = [tiny.Person(f"{cohort} {gender} {number}", more={"gender": gender},
                          left="2024-09-15" if number % 4 == 0 else "")
              for (cohort, gender), many in sizes.items() for number in range(many)]  # fmt: skip
    crowd = [tiny.Person(f"c{number}", more={"gender": "woman" if number % 2 else "man"},
                         left="2024-10-15" if number % 5 == 0 else "") for number in range(120)]  # fmt: skip
    day = {"one": "2024-04-10", "two": "2024-05-10"}
    pairs = [tiny.pair(one.name, day[one.name.split()[0]], one.name.split()[0]) for one in people]
    reader = tiny.employer(tmp_path, [*people, *crowd], pairs).reader
    for cohort in day:
        asked = Question("retention", "mentor", cohort=cohort, by="gender")
        assert all(part.suppressed for part in answers.effects(reader, asked)), cohort
    pooled = answers.effects(reader, Question("retention", "mentor", by="gender"))
    assert [part.suppressed for part in pooled] == [False, False]


@pytest.mark.parametrize(("alone", "hidden"), [(0, False), (5, True), (12, False)])
def test_people_without_a_comparable_colleague_are_not_told_by_subtraction(
    tmp_path: Path, alone: int, hidden: bool
) -> None:
    """In Finance nobody on level B could have joined: a view of Finance leaves them out, one of everybody does not."""

    def person(name: str, department: str, level: str, number: int) -> tiny.Person:
        left = "2024-09-15" if number % 4 == 0 else ""
        return tiny.Person(name, levels={"2000-01-01": level}, more={"department": department}, left=left)

    mentors = [person(f"f{n}", "Finance", "A", n) for n in range(20)] + [
        person(f"s{n}", "Sales", "B", n) for n in range(20)
    ]
    mentors += [person(f"x{n}", "Finance", "B", n) for n in range(alone)]
    crowd = [person(f"c{n}", "Finance", "A", n) for n in range(80)] + [
        person(f"d{n}", "Sales", "B", n) for n in range(80)
    ]
    pairs = [tiny.pair(one.name, "2024-04-10") for one in mentors]
    reader = tiny.employer(tmp_path, [*mentors, *crowd], pairs).reader
    (finding,) = answers.effects(reader, Question("retention", "mentor", where=Selection(department="Finance")))
    assert finding.suppressed is hidden
    if alone == 12:
        assert finding.n_participants == 20


def test_events_that_are_left_over_are_not_few_none_or_all_of_who_is_hidden() -> None:
    # All three who were promoted are "no": nobody of the others was, and whoever was is known to be one of them.
    counts = {"yes": (9, 0), "declined": (12, 0), "unknown": (20, 0), "no": (80, 3)}
    assert set(hide_events({"yes": "too_small", "declined": "would_reveal"}, counts, header="lgbtq")) == set(counts)
    spread = {**counts, "unknown": (20, 4)}
    assert set(hide_events({"yes": "too_small"}, spread, header="lgbtq")) == {"yes", "declined", "unknown"}
    assert hide_events({"yes": "too_small"}, counts, header="location") == {"yes": "too_small"}
    assert hide_events({}, counts, header="lgbtq") == {}
