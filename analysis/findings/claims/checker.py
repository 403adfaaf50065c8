"""Read a published figure such as "88 %, 7 of 8" and say how much it tells. Pure functions.

Understood: a percentage ("88 %", "88.5 percent"), people ("7 of 8", "7/8", "7 out of 8"), a number asked ("n = 8",
"88 % of 8"), and two of them ("25 % against 5 %", "24 of 25 vs 30 of 40"). Anything else is answered in a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from analysis.estimates.intervals import Interval, newcombe
from analysis.estimates.shares import clopper_pearson, wilson_within
from analysis.findings import words

LONGEST = 120
MOST_PEOPLE = 10_000_000
SMALLEST_SHOWN = 3  # of the sizes that round to a percentage
_SEVERAL = re.compile(r"\s+(?:against|versus|vs\.?|compared (?:with|to))\s+", re.IGNORECASE)
_NUMBER = r"\d{1,3}(?:,\d{3})+|\d+"
_TOKENS = (
    (
        "percent_of",
        re.compile(
            rf"(\d+(?:[.,]\d+)?)\s*(?:%|per ?cent\b)\s*(?:of|out of)\s+({_NUMBER})(?![\d/.])(?!\s*(?:of|out of|%|per))"
        ),
    ),
    ("percent", re.compile(r"(?<![\d.,/])(\d+(?:[.,]\d+)?)\s*(?:%|per ?cent\b)")),
    ("people", re.compile(rf"(?<![\d.,])({_NUMBER})\s*(?:/|out of|of)\s*({_NUMBER})(?![\d.]*\d|\s*%)")),
    ("asked", re.compile(rf"\bn\s*=\s*({_NUMBER})(?!\d)")),
)


class CannotRead(ValueError):
    """What could not be read in a figure, in a sentence for people."""


@dataclass(frozen=True)
class Stated:
    """One side of a figure as it was stated: percent (0 to 100) with its decimals, `hits` of `n` people."""

    percent: Fraction | None = None
    decimals: int = 0
    hits: int | None = None
    n: int | None = None


@dataclass(frozen=True)
class Possible:
    """Numbers of people that round to a stated percentage."""

    hits: int
    n: int
    interval: Interval


@dataclass(frozen=True)
class Side:
    """One side of a figure, checked: rate and intervals are proportions, None where no number of people is known.

    consistent: whether people and percentage agree, None where only one of them was stated. smallest: the fewest people
    who give that percentage, where only a percentage was stated.
    """

    stated: str
    rate: float
    hits: int | None
    n: int | None
    wilson: Interval | None
    exact: Interval | None
    consistent: bool | None
    smallest: tuple[Possible, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class CheckedFigure:
    """A figure with all that can be said of it. difference: of two proportions with Newcombe's interval."""

    asked: str
    sides: tuple[Side, ...]
    difference: float | None
    difference_interval: Interval | None
    sentence: str
    missing: tuple[str, ...]
    alt_text: str


def check_figure(text: str) -> CheckedFigure:
    """All that can be said of a published figure. Raises CannotRead with a sentence."""
    stated = read_figure(text)
    sides = tuple(_side(one) for one in stated)
    difference, interval = None, None
    sentences = [sentence for side in sides for sentence in side.sentences]
    if len(sides) == 2:
        one, other = sides
        difference = one.rate - other.rate
        if one.n and other.n and one.hits is not None and other.hits is not None:
            interval = newcombe(one.hits, one.n, other.hits, other.n)
        sentences.append(_compared(difference, interval))
    sentence = " ".join(sentences)
    asked = " against ".join(side.stated for side in sides)
    return CheckedFigure(asked, sides, difference, interval, sentence, _missing(sides), f"{asked}. {sentence}")


def read_figure(text: str) -> tuple[Stated, ...]:
    """One or two stated figures. Raises CannotRead."""
    tidy = " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())
    if not tidy:
        raise CannotRead("Type a figure, such as: 88 %, 7 of 8.")
    if len(tidy) > LONGEST:
        raise CannotRead(f"That is longer than {LONGEST} characters. Type the figure alone, such as: 88 %, 7 of 8.")
    parts = _SEVERAL.split(tidy)
    if len(parts) > 2:
        raise CannotRead("More than two figures are compared here. Type two at a time, such as: 25 % against 5 %.")
    return tuple(_read(part) for part in parts)


