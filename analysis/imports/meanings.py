"""What values mean: each distinct value of a column once, from a vocabulary kept as data in meanings.json.

A value that the vocabulary lacks is never guessed: the caller asks, or, in an open column, keeps it as it is.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from analysis.store.model import KINDS

# Columns whose values are kept as they are where no meaning is known: groups and names that every employer has its own.
OPEN = frozenset(
    {"gender", "ethnicity", "level", "from_level", "to_level", "department", "location", "job_title", "cohort"}
    | {"performance_rating", "programme_id", "end_reason", "match_rule"}
)
DECLINED = "declined"
DEMOGRAPHICS = frozenset({"gender", "ethnicity", "disability", "lgbtq"})

_FILE = Path(__file__).with_name("meanings.json")
_WEAK = frozenset({"data_change", "other", "unknown", ""})  # what a more telling part of the same value outranks
_PATH = re.compile(r"\s*>\s*")
_REASON = re.compile(r"\s*(?:>|:|/|\s[-–—]\s)\s*")
_ALTERNATIVES = re.compile(r"\s*(?:[/|,;:(]|\s[-–—]\s)\s*")
_SHORT_CODE = re.compile(
    r"(?:[0-9]{1,6}\s|(?:[0-9]{1,6}|[A-Za-z]|[A-Za-z]{1,2}[0-9]{1,4})\s*[-–—:=|.)])\s*(?=[^\W\d_]{2})"
)
_CODE_AFTER = re.compile(r"\s*[(\[](?:[A-Z]{1,3}|[A-Z]{0,4}[0-9]+)[)\]]$")
_CODE_BEFORE = re.compile(
    r"(?!(?:19|20)[0-9]{2}\s)[A-Z]{0,4}(?:[0-9]{4,}|[0-9][0-9.-]{4,})\s*[-–—:|_]?\s+(?=[^\W\d_])"
    r"|[A-Z]{0,4}[0-9]{2,}\s*(?:\s[-–—]\s|[:|])\s*(?=[^\W\d_])"
)
_IN_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]+)[)\]]$")


@dataclass(frozen=True)
class _Context:
    """Meanings that hold only where another value stands in the same column: M beside H is a woman."""

    beside: frozenset[str]
    values: Mapping[str, str | None]


@dataclass(frozen=True)
class _Vocabulary:
    blank: frozenset[str]
    unknown: frozenset[str]
    declined: frozenset[str]
    declining: re.Pattern[str]
    countries: frozenset[str]
    columns: Mapping[str, Mapping[str, str | None]]
    contexts: Mapping[str, tuple[_Context, ...]]


def meaning(kind: str, column: str, text: str, among: Collection[str] = ()) -> str | None:
    """The canonical value, "" where the text says that there is none, None where that is not known.

    `kind` and `column` are names of the model, `text` one distinct value. `among` are all values of the column, where
    they are known: a few letters mean different things in different languages (M is a man beside F, a woman beside H).
    """
    name = _column(kind, column)
    for tried in dict.fromkeys((text, without_code(text), _CODE_AFTER.sub("", _without_short_code(text)))):
        known, value = _whole(name, column, tried, among)
        if known:
            return value
    return _of_parts(name, column, text, among)


def means_blank(text: str) -> bool:
    """Whether the text says in any column that nothing is there: "", "-", "N/A", "#N/A", "null"."""
    return normalised(text) in _vocabulary().blank


def without_code(text: str) -> str:
    """The name alone where a code or a country stands in the same cell.

    "110000 News Operations" is "News Operations", "White (United States of America)" is "White". Short numbers and
    other brackets stay: "3M Team" and "Sales (North)" are names.
    """
    name = _CODE_BEFORE.sub("", text.strip(), count=1) if _CODE_BEFORE.match(text.strip()) else text.strip()
    bracket = _IN_BRACKETS.search(name)
    if bracket and (normalised(bracket[1]) in _vocabulary().countries or re.fullmatch(r"[A-Z]{0,4}\d{3,}", bracket[1])):
        name = name[: bracket.start()]
    return name or text.strip()


def levels_of(texts: Iterable[str]) -> tuple[str, ...]:
    """The distinct grades in an order that is easy to read: numbers by size, letters by the alphabet.

    For showing only. Grades do not sort (Grade 7 is below Grade 6): a rank comes from a person or a ladder file.
    """
    distinct = {text.strip() for text in texts if not means_blank(text)}
    return tuple(sorted(distinct, key=_natural))


@lru_cache(maxsize=8192)
def normalised(text: str) -> str:
    """Small letters and digits without accents and punctuation, words apart by one space."""
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+", kept))


def _whole(name: str, column: str, text: str, among: Collection[str]) -> tuple[bool, str | None]:
    """Whether the text as a whole is known, and as what; what is known to need an answer is known as None."""
    vocabulary, key = _vocabulary(), normalised(text)
    for context in vocabulary.contexts.get(name, ()):
        if key in context.values and any(normalised(other) in context.beside for other in among):
            return True, context.values[key]
    values = vocabulary.columns.get(name, {})
    if key in values:
        return True, values[key]
    if column in DEMOGRAPHICS and (key in vocabulary.declined or vocabulary.declining.fullmatch(key)):
        return True, DECLINED
    if key in vocabulary.blank or ((values or column in DEMOGRAPHICS) and key in vocabulary.unknown):
        return True, ""
    return False, None


def _of_parts(name: str, column: str, text: str, among: Collection[str]) -> str | None:
    """The meaning of "Job Change > Promotion", "Voluntary - Better pay" or "Man / Male", where its parts agree.

    Of a path a part may be unknown; elsewhere every part must be known, or "No, I will not say" would be a no.
    """
    splitter = _REASON if column == "termination_type" else _PATH if ">" in text else _ALTERNATIVES
    parts = [part for part in splitter.split(text) if part]
    if len(parts) < 2:
        return None
    found = [_whole(name, column, part, among) for part in parts]
    # "Voluntary - anything" is voluntary: the employer says the class first, then its own reason.
    path = ">" in text or (column == "termination_type" and bool(found[0][1]))
    if not path and not all(known for known, _ in found):
        return None
    values = {value for known, value in found if known}
    telling = values - _WEAK or values
    return telling.pop() if len(telling) == 1 else None


def _without_short_code(text: str) -> str:
    """ "1 - Male" and "A: Active" without their code."""
    found = _SHORT_CODE.match(text.strip())
    return text.strip()[found.end() :] if found else text.strip()


def _natural(text: str) -> tuple[tuple[int, int, str], ...]:
    pieces = re.findall(r"\d+|\D+", text.casefold())
    return (*((0, int(piece), "") if piece.isdecimal() else (1, 0, piece) for piece in pieces), (2, 0, text))


def _column(kind: str, column: str) -> str:
    own = f"{kind}.{column}"
    return own if own in _vocabulary().columns else column


@cache
def _vocabulary() -> _Vocabulary:
    raw = json.loads(_FILE.read_text(encoding="utf-8"))
    columns: dict[str, dict[str, str | None]] = {}
    for name, spellings in _described(raw["columns"]).items():
        columns[name] = {normalised(text): value for value, texts in spellings.items() for text in texts}
        columns[name] |= {normalised(value): value for value in spellings if value and value != "ask"}
        columns[name] |= {normalised(text): None for text in spellings.get("ask", ())}
    for kind in KINDS.values():
        for column in kind.columns:
            if column.choices:
                own = f"{kind.name}.{column.name}"
                place = columns.setdefault(own if own in columns else column.name, {})
                place |= {normalised(value): value for value in column.choices}
    verbs = "(?:" + "|".join(normalised(verb) for verb in raw["declined"]["verbs"]) + ")"
    patterns = (pattern.replace("{verb}", verbs) for pattern in raw["declined"]["patterns"])
    contexts = {
        name: tuple(
            _Context(_all(one["beside"]), {normalised(text): value for text, value in one["values"].items()})
            for one in several
        )
        for name, several in raw["contexts"].items()
    }
    return _Vocabulary(
        blank=_all(raw["blank"]) | {""},
        unknown=_all(raw["unknown"]),
        declined=_all(raw["declined"]["spellings"]),
        declining=re.compile("|".join(f"(?:{pattern})" for pattern in patterns)),
        countries=_all(raw["countries"]),
        columns=columns,
        contexts=contexts,
    )


def _described(columns: Mapping[str, Mapping[str, object]]) -> dict[str, dict[str, list[str]]]:
    """Every column's spellings by what they mean; "same as" takes over another column's."""
    described: dict[str, dict[str, list[str]]] = {}
    for name, entry in columns.items():
        base = described.get(str(entry.get("same as")), {})
        own = {value: list(texts) for value, texts in entry.items() if isinstance(texts, list)}
        described[name] = {value: base.get(value, []) + own.get(value, []) for value in {**base, **own}}
    return described


def _all(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(normalised(text) for text in texts)
