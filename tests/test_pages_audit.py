"""What pages write into the audit, the page that shows it, and what stops where it can't be written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis.findings.results import Question, Selection
from analysis.store import CannotAudit, Event, Store, audit_path, flush_audit, read_audit, write_audit
from tests.pages import empty_store, everything, run_page, show
from ui import audited, download


def lines(folder: Path) -> list[Event]:
    flush_audit()
    return list(read_audit(Store(folder)))


def said(page: AppTest) -> str:
    return everything(page).replace("\\", "")


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    show(monkeypatch, tmp_path)
    return tmp_path / "store"


def store_of(folder: Path) -> Store:
    return Store(empty_store(folder))


def test_a_finding_is_told_once_a_session_and_question(shown: Path) -> None:
    page = run_page("outcomes")
    assert not page.exception
    first = lines(shown)
    assert first and {one.what for one in first} == {"finding"}
    assert any(one.about.startswith("outcome_detail: retention, mentor") for one in first)
    assert not any(one.about.startswith("quarters") for one in first), "a list to choose from is no finding"
    page.run()
    assert lines(shown) == first, "running again asks nothing new"
    page.segmented_control(key="outcome").set_value("promotion").run()
    more = lines(shown)[len(first) :]
    assert more and all("retention" not in one.about for one in more)
    assert len({one.about for one in more}) == len(more)


def test_nothing_of_the_invented_employer_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    show(monkeypatch, tmp_path)
    monkeypatch.setattr("ui.data.shows_sample", lambda: True)
    monkeypatch.setattr("ui.data.sample_store", lambda: store_of(tmp_path / "sample"))
    own = Store(tmp_path / "own")
    monkeypatch.setenv("IMPACT_STORE", str(own.folder))
    run_page("quarterly_impact")
    flush_audit()
    assert not audit_path(own).exists()


def test_a_question_in_words_is_what_differs_from_the_plainest() -> None:
    asked = Question("retention", "mentor", where=Selection(department="Finance"))
    assert audited.in_words(asked) == "retention, mentor, Finance"
    assert audited.in_words(("2025Q4", None, Selection())) == "2025Q4"


def test_a_download_is_told_when_it_is_taken_and_not_handed_out_untold(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    store = store_of(tmp_path)
    monkeypatch.setenv("IMPACT_STORE", str(store.folder))
    content = audited.taken_away(lambda: b"a,b", "table.csv")
    assert lines(store.folder) == []
    assert content() == b"a,b"
    assert [(one.what, one.about, one.outcome) for one in lines(store.folder)] == [
        ("download", "table.csv", "begun"),
        ("download", "table.csv", "done"),
    ]
    made: list[int] = []
    audit_path(store).unlink()
    audit_path(store).mkdir()
    with pytest.raises(CannotAudit):
        audited.taken_away(lambda: made.append(1) or b"", "table.csv")()
    assert not made


def test_every_download_button_hands_out_what_is_told() -> None:
    root = Path(download.__file__).parent
    buttons = {path.name: path.read_text(encoding="utf-8") for path in root.glob("*.py")}
    with_button = {name: text for name, text in buttons.items() if "st.download_button(" in text}
    for name, text in with_button.items():
        assert text.count("st.download_button(") <= text.count("taken_away(") or name == "audit_events.py", name
    pages = [path for path in (root.parent / "pages").glob("*.py") if "download_button" in path.read_text()]
    assert not pages, "pages leave it to ui"


def test_pages_can_be_read_with_a_warning_where_it_cannot_be_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    show(monkeypatch, tmp_path)
    store = Store(os.environ["IMPACT_STORE"])
    audit_path(store).mkdir()
    try:
        page = run_page("quarterly_impact")
        assert not page.exception and not page.error
        assert any("audit file" in one.value.replace("\\", "") for one in page.warning)
        assert page.metric or "stayed" in said(page)
    finally:
        audit_path(store).rmdir()


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Store:
    store = store_of(tmp_path)
    monkeypatch.setenv("IMPACT_STORE", str(store.folder))
    st.cache_data.clear()
    write_audit(store, "load", "people.csv <b>", "done", "ann")
    write_audit(store, "finding", "effects: retention, mentor", "done", "bob")
    return store


def table_of(page: AppTest) -> list[str]:
    return [str(cell).replace("\\", "") for cell in page.table[0].value["About"]]


def test_the_page_shows_events_newest_first_by_kind_and_day(written: Store) -> None:
    page = run_page("audit")
    assert not page.exception and not page.error
    assert [cell.split(" :small")[0] for cell in table_of(page)] == ["effects: retention, mentor", "people.csv <b>"]
    assert "No line was changed" in said(page) and "2 of 2 events" in said(page)
    page.selectbox(key="audit_what").set_value("load").run()
    assert len(table_of(page)) == 1 and "1 of 2 events" in said(page)
    page.selectbox(key="audit_what").set_value("erasure").run()
    assert not page.table and "0 of 2 events" in said(page) and not page.exception


def test_the_page_says_when_a_line_was_changed(written: Store) -> None:
    path = audit_path(written)
    path.write_text(path.read_text().replace("ann", "eve"))
    page = run_page("audit")
    assert "does not hold" in said(page) and "Line 1 was changed" in said(page) and not page.exception


def test_the_page_names_what_was_begun_and_never_ended(written: Store) -> None:
    assert "no line tells how it ended" not in said(run_page("audit"))
    write_audit(written, "load", "half.csv", "begun", "ann")
    assert "Line 3 begins load: half.csv" in said(run_page("audit"))


def test_the_page_of_an_audit_that_cannot_be_read_says_so(written: Store) -> None:
    audit_path(written).unlink()
    audit_path(written).mkdir()
    page = run_page("audit")
    assert not page.exception and not page.table and "can't be read" in said(page)


def test_the_page_of_an_audit_that_is_gone_says_so(written: Store) -> None:
    audit_path(written).unlink()
    page = run_page("audit")
    assert not page.exception and "does not hold" in said(page) and "is missing" in said(page)
    assert "Nothing was done yet" not in said(page)


def test_the_page_of_an_empty_audit_and_a_stale_address(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("IMPACT_STORE", str(tmp_path / "none"))
    assert "Nothing was done yet" in said(run_page("audit"))
    store = store_of(tmp_path)
    monkeypatch.setenv("IMPACT_STORE", str(store.folder))
    write_audit(store, "load", "a.csv")
    page = run_page("audit", audit_what="gossip")
    assert page.toast and len(page.table) == 1 and not page.exception


def test_the_page_is_for_this_machine_until_there_are_roles(written: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMPACT_SERVE_WITHOUT_SIGN_IN", "yes")
    page = run_page("audit")
    assert "Not shown here" in said(page) and not page.table and "people.csv" not in said(page)
