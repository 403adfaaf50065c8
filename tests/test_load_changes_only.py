"""A people list that holds only changes stands on the list before it; nobody it does not name has left."""

from __future__ import annotations

from pathlib import Path

import pytest

import analysis.load
from analysis.load import SourceFile, load, undo
from analysis.store import Store

HEADER = "employee_id,as_of_date,hire_date,termination_date,level\n"
WHOLE = HEADER + "".join(f"E{n},2026-03-31,2020-01-01,{'2026-03-10' if n == 5 else ''},A\n" for n in range(1, 6))
CHANGES = HEADER + "E2,2026-06-30,2020-01-01,,B\nE9,2026-06-30,2026-05-01,,A\n"
MORE = HEADER + "E3,2026-09-30,2020-01-01,2026-08-01,A\n"
AFTER = HEADER + "E9,2026-10-31,2026-05-01,,A\n"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setattr(analysis.load, "store_headlines", lambda connection, version, say: None)
    return Store(tmp_path / "store")


def give(store: Store, text: str, scope: str | None = None) -> str:
    mapping = {"answers": {"scope": scope}} if scope else None
    [report] = load(store, [SourceFile("people.csv", text.encode(), mapping)])
    assert report.status == "loaded" and report.load_id, report.message
    return report.load_id


def seen(store: Store) -> dict[str, int]:
    with store.reader().cursor() as cursor:
        rows = cursor.execute("select as_of_date::text, count(*) from people group by 1 order by 1").fetchall()
    return dict(rows)


def levels(store: Store, day: str) -> list[str]:
    with store.reader().cursor() as cursor:
        rows = cursor.execute("select level from people where as_of_date = ? order by level", [day]).fetchall()
    return [level for (level,) in rows]


def test_whoever_is_not_named_is_carried_over_unless_they_had_left(store: Store) -> None:
    give(store, WHOLE)
    give(store, CHANGES, "changes")
    assert seen(store) == {"2026-03-31": 5, "2026-06-30": 5}, "four carried or changed, one new; who left is gone"
    assert levels(store, "2026-06-30") == ["A", "A", "A", "A", "B"]


def test_changes_stand_on_changes_before_them(store: Store) -> None:
    give(store, WHOLE)
    give(store, CHANGES, "changes")
    give(store, MORE, "changes")
    assert seen(store)["2026-09-30"] == 5
    assert levels(store, "2026-09-30") == ["A", "A", "A", "A", "B"], "the change of June holds in September"


def test_a_list_of_everyone_ends_it(store: Store) -> None:
    give(store, WHOLE)
    give(store, CHANGES, "changes")
    give(store, AFTER, "everyone")
    assert seen(store)["2026-10-31"] == 1


def test_what_is_carried_goes_when_its_list_is_undone(store: Store) -> None:
    whole = give(store, WHOLE)
    give(store, CHANGES, "changes")
    undo(store, whole)
    assert seen(store) == {"2026-06-30": 2}


def test_changes_with_nothing_before_them_are_what_they_are(store: Store) -> None:
    give(store, CHANGES, "changes")
    assert seen(store) == {"2026-06-30": 2}
