"""Questions that run against the others on the same construct: most likely worded the other way round."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from analysis.imports.formats.labels import is_number
from analysis.imports.formats.scoring import Item, Scored
from analysis.imports.report import Question

_FEWEST_ITEMS, _FEWEST_PEOPLE = 3, 30
_AGAINST = -0.2  # the correlation with the mean of the other items below which somebody is asked


def ask_reversed(
    headers: Mapping[int, str], items: Mapping[int, Item], scored: Mapping[int, Scored], usable: np.ndarray
) -> list[Question]:
    """Ask of each question chosen in answer to ours whose corrected item-total correlation is negative."""
    groups: dict[tuple[str, str | None], list[int]] = {}
    for place, item in items.items():
        if item.asked and item.construct:
            groups.setdefault((item.construct, item.wave), []).append(place)
    questions = []
    for (construct, _), places in groups.items():
        if len(places) < _FEWEST_ITEMS:
            continue
        answers = np.column_stack([_values(scored[place].cells)[usable] for place in places])
        answers = answers[~np.isnan(answers).any(axis=1)]
        if len(answers) < _FEWEST_PEOPLE:
            continue
        for column, place in enumerate(places):
            correlation = _correlation(answers[:, column], np.delete(answers, column, axis=1).mean(axis=1))
            if correlation < _AGAINST and items[place].reversed is None:
                questions.append(
                    Question(
                        f"reversed:{headers[place]}",
                        f'Is a high answer to "{headers[place]}" a low score on {construct.replace("_", " ")}?',
                        ("yes", "no"),
                        headers[place],
                        suggestion="yes",
                        why=f"It runs against the other questions on it (correlation {correlation:.2f}).",
                    )
                )
    return questions


def _values(cells: pa.DictionaryArray) -> np.ndarray:
    texts = [text.strip() for text in cells.dictionary.to_pylist()]
    numbers = np.array([float(text) if is_number(text) else np.nan for text in texts], dtype=np.float64)
    return np.asarray(numbers[cells.indices.to_numpy()])


def _correlation(one: np.ndarray, other: np.ndarray) -> float:
    """Pearson's correlation; 0 where one of the two does not vary."""
    spread = float(one.std() * other.std())
    return float(((one - one.mean()) * (other - other.mean())).mean()) / spread if spread > 0 else 0.0
