"""What pages open with is stored by the load, and is to the last digit what would be computed if it were not."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest

from analysis.findings import answers
from analysis.findings.claims.precompute import grid_shares, share_key
from analysis.findings.results import SIDES
from analysis.store import Reader

ROOMS = [sys.modules[f"analysis.findings.answers.{name}"] for name in ("claims", "diversity", "health", "people")]


def _asked(reader: Reader) -> list[tuple[Callable[..., Any], tuple[str, ...]]]:
    newest = answers.quarters(reader)[0]
    return [
        *((answers.started_cohorts, (side, newest)) for side in SIDES),
        *((answers.promoted, (side, newest)) for side in SIDES),
        *((answers.diversity, (side, by, newest)) for side in SIDES for by in answers.DIVIDED_BY),
        *((answers.leadership, (by, newest)) for by in answers.ATTRIBUTES),
        (answers.health_summary, (newest,)),
        (answers.claims, ()),
    ]


def _forget() -> None:
    for room in ROOMS:
        for value in vars(room).values():
            if hasattr(value, "cache_clear"):
                value.cache_clear()


def test_stored_is_what_would_be_computed(sample_reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = _asked(sample_reader)
    _forget()
    looked_up: list[str] = []
    for room in ROOMS:
        known = room.stored

        def counted(reader: Reader, key: str, known: Callable[[Reader, str], str | None] = known) -> str | None:
            body = known(reader, key)
            looked_up.append(key if body else "")
            return body

        monkeypatch.setattr(room, "stored", counted)
    stored = [answer(sample_reader, *question) for answer, question in asked]
    assert looked_up and "" not in looked_up  # all of it is there
    _forget()
    for room in ROOMS:
        monkeypatch.setattr(room, "stored", lambda reader, key: None)
    computed = [answer(sample_reader, *question) for answer, question in asked]
    _forget()
    for (answer, question), one, other in zip(asked, stored, computed, strict=True):
        assert one == other, (answer.__name__, question)


def test_each_counted_claim_has_a_key_of_its_own() -> None:
    keys = [share_key(ask) for ask in grid_shares()]
    assert len(set(keys)) == len(keys) > 5
