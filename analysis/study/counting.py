"""From coded person-trials to cells: millions of rows are counted as numbers, and only cells meet words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.store import Cursor
from analysis.study.clusters import People

Ints = NDArray[np.integer]
LARGEST = 2**62  # no running number beyond this
_TYPES = {
    "level": "level_word",
    "tenure_band": "tenure_word",
    "performance_rating": "rating_word",
    "promoted_last_year": "answer_word",
    "part_time": "answer_word",
    "gender": "gender_word",
    "ethnicity": "ethnicity_word",
    "age_band": "age_word",
    "disability": "answer_word",
    "lgbtq": "answer_word",
    "generation": "generation_word",
}


@dataclass(frozen=True)
class Rows:
    """What the cells don't tell: the link to people, and how many person-trials vanished by then, had a rise that
    can't be dated, or were seen to leave."""

    people: People
    vanished: int
    undated_rises: int
    exits: int


def count_cells(cursor: Cursor, covariates: tuple[str, ...], counted: tuple[str, ...]) -> tuple[pd.DataFrame, Rows]:
    """The cells of the person-trials that are chosen on the cursor, and their rows.

    covariates: columns of figure_pattern, and the cohort. counted: whole-number columns of figure_part. The frame has
    cell_id, covariates (categories), counted and n, in the order of cohort, other covariates and counted.
    """
    rows = _arrays(
        cursor,
        "select person, pattern_id, cohort_no, joined_later, vanished, undated_rise, exit_seen, "
        f"{', '.join(counted)} from figure_part",
    )
    described = tuple(name for name in covariates if name != "cohort")
    codes = _pattern_codes(cursor, described)
    pattern = rows["pattern_id"]
    patterns = [number(codes[name] for name in described)[pattern]] if described else []
    key = number([rows["cohort_no"], *patterns, *(rows[name] for name in counted)])
    cell_id, first, n = _numbered(key)
    found: dict[str, object] = {"cell_id": np.arange(len(n), dtype=np.int32)}
    words = _words(cursor, covariates)
    for name in covariates:
        code = rows["cohort_no"][first] if name == "cohort" else codes[name][pattern[first]]
        found[name] = _in_words(words[name], code)
    found |= {name: rows[name][first] for name in counted}
    people = People(rows["person"], cell_id, rows["joined_later"], len(n))
    sums = (int(rows[name].sum()) for name in ("vanished", "undated_rise", "exit_seen"))
    return pd.DataFrame({**found, "n": n}), Rows(people, *sums)


def number(digits: Iterable[Ints]) -> NDArray[np.int64]:
    """One number for each row, ordered as the digits are, the first weighing most; equal where all digits are.

    digits: arrays of shape (rows,), none negative. Where the number would be too large it is numbered anew, from 0.
    """
    total: NDArray[np.int64] | None = None
    size = 1
    for digit in digits:
        width = int(digit.max(initial=0)) + 1
        if total is None:
            total = np.zeros(len(digit), dtype=np.int64)
        if size * width > LARGEST:
            found, total = np.unique(total, return_inverse=True)
            size = len(found)
        total = total * width + digit
        size *= width
    return np.zeros(0, dtype=np.int64) if total is None else total


def _numbered(key: NDArray[np.int64]) -> tuple[NDArray[np.int32], Ints, NDArray[np.int64]]:
    """The number of each row's cell, from 0 in the order of keys; one row of each cell; and each cell's rows."""
    bits = len(key).bit_length()
    if int(key.max(initial=0)) < LARGEST >> bits:
        # Keys that carry their row are sorted in half the time that positions take.
        ordered = np.sort((key << bits) | np.arange(len(key)))
        order = ordered & ((1 << bits) - 1)
        ordered >>= bits
    else:
        order = np.argsort(key)
        ordered = key[order]
    begins = np.ones(len(key), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=begins[1:])
    cell_id = np.empty(len(key), dtype=np.int32)
    cell_id[order] = np.cumsum(begins, dtype=np.int32) - 1
    return cell_id, order[begins], np.diff(np.flatnonzero(np.append(begins, True)))


def _pattern_codes(cursor: Cursor, names: tuple[str, ...]) -> dict[str, Ints]:
    """Each covariate's code by pattern_id, 0 where there is no such pattern."""
    columns = ", ".join(f"{_code(name)} as {name}" for name in names)
    found = _arrays(cursor, f"select pattern_id{', ' * bool(names)}{columns} from figure_pattern")
    place = found.pop("pattern_id")
    codes = {}
    for name in names:
        codes[name] = np.zeros(int(place.max(initial=0)) + 1, dtype=found[name].dtype)
        codes[name][place] = found[name]
    return codes


def _arrays(cursor: Cursor, query: str) -> dict[str, NDArray[Any]]:
    return {name: np.asarray(values) for name, values in cursor.execute(query).fetchnumpy().items()}


def _code(name: str) -> str:
    return f"{name}_no" if name in ("department", "location") else f"enum_code({name})"


def _words(cursor: Cursor, names: tuple[str, ...]) -> dict[str, NDArray[np.object_]]:
    """The words of each covariate, in the order of its codes. Each statement takes longer to plan than to run: those
    of all types are asked for in one, and what is numbered is put in order here."""
    typed = [name for name in names if name in _TYPES]
    ranges = ", ".join(f"enum_range(null::{_TYPES[name]})::text[]" for name in typed)
    found = cursor.execute(f"select {ranges}").fetchone() if typed else ()
    assert found is not None
    words = dict(zip(typed, found, strict=True))
    for name in set(names) - set(typed):
        table, code = ("trial", "cohort_no") if name == "cohort" else (name, f"{name}_no")
        numbered = cursor.execute(f"select {code}, {name}::text from figure_{table}").fetchall()
        words[name] = [word for _, word in sorted(set(numbered))]
    return {name: np.array(words[name], dtype=object) for name in names}


def _in_words(words: NDArray[np.object_], codes: Ints) -> pd.Categorical:
    held = np.bincount(codes, minlength=len(words)) > 0
    place = np.cumsum(held, dtype=np.int32) - 1
    return pd.Categorical.from_codes(place[codes], pd.Index(words[held], dtype="str"))
