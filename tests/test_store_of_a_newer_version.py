"""A store that a newer version of the application wrote: it is neither read nor written, and a sentence says so."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import streamlit as st
from click.testing import CliRunner

from analysis.__main__ import main
from analysis.store import Store, StoreNewer, older_versions
from tests.pages import empty_store, everything, run_page

FUTURE = "insert into schema_migration values ('0999_future', now()::timestamp)"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    found = Store(empty_store(tmp_path))
    with found.writing() as draft:
        draft.connection.execute(FUTURE)
    return found


def versions(store: Store) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in store.folder.iterdir() if path.name != "lock"}


def test_neither_reader_nor_writer_touches_it(store: Store) -> None:
    before = versions(store)
    with pytest.raises(StoreNewer, match=r"newer version of this application.*0999_future"):
        store.reader()
    for anew in (False, True):
        with pytest.raises(StoreNewer, match="0999_future"), store.writing(anew=anew):
            raise AssertionError("nothing is written")
    assert versions(store) == before


@pytest.mark.parametrize(
    "command",
    ["status", "effect --outcome retention --side mentor", "load {file}", "undo abc", "forget --yes --person x"],
)
def test_each_command_refuses_in_a_sentence(store: Store, tmp_path: Path, command: str) -> None:
    file = tmp_path / "ladder.csv"
    file.write_text("level,rank\nA,1\n")
    before = versions(store)
    arguments = [word.format(file=file) for word in command.split()]
    done = CliRunner().invoke(main, [*arguments, "--store", str(store.folder)])
    assert isinstance(done.exception, SystemExit) and done.exit_code == 2
    assert "0999_future" in done.stderr and "Start the newer version" in done.stderr and "Traceback" not in done.output
    assert versions(store) == before


@pytest.mark.parametrize("name", ["quarterly_impact", "uploads"])
def test_a_page_says_it(store: Store, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    st.cache_data.clear()
    monkeypatch.setenv("IMPACT_STORE", str(store.folder))
    page = run_page(name)
    assert not page.exception and len(page.error) == 1
    assert "newer version of this application" in everything(page)


def test_versions_before_today_s_that_a_newer_one_wrote_are_passed_over(store: Store) -> None:
    shutil.copyfile(store.folder / "v000001.duckdb", store.folder / "v000003.duckdb")
    (store.folder / "current").write_text("v000003.duckdb")
    assert [version.data_version for version in older_versions(store.reader())] == [1]
