"""Answers to numbers, one question at a time: by what the mapping says, by a known scale of words, or by asking.

A score is never read out of a label: "4 (Agree)" stands on no scale until somebody says so.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa

from analysis.imports.formats.labels import MOST_LABELS, is_number, may_be_shown, refuse_what_is_no_scale
from analysis.imports.formats.scales import Reading, key, no_answer, readings
from analysis.imports.remember import answer_id
from analysis.imports.report import FileFault, Question

NO_ANSWER = "no answer"
# Ends that numbers are taken to have without asking, where both ends and enough answers are seen.
_USUAL = ((1, 5), (1, 7), (0, 10), (1, 4), (1, 6), (1, 10))
_ENOUGH = 30
_MOST_POINTS = 11
_ENDS = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*(?:to|-|–|bis|a|à|,)\s*(-?\d+(?:\.\d+)?)\s*")

Ends = tuple[float, float]


@dataclass(frozen=True)
class Item:
    """What one question measures. `labels` is the score of each text as a person gave it; `asked` says that the
    question was chosen in answer to ours, so that its scale must be found or asked for."""

    code: str
    construct: str | None
    ends: Ends | None = None
    reversed: bool | None = None
    wave: str | None = None
    labels: Mapping[str, object] = field(default_factory=dict)
    asked: bool = False


@dataclass(frozen=True)
class Scored:
    """One question, scored: cells with numbers (blank is no answer), the ends of the scale, the score of each label,
    how many said that they have no answer, and all of this for people."""

    cells: pa.DictionaryArray
    ends: Ends | None
    labels: Mapping[str, float | None]
    without: int
    told: str


@dataclass
class _Column:
    """One question while it is being scored; texts are stripped and not blank."""

    header: str
    cells: pa.DictionaryArray
    item: Item
    counts: dict[str, int]
    given: dict[str, float | None]
    readings: list[Reading]

    @property
    def numbers(self) -> list[float]:
        return [float(text) for text in self.counts if text not in self.given and is_number(text)]

    @property
    def unknown(self) -> list[str]:
        return [text for text in self.counts if text not in self.given and not is_number(text)]


def score_items(
    questions: Mapping[int, tuple[str, pa.DictionaryArray, Item]], said: Mapping[str, object], usable: np.ndarray
) -> tuple[dict[int, Scored], list[Question]]:
    """Position to its scores, and what has to be asked first. `questions` is position to (header, cells, item).

    `usable` of shape (lines,) leaves lines out of the counts. Raises FileFault where a column mixes two labelled
    scales, or is no scale at all.
    """
    columns = {place: _column(header, cells, item, said, usable) for place, (header, cells, item) in questions.items()}
    _agree_on_scales(list(columns.values()))
    pooled = frozenset(ends for column in columns.values() if (ends := _seen_whole(column)) is not None)
    asked: list[Question] = []
    scored: dict[int, Scored] = {}
    for place, column in columns.items():
        asked += _ask_labels(column)
        reading = column.readings[0] if len(column.readings) == 1 else None
        ends = column.item.ends or (_ends_of(reading) if reading else _ends_of_numbers(column, pooled))
        if ends is None and column.item.asked and column.counts:
            asked.append(_ask_ends(column, pooled))
        scored[place] = _scored(column, reading, ends)
    return scored, asked


def ends_in(text: object, header: str) -> Ends:
    """The two ends in "1 to 5". Raises FileFault."""
    found = _ENDS.fullmatch(str(text))
    if not found or float(found[1]) >= float(found[2]):
        raise FileFault("mapping", f'The scale of "{header}" has to be written like 1 to 5: lowest, then highest.')
    return float(found[1]), float(found[2])


def counted(cells: pa.DictionaryArray, usable: np.ndarray) -> dict[str, int]:
    """How often each text stands in the usable lines, stripped; blank is left out."""
    codes = cells.indices.to_numpy()[usable]
    counts: dict[str, int] = {}
    for text, count in zip(
        cells.dictionary.to_pylist(), np.bincount(codes, minlength=len(cells.dictionary)), strict=True
    ):
        if count and text.strip():
            counts[text.strip()] = counts.get(text.strip(), 0) + int(count)
    return counts


def _column(
    header: str, cells: pa.DictionaryArray, item: Item, said: Mapping[str, object], usable: np.ndarray
) -> _Column:
    if f"scale:{header}" in said:
        item = replace(item, ends=ends_in(said[f"scale:{header}"], header))
    counts = counted(cells, usable)
    values = said.get("values")
    by_value = values.get(header) if isinstance(values, Mapping) else None
    meant = {key(str(label)): score for label, score in item.labels.items()}
    meant |= {key(str(label)): score for label, score in (by_value if isinstance(by_value, Mapping) else {}).items()}
    given = {text: _score(meant[key(text)], header) for text in counts if key(text) in meant}
    given |= {text: None for text in counts if text not in given and no_answer(text)}
    column = _Column(header, cells, item, counts, given, [])
    if column.unknown:
        refuse_what_is_no_scale(header, counts, column.unknown)
        column.readings = _readings(column)
    return column


def _score(value: object, header: str) -> float | None:
    if value is None or value in ("", NO_ANSWER):
        return None
    if isinstance(value, bool) or not is_number(str(value)):
        raise FileFault("mapping", f'The mapping gives a label of "{header}" a score that is not a number.')
    return float(str(value))


def _readings(column: _Column) -> list[Reading]:
    """The built-in scales that hold every answer of the column; none where plain numbers stand there too."""
    if column.numbers:
        return []
    labels = {text: score for text, score in column.given.items() if not is_number(text)}
    spoken = [text for text, score in labels.items() if score is not None]
    found = [
        reading
        for reading in readings((*spoken, *column.unknown))
        if all(reading.scores[text] == labels[text] for text in spoken)
    ]
    if column.item.ends:
        found = [reading for reading in found if _ends_of(reading) == column.item.ends]
    return found


def _agree_on_scales(columns: Collection[_Column]) -> None:
    """Where labels fit several scales of a family, the one of which every point is seen; else the one that the other
    columns of that family are on, or that all of them show together."""
    for column in columns:
        column.readings = _seen_in_full(column.readings, sum(column.counts.values()))
    open_ = [column for column in columns if len(column.readings) > 1]
    for family in {reading.family for column in open_ for reading in column.readings}:
        alike = [column for column in columns if any(reading.family == family for reading in column.readings)]
        sure = {_ends_of(column.readings[0]) for column in alike if len(column.readings) == 1}
        if not sure:
            labels = {label for column in alike for label in column.readings[0].scores}
            together = _seen_in_full(readings(labels), sum(sum(column.counts.values()) for column in alike))
            sure = {_ends_of(reading) for reading in together}
        if len(sure) == 1:
            for column in open_:
                fitting = [reading for reading in column.readings if {_ends_of(reading)} == sure]
                column.readings = fitting or column.readings


def _seen_in_full(found: list[Reading], answers: int) -> list[Reading]:
    """The one reading of which every point is there. That nobody was in the middle takes many answers to believe."""
    whole = [reading for reading in found if reading.whole and (reading.high % 2 or answers >= _ENOUGH)]
    return whole if len(whole) == 1 else found


def _ends_of(reading: Reading) -> Ends:
    return float(reading.low), float(reading.high)


def _seen_whole(column: _Column) -> Ends | None:
    """The usual scale whose both ends are seen among enough whole numbers."""
    numbers, answers = column.numbers, sum(column.counts.values())
    if column.unknown or len(numbers) < 2 or answers < _ENOUGH or any(number % 1 for number in numbers):
        return None
    ends = min(numbers), max(numbers)
    return ends if ends in _USUAL else None


def _ends_of_numbers(column: _Column, pooled: Collection[Ends]) -> Ends | None:
    numbers = column.numbers
    if not column.item.asked or not numbers or column.unknown:
        return None
    seen = _seen_whole(column)
    if seen:
        return seen
    if column.item.construct == "enps" and min(numbers) >= 0 and max(numbers) <= 10:
        return 0.0, 10.0
    fitting = [ends for ends in pooled if ends[0] <= min(numbers) and max(numbers) <= ends[1]]
    return fitting[0] if len(fitting) == 1 else None


def _ask_ends(column: _Column, pooled: Collection[Ends]) -> Question:
    scores = [*column.numbers, *(score for score in column.given.values() if score is not None)]
    choices: tuple[str, ...] = ()
    if column.readings:
        choices = tuple(dict.fromkeys(_written(_ends_of(reading)) for reading in column.readings))
    likely = [ends for ends in (*pooled, *_USUAL) if scores and ends[0] <= min(scores) and max(scores) <= ends[1]]
    suggestion = (
        "1 to 5"
        if "1 to 5" in choices
        else choices[0]
        if choices
        else _written(likely[0])
        if likely
        else f"1 to {min(_MOST_POINTS, max(2, len(column.counts)))}"
    )
    seen = f"The answers go from {min(scores):g} to {max(scores):g}." if scores else ""
    return Question(
        f"scale:{column.header}",
        f'What is the lowest and the highest possible score of "{column.header}"?',
        choices,
        column.header,
        samples=_samples(column),
        suggestion=suggestion,
        why=seen or "The labels seen fit more than one scale.",
        form="choice" if choices else "text",
    )


def _ask_labels(column: _Column) -> list[Question]:
    """A question for each label without a score, unless a built-in scale tells."""
    ends = {_ends_of(reading) for reading in column.readings}
    if not column.unknown or len(column.readings) == 1 or len(ends) > 1:
        return []  # several ends: the scale is asked for, and settles the labels
    if column.numbers and len(column.unknown) > MOST_LABELS:
        return []  # stray texts among numbers: their lines are rejected one by one
    low, high = column.item.ends or (1, max(5, min(_MOST_POINTS, len(column.counts))))
    if column.numbers and not column.item.ends:
        low, high = min(low, *column.numbers), max(high, *column.numbers)
    choices = (*(f"{point:g}" for point in np.arange(low, min(high, low + 100) + 1)), NO_ANSWER)
    known = [f'"{text}" ({column.counts[text]:,}) = {_told(score)}' for text, score in column.given.items()]
    return [
        Question(
            answer_id("values", column.header, text),
            f'{column.counts[text]:,} {"person" if column.counts[text] == 1 else "people"} answered "{text}" to '
            f'"{column.header}". Which score is that?',
            choices,
            column.header,
            samples=_samples(column),
            suggestion=f"{column.readings[0].scores[text]:g}" if column.readings else None,
            why="; ".join(known),
        )
        for text in column.unknown
        if may_be_shown(text)
    ]


def _samples(column: _Column) -> tuple[str, ...]:
    by_count = sorted(column.counts, key=lambda text: -column.counts[text])
    return tuple(f"{text} ({column.counts[text]:,})" for text in by_count if may_be_shown(text))[:MOST_LABELS]


def _scored(column: _Column, reading: Reading | None, ends: Ends | None) -> Scored:
    score: dict[str, float | None] = {**column.given, **(reading.scores if reading else {})}
    texts = [
        text if text.strip() not in score else _number(score[text.strip()])
        for text in column.cells.dictionary.to_pylist()
    ]
    without = sum(column.counts[text] for text, value in column.given.items() if value is None)
    labels = {text: value for text, value in score.items() if text in column.counts and not no_answer(text)}
    told = [f'"{text}" ({column.counts[text]:,}) = {_told(score[text])}' for text in labels if may_be_shown(text)]
    if column.numbers:
        told.append(f"numbers from {min(column.numbers):g} to {max(column.numbers):g}")
    if ends:
        told.append(f"scale {_written(ends)}")
    cells = pa.DictionaryArray.from_arrays(column.cells.indices, pa.array(texts, pa.string()))
    return Scored(cells, ends, labels, without, ", ".join(told))


def _written(ends: Ends) -> str:
    return f"{ends[0]:g} to {ends[1]:g}"


def _told(score: float | None) -> str:
    return NO_ANSWER if score is None else f"{score:g}"


def _number(score: float | None) -> str:
    return "" if score is None else f"{score:g}"
