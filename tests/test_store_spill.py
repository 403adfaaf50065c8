"""What a load can't hold in memory goes to disk beside the draft, and nothing of it stays there."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.store import Store

SMALL = {"enable_external_access": "false", "memory_limit": "32MB"}
ROWS = "create temp table wide as select range as number, md5(range::text) as word from range(300000)"


def spilled(store: Store) -> list[Path]:
    return [path for path in store.folder.iterdir() if path.name.endswith(".tmp")]


def test_more_than_the_memory_limit_goes_to_disk_and_is_gone_after_the_load(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("analysis.store.store._WRITE_SETTINGS", SMALL)
    store = Store(tmp_path / "store")
    with store.writing() as draft:
        for number in range(4):
            draft.connection.execute(ROWS.replace("wide", f"wide{number}"))
        assert draft.connection.execute("select count(*) from duckdb_temporary_files()").fetchone() != (0,)
        assert spilled(store)
    assert not spilled(store)


def test_what_a_killed_load_left_is_removed_by_the_next(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    left = store.folder / "draft.duckdb.tmp"
    left.mkdir(parents=True)
    (left / "duckdb_temp_storage_DEFAULT-0.tmp").write_bytes(b"rows")
    with store.writing():
        assert not left.exists()
    assert not spilled(store)
