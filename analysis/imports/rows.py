"""Faults that show only when several columns, or several lines, are looked at together."""

from __future__ import annotations

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
    name, parts = MADE_IDS[kind.name]
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
    rows = pa.concat_tables([table.select(names) for _, table in files])
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
    codes = np.zeros(len(rows), dtype=np.int64)
    for name in key:
        part = rows[name].combine_chunks().dictionary_encode(null_encoding="encode")
        codes = codes * len(part.dictionary) + part.indices.to_numpy()
        codes = np.unique(codes, return_inverse=True)[1].astype(np.int64)  # dense again: no overflow
    _, first, inverse = np.unique(codes, return_index=True, return_inverse=True)
    return np.asarray(first[inverse])


def check_levels(kind: str, rows: pa.Table, ladder: frozenset[str]) -> None:
    """Raises FileFault for levels that the ladder lacks. An empty ladder means that none is known."""
    issues: list[Issue] = []
    for name in LEVEL_COLUMNS.get(kind, ()) if ladder else ():
        encoded = rows[name].combine_chunks().dictionary_encode()
        for code, level in enumerate(encoded.dictionary.to_pylist()):
            if level not in ladder:
                line = rows["line"][pc.index(encoded.indices, code).as_py()].as_py()
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
