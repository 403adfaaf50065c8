"""Dates in whatever form they stand: the order of day and month is decided per column, from all of its values.

Nothing is guessed from one value: 03/04/2024 says nothing by itself, and where the whole column says nothing a person
has to. Forms that can only mean one day (2024-03-31, 31 Mar 2024, Mar 31, 2024) are read the same whatever the order.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from analysis.imports.meanings import means_blank

Order = Literal["iso", "day first", "month first", "year first", "serial"]
_Form = Literal["iso", "year first", "day first", "month first", "compact", "short", "number", "year"]

SERIALS = (20_000, 60_000)  # 1954 to 2064: day numbers of Excel that a working life can hold
BIRTH_SERIALS = (5_000, 60_000)  # 1913 on
_FUTURE_YEARS = 20  # a two-digit year is never read as a date further ahead than this

# An offset or a zone's name may follow a time (forms and web services write both), an offset also a bare day.
_ZONE = r"(?: ?(?:Z|[A-Z]{2,5})?(?:[+-][0-9]{1,2}(?::?[0-9]{2})?)?(?: ?\([A-Z]{2,5}\))?)"
_TIME = re.compile(
    r"(?:T|,? +|, ?)(?:at |um |à )?[0-9]{1,2}[:.h][0-9]{2}(?:[:.][0-9]{2}(?:[.,][0-9]+)?)?"
    rf"(?: ?[AaPp]\.? ?[Mm]\.?)?(?: Uhr)?{_ZONE}"
)
_OFFSET = re.compile(r"(?<=[0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_PARTS = re.compile(r"([0-9]{1,4}) ?([./-]) ?([0-9]{1,2}) ?\2 ?([0-9]{1,4})\.?")
_PLAIN_PARTS = re.compile(
    r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})(?: [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: [AP]M)?)?"
)  # what _PARTS and _TIME read of most columns, in one go: these can hold a time for every row
_NUMBER = re.compile(r"([0-9]{1,8})(?:\.([0-9]+))?")
_WORDED = re.compile(r"[\w .,/'-]{5,40}")
_NO_DAY = re.compile(r"[0./: -]*0[0./: -]*")  # 00.00.0000 and 0000-00-00 00:00:00 are how some systems write "none"
_COMPACT = ("19", "20", "999912", "471212", "299912")  # 31032024 never looks like these: 20 is no month
_DIGITS = frozenset("123456789")
_DASHES = str.maketrans("‐‑‒–—−", "------")

_MONTHS = (
    "january januar janvier enero janeiro gennaio januari",
    "february februar fevrier febrero fevereiro febbraio februari feber",
    "march marz maerz mrz mars marzo marco maart",
    "april avril abril aprile",
    "may mai mayo maio maggio mei",
    "june juni juin junio junho giugno",
    "july juli juillet julio julho luglio",
    "august aout agosto augustus",
    "september septembre septiembre setembro settembre setiembre",
    "october oktober octobre octubre outubro ottobre",
    "november novembre noviembre novembro",
    "december dezember decembre diciembre dezembro dicembre",
)
_WEEKDAY_STARTS = (
    "mon tue wed thu fri sat sun mo di mi do fr sa so die mit don fre sam son lun mar mer jeu ven dim mie jue vie sab "
    "dom seg ter qua qui sex"
)
_FILLER_WORDS = "de del of the den st nd rd th er le"
_OPEN_END_WORDS = "present current ongoing open today heute unbefristet laufend encours actual atual"
_WEEKDAYS = frozenset(_WEEKDAY_STARTS.split())
_FILLERS = frozenset(_FILLER_WORDS.split())
_OPEN_END = frozenset(_OPEN_END_WORDS.split())


def _month_names() -> dict[str, int]:
    """Every name and every start of one, of three letters or more, that can mean only one month."""
    months: dict[str, set[int]] = {}
    for number, names in enumerate(_MONTHS, start=1):
        for name in names.split():
            for length in range(3, len(name) + 1):
                months.setdefault(name[:length], set()).add(number)
    return {name: numbers.pop() for name, numbers in months.items() if len(numbers) == 1}


_MONTH_OF = _month_names()


@dataclass(frozen=True)
class Dates:
    """What a column of dates says about its order. Counts are of distinct texts; blank ones count as neither.

    `order` is None where nothing can be read and where only a person can tell; `ambiguous` says the latter. Then
    `readable` counts what one of the answers reads.
    """

    order: Order | None
    ambiguous: bool
    unreadable: int
    readable: int


class _Shape(NamedTuple):
    """One text before the order is known. "short" needs the order; of the others `parts` are year, month, day."""

    form: _Form
    parts: tuple[int, int, int]
    two_digits: bool = False
    dotted: bool = False
    dashed: bool = False


def order_of(texts: Iterable[str], birth: bool = False) -> Dates:
    """The one order that reads the column, or that a person must be asked.

    `texts` may repeat and may hold blanks. `birth` says that these are dates of birth: plain years are readable too,
    and day numbers may lie further back. Where values contradict each other, the order that reads more of them wins
    and the rest is unreadable; as many on both sides is ambiguous. Dots between the numbers mean day first unless the
    column proves otherwise. A column like 05/05/2024 alone reads the same either way and is not ambiguous.
    """
    distinct = {text.strip() for text in texts}
    dated = [text for text in distinct if not _means_none(text)]
    shapes = Counter(_shape(text) for text in dated)  # far fewer than texts where times stand beside the days
    order, ambiguous = _decided([shape for shape, count in shapes.items() if shape for _ in range(count)], birth)
    tried = order or ("day first" if ambiguous else None)
    read = sum(count for shape, count in shapes.items() if shape and tried and _reads(shape, tried, birth))
    return Dates(order, ambiguous, len(dated) - read, read)


def to_iso(text: str, order: Order, birth: bool = False) -> str | None:
    """The day as 2024-03-31, its time dropped; "" where the text says that there is none; None if unreadable.

    Dates that stand for "none" (9999-12-31 and the like) come back as they are. A two-digit year is the latest that
    fits: never in the future for a birth date, at most 20 years ahead otherwise, and 70 to 99 always mean 19...
    """
    text = text.strip()
    if _means_none(text):
        return ""
    shape = _shape(text)
    return _in_order(shape, order, birth) if shape else None


def _in_order(shape: _Shape, order: Order, birth: bool) -> str | None:
    if shape.form == "number":
        return _of_serial(shape.parts[0], birth) if order == "serial" else None
    if shape.form == "year" or (shape.form == "compact" and order not in ("iso", "year first")):
        return None
    if shape.form == "short":
        first, second, third = shape.parts
        ordered = {"day first": (third, second, first), "month first": (third, first, second)}
        if shape.two_digits:
            ordered["year first"] = (first, second, third)
        if order not in ordered:
            return None
        return _day(*ordered[order], shape.two_digits, birth)
    return _day(*shape.parts, shape.two_digits, birth)


def to_year(text: str, order: Order) -> str | None:
    """The year of a birth date, or of a plain year; "" where there is none; None if unreadable."""
    text = text.strip()
    if _means_none(text):
        return ""
    shape = _shape(text)
    return _year_of(shape, order) if shape else None


def ask_text(samples: Sequence[str]) -> str:
    """The question about the order, with one of the values spelled out both ways.

    `samples` are values of the column that may be shown to people, in any order.
    """
    shapes = [(text.strip(), shape) for text in samples if (shape := _shape(text.strip())) and shape.form == "short"]
    if any(max(shape.parts[:2]) > 12 for _, shape in shapes):
        why = "Some dates can only have the day first and others only the month first, so the order is not clear."
    else:
        why = "No value has a day above 12, so the order cannot be read from the file."
    for text, _ in shapes:
        one, other = to_iso(text, "day first"), to_iso(text, "month first")
        if one and other and one != other:
            return f"{why} Is {text.split()[0]} {_spelled(one)} (day first) or {_spelled(other)} (month first)?"
    return f"{why} Does the day or the month come first?"


def _means_none(text: str) -> bool:
    if text[:1] in _DIGITS:  # columns can hold millions of distinct times: the common case is settled at once
        return False
    return means_blank(text) or _NO_DAY.fullmatch(text) is not None or "".join(_plain(text).split()) in _OPEN_END


def _reads(shape: _Shape, order: Order, birth: bool) -> bool:
    return (_year_of(shape, order) if birth else _in_order(shape, order, birth)) is not None


def _year_of(shape: _Shape, order: Order) -> str | None:
    if shape.form == "year":
        return str(shape.parts[0])
    day = _in_order(shape, order, birth=True)
    if not day or day < "1900":
        return None
    return "" if day == "1900-01-01" or day >= "2900" else day[:4]


def _shape(text: str) -> _Shape | None:
    if found := _ISO.fullmatch(text[:10]):  # first, and by itself: most columns are nothing else
        if len(text) == 10 or _TIME.fullmatch(text, 10) or _OFFSET.fullmatch(text, 10):
            return _Shape("iso", (int(found[1]), int(found[2]), int(found[3])))
        return None
    if found := _PLAIN_PARTS.fullmatch(text):
        return _of_parts(found[1], found[3], found[4], found[2])
    text = " ".join(unicodedata.normalize("NFKC", text).translate(_DASHES).split())
    if number := _NUMBER.fullmatch(text):
        return _of_number(number[1], whole=not (number[2] or "").strip("0"))
    for end in (len(text), *(match.start() for match in _TIME.finditer(text) if match.end() == len(text))):
        if found := _PARTS.fullmatch(text, 0, end):
            return _of_parts(found[1], found[3], found[4], found[2])
        if shape := _of_words(text[:end]):
            return shape
    return None


def _of_number(digits: str, whole: bool) -> _Shape:
    """20240331, a plain year, or a day number."""
    if whole and len(digits) == 8 and digits.startswith(_COMPACT):
        return _Shape("compact", (int(digits[:4]), int(digits[4:6]), int(digits[6:])))
    if whole and len(digits) == 4 and digits.startswith(("19", "20")):
        return _Shape("year", (int(digits), 1, 1))
    return _Shape("number", (int(digits), 0, 0))


def _of_parts(first: str, second: str, third: str, between: str) -> _Shape | None:
    if len(first) == 4 and len(third) <= 2:
        return _Shape("year first", (int(first), int(second), int(third)))
    if len(first) > 2 or len(third) in (1, 3):
        return None
    parts = (int(first), int(second), int(third))
    return _Shape("short", parts, len(third) == 2, dotted=between == ".", dashed=between == "-")


def _of_words(text: str) -> _Shape | None:
    """31 Mar 2024, 31-MAR-24, March 31st, 2024, 31 de marzo de 2024, Sun Mar 31 2024."""
    if not _WORDED.fullmatch(text):
        return None
    tokens = [token for token in re.findall(r"[0-9]+|[^\W\d_]+", _plain(text)) if token not in _FILLERS]
    words = [token for token in tokens if not token.isdigit()]
    if len(words) == 2 and words[0] == tokens[0] and (words[0] in _WEEKDAYS or words[0][:3] in _WEEKDAYS):
        tokens, words = tokens[1:], words[1:]
    if len(tokens) != 3 or len(words) != 1 or words[0] not in _MONTH_OF:
        return None
    place, month = tokens.index(words[0]), _MONTH_OF[words[0]]
    one, other = (token for token in tokens if token != words[0])
    if place == 2 or len(other) > 4 or len(one) > 4:
        return None
    if len(one) == 4 and place == 1:
        return _Shape("year first", (int(one), month, int(other)))
    if len(one) > 2 or len(other) not in (2, 4):
        return None
    return _Shape(
        "month first" if place == 0 else "day first", (int(other), month, int(one)), two_digits=len(other) == 2
    )


def _decided(shapes: Sequence[_Shape], birth: bool) -> tuple[Order | None, bool]:
    """The order, and whether a person must be asked for it."""
    short = [shape for shape in shapes if shape.form == "short"]
    if short:
        return _order_of_short(short)
    numbers = [shape.parts[0] for shape in shapes if shape.form == "number"]
    # Beside days written out, day numbers are cells that lost their date style; one odd number and they are not dates.
    if numbers and all(_of_serial(number, birth) for number in numbers):
        return "serial", False
    forms = Counter(shape.form for shape in shapes)
    if not any(number >= 1_000_000 for number in numbers):  # eight digits that are no day: ids, not 20240331
        forms["year first"] += forms["compact"]
    if birth:
        forms["year first"] += forms["year"]
    votes: dict[Order, int] = {
        "iso": forms["iso"],
        "year first": forms["year first"],
        "day first": forms["day first"],
        "month first": forms["month first"],
    }
    order = max(votes, key=lambda order: votes[order])
    return (order if votes[order] else None), False


def _order_of_short(short: Sequence[_Shape]) -> tuple[Order | None, bool]:
    day = sum(1 for shape in short if shape.parts[0] <= 31 and shape.parts[1] <= 12)
    month = sum(1 for shape in short if shape.parts[0] <= 12 and shape.parts[1] <= 31)
    year = sum(1 for shape in short if shape.two_digits and shape.parts[1] <= 12 and 1 <= shape.parts[2] <= 31)
    no_day = sum(1 for shape in short if shape.two_digits and shape.parts[0] > 31)
    if year > max(day, month) and no_day * 5 >= len(short):  # 99-03-31; a single typing error proves nothing
        return "year first", False
    dotted = [shape for shape in short if shape.dotted and shape.parts[0] != shape.parts[1]]
    dots_say_day = bool(dotted) and all(shape.parts[1] <= 12 for shape in dotted)
    if year == len(short) and all(shape.dashed for shape in short):
        return None, True  # 20-03-04 may begin with the year
    if day > month:
        return "day first", False
    if month > day:
        return (None, True) if dots_say_day else ("month first", False)
    contradictory = any(max(shape.parts[:2]) > 12 for shape in short)
    same_either_way = all(shape.parts[0] == shape.parts[1] for shape in short)
    if not contradictory and (dots_say_day or same_either_way):
        return "day first", False
    return (None, True) if day else (None, False)


def _of_serial(number: int, birth: bool) -> str | None:
    """The day of an Excel day number. 1 is how the blank day 1900-01-01 is stored, 2958465 is 9999-12-31."""
    low, high = BIRTH_SERIALS if birth else SERIALS
    if number == 1:
        return "1900-01-01"
    if low <= number <= high or number == 2_958_465:
        return (date(1899, 12, 30) + timedelta(days=number)).isoformat()
    return None


def _day(year: int, month: int, day: int, two_digits: bool, birth: bool) -> str | None:
    try:
        value = date(year + 2000, month, day) if two_digits else date(year, month, day)
        if two_digits and _too_late(value, year, birth):
            value = date(year + 1900, month, day)
    except ValueError:
        return None
    return value.isoformat()


def _too_late(value: date, year: int, birth: bool) -> bool:
    today = date.today()
    if birth:
        return value > today
    return year >= 70 or value.year > today.year + _FUTURE_YEARS


def _plain(text: str) -> str:
    """Small letters without accents."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _spelled(day: str) -> str:
    value = date.fromisoformat(day)
    return f"{value.day} {value:%B} {value.year}"
