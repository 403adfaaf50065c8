"""How a table is written as CSV, so that no spreadsheet program runs what stands in it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

# What a spreadsheet program takes for the start of a formula; the wide forms are turned into the plain ones by some.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\N{FULLWIDTH EQUALS SIGN}", "\N{FULLWIDTH PLUS SIGN}",
           "\N{FULLWIDTH HYPHEN-MINUS}", "\N{FULLWIDTH COMMERCIAL AT}")  # fmt: skip
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?(?:e[+-]?[0-9]+)?")


def neutral(text: str) -> str:
    """The text as a cell that no spreadsheet program runs: an apostrophe before what would start a formula.

    A plain number such as -5 starts none and stays a number.
    """
    return f"'{text}" if text.startswith(_STARTS) and not _NUMBER.fullmatch(text) else text


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table as CSV in UTF-8 with its mark, which Excel needs; None is an empty cell."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([neutral(name) for name in header])
    for row in rows:
        writer.writerow(["" if value is None else neutral(str(value)) for value in row])
    return buffer.getvalue().encode("utf-8-sig")
