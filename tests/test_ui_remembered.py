"""What a process remembers: made once, bounded, nothing of what failed; and never a way past the guard."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from analysis.findings import answers
from analysis.findings.roles import NotAllowed, Role, Viewer
from analysis.store import Store
from tests.pages import empty_store
from ui import data
from ui.remembered import Remembered


def test_what_many_ask_for_at_once_is_made_once() -> None:
    remembered, made, found = Remembered(3), [], []

    def make() -> str:
        made.append(1)
        time.sleep(0.05)
        return "answer"

    asking = [threading.Thread(target=lambda: found.append(remembered.get("key", make))) for _ in range(8)]
    for one in asking:
        one.start()
    for one in asking:
        one.join()
    assert len(made) == 1 and found == ["answer"] * 8


def test_the_oldest_goes_where_there_is_no_room() -> None:
    remembered = Remembered(2)
    for key in ("one", "two", "one", "three"):
        remembered.get(key, lambda key=key: key)
    assert "one" in remembered and "three" in remembered and "two" not in remembered
    remembered.clear()
    assert "one" not in remembered


def test_what_failed_is_asked_again() -> None:
    remembered = Remembered(2)

    def fail() -> None:
        raise ValueError("not now")

    for _ in range(2):
        with pytest.raises(ValueError, match="not now"):
            remembered.get("key", fail)
    assert remembered.get("key", lambda: 3) == 3


def test_a_remembered_answer_is_still_asked_for_by_role_and_session(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    reader = Store(empty_store(tmp_path)).reader()
    asked: list[int] = []

    def claims(reader: object) -> str:
        asked.append(1)
        return "what was found"

    someone = Viewer("ann", Role.ANALYST, ends=time.time() + 60)
    monkeypatch.setattr("ui.sign_in.viewer", lambda: someone)
    assert [data.ask(claims, reader) for _ in range(2)] == ["what was found"] * 2
    assert asked == [1]
    for other in (Viewer("bob", Role.VIEWER), Viewer("ann", Role.ANALYST, ends=time.time() - 1)):
        monkeypatch.setattr("ui.sign_in.viewer", lambda other=other: other)
        with pytest.raises(NotAllowed):
            data.ask(claims, reader)
    assert asked == [1] and answers.claims is not claims
