"""What was answered to each question of the surveys, in counts, and which of these counts may not be shown."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from analysis.findings.results import Side
from analysis.findings.survey_disclosure import Cell, hidden_cells
from analysis.store import Cursor
from analysis.study import survey_items as study
from analysis.study.surveys import Narrowing

WAVE_ORDER = ("retro_pre", "pre", "mid", "pulse", "post")
Paired = Mapping[tuple[float, float], int]  # an answer before and after to the people who gave both
_KEYS = ("side", "construct", "wave")
_PAIR_KEYS = ("side", "construct", "before")
_ITEM_KEYS = ("side", "construct", "item", "wave")
_ITEM_PAIR_KEYS = ("side", "construct", "item", "before")


@dataclass(frozen=True)
class Asked:
    """What is known of one question on one side: answers by wave, pairs by the wave before, and what is hidden."""

    side: Side
    construct: str
    item: str
    label: str
    turned: bool
    low: float | None
    high: float | None
    waves: Mapping[str, Counter[float]]
    pairs: Mapping[str, Paired]
    hidden: Mapping[str, str]
    hidden_pairs: Mapping[str, str]


def paired_scores(cursor: Cursor) -> dict[tuple[Side, str], dict[str, Paired]]:
    """Side and construct to the wave before, and to how many people had which score before and after."""
    found: dict[tuple[Side, str], dict[str, dict[tuple[float, float], int]]] = defaultdict(dict)
    for row in _rows(study.paired_scores_by_construct(cursor)):
        pairs = found[row["side"], row["construct"]].setdefault(row["before"], {})
        pairs[row["pre"], row["post"]] = int(row["people"])
    return cast(dict[tuple[Side, str], dict[str, Paired]], dict(found))


def wholes(cursor: Cursor, narrowing: Narrowing) -> list[Asked]:
    """Each construct of a side as one question: a person's mean over its items."""
    pairs = paired_scores(cursor)
    hidden = _by_wave(hidden_cells(cursor, "survey_score", _KEYS, narrowing))
    hidden_pairs = _by_wave(hidden_cells(cursor, "survey_pair", _PAIR_KEYS, narrowing, "a = 1"))
    rows: dict[tuple[Side, str], list[dict[str, Any]]] = defaultdict(list)
    for row in _rows(study.scores_by_construct(cursor)):
        rows[row["side"], row["construct"]].append(row)
    return [
        _asked((*key, ""), own, key[1].replace("_", " "), False, pairs.get(key, {}), hidden[key], hidden_pairs[key])
        for key, own in rows.items()
    ]


def items(cursor: Cursor, narrowing: Narrowing) -> list[Asked]:
    """Each item, with the best label there is: its question, else its code."""
    texts = study.item_texts(cursor)
    pairs: dict[tuple[Side, str, str], dict[str, dict[tuple[float, float], int]]] = defaultdict(dict)
    for row in _rows(study.paired_answers_by_item(cursor)):
        own = pairs[row["side"], row["construct"], row["item"]].setdefault(row["before"], {})
        own[row["pre"], row["post"]] = int(row["people"])
    hidden = _by_wave(hidden_cells(cursor, "survey_item", _ITEM_KEYS, narrowing))
    hidden_pairs = _by_wave(hidden_cells(cursor, "survey_item_pair", _ITEM_PAIR_KEYS, narrowing))
    rows: dict[tuple[Side, str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in _rows(study.answers_by_item(cursor)):
        rows[row["side"], row["construct"], row["item"]].append(row)
    return [
        _asked(
            key,
            own,
            texts.get((key[0], key[2]), key[2]),
            any(row["turned"] for row in own),
            pairs.get(key, {}),
            hidden[key],
            hidden_pairs[key],
        )
        for key, own in sorted(rows.items())
    ]


def _by_wave(hidden: Mapping[Cell, str]) -> dict[Cell, dict[str, str]]:
    """The reasons with the wave, the last of the keys, by itself."""
    found: dict[Cell, dict[str, str]] = defaultdict(dict)
    for cell, reason in hidden.items():
        found[cell[:-1]][str(cell[-1])] = reason
    return found


def _asked(
    key: tuple[Side, str, str],
    rows: list[dict[str, Any]],
    label: str,
    turned: bool,
    pairs: Mapping[str, Paired],
    hidden: Mapping[str, str],
    hidden_pairs: Mapping[str, str],
) -> Asked:
    ends = {(_number(row["scale_min"]), _number(row["scale_max"])) for row in rows}
    low, high = ends.pop() if len(ends) == 1 else (None, None)
    waves: dict[str, Counter[float]] = defaultdict(Counter)
    for row in rows:
        waves[row["wave"]][float(row["value"])] += int(row["people"])
    ordered = {wave: waves[wave] for wave in WAVE_ORDER if wave in waves}
    return Asked(*key, label, turned, low, high, ordered, pairs, hidden, hidden_pairs)


def _rows(frame: Any) -> Iterable[dict[str, Any]]:
    return cast(list[dict[str, Any]], frame.to_dict("records"))


def _number(value: Any) -> float | None:
    return None if value is None or value != value else float(value)
