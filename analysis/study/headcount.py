"""Who is in the newest list of people, against the list before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from analysis.store import Cursor

_QUERY = Path(__file__).parent / "sql" / "headcount.sql"


@dataclass(frozen=True)
class Headcount:
    """People in the newest list, those new in it, and those of the list before who are not in it. `as_of` is None, and
    nobody is new or gone, where the lists are not dated."""

    as_of: date | None
    people: int
    joined: int
    left: int


def headcount(cursor: Cursor) -> Headcount:
    row = cursor.execute(_QUERY.read_text(encoding="utf-8")).fetchone()
    return Headcount(*row) if row else Headcount(None, 0, 0, 0)
