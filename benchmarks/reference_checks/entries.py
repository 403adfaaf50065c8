"""One entry of the reference results, and how its numbers are held against recomputed ones."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd


@dataclass(frozen=True)
class Entry:
    """What an entry gives: its inputs (inline in `data`, or files in `folder`) and the values to reproduce."""

    id: str
    data: dict[str, Any]
    values: dict[str, Any]
    tolerance: float
    folder: Path

    def table(self, name: str) -> pd.DataFrame:
        """A file of the folder; words stay as written, "NA" alone is missing."""
        return pd.read_csv(self.folder / name, keep_default_na=False, na_values=["NA"])


Check = Callable[[Entry], dict[str, Any]]


@dataclass(frozen=True)
class Outcome:
    """How many values of an entry were compared, how many not, and the worst of the compared ones."""

    id: str
    compared: int
    missing: tuple[str, ...]
    worst: float
    worst_value: str
    tolerance: float

    @property
    def ok(self) -> bool:
        return not self.missing and self.compared > 0 and self.worst <= self.tolerance


def read_entries(folder: Path) -> list[Entry]:
    document = json.loads((folder / "reference.json").read_text(encoding="utf-8"))
    return [
        Entry(check["id"], check["data"], check["values"], float(check["rel_tol"]), folder / "data")
        for check in document["checks"]
    ]


def compare(entry: Entry, found: dict[str, Any]) -> Outcome:
    """Every number, word and truth value of the entry against the recomputed one of the same name."""
    recomputed = dict(_leaves(found, ""))
    missing, worst, worst_value, compared = [], 0.0, "", 0
    for name, expected in _leaves(entry.values, ""):
        if name not in recomputed:
            missing.append(name)
            continue
        compared += 1
        error = _error(expected, recomputed[name])
        if error > worst or not worst_value:
            worst, worst_value = error, name
    return Outcome(entry.id, compared, tuple(missing), worst, worst_value, entry.tolerance)


def _leaves(value: Any, name: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, f"{name}.{key}" if name else str(key))
    elif isinstance(value, (list, tuple)) or getattr(value, "ndim", 0) > 0:
        for position, inner in enumerate(value):
            yield from _leaves(inner, f"{name}[{position}]")
    else:
        yield name, value


def _error(expected: Any, found: Any) -> float:
    """Relative error of a number (absolute where 0 is expected); words and truth values are right or wrong."""
    if isinstance(expected, (str, bool)):
        return 0.0 if expected == found else math.inf
    if found is None or not math.isfinite(found):
        return math.inf
    return abs(found - expected) / (abs(expected) if expected != 0 else 1.0)
