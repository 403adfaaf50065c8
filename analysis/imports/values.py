"""Text cells to typed columns, one distinct value at a time. Types come from the model, never from guessing."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from analysis.imports.extents import ERRORS, NOT_CALCULATED
from analysis.imports.meanings import means_blank
from analysis.imports.pseudonyms import Pseudonyms, address_in, tidy_id
from analysis.imports.table import Rejections
from analysis.store.model import NO_DATE, Column

ARROW_TYPES = {
    "text": pa.string(),
    "id": pa.string(),
    "email": pa.string(),
    "choice": pa.string(),
    "code": pa.string(),
    "date": pa.date32(),
    "year": pa.int32(),
    "integer": pa.int32(),
    "number": pa.float64(),
}
# What somebody chose not to say is not repeated in a message, not even a misspelling of it.
_SENSITIVE = frozenset({"disability", "lgbtq", "gender", "ethnicity"})
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?: ?(?:Z|[+-]\d\d:?\d\d))?)?")
_DATE_LIKE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?: [\d:]{3,8})?")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_WHOLE = re.compile(r"[+-]?\d{1,9}(?:\.0+)?")
_CODE_LIKE = re.compile(r"[^\d@\s]{1,30}")
_SHORT_CODE = re.compile(r"[A-Za-z0-9_-]{1,40}")


@dataclass(frozen=True)
class Fault:
    """Why one value can't be used: a code, and a sentence that goes after "Line 3, column fte:"."""

    code: str
    sentence: str


Parse = Callable[[str], object]
ERROR_CELL = Fault("error-cell", "this cell is an error of the spreadsheet. Correct it there, or clear it.")
ERROR_TEXTS = frozenset({*ERRORS.values(), NOT_CALCULATED})
ROUNDED_ID = Fault(
    "rounded-id", "a spreadsheet has rounded this id, so it may stand for several people. Export it as text."
)
NOT_HERE = Fault(
    "refused-value", "this cell holds an e-mail address, which is never stored in this column. Take it out."
)
_DIGIT = re.compile(r"\d")  # no word for "nothing" has one, and most ids have
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?[eE]\+\d+")
MISSING = Fault("missing-value", "this cell is blank, and the column is required. Fill it in.")


def typed(
    column: Column, cells: pa.DictionaryArray, line: np.ndarray, pseudonyms: Pseudonyms, rejections: Rejections
) -> pa.Array:
    """The column in its own type; blank is null. Lines whose value can't be used are added to `rejections`.

    Words come as a DictionaryArray without a value that stands there twice, so that each is held once.
    """
    parse = _parser(column, pseudonyms)
    texts = [text.strip() for text in cells.dictionary.to_pylist()]
    values = [ERROR_CELL if text in ERROR_TEXTS else parse(text) if text else None for text in texts]
    faults = {code: value for code, value in enumerate(values) if isinstance(value, Fault)}
    if column.required:
        faults |= {code: _missing(column, texts[code]) for code, value in enumerate(values) if value is None}
    codes = cells.indices.to_numpy()
    if faults:
        for row in np.flatnonzero(np.isin(codes, list(faults))):
            fault = faults[int(codes[row])]
            rejections.add(int(line[row]), column.name, fault.code, fault.sentence)
    usable = [None if code in faults else value for code, value in enumerate(values)]
    kind = ARROW_TYPES[column.type]
    return _words(usable, cells.indices) if kind == pa.string() else pa.array(usable, kind).take(cells.indices)


def _missing(column: Column, text: str) -> Fault:
    """A date that stands for "none" is no blank cell to whoever looks for it."""
    if column.type != "date" or not _DATE.fullmatch(text):
        return MISSING
    sentence = f'"{text[:10]}" stands for "no date" in HR exports, and a date is required here. Write the real one.'
    return Fault(MISSING.code, sentence)


def _words(values: list[object], codes: pa.Int32Array) -> pa.DictionaryArray:
    """Words by their codes; where all are different, the codes are taken as they are."""
    words = list(dict.fromkeys(value for value in values if value is not None))
    if len(words) < len(values):
        place = {word: code for code, word in enumerate(words)}
        codes = pa.array([None if value is None else place[value] for value in values], pa.int32()).take(codes)
    return pa.DictionaryArray.from_arrays(codes, pa.array(words, pa.string()))