def _read(text: str) -> Stated:
    rest, found = text, Stated()
    for kind, pattern in _TOKENS:
        while match := pattern.search(rest):
            found = _with(found, kind, match)
            rest = f"{rest[: match.start()]} {rest[match.end() :]}"
    left = rest.strip(" ,;:.()=")
    if left or found == Stated():
        what = f"“{left[:30]}” is not understood here. " if left else ""
        raise CannotRead(
            f"{what}Type a percentage, people, or both: 88 %; 7 of 8; 88 %, n = 8; two of them: 25 % against 5 %."
        )
    if found.percent is None and found.hits is None:
        raise CannotRead(f"{found.n:,} people are stated and nothing about them. Add a percentage: 88 %, n = 8.")
    return found


def _with(found: Stated, kind: str, match: re.Match[str]) -> Stated:
    percent, decimals, hits, n = found.percent, found.decimals, found.hits, found.n
    if kind in ("percent", "percent_of"):
        if percent is not None:
            raise CannotRead("Two percentages stand side by side. To compare them, write against between them.")
        digits = match[1].replace(",", ".")
        percent, decimals = Fraction(digits), len(digits.partition(".")[2])
        if percent > 100:
            raise CannotRead(f"{match[1]} % is more than everybody. A share is 0 to 100 %.")
        if decimals > 2:
            raise CannotRead("A percentage with more than two decimals can't be checked. Round it.")
    counted = {"percent_of": (None, 2), "people": (1, 2), "asked": (None, 1)}.get(kind)
    if counted:
        first, last = counted
        asked = _whole(match[last])
        if n is not None and n != asked:
            raise CannotRead(f"Two numbers of people are stated, {n:,} and {asked:,}. Which one is it?")
        if first is not None and hits is not None:
            raise CannotRead("People are stated twice. To compare, write against between them.")
        n = asked
        if first is not None:
            hits = _whole(match[first])
    if n == 0:
        raise CannotRead("Of 0 people there is no share.")
    if n is not None and hits is not None and hits > n:
        raise CannotRead(f"{hits:,} of {n:,} is more than everybody.")
    return Stated(percent, decimals, hits, n)


def _whole(digits: str) -> int:
    number = int(digits.replace(",", "")[:12])
    if number > MOST_PEOPLE:
        raise CannotRead(f"More than {MOST_PEOPLE:,} people: check the number.")
    return number


def agrees(percent: Fraction, decimals: int, hits: int, n: int) -> bool:
    """Whether hits of n rounds to the percentage; a half may have been rounded either way."""
    return abs(Fraction(100 * hits, n) - percent) <= Fraction(1, 2 * 10**decimals)


def fewest(percent: Fraction, decimals: int, shown: int = SMALLEST_SHOWN) -> tuple[tuple[int, int], ...]:
    """The smallest (hits, n) that round to the percentage, n rising; one exists by n = 100 x 10^decimals."""
    half = Fraction(1, 2 * 10**decimals)
    found: list[tuple[int, int]] = []
    for n in range(1, 100 * 10**decimals + shown + 1):
        least = ceil((percent - half) * n / 100)
        most = floor((percent + half) * n / 100)
        if max(least, 0) <= min(most, n):
            nearest = round(percent * n / 100)
            found.append((min(max(nearest, least, 0), most, n), n))
            if len(found) == shown:
                break
    return tuple(found)


