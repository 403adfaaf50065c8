"""Registrations: stamped, append-only, kept through undo, and honest about what was loaded when."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import analysis.load
from analysis.findings import answers
from analysis.findings.claims.registry import (
    LONGEST_NAME,
    LONGEST_WORDS,
    CannotRegister,
    Wish,
    plain_text,
    register,
    registrations,
    withdraw,
)
from analysis.load import SourceFile, load, redo, undo
from analysis.plan import default_plan_text, read_plan
from analysis.store import Store, StoreBusy

WISH = Wish("B1", "", "retention", "mentor", "higher", 3.0, "clear", "People analytics")
PEOPLE = SourceFile("people.csv", b"employee_id,hire_date,level\nA,2020-01-01,G1\nB,2010-01-01,G2\n")
PAIRS = SourceFile("pairs.csv", b"mentor_id,mentee_id,start_date\nA,B,2024-01-01\n")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is computed from the rows is of no interest here."""
    monkeypatch.delenv("IMPACT_KEY", raising=False)
    monkeypatch.setattr(analysis.load, "build_derived", lambda connection, plan: None)
    monkeypatch.setattr(analysis.load, "store_headlines", lambda connection, version, say: None)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def loaded(store: Store, *files: SourceFile) -> list[str]:
    reports = load(store, list(files))
    assert {report.status for report in reports} == {"loaded"}
    return [str(report.load_id) for report in reports]


def shown(store: Store) -> tuple:
    return answers.registrations(store.reader())


def test_a_registration_is_stamped_with_time_version_and_plan(store: Store) -> None:
    found = register(store, WISH)
    assert (found.no, found.data_version, found.claim_id) == (1, 1, "B1")
    assert found.plan_hash == read_plan(default_plan_text()).hash
    assert found.at.startswith("20") and "T" in found.at
    assert found.claim_words.startswith("It keeps people")
    assert found.expectation == "Mentors, retention: higher by at least 3 percentage points"
    with store.reader().cursor() as cursor:
        assert registrations(cursor) == (found,)


def test_before_the_data_is_before_and_stays_so(store: Store) -> None:
    register(store, WISH)
    (one,) = shown(store)
    assert one.arrival == "none" and one.outcome == "no_data" and "No data that answer it" in one.timing
    loaded(store, PEOPLE)
    assert shown(store)[0].arrival == "none", "people alone answer nothing"
    loaded(store, PAIRS)
    assert shown(store)[0].arrival == "before" and "before the first data" in shown(store)[0].timing


def test_after_the_data_says_so_plainly_even_where_the_load_was_undone(store: Store) -> None:
    ids = loaded(store, PEOPLE, PAIRS)
    register(store, WISH)
    assert shown(store)[0].arrival == "after"
    assert "does not count as said beforehand" in shown(store)[0].timing
    for one in ids:
        undo(store, one)
    register(store, replace(WISH, smallest=4.0))
    assert [one.arrival for one in shown(store)] == ["after", "after"], "whoever loads, looks and undoes has looked"
    assert {one.outcome for one in shown(store)} == {"no_data"}


def test_registrations_survive_undo_redo_and_another_load(store: Store) -> None:
    register(store, WISH)
    (one, _) = loaded(store, PEOPLE, PAIRS)
    before = [item.registration for item in shown(store)]
    undo(store, one)
    redo(store, one)
    assert [item.registration for item in shown(store)] == before


def test_nothing_can_edit_a_registration_and_a_withdrawal_stays_beside_it(store: Store) -> None:
    first = register(store, WISH)
    taken = withdraw(store, first.no, "The outcome was defined otherwise", "Jo")
    assert replace(taken, withdrawn=None) == first
    assert taken.withdrawn and (taken.withdrawn.by, taken.withdrawn.reason[:11]) == ("Jo", "The outcome")
    with pytest.raises(CannotRegister, match="withdrawn already"):
        withdraw(store, first.no, "again", "Jo")
    with pytest.raises(CannotRegister, match="no registration 9"):
        withdraw(store, 9, "why", "Jo")
    assert register(store, WISH).no == 2


def test_a_refused_registration_publishes_nothing(store: Store) -> None:
    with pytest.raises(CannotRegister):
        register(store, replace(WISH, smallest=0.0))
    assert not store.exists()
    with pytest.raises(CannotRegister, match="no registration"):
        withdraw(store, 1, "why", "Jo")
    assert not store.exists()


def test_while_somebody_loads_it_has_to_wait(store: Store) -> None:
    with store.writing(), pytest.raises(StoreBusy):
        register(store, WISH)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"claim_id": "Z9"}, "not the id of a claim"),
        ({"claim_id": None, "own_words": "  "}, "is empty"),
        ({"claim_id": None, "own_words": "x" * (LONGEST_WORDS + 1)}, "at most 300"),
        ({"by": "x" * (LONGEST_NAME + 1)}, "at most 80"),
        ({"measured_by": "happiness"}, "What is measured"),
        ({"measured_by": "survey happiness"}, "Surveys measure"),
        ({"measured_by": "measures <b>"}, "A metric's name"),
        ({"measured_by": "measures "}, "What is measured"),
        ({"side": "both"}, "The side is"),
        ({"direction": "up"}, "expected direction"),
        ({"smallest": float("nan")}, "smallest difference"),
        ({"smallest": -1.0}, "smallest difference"),
        ({"smallest": 101.0}, "at most 100"),
        ({"rule": "whatever"}, "The rule is one of"),
    ],
)
def test_bad_input_is_refused_in_a_sentence(store: Store, change: dict, says: str) -> None:
    with pytest.raises(CannotRegister, match=says):
        register(store, replace(WISH, **change))


def test_text_becomes_one_plain_line() -> None:
    assert plain_text(" a\tb\n\x00c\u202e d ", 20, "It") == "a b c d"


def test_a_survey_and_a_metric_can_be_registered(store: Store) -> None:
    survey = register(store, replace(WISH, measured_by="survey  inclusion", smallest=0.2))
    metric = register(store, replace(WISH, claim_id=None, own_words="More ideas", measured_by="measures ideas"))
    assert survey.measured_by == "survey inclusion" and "0.2 points of the scale" in survey.expectation
    assert metric.claim_id is None and "of the metric's own unit" in metric.expectation
    ideas = b"metric,date,value,employee_id\nideas,2024-03-31,1,A\nideas,2024-06-30,2,A\n"
    loaded(store, PEOPLE, SourceFile("measures.csv", ideas))
    assert [one.arrival for one in shown(store)] == ["before", "none"]
