"""Faults that show only when several columns, or several lines, are looked at together."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.imports.pseudonyms import made_up_id
from analysis.imports.report import FileFault, Issue, shown
from analysis.imports.table import Rejections
from analysis.store.model import Kind

_SHOWN = 20  # as many faults of one kind are listed when the whole file is refused
_SPARSE = 4  # as many possible keys a row can have a place each


@dataclass(frozen=True)
class RowCheck:
    """`wrong` gives true for each row at fault; null (something is blank) is not a fault."""

    code: str
    column: str
    sentence: str
    wrong: Callable[[pa.Table], pa.ChunkedArray]


_OUTSIDE_SCALE = "this score is outside the item's scale_min to scale_max. Correct the score or the scale."

ROW_CHECKS: dict[str, tuple[RowCheck, ...]] = {
    "people": (
        RowCheck(
            "exit-before-hire",
            "termination_date",
            "the exit is before the hire date. Correct one of the two dates.",
            lambda rows: pc.less(rows["termination_date"], rows["hire_date"]),
        ),
        RowCheck(
            "future-date",
            "as_of_date",
            "this snapshot is dated after today. Correct the date: nobody can be seen in the future.",
            lambda rows: pc.greater(rows["as_of_date"], pa.scalar(date.today(), pa.date32())),
        ),
    ),
    "pairs": (
        RowCheck(
            "end-before-start",
            "end_date",
            "the end is before the start. Correct one of the two dates.",
            lambda rows: pc.less(rows["end_date"], rows["start_date"]),
        ),
        RowCheck(
            "mentor-is-mentee",
            "mentee_id",
            "mentor and mentee are the same person. Correct one of the two ids.",
            lambda rows: pc.equal(rows["mentor_id"], rows["mentee_id"]),
        ),
    ),
    "survey": (
        RowCheck("out-of-range", "score", _OUTSIDE_SCALE, lambda rows: pc.less(rows["score"], rows["scale_min"])),
        RowCheck("out-of-range", "score", _OUTSIDE_SCALE, lambda rows: pc.greater(rows["score"], rows["scale_max"])),
    ),
}

# Which columns make an id where a file has none, and for which columns a ladder must have the word.
MADE_IDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "pairs": ("pair_id", ("programme_id", "cohort", "mentor_id", "mentee_id", "start_date")),
    "sessions": ("session_id", ("pair_id", "session_date", "status")),
    "goals": ("goal_id", ("pair_id", "kind", "set_on", "due_on")),
}
LEVEL_COLUMNS: dict[str, tuple[str, ...]] = {"people": ("level",), "job_events": ("from_level", "to_level")}


def check_rows(kind: Kind, rows: pa.Table, rejections: Rejections) -> None:
    """Add the lines whose columns contradict each other."""
    line = rows["line"].to_numpy()
    for check in ROW_CHECKS.get(kind.name, ()):
        wrong = pc.fill_null(check.wrong(rows), False).to_numpy()
        for row in np.flatnonzero(wrong):
            rejections.add(int(line[row]), check.column, check.code, check.sentence)


def fill_made_ids(kind: Kind, rows: pa.Table) -> pa.Table:
    """Give pairs, sessions and goals without an id one made from what identifies them."""
    if kind.name not in MADE_IDS:
        return rows
    if kind.name == "sessions" and "mentor_id" in rows.column_names:
        rows = _made(rows, "pair_id", ("mentor_id", "mentee_id", "reporter_id"))
    return _made(rows, *MADE_IDS[kind.name])


def _made(rows: pa.Table, name: str, parts: Sequence[str]) -> pa.Table:
    if rows[name].null_count == 0:
        return rows
    texts = [pc.fill_null(rows[part].cast(pa.string()), "") for part in parts]
    joined = pc.binary_join_element_wise(*texts, "\x1f")
    made = pa.array([made_up_id(text) for text in joined.to_pylist()], pa.string())
    return rows.set_column(rows.schema.get_field_index(name), name, pc.coalesce(rows[name], made))


def check_keys(kind: Kind, rows: pa.Table, rejections: Rejections) -> None:
    """Add lines that repeat another one word for word. Raises FileFault where one key has two contents."""
    first = _first_of_each(rows, kind.key)
    repeated = np.flatnonzero(first != np.arange(len(first)))
    if not len(repeated):
        return
    again, before = rows.take(repeated), rows.take(first[repeated])
    same = np.ones(len(repeated), dtype=bool)
    for name in rows.column_names:
        if name != "line":
            pairs = zip(again[name].to_pylist(), before[name].to_pylist(), strict=True)
            same &= np.fromiter((one == other for one, other in pairs), dtype=bool, count=len(repeated))
    line, first_line = again["line"].to_numpy(), before["line"].to_numpy()
    for row in np.flatnonzero(same):
        rejections.add(
            int(line[row]), None, "duplicate-row", f"this repeats line {first_line[row]}. It is loaded once."
        )
    if not same.all():
        different = np.flatnonzero(~same)[:_SHOWN]
        raise FileFault.of(tuple(_conflict(kind, int(first_line[row]), int(line[row])) for row in different))


def conflicts_between(kind: Kind, files: Sequence[tuple[str, pa.Table]]) -> dict[int, tuple[Issue, ...]]:
    """Position of a file to its lines that contradict an earlier file: one key, different contents.

    `files` are names and rows of one kind, in the order of the command. The same words twice are no conflict.
    """
    names = ["line", *kind.headers]
    rows = pa.concat_tables([_words_encoded(table.select(names)) for _, table in files])
    owner = np.repeat(np.arange(len(files)), [len(table) for _, table in files])
    first = _first_of_each(rows, kind.key)
    repeated = np.flatnonzero(owner[first] != owner)
    if not len(repeated):
        return {}
    again, before = rows.take(repeated), rows.take(first[repeated])
    found: dict[int, list[Issue]] = {}
    for position, (mine, theirs) in enumerate(zip(again.to_pylist(), before.to_pylist(), strict=True)):
        line, first_line = mine.pop("line"), theirs.pop("line")
        here, there = int(owner[repeated[position]]), int(owner[first[repeated[position]]])
        if mine != theirs and len(found.setdefault(here, [])) < _SHOWN:
            sentence = (
                f"Line {line} and line {first_line} of {files[there][0]} have the same {', '.join(kind.key)} and say "
                "different things. Keep the right one and load the files again."
            )
            found[here].append(Issue(line, kind.key[0], "conflicting-key", sentence))
    return {here: tuple(issues) for here, issues in found.items() if issues}


def _conflict(kind: Kind, first: int, second: int) -> Issue:
    made = MADE_IDS.get(kind.name)
    key = f"{', '.join(kind.key)} ({' + '.join(made[1])})" if made else ", ".join(kind.key)
    advice = "Keep the right one and load the file again."
    if made:
        advice = f"Keep the right one, or tell them apart in the column {made[0]}, and load the file again."
    return Issue(
        second,
        kind.key[0],
        "conflicting-key",
        f"Lines {first} and {second} have the same {key} and say different things. {advice}",
    )


def _first_of_each(rows: pa.Table, key: Sequence[str]) -> np.ndarray:
    """For each row the position of the first row with the same key; blank equals blank."""
    if not len(rows):
        return np.empty(0, dtype=np.int64)
    parts = [_encoded(rows[name]).combine_chunks() for name in key]
    possible = math.prod(len(part.dictionary) + 1 for part in parts)  # one more for blank
    if possible <= _SPARSE * len(rows):
        # A place for each possible key, as where everybody is in each snapshot, costs less than sorting.
        codes = np.zeros(len(rows), dtype=np.int32)
        for part in parts:
            codes *= len(part.dictionary) + 1
            codes += _filled(part)
        place = np.empty(possible, dtype=np.int32)
        place[codes[::-1]] = np.arange(len(rows) - 1, -1, -1, dtype=np.int32)
        return np.asarray(place[codes])
    dense = np.zeros(len(rows), dtype=np.int64)
    for part in parts:
        dense = np.unique(dense * (len(part.dictionary) + 1) + _filled(part), return_inverse=True)[1]
    _, first, inverse = np.unique(dense, return_index=True, return_inverse=True)
    return np.asarray(first[inverse])


def _filled(part: pa.DictionaryArray) -> np.ndarray:
    """The codes of a column, blank having one of its own."""
    return np.asarray(part.indices.fill_null(len(part.dictionary)).to_numpy())


def _words_encoded(rows: pa.Table) -> pa.Table:
    """With every column of words in codes, also one that the file lacks, so that tables fit together."""
    for place, name in enumerate(rows.column_names):
        if rows[name].type == pa.string():
            rows = rows.set_column(place, name, _encoded(rows[name]))
    return rows


def _encoded(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column if pa.types.is_dictionary(column.type) else column.dictionary_encode()


def levels_in(kind: str, rows: pa.Table) -> list[str]:
    """The levels that stand in the rows, in the order in which they first do."""
    found: dict[str, None] = {}
    for name in LEVEL_COLUMNS.get(kind, ()):
        found |= dict.fromkeys(level for level in pc.unique(rows[name]).to_pylist() if level)
    return list(found)


def check_levels(kind: str, rows: pa.Table, ladder: frozenset[str]) -> None:
    """Raises FileFault for levels that the ladder lacks. An empty ladder means that none is known."""
    issues: list[Issue] = []
    for name in LEVEL_COLUMNS.get(kind, ()) if ladder else ():
        for level in pc.unique(rows[name]).to_pylist():
            if level is not None and level not in ladder:
                line = rows["line"][pc.index(rows[name].cast(pa.string()), level).as_py()].as_py()
                issues.append(
                    Issue(
                        line,
                        name,
                        "unknown-level",
                        f"Line {line}, column {name}: {shown(level)} is not in the ladder. Add it to the ladder file, "
                        "or correct it here, and load both together.",
                    )
                )
    if issues:
        raise FileFault.of(tuple(issues[:_SHOWN]))