def _side(stated: Stated) -> Side:
    hits, n = stated.hits, stated.n
    name = _stated(stated)
    if n is None:
        assert stated.percent is not None
        possible = tuple(Possible(k, m, wilson_within(k / m, m)) for k, m in fewest(stated.percent, stated.decimals))
        return Side(
            name, float(stated.percent / 100), None, None, None, None, None, possible, _of_percent(stated, possible)
        )
    sentences: list[str] = []
    consistent: bool | None = None
    if hits is None:
        assert stated.percent is not None
        hits = round(stated.percent * n / 100)
        consistent = agrees(stated.percent, stated.decimals, hits, n)
        if not consistent:
            sentences.append(
                f"No whole number of {n:,} people is {_percent(stated)}: the nearest, {hits:,} of {n:,}, is "
                f"{_exactly(hits, n)}. The figure and the number of people do not belong together."
            )
            return Side(name, float(stated.percent / 100), None, n, None, None, False, (), tuple(sentences))
        sentences.append(f"{_percent(stated)} of {n:,} is {hits:,} people.")
    elif stated.percent is not None:
        consistent = agrees(stated.percent, stated.decimals, hits, n)
        sentences.append(_agreement(stated, hits, n, consistent))
    rate = hits / n
    score, exact = wilson_within(rate, n), clopper_pearson(hits, n)
    sentences.append(
        f"{hits:,} of {n:,} ({_exactly(hits, n)}): 95% interval {_limits(score)} (Wilson), {_limits(exact)} (exact)."
    )
    return Side(name, rate, hits, n, score, exact, consistent, (), tuple(sentences))


def _agreement(stated: Stated, hits: int, n: int, consistent: bool) -> str:
    actual = _exactly(hits, n)
    if not consistent:
        return f"{hits:,} of {n:,} is {actual}, which does not round to {_percent(stated)}: one of the two is wrong."
    if Fraction(100 * hits, n) == stated.percent:
        return f"{hits:,} of {n:,} is {actual}: consistent."
    return f"{hits:,} of {n:,} is {actual}, rounds to {_percent(stated)}: consistent."


def _of_percent(stated: Stated, possible: tuple[Possible, ...]) -> tuple[str, ...]:
    first = possible[0]
    text = (
        f"No number of people is given. {first.hits:,} of {first.n:,} already rounds to {_percent(stated)}, interval "
        f"{_limits(first.interval)}."
    )
    if len(possible) > 1:
        others = " and ".join(f"{one.hits:,} of {one.n:,}" for one in possible[1:])
        text += f" So do {others}."
    return (text,)


def _compared(difference: float, interval: Interval | None) -> str:
    size = f"{words.points(difference)} percentage points"
    if interval is None:
        return f"The difference is {size}; without the number of people on both sides it has no interval."
    text = f"The difference is {size}, 95% interval {words.interval(interval.low, interval.high)} (Newcombe)"
    if interval.low <= 0 <= interval.high:
        return f"{text}: no difference at all would fit too."
    return f"{text}. That says nothing of why they differ."


def _missing(sides: tuple[Side, ...]) -> tuple[str, ...]:
    """What would have to be known before the figure can be judged."""
    missing = []
    if any(side.n is None for side in sides):
        missing.append("The denominator: of how many people, and who of them was counted.")
    else:
        missing.append("Who was counted: everybody who started, or only those who were still there or answered.")
    missing.append("The window: over how long, from which day on.")
    if len(sides) == 1:
        missing.append("A comparison group: how it went for colleagues who were alike and did not take part.")
    else:
        missing.append(
            "Whether the two groups were alike before: who took part was chosen, by somebody or by themselves."
        )
    return tuple(missing)


def _stated(stated: Stated) -> str:
    people = f"{stated.hits:,} of {stated.n:,}" if stated.hits is not None and stated.n is not None else ""
    if stated.percent is None:
        return people
    if people:
        return f"{_percent(stated)}, {people}"
    return f"{_percent(stated)}, n = {stated.n:,}" if stated.n is not None else _percent(stated)


def _percent(stated: Stated) -> str:
    assert stated.percent is not None
    return f"{float(stated.percent):.{stated.decimals}f}%"


def _exactly(hits: int, n: int) -> str:
    """ "87.5%", "33.33%": two decimals where it does not come out even."""
    percent = 100 * hits / n
    text = f"{percent:.2f}".rstrip("0").rstrip(".")
    return f"{text}%"


def _limits(interval: Interval) -> str:
    return f"{100 * interval.low:.0f} to {100 * interval.high:.0f}%"
