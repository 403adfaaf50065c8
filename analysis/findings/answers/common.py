"""What every answer shares: the context of a data version, what was stored with it, and choices it does not have."""

from __future__ import annotations

from functools import lru_cache

from analysis.findings.context import Context, read_context
from analysis.findings.disclosure import EFFECT
from analysis.findings.results import Selection, Side
from analysis.plan import COVARIATES
from analysis.store import Reader
from analysis.study.figures import EXTRA_HEADERS
from analysis.study.selection import selection_values

BY_HEADERS = tuple(dict.fromkeys([*COVARIATES, *EXTRA_HEADERS]))


class UnknownChoice(ValueError):
    """A cohort, header or horizon that these data do not have; the message says which they have."""


def quarters(reader: Reader) -> tuple[str, ...]:
    """Quarters that can be asked for, newest first; none in an empty store."""
    return context(reader).quarters


def context(reader: Reader) -> Context:
    """Plan, coverage and loads of a data version."""
    return _context(reader)


@lru_cache(maxsize=8)
def _context(reader: Reader) -> Context:
    with reader.cursor() as cursor:
        return read_context(cursor, reader.data_version)


def stored(reader: Reader, key: str) -> str | None:
    """What the load stored under a key, as JSON; None where it stored nothing."""
    with reader.cursor() as cursor:
        row = cursor.execute("select body from stored_finding where question = ?", [key]).fetchone()
    return str(row[0]) if row else None


@lru_cache(maxsize=8)
def selection_choices(reader: Reader, side: Side | None = None) -> dict[str, tuple[str, ...]]:
    """By header, what a view can be narrowed by: values that enough participants of a side (None: either) had."""
    here = context(reader)
    if not here.quarters:
        return {}
    with reader.cursor() as cursor:
        return selection_values(cursor, here.plan, side, EFFECT)


def known_here(reader: Reader, side: Side | None, where: Selection) -> None:
    """Raises UnknownChoice for a value that these data, or enough participants of a side in them, do not have."""
    for header, value in where.chosen.items():
        known = selection_choices(reader, side).get(header, ())
        if value not in known:
            named = ", ".join(known) or "none"
            raise UnknownChoice(
                f"{value} is not a {header} that {EFFECT} or more participants were of; those are {named}."
            )
