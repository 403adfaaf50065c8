"""The texts that stand in one question: numbers, labels of a scale, or what can be no scale at all."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from analysis.imports.formats.scales import families, key, no_answer, words_of
from analysis.imports.report import FileFault

MOST_LABELS = 12  # a question with more different texts than this is no scale
_LONGEST = 80
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)")
_TELLING = re.compile(r"@|\d{5,}")
_LEADING = re.compile(r"(\W*)\d+(\W*)[^\W\d]")
_TRAILING = re.compile(r".*[^\W\d](\W*)\d+(\W*)")


def is_number(text: str) -> bool:
    """Whether the text is a plain number."""
    return _NUMBER.fullmatch(text) is not None


def may_be_shown(text: str) -> bool:
    """Whether a text may be shown and asked about as a label; an address or the number of a person may not."""
    return len(text) <= _LONGEST and not _TELLING.search(text)


def refuse_what_is_no_scale(header: str, counts: Mapping[str, int], unknown: Collection[str]) -> None:
    """Raises FileFault where a column mixes two labelled scales, or holds too many different texts.

    `counts` are the texts of the column and how often they stand there, `unknown` those without a score so far.
    """
    labels = [text for text in counts if not is_number(text) and not no_answer(text)]
    if len(unknown) > MOST_LABELS and len(labels) == len(counts):
        raise FileFault(
            "no-scale",
            f'The column "{header}" holds {len(unknown):,} different texts. That is no scale of answers: read it as '
            '"do not load".',
            column=header,
        )
    styles = {style for style in map(_style, labels) if style}
    if len(styles) > 1 or _same_words_twice(labels) or len(families(labels)) > 1:
        listed = ", ".join(f'"{label}" ({counts[label]:,})' for label in labels[:MOST_LABELS] if may_be_shown(label))
        raise FileFault(
            "two-scales",
            f'The column "{header}" mixes two labelled scales, as when a form is changed while people answer: {listed}.'
            " Say in the mapping, under labels, which score each of them has, or leave the column out.",
            column=header,
        )


def _same_words_twice(labels: Collection[str]) -> bool:
    """Whether the same words stand with and without a number, or with numbers written in different ways."""
    spelt: dict[str, set[tuple[str, str, str] | None]] = {}
    for label in labels:
        if words_of(label):
            spelt.setdefault(words_of(label), set()).add(_style(key(label)))
    return any(len(styles) > 1 for styles in spelt.values())


def _style(label: str) -> tuple[str, str, str] | None:
    """How a label carries a number: before or after its words, and the signs around it. None where it has none."""
    leading = _LEADING.match(label)
    if leading:
        return "before", leading[1].strip(), leading[2].strip()
    trailing = _TRAILING.fullmatch(label)
    return ("after", trailing[1].strip(), trailing[2].strip()) if trailing else None
