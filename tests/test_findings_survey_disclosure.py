"""A narrowed view is hidden where it, or what it leaves out, would tell the answers of a few."""

from __future__ import annotations

import pytest

from analysis.findings import answers, survey_disclosure
from analysis.findings.survey_disclosure import hidden_answers, hidden_cells
from analysis.findings.survey_response import hidden_groups
from analysis.store import Cursor, Reader
from analysis.study.surveys import Narrowing

SALES_LEEDS = Narrowing(department="Sales", location="Leeds")
FEW = "Not shown: fewer than 5 people."


def kind(missed: int, people: int, department: str | None = None, location: str | None = None) -> dict[str, object]:
    return {"wave": "pre", "missed": missed, "people": people, "department": department, "location": location}


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


@pytest.mark.parametrize(
    ("answered", "silent", "told"), [(5, 5, True), (20, 0, True), (0, 20, True), (3, 17, False), (17, 3, False)]
)
def test_how_many_answered_is_hidden_where_few_did_or_did_not(
    monkeypatch: pytest.MonkeyPatch, answered: int, silent: int, told: bool
) -> None:
    sizes = {"true": answered + silent, "answered": answered, "not answered": silent}

    def counted(*asked: object) -> list[dict[str, object]]:
        people = sizes[str(asked[-1])]
        return [{"side": "mentor", "wave": "post", "missed": 0, "people": people}] if people else []

    monkeypatch.setattr(survey_disclosure, "sizes", counted)
    cursor: Cursor = None  # type: ignore[assignment]
    assert (hidden_answers(cursor, Narrowing()) == {}) == told


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


def test_the_cohorts_of_a_group_leave_no_few_over(sample_reader: Reader) -> None:
    """Of all cohorts it is told how many of a department answered; those told by cohort leave none or five and more."""
    quarter, wave = "2025Q3", ("mentor", "post")

    def told(cohort: str | None) -> dict[str, tuple[int, int]]:
        groups = answers.survey_response(sample_reader, quarter, "department", cohort).groups
        return {
            row.group: (row.answered, row.asked - row.answered)
            for row in groups
            if (row.side, row.wave) == wave and row.answered is not None and row.asked is not None
        }

    by_cohort = [told(cohort) for cohort in answers.survey_choices(sample_reader, quarter).cohort]
    for group, counted in told(None).items():
        for kind, people in enumerate(counted):
            left_over = people - sum(cohort[group][kind] for cohort in by_cohort if group in cohort)
            assert left_over == 0 or left_over >= 5, (group, kind)
    assert sum("Engineering" in cohort for cohort in by_cohort) >= 2
