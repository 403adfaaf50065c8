"""Uploads: check, answer, load, undo; every line accounted for, every fault a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.load import SourceFile, history, load
from analysis.store import Store
from tests.pages import everything, run_page

LADDER = b"level,rank\nAnalyst,1\nManager,2\nDirector,3\n"
JOB_EVENTS = b"employee_id,effective_date,event_type\n" + b"".join(
    b"E%03d,2025-03-%02d,promotion\n" % (number, number % 28 + 1) for number in range(300)
)


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Store:
    """A store that holds one load, so that no page builds the sample employer."""
    own = Store(tmp_path / "own")
    load(own, [SourceFile("ladder.csv", LADDER)])
    monkeypatch.setenv("IMPACT_STORE", str(own.folder))
    return own


def checked(*files: tuple[str, bytes]) -> AppTest:
    """The page after these files were chosen and Check was pressed."""
    page = run_page("uploads")
    page.file_uploader[0].set_value([(name, content, "text/csv") for name, content in files]).run()
    return press(page, "Check")


def press(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label.startswith(label)).click().run()
    assert not page.exception
    return page


def has_load_button(page: AppTest) -> bool:
    return any(button.label.startswith("Load ") for button in page.button)


def test_every_line_of_a_file_is_accounted_for(store: Store) -> None:
    faulty = JOB_EVENTS + b"E900,not a date,promotion\n\nE901,also not,promotion\n"
    text = everything(checked(("job_events.csv", faulty)))
    assert "**304 lines** = 1 header + **300 to load** + 1 blank + **2 set aside**" in text
    assert "**2 lines**: unreadable date" in text and "Line 302" in text
    assert len(history(store)) == 1, "a check changes nothing"


def test_a_file_loads_and_can_be_undone_and_brought_back(store: Store) -> None:
    page = press(checked(("job_events.csv", JOB_EVENTS)), "Load 300 rows")
    assert "300 rows were loaded" in everything(page)
    assert [record.file_name for record in history(store)] == ["job_events.csv", "ladder.csv"]
    for label, state in (("Undo", "undone"), ("Redo", "active")):
        newest = history(store)[0]
        page.selectbox(key="history_choice").select(newest).run()
        press(page, label)
        assert history(store)[0].state == state
        assert "counted" in everything(page)


def test_what_only_a_person_can_say_is_asked_and_the_answer_is_used(store: Store) -> None:
    many_faults = JOB_EVENTS + b"".join(b"E9%02d,not a date,promotion\n" % number for number in range(20))
    page = checked(("job_events.csv", many_faults))
    assert "needs an answer" in everything(page) and not has_load_button(page)
    question = next(box for box in page.selectbox if "faults" in box.label)
    question.select("load_the_rest").run()
    assert "Press **Check** again" in everything(page)
    press(page, "Check")
    press(page, "Load 300 rows")
    assert history(store)[0].rejected == 20


def test_a_file_that_can_not_be_loaded_says_why_and_offers_no_load(store: Store) -> None:
    page = checked(("people.csv", b"employee_id,level\nE1,Analyst\n"))
    assert "can't be loaded" in everything(page) and "hire\\_date" in everything(page)
    assert not has_load_button(page)


def test_the_same_file_again_is_named_and_not_loaded_twice(store: Store) -> None:
    page = checked(("again.csv", LADDER))
    assert "already loaded" in everything(page) and not has_load_button(page)


def test_a_mapping_that_is_no_json_is_a_sentence(store: Store) -> None:
    page = checked(("survey.csv", b"a,b\n1,2\n"), ("survey.csv.mapping.json", b"{not json"))
    assert "is not valid JSON" in page.error[0].value and not page.exception


def test_somebody_else_loading_is_said_and_nothing_breaks(store: Store) -> None:
    page = checked(("job_events.csv", JOB_EVENTS))
    with store.writing():
        press(page, "Load 300 rows")
        assert [info.value for info in page.info if "loading data" in info.value]
    assert len(history(store)) == 1


def test_without_a_store_the_page_opens_and_says_whose_numbers_are_shown(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("IMPACT_STORE", str(tmp_path / "none"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    page = run_page("uploads")
    assert not page.exception and "Nothing has been loaded yet" in everything(page)
    assert "Nobody here exists" in everything(page)
    assert not (tmp_path / "cache").exists(), "the sample is built only where it is shown"
