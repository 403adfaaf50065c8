"""Saved views: kept beside the data, one a name, and never in the way of the data."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.store import LONGEST_NAME, Store, StoreError, delete_view, save_view, saved_views
from tests.pages import empty_store


def test_a_view_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    store = Store(empty_store(tmp_path))
    save_view(store, "  Engineering,\n mentors ", "outcomes", {"side": "mentor", "department": "R&D | <b>"}, 3)
    (view,) = saved_views(Store(store.folder))
    assert (view.name, view.page, view.data_version) == ("Engineering, mentors", "outcomes", 3)
    assert view.filters == {"side": "mentor", "department": "R&D | <b>"}
    assert store.reader().data_version == 1


def test_the_same_name_gives_way_and_views_stand_in_order(tmp_path: Path) -> None:
    store = Store(empty_store(tmp_path))
    for name, page in (("b", "outcomes"), ("A", "surveys"), ("B", "evidence")):
        save_view(store, name, page, {}, 1)
    assert [(view.name, view.page) for view in saved_views(store)] == [("A", "surveys"), ("B", "evidence")]
    delete_view(store, "A")
    delete_view(store, "not there")
    assert [view.name for view in saved_views(store)] == ["B"]


@pytest.mark.parametrize("name", ["", "  \n", "x" * (LONGEST_NAME + 1)])
def test_a_name_that_will_not_do_is_said(tmp_path: Path, name: str) -> None:
    store = Store(empty_store(tmp_path))
    with pytest.raises(StoreError, match="name of 1 to"):
        save_view(store, name, "outcomes", {}, 1)
    assert saved_views(store) == ()


def test_there_is_an_end_to_how_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analysis.store.views.MOST", 2)
    store = Store(empty_store(tmp_path))
    for name in ("a", "b"):
        save_view(store, name, "outcomes", {}, 1)
    with pytest.raises(StoreError, match="delete one first"):
        save_view(store, "c", "outcomes", {}, 1)
    save_view(store, "a", "surveys", {}, 1)
    assert {view.name: view.page for view in saved_views(store)} == {"a": "surveys", "b": "outcomes"}


@pytest.mark.parametrize("content", ["", "{}x", '[{"name": "a"}]', "[1]"])
def test_a_damaged_file_is_a_sentence(tmp_path: Path, content: str) -> None:
    store = Store(empty_store(tmp_path))
    (store.folder / "views.json").write_text(content, encoding="utf-8")
    with pytest.raises(StoreError, match=r"views\.json"):
        saved_views(store)


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store yet"):
        save_view(Store(tmp_path / "nowhere"), "a", "outcomes", {}, 1)
    assert not (tmp_path / "nowhere").exists()
    store = Store(empty_store(tmp_path))
    (store.folder / "views.json").mkdir()
    with pytest.raises(StoreError, match=r"views\.json"):
        save_view(store, "a", "outcomes", {}, 1)
