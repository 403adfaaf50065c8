"""What every format gives: canonical columns of text cells, whatever the file looked like."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pyarrow as pa

from analysis.imports.remember import Remembered
from analysis.imports.report import ColumnUse, Issue
from analysis.imports.table import Table
from analysis.imports.values import ERROR_TEXTS
from analysis.store.model import Kind

Head = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Request:
    """What was asked for one file: an overriding kind, the date of a people file without one, a mapping.

    `mapping` is what a person said, and what was remembered where they said nothing. `ladder` are the levels known
    so far, most junior first; `has_people` says whether a people list was loaded before; `remembered` are the mappings
    of earlier loads, `hash_of` pseudonymises.
    """

    kind: str | None = None
    as_of: date | None = None
    mapping: Mapping[str, object] = field(default_factory=dict)
    file: str = ""
    ladder: tuple[str, ...] = ()
    has_people: bool = False
    remembered: tuple[Remembered, ...] = ()
    hash_of: Callable[[str], str] = str

    @property
    def answers(self) -> Mapping[str, object]:
        """The answers to questions that the mapping carries."""
        return answers_in(self.mapping)

    @property
    def wanted_kind(self) -> str | None:
        """The kind that was asked for, in whatever place it was said."""
        kind = self.kind or self.mapping.get("kind") or self.answers.get("kind")
        return str(kind) if kind else None


@dataclass(frozen=True)
class Canonical:
    """Text cells under canonical headers, as long as `line`; a line may give several rows (one an answer).

    `uses` says what became of each column, `decided` is the mapping that would read the same file without a question.
    """

    kind: Kind
    line: np.ndarray
    columns: Mapping[str, pa.DictionaryArray]
    notes: tuple[Issue, ...] = ()
    uses: tuple[ColumnUse, ...] = ()
    decided: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Format:
    """One shape of file: how to know it, how many of its first used records are headers, how to read it.

    `name` is said to people ("Qualtrics survey"). `recognises` is given the first used records (stripped cells, header
    first) and the request. `header_rows` None leaves it to the layout of the file. `read` adds lines it leaves out to
    the table's rejections. It raises FileFault, NeedsAnswer.
    """

    name: str
    recognises: Callable[[Head, Request], bool]
    read: Callable[[Table, Request], Canonical]
    header_rows: int | None = None


# Columns whose texts are compared with what is known of the employer: the ladder and the plan.
COMPARED = ("level", "from_level", "to_level", "programme_id")


def compared(columns: Mapping[str, pa.DictionaryArray]) -> dict[str, dict[str, int]]:
    """By canonical header the texts of such columns, stripped, in the order in which they first stand there, with how
    often each does."""
    found: dict[str, dict[str, int]] = {}
    for name in COMPARED:
        cells = columns.get(name)
        if cells is not None and len(cells):
            counts = np.bincount(cells.indices.to_numpy(), minlength=len(cells.dictionary))
            texts = found[name] = dict[str, int]()
            for text, count in zip(map(str.strip, cells.dictionary.to_pylist()), counts.tolist(), strict=True):
                if text and count and text not in ERROR_TEXTS:
                    texts[text] = texts.get(text, 0) + count
    return found


def answers_in(mapping: Mapping[str, object]) -> Mapping[str, object]:
    """The answers to questions that a mapping carries."""
    answers = mapping.get("answers")
    return answers if isinstance(answers, Mapping) else {}
