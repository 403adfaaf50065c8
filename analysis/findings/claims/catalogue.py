"""The claims and the published figures, as they come with the application.

claims.csv holds what five public articles on reverse mentoring say, in short; `said_in` numbers the articles. The ids
(B1, P12) are stable: addresses and registrations carry them.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

GROUPS = (
    "Definitions and scope",
    "Benefits",
    "Mechanisms, practices, conditions",
    "Challenges",
    "Named companies, examples, figures",
)


@dataclass(frozen=True)
class Claim:
    """One claim. how_tested, statistic and picture say how it would be tested; note what is known about it."""

    id: str
    group: str
    claim: str
    said_in: str
    how_tested: str
    statistic: str
    picture: str
    note: str


@dataclass(frozen=True)
class PublishedFigure:
    """A figure that others published; to_check is what of it can be put to the checker, "" where nothing can."""

    figure: str
    who: str
    as_quoted: str
    what_is_known: str
    what_is_missing: str
    to_check: str


@cache
def catalogue() -> tuple[Claim, ...]:
    """All claims, in the order of their groups."""
    return tuple(Claim(**{**row, "said_in": _said_in(row["said_in"])}) for row in _rows("claims.csv"))


@cache
def published() -> tuple[PublishedFigure, ...]:
    return tuple(PublishedFigure(**row) for row in _rows("published.csv"))


def _rows(name: str) -> list[dict[str, str]]:
    text = (resources.files("analysis.findings.claims") / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _said_in(numbers: str) -> str:
    """ "1 3" -> "articles 1 and 3 of five public articles on reverse mentoring"."""
    if not numbers:
        return "none of the five articles; added here"
    articles, _, more = numbers.partition(", ")
    named = articles.split()
    listed = named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
    text = f"article{'' if len(named) == 1 else 's'} {listed} of five public articles on reverse mentoring"
    return f"{text}, {more}" if more else text
