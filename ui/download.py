"""Every table can be taken away: as shown, or with the numbers behind it to the last digit."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from functools import partial

import streamlit as st

from analysis.csv_file import csv_bytes
from analysis.findings.tidy import tidy
from ui import address
from ui.audited import taken_away

_MARKS = re.compile(r":(?:small|gray|[a-z]+-badge)\[|:material/\w+:|(?<!\\)[*\]\[`]|\\(?=\W)")
_SPACES = {"\u00a0": " ", "\u2060": "", "\u2212": "-"}
# Filters that a file is named after, in this order. All but these are part of what the table is called.
_FILTERS = ("quarter", "outcome", "side", "follow_up", "attribute", "construct", "cohort", "programme", "department",
            "level", "location")  # fmt: skip
_PAGE = "downloads_of"
_EVERYTHING = ("", "all", "none")
_SMALL = re.compile(r"\b(?:the|of|in|a)\b", re.IGNORECASE)
_LONGEST = 60 - len("_.csv")
_QUARTER = len("2026Q3")  # what stays of the filters, and stands first among them
# Two tables of one page may have the same name; a button needs one of its own.
_seen: ContextVar[Counter[str]] = ContextVar("downloads")


def begin_downloads(page: str) -> None:
    """Count anew: a page has begun to run, under whose name its files stand."""
    _seen.set(Counter())
    st.session_state[_PAGE] = page


def download_findings(items: Sequence[object], name: str) -> None:
    """A button that saves findings as CSV, a row a finding, proportions to the last digit."""
    _button(partial(_of_findings, tuple(items)), name)


def download_rows(rows: Sequence[Mapping[str, str]], name: str) -> None:
    """A button that saves a table as it is shown, without its formatting."""
    _button(partial(_of_rows, tuple(rows)), name)


def file_name(table: str) -> str:
    """The page, the table, and what the filters are set to: programme_health_topics_2026Q3.csv.

    It says nothing of the numbers, so that the same table has the same name in the next version of the data. What does
    not go into 60 plain letters is cut, and a mark of the whole tells such names apart.
    """
    _, chosen = address.shown()
    page = st.session_state.get(_PAGE, "")
    told = ((key, chosen.get(key, "")) for key in _FILTERS)
    filters = [f"{value} months" if key == "follow_up" else value for key, value in told if value not in _EVERYTHING]
    head = _words(f"{page} {_SMALL.sub('', table.removesuffix(' in numbers'))}")
    tail = _words(" ".join(filters))
    whole = " ".join([page, table, *filters])
    if len(head) + len(tail) > _LONGEST or any(letter.isalpha() and not _words(letter) for letter in whole):
        mark = f"{zlib.crc32(whole.encode()):08x}"
        tail = f"{_cut(tail, max(_LONGEST - len(head) - len(mark) - 1, _QUARTER))}_{mark}".strip("_")
        head = _cut(head, _LONGEST - len(tail))
    return f"{head}_{tail}".strip("_") + ".csv"


def _cut(words: str, longest: int) -> str:
    """As many whole words as fit."""
    return words if len(words) <= longest else words[: longest + 1].rpartition("_")[0]


def _words(text: str) -> str:
    """Plain letters and digits with a line between words; quarters keep their Q."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    lower = re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_")
    return re.sub(r"(?<![a-z0-9])(\d{4})q([1-4])(?![a-z0-9])", r"\1Q\2", lower)


def _of_findings(items: Sequence[object]) -> bytes:
    return csv_bytes(*tidy(items))


def _of_rows(rows: Sequence[Mapping[str, str]]) -> bytes:
    header = tuple(dict.fromkeys(name for row in rows for name in row))
    return csv_bytes(tuple(map(_bare, header)), ([_bare(row.get(name, "")) for name in header] for row in rows))


def _bare(text: str) -> str:
    for shown, written in _SPACES.items():
        text = text.replace(shown, written)
    return _MARKS.sub("", text).strip()


def _button(data: Callable[[], bytes], name: str) -> None:
    file, slug = file_name(name), _words(name)[:60]
    seen = _seen.get(None)
    turn = 0 if seen is None else seen[slug]
    if seen is not None:
        seen[slug] += 1
    st.download_button(
        "Download as CSV",
        taken_away(data, file),
        file_name=file,
        mime="text/csv",
        key=f"download_{slug}_{turn}",
        icon=":material/download:",
        on_click="ignore",
        type="tertiary",
    )
