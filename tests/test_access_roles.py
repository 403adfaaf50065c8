"""The door to answers: which role may ask what, of whom, and in which detail; and who may change anything."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from analysis.findings import access, answers
from analysis.findings.access import HOLDS_NO_FIGURES, ask, may_ask
from analysis.findings.claims.registry import Wish, register, withdraw
from analysis.findings.results import Question, ReachFinding, Selection
from analysis.findings.roles import DEEDS, NotAllowed, Role, Viewer, acts, may
from analysis.load import load, redo, undo
from analysis.reports.content import build
from analysis.store import Reader, Store, audit_path
from tests import fabricated

READER: Any = None
VIEWER, ANALYST, STEWARD, ADMIN = (Viewer(role.label, role) for role in Role)
LEADER = replace(VIEWER, department="Finance")
LIMITED = replace(ANALYST, department="Finance")
FINANCE, SALES = Selection(department="Finance"), Selection(department="Sales")
ASKED = {
    name
    for name in answers.__all__
    if callable(getattr(answers, name)) and not isinstance(getattr(answers, name), type)
}


def named(name: str, found: object = ()) -> Any:
    def answer(reader: object, *question: object) -> object:
        return found

    answer.__name__ = name
    return answer


def test_every_answer_has_its_place_and_only_the_list_of_pairs_is_left_to_administrators() -> None:
    assert {"pairs_to_nudge"} == ASKED - access._VIEWERS - access._ANALYSTS
    assert not access._VIEWERS & access._ANALYSTS
    assert access._VIEWERS | access._ANALYSTS | HOLDS_NO_FIGURES <= ASKED
    assert not may_ask(STEWARD, named("of_tomorrow")) and may_ask(ADMIN, named("of_tomorrow"))


def test_a_viewer_may_not_ask_what_analysts_may() -> None:
    question = Question("retention", "mentor")
    for name in ("overlap", "robustness", "diversity", "surveys", "programme_health", "claims", "dose"):
        with pytest.raises(NotAllowed, match="for analysts, stewards and administrators"):
            ask(VIEWER, named(name), READER, question)
        assert may_ask(ANALYST, named(name), question)


@pytest.mark.parametrize("somebody", [LEADER, LIMITED])
def test_every_question_of_somebody_limited_is_of_their_department(somebody: Viewer) -> None:
    effects, curves, comparison = named("effects"), named("curves"), named("comparison")
    mine, theirs = (Question("retention", "mentor", where=where) for where in (FINANCE, SALES))
    assert may_ask(somebody, effects, mine)
    assert may_ask(somebody, effects, replace(mine, where=replace(FINANCE, location="Dublin")))
    assert not may_ask(somebody, effects, theirs)
    assert not may_ask(somebody, effects, replace(mine, where=Selection()))
    assert not may_ask(somebody, effects, replace(mine, where=Selection(location="Dublin")))
    assert may_ask(somebody, curves, "mentor", "2025Q4", "employment", 12, FINANCE)
    assert not may_ask(somebody, curves, "mentor", "2025Q4", "employment", 12)
    assert may_ask(somebody, comparison, mine, replace(mine, side="mentee"))
    assert not may_ask(somebody, comparison, mine, theirs) and not may_ask(somebody, comparison, theirs, mine)
    for name in ("impact_page", "reach", "quarter_changes", "health_summary", "promoted", "event_study", "claims"):
        assert not may_ask(somebody, named(name), "2025Q4"), name


def test_what_there_is_to_choose_names_one_department_to_somebody_limited() -> None:
    choices = {"department": ("Finance", "Sales"), "location": ("Dublin",)}
    assert ask(LEADER, named("selection_choices", choices), READER, "mentor") == {
        "department": ("Finance",),
        "location": ("Dublin",),
    }
    assert ask(VIEWER, named("selection_choices", choices), READER, "mentor") == choices


def test_the_check_stands_before_the_cache_and_each_detail_is_kept_apart() -> None:
    kept: dict[tuple[object, ...], object] = {}
    asked: list[str] = []

    def cached(answer: Any, reader: Reader, *question: object) -> object:
        asked.append(answer.__name__)
        return kept.setdefault((answer.__name__, question), answer(reader, *question))

    impact = named("impact_page", fabricated.impact())
    whole = ask(ANALYST, impact, READER, "2026Q3", through=cached)
    rounded = ask(VIEWER, impact, READER, "2026Q3", through=cached)
    assert ask(ANALYST, impact, READER, "2026Q3", through=cached) == whole != rounded
    assert ask(VIEWER, impact, READER, "2026Q3", through=cached) == rounded
    with pytest.raises(NotAllowed):
        ask(LEADER, impact, READER, "2026Q3", through=cached)
    assert asked == ["impact_page", "impact_page_for_publication"] * 2


def test_a_viewer_is_told_counts_in_fives_and_nothing_of_fewer_than_ten() -> None:
    impact = fabricated.impact()
    exact = [finding.n_participants for finding in impact.headlines if finding.n_participants]
    assert any(many % 5 for many in exact)  # else nothing were shown by what follows
    found = ask(VIEWER, named("impact_page", impact), READER, "2026Q3")
    told = [finding.n_participants for finding in (*found.headlines, *found.by_cohort)]
    told += [row.eligible for each in found.reach for row in each.rows]
    assert all(many is None or many == 0 or (many >= 10 and many % 5 == 0) for many in told)
    assert all(finding.p_value is None for finding in found.headlines)
    few = ReachFinding("mentor", "2025Q4", fabricated.reach("mentor").rows[:1], "7 of 31 took part.", "", 1)
    shown = ask(VIEWER, named("reach", few), READER, "mentor", "2025Q4")
    assert "7 of 31" not in shown.sentence


def test_a_suppressed_number_is_not_in_what_a_viewer_gets() -> None:
    hidden = replace(fabricated.detail().finding, suppressed=True, n_participants=40, in_people="2 people")
    (found,) = ask(VIEWER, named("effects", (hidden,)), READER, Question("retention", "mentor"))
    assert found.estimate is found.n_participants is found.ci_low is None and found.in_people == ""


def test_a_session_that_ended_may_nothing() -> None:
    over = replace(ADMIN, ends=time.time() - 1)
    with pytest.raises(NotAllowed, match="Sign in again"):
        ask(over, named("quarters"), READER)
    for deed in DEEDS:
        with pytest.raises(NotAllowed, match="Sign in again"):
            acts(over, deed)


def test_the_command_line_acts_under_its_own_name() -> None:
    assert acts("ann", "load") == "ann" and acts(None, "load") is None
    assert acts(STEWARD, "load") == "steward"
    with pytest.raises(NotAllowed, match="for stewards and administrators"):
        acts(ANALYST, "load")
    assert not may(LIMITED, "report") and may(LIMITED, "download") and not may(STEWARD, "of tomorrow")


def test_loading_undoing_and_registering_refuse_before_anything_is_written(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    wish = Wish("B1", None, "retention", "mentor", "higher", 5.0, "interval", "Ann")
    for forbidden in (
        lambda: load(store, [], by=ANALYST),
        lambda: undo(store, "1", ANALYST),
        lambda: redo(store, "1", ANALYST),
        lambda: register(store, wish, VIEWER),
        lambda: register(store, wish, LIMITED),
        lambda: withdraw(store, 1, "a reason", "Ann", VIEWER),
    ):
        with pytest.raises(NotAllowed, match="Nothing was done"):
            forbidden()
    assert not store.folder.exists() and not audit_path(store).exists()


def test_pages_hand_on_who_it_is_and_not_a_name() -> None:
    """A name is what the command line gives, and is not checked."""
    root = Path(__file__).parent.parent / "ui"
    calls = {"history": "else undo)(store", "loading": "partial(load, by=", "registrations": "register(store, wish, "}
    for name, call in calls.items():
        source = (root / f"{name}.py").read_text(encoding="utf-8")
        assert call in source and "who()" not in source
        for line in source.splitlines():
            assert call not in line or "sign_in.viewer()" in line, line


def test_reports_are_made_in_the_detail_of_who_asks(sample_reader: Reader) -> None:
    with pytest.raises(NotAllowed, match="for all staff"):
        build(sample_reader, None, "board", VIEWER)
    for limited in (LEADER, LIMITED):
        with pytest.raises(NotAllowed, match="about everybody"):
            build(sample_reader, None, "staff", limited)
    assert build(sample_reader, None, "staff", VIEWER).public
