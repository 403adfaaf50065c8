"""What every answer shares: the context of a data version, what was stored with it, and choices it does not have."""

from __future__ import annotations

from functools import lru_cache

from analysis.findings.context import Context, read_context
from analysis.plan import COVARIATES
from analysis.store import Reader
from analysis.study.figures import EXTRA_HEADERS

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
