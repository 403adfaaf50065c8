"""What every format gives: canonical columns of text cells, whatever the file looked like."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from analysis.imports.report import Issue
from analysis.imports.table import Table
from analysis.store.model import Kind


@dataclass(frozen=True)
class Canonical:
    """Text cells under canonical headers, as long as `line`; a line may give several rows (one an answer)."""

    kind: Kind
    line: np.ndarray
    columns: Mapping[str, pa.DictionaryArray]
    notes: tuple[Issue, ...] = ()


@dataclass(frozen=True)
class Format:
    """One shape of file: how to know it by its first records, how many of them are headers, how to read it.

    `read` takes the table, the kind that was asked for (or None) and the mapping; it adds lines it leaves out
    to the table's rejections. It raises FileFault, NeedsAnswer.
    """

    name: str
    header_lines: int
    recognises: Callable[[Sequence[Sequence[str]], Mapping[str, object]], bool]
    read: Callable[[Table, str | None, Mapping[str, object]], Canonical]


def answers_in(mapping: Mapping[str, object]) -> Mapping[str, object]:
    """The answers to questions that a mapping carries."""
    answers = mapping.get("answers")
    return answers if isinstance(answers, Mapping) else {}
