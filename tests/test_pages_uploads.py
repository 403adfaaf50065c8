"""Uploads: files, answers, what would change, load, undo; every line accounted for, every fault a sentence."""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis import load as loads
from analysis.load import Change, SourceFile, history, load
from analysis.store import Store
from tests import fabricated, list_files
from tests.pages import everything, run_page
from ui import jobs, loading

LADDER = b"level,rank\nAnalyst,1\nManager,2\nDirector,3\n"
JOB_EVENTS = b"employee_id,effective_date,event_type\n" + b"".join(
    b"E%03d,2025-03-%02d,promotion\n" % (number, number % 28 + 1) for number in range(300)
)
FAULTY = JOB_EVENTS + b"E900,not a date,promotion\n\nE901,also not,promotion\n"
WORKDAY = ("workers.csv", list_files.workday())
NO_CHANGE = Change(None, 0, 0, 0, (), ())


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Store]:
    """A store that holds one load, so that no page builds the sample employer; no load of these tests stores findings,
    which no page of theirs shows."""
    monkeypatch.setattr(loads, "store_headlines", lambda *given: None)
    own = Store(tmp_path / "own")
    load(own, [SourceFile("ladder.csv", LADDER)])
    monkeypatch.setenv("IMPACT_STORE", str(own.folder))
    yield own
    wait_until(lambda: jobs.running(own) is None)


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def dropped(*files: tuple[str, bytes]) -> AppTest:
    """The page after these files were dropped on it."""
    return add(run_page("uploads"), *files)


def add(page: AppTest, *files: tuple[str, bytes]) -> AppTest:
    page.file_uploader[0].set_value([(name, content, "text/csv") for name, content in files]).run()
    assert not page.exception
    return page


def press(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label.startswith(label)).click().run()
    assert not page.exception
    return page


def settled(page: AppTest, store: Store) -> AppTest:
    """The page after its job has ended, as the browser asks for it again."""
    for _ in range(3):
        wait_until(lambda: jobs.running(store) is None)
        page.run()
        assert not page.exception
    return page


def has_load_button(page: AppTest) -> bool:
    return any(button.label.startswith("Load ") for button in page.button)


def asked(page: AppTest, kind: str, words: str):  # type: ignore[no-untyped-def]
    return next(widget for widget in getattr(page, kind) if words in widget.label)


def previewed(monkeypatch: pytest.MonkeyPatch, change: Change) -> None:
    """The preview finds this, whatever the files hold."""
    monkeypatch.setattr(loading, "preview", lambda store, files, progress: ((), change))


def test_before_there_are_files_there_is_a_place_for_them_and_nothing_else_to_do(store: Store) -> None:
    page = run_page("uploads")
    assert not page.exception and len(page.file_uploader) == 1
    assert ":blue-badge[**1 Drop**]" in everything(page) and not has_load_button(page)


def test_every_line_of_a_file_is_accounted_for_and_a_check_changes_nothing(store: Store) -> None:
    text = everything(settled(dropped(("job_events.csv", FAULTY)), store))
    assert "**304 lines** = 1 header + **300 to load** + 1 blank + **2 set aside**" in text
    assert "**2 lines**: unreadable date" in text and "Line 302" in text
    assert ":blue-badge[**4 Check**]" in text and ":green-badge[:material/check: Answer]" in text
    assert len(history(store)) == 1


def test_a_file_loads_in_the_background_and_can_be_undone_and_brought_back(store: Store) -> None:
    page = settled(dropped(("job_events.csv", JOB_EVENTS)), store)
    press(page, "Load 300 rows")
    assert "300 rows were loaded" in everything(settled_once(page, store))
    assert [record.file_name for record in history(store)] == ["job_events.csv", "ladder.csv"]
    assert len(page.file_uploader) == 1, "ready for the next files"
    for label, state in (("Undo", "undone"), ("Redo", "active")):
        page.selectbox(key="history_choice").select(history(store)[0]).run()
        press(page, label)
        assert history(store)[0].state == state
        assert "counted" in everything(page)