def _parser(column: Column, pseudonyms: Pseudonyms) -> Parse:
    if column.type == "id":
        return lambda text: _id(text, pseudonyms)
    if column.type == "email":
        return lambda text: _email(text, pseudonyms)
    if column.type == "date":
        return _date
    if column.type == "choice":
        return lambda text: _choice(text, column)
    if column.type == "number":
        return lambda text: _number(text, column)
    if column.type == "integer":
        return lambda text: _whole(text, column.low, column.high)
    if column.type == "code":
        return _code
    if column.type == "year":
        return lambda text: _whole(text, 1900, date.today().year)
    return _text


def _id(text: str, pseudonyms: Pseudonyms) -> str | Fault | None:
    """A pseudonym. Blank words such as N/A name nobody, and what a spreadsheet has rounded may name several people."""
    if not text[-1].isdigit() and not _DIGIT.search(text) and means_blank(tidy_id(text)):
        return None
    return ROUNDED_ID if "+" in text and _ROUNDED.fullmatch(text) else pseudonyms.of_id(text)


def _email(text: str, pseudonyms: Pseudonyms) -> str | None:
    """The pseudonym of the address in the cell, "Ann Lee <ann@example.org>" too; what is none is blank."""
    address = address_in(text)
    return pseudonyms.of_email(address) if address else None


def _text(text: str) -> str | Fault:
    return NOT_HERE if address_in(text) else text


def _date(text: str) -> date | Fault | None:
    """A day; a time after it is dropped. The dates that HR systems write for "none" are null."""
    day = text[:10]
    if _DATE.fullmatch(text):
        if day in NO_DATE or day.startswith("2999-"):
            return None
        try:
            value = date.fromisoformat(day)
        except ValueError:
            return Fault("unreadable-date", f'"{day}" is not a day in the calendar. Correct it.')
        if 1900 <= value.year < 2200:
            return value
        return Fault("unreadable-date", f'"{day}" can\'t be right: the year is not between 1900 and 2199. Correct it.')
    shown = f'"{text}"' if _DATE_LIKE.fullmatch(text) else "this"
    return Fault("unreadable-date", f"{shown} is not a date in the form 2024-03-31. Export dates in that form.")


def _choice(text: str, column: Column) -> str | Fault:
    value = text.lower()
    if value in column.choices:
        return value
    shown = f'"{text}"' if _CODE_LIKE.fullmatch(text) and column.name not in _SENSITIVE else "this value"
    return Fault("unknown-choice", f"{shown} is not one of {', '.join(column.choices)}. Change it to one of them.")


def _code(text: str) -> str:
    """A reason in one word; anything longer may name somebody and becomes "other"."""
    return text.lower() if _SHORT_CODE.fullmatch(text) else "other"


def _number(text: str, column: Column) -> float | Fault:
    if not _NUMBER.fullmatch(text) or not math.isfinite(float(text)):
        return Fault("unreadable-number", "this is not a number. Write it with digits and a point for decimals.")
    value = float(text)
    return value if _within(value, column.low, column.high) else _out_of_range(column.low, column.high)


def _whole(text: str, low: float | None, high: float | None) -> int | Fault:
    if not _WHOLE.fullmatch(text):
        return Fault("unreadable-number", "this is not a whole number. Write it with digits alone.")
    value = int(float(text))
    return value if _within(value, low, high) else _out_of_range(low, high)


def _within(value: float, low: float | None, high: float | None) -> bool:
    return (low is None or value >= low) and (high is None or value <= high)


def _out_of_range(low: float | None, high: float | None) -> Fault:
    if low is not None and high is not None:
        bounds = f"from {low:g} to {high:g}"
    else:
        bounds = f"{low:g} or more" if low is not None else f"{high:g} or less"
    return Fault("out-of-range", f"this number is out of range. It can be {bounds}.")