def settled_once(page: AppTest, store: Store) -> AppTest:
    wait_until(lambda: jobs.running(store) is None)
    page.run()
    assert not page.exception
    return page


def test_while_it_loads_there_is_a_bar_alone_and_another_session_sees_it_too(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    previewed(monkeypatch, NO_CHANGE)
    going, may_end = [], []

    def slow(store: Store, files: object, progress: jobs.Progress, by: str) -> tuple[()]:
        progress("Writing the rows", 1, 4)
        going.append(True)
        wait_until(lambda: bool(may_end))
        return ()

    monkeypatch.setattr(loading, "load", slow)
    page = settled(dropped(("job_events.csv", JOB_EVENTS)), store)
    press(page, "Load 300 rows")
    wait_until(lambda: bool(going))
    for session in (page.run(), run_page("uploads")):
        text = everything(session)
        assert "goes on when you turn to another page" in text and ":blue-badge[**5 Load**]" in text
        assert not has_load_button(session) and not session.file_uploader
    may_end.append(True)


def test_what_another_session_loaded_leaves_the_files_of_this_one_alone(store: Store) -> None:
    here = settled(dropped(("job_events.csv", JOB_EVENTS)), store)
    there = settled(dropped(("more.csv", JOB_EVENTS.replace(b"2025-03", b"2025-04"))), store)
    settled_once(press(there, "Load 300 rows"), store)
    assert "Load 300 rows" in everything(settled(here, store)), "found anew against what is loaded now"
    settled_once(press(here, "Load 300 rows"), store)
    assert len(history(store)) == 3


def test_what_only_a_person_can_say_is_asked_and_the_answer_is_used(store: Store) -> None:
    many_faults = JOB_EVENTS + b"".join(b"E9%02d,not a date,promotion\n" % number for number in range(20))
    page = dropped(("job_events.csv", many_faults))
    assert "needs an answer" in everything(page) and not has_load_button(page)
    assert ":blue-badge[**3 Answer**]" in everything(page)
    press(page, "Use these answers")
    assert "Still open: 20 of 320 lines have faults" in page.warning[0].value
    asked(page, "selectbox", "faults").select("load_the_rest")
    page = settled(press(page, "Use these answers"), store)
    settled_once(press(page, "Load 300 rows"), store)
    assert history(store)[0].rejected == 20


def test_all_that_is_missing_is_named_and_what_was_answered_is_not_asked_again(store: Store) -> None:
    page = dropped(WORKDAY)
    press(page, "Use these answers")
    assert page.warning[0].value == "Still open: Emp Typ; Which day does this list describe?; level"
    asked(page, "selectbox", "Which worker type").select("contractor")
    press(page, "Use these answers")
    assert page.warning[0].value == "Still open: Which day does this list describe?; level"
    page.run()
    assert not [box for box in page.selectbox if "Which worker type" in box.label]


def test_answers_stay_when_another_file_is_added_and_a_file_can_be_left_out(store: Store) -> None:
    page = dropped(WORKDAY)
    asked(page, "selectbox", "Which worker type").select("contractor")
    asked(page, "date_input", "Which day").set_value(date(2026, 3, 31))
    press(page, "Use these answers")
    add(page, ("people.csv", b"employee_id,level\nE1,Analyst\n"))
    text = everything(page)
    assert "workers.csv" in text and "people.csv" in text and "can't be loaded" in text
    assert not [box for box in page.selectbox if "Which worker type" in box.label]
    page.button(key="leave people.csv").click().run()
    assert "people.csv" not in everything(page) and "workers.csv" in everything(page)


def test_the_order_of_levels_is_given_one_after_the_other_or_later(store: Store) -> None:
    page = dropped(WORKDAY)
    asked(page, "selectbox", "Which worker type").select("contractor")
    asked(page, "date_input", "Which day").set_value(date(2026, 3, 31))
    press(page, "Use these answers")
    order = asked(page, "multiselect", "Put the levels in order")
    levels = ["7 Individual Contributor", "5 Manager"]
    known = [level for level in order.options if level not in levels]
    assert set(levels) < set(order.options)
    order.set_value(levels)
    press(page, "Use these answers")
    assert "Still open: level" in page.warning[0].value, "two of five levels are no order"
    order = asked(page, "multiselect", "Put the levels in order")
    order.set_value([levels[0], *known, levels[1]])
    page = settled(press(page, "Use these answers"), store)
    assert "ladder from workers.csv" in everything(page) and has_load_button(page)


def test_the_first_lines_are_shown_with_what_is_refused_covered(store: Store) -> None:
    page = dropped(WORKDAY)
    lines = page.dataframe[0].value
    assert list(lines["Line in the file"])[:2] == [2, 3]
    assert set(lines["Worker"]) == set(lines["Base Pay"]) == {"•••"}
    assert lines["Emp Typ"].iloc[0] == "R"
    text = everything(page).replace("\\", "")
    assert "••• covers what is refused" in text and "11 of 14 columns are read" in text
    assert "recognised as: Workday worker list" in text and "refused: name of a person" in text


def test_a_file_that_can_not_be_loaded_says_why_and_offers_no_load(store: Store) -> None:
    page = dropped(("people.csv", b"employee_id,level\nE1,Analyst\n"))
    assert "can't be loaded" in everything(page) and "hire date" in everything(page)
    assert not has_load_button(page)
    press(page, "Use other files")
    assert "can't be loaded" not in everything(page) and ":blue-badge[**1 Drop**]" in everything(page)


def test_the_same_file_again_is_named_and_not_loaded_twice(store: Store) -> None:
    page = dropped(("again.csv", LADDER))
    assert "already loaded" in everything(page) and not has_load_button(page)


@pytest.mark.parametrize(
    ("mapping", "said"), [(b"{not json", "is not valid JSON"), (b"[1]", "is not a JSON object"), (b"\xff", "UTF-8")]
)
def test_a_mapping_that_is_no_json_is_a_sentence(store: Store, mapping: bytes, said: str) -> None:
    page = dropped(("survey.csv", b"a,b\n1,2\n"), ("survey.csv.mapping.json", mapping))
    assert said in page.error[0].value.replace("\\", "") and len(page.file_uploader) == 1


def test_a_mapping_without_its_file_is_not_passed_over_in_silence(store: Store) -> None:
    page = dropped(("job_events.csv", JOB_EVENTS), ("other.csv.mapping.json", b"{}"))
    assert "belongs to other.csv, which is not among the files" in page.error[0].value.replace("\\", "")


def test_a_mapping_that_is_added_later_is_used_for_its_file(store: Store) -> None:
    page = dropped(WORKDAY)
    answers = {"as_of": "2026-03-31", "ladder": "later", "scope": "everyone"}
    mapping = {"answers": answers, "values": {"Emp Typ": {"C": "contractor", "R": "employee"}}}
    add(page, ("workers.csv.mapping.json", json.dumps(mapping).encode()))
    assert "ready to load" in everything(page)
    settled(page, store)


def test_two_files_of_one_name_are_both_read(store: Store) -> None:
    page = dropped(("people.csv", b"employee_id,level\nE1,Analyst\n"), ("people.csv", JOB_EVENTS))
    assert "people.csv" in everything(page) and "people \\(2\\).csv" in everything(page)


def test_a_zip_is_the_files_in_it(store: Store) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as writer:
        writer.writestr("moves/job_events.csv", JOB_EVENTS)
        writer.writestr("levels.csv", LADDER.replace(b"Director", b"Partner"))
    text = everything(settled(dropped(("exports.zip", packed.getvalue())), store)).replace("\\", "")
    assert "exports.zip/levels.csv" in text and "exports.zip/moves/job_events.csv" in text
    assert "Load 303 rows" in text


def test_somebody_else_loading_is_said_and_nothing_breaks(store: Store) -> None:
    page = dropped(("job_events.csv", JOB_EVENTS))
    settled(page, store)
    with store.writing():
        page = settled_once(press(page, "Load 300 rows"), store)
        assert [error.value for error in page.error if "loading data" in error.value]
    assert len(history(store)) == 1
    settled_once(press(settled(page, store), "Load 300 rows"), store)
    assert len(history(store)) == 2, "the files and answers were still there"


def test_a_preview_that_could_not_be_made_can_be_tried_again(store: Store) -> None:
    with store.writing():
        page = settled(dropped(("job_events.csv", JOB_EVENTS)), store)
        assert [info.value for info in page.info if "loading data" in info.value]
    settled(press(page, "Try again"), store)
    assert not page.info and "Retained at 12 months" in everything(page)


def test_what_would_change_is_a_headcount_a_forest_and_the_verdicts(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = fabricated.FINDING, fabricated.CANNOT
    change = Change(date(2026, 9, 30), 4000, 133, 121, (before,), (before, after))
    previewed(monkeypatch, change)
    page = settled(dropped(("job_events.csv", JOB_EVENTS)), store)
    text = everything(page)
    assert "What this load would change" in text
    assert "**4,000 people** as of 30 Sep 2026; 133 new, 121 left since the list before." in text
    assert before.verdict_label in text and "verdict unchanged" in text
    assert page.get("plotly_chart")
    settled(page, store)


def test_what_has_no_number_before_is_said_as_a_sentence() -> None:
    assert loading.verdict_before(None, fabricated.NOT_SHOWN) == "nor was it before"
    assert loading.verdict_before(None, fabricated.FINDING) == "the first number; there was none before"


def test_what_the_checks_across_tables_say_stands_there_before_the_load(store: Store) -> None:
    page = settled(dropped(("job_events.csv", JOB_EVENTS)), store)
    assert any(one.label.endswith("events.csv**: unknown person") for one in page.expander)
    assert "name somebody who is in no people file: 300" in everything(page).replace("\\", "")
    assert len(history(store)) == 1, "nothing is loaded yet"
    page = settled(dropped(("measures.csv", b"metric,date,value\nturnover,2025-03-31,4\n")), store)
    assert "Nothing stands out" in everything(page)


def test_a_question_that_comes_up_in_the_rows_is_asked_where_the_others_are(store: Store) -> None:
    people = b"employee_id,as_of_date,hire_date,level\n" + b"".join(
        b"E%02d,2026-03-31,2020-01-01,%s\n" % (number, b"Analyst" if number < 15 else b"Director")
        for number in range(30)
    )
    pairs = b"mentor_id,mentee_id,start_date\n" + b"".join(
        b"E%02d,E%02d,2026-04-01\n" % (number + 15, number) for number in range(15)
    )
    page = settled(dropped(("people.csv", people), ("pairs.csv", pairs)), store)
    box = asked(page, "selectbox", "Are the two columns swapped?")
    assert not has_load_button(page)
    box.select("swap them")
    page = settled(press(page, "Use these answers"), store)
    assert has_load_button(page) and "needs an answer" not in everything(page)


def test_refused_rows_and_how_a_file_was_read_can_be_taken_away(store: Store) -> None:
    page = dropped(("job_events.csv", FAULTY))
    assert [button.label for button in page.get("download_button")] == ["Refused rows"]
    report = load(store, [SourceFile("job_events.csv", FAULTY)], dry_run=True)[0]
    assert loads.refused_rows_csv(report).count(b"\n") >= 3
    settled(page, store)
    page = dropped(("moves.csv", list_files.sap_moves()))
    assert "How it was read" in [button.label for button in page.get("download_button")]
    settled(page, store)


def test_without_a_store_the_page_opens_and_says_whose_numbers_are_shown(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    st.cache_data.clear()
    monkeypatch.setenv("IMPACT_STORE", str(tmp_path / "none"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    page = run_page("uploads")
    assert not page.exception and "Nothing has been loaded yet" in everything(page)
    assert "Nobody here exists" in everything(page)
    assert not (tmp_path / "cache").exists(), "the sample is built only where it is shown"
