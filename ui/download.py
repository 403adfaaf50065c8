"""Every table can be taken away: as shown, or with the numbers behind it to the last digit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from functools import partial

import streamlit as st

from analysis.csv_file import csv_bytes
from analysis.findings.tidy import tidy
from ui.audited import taken_away

_MARKS = re.compile(r":(?:small|gray|[a-z]+-badge)\[|:material/\w+:|(?<!\\)[*\]\[`]|\\(?=\W)")
_SPACES = {"\u00a0": " ", "\u2060": "", "\u2212": "-"}
# Two tables of one page may have the same name; a button needs one of its own.
_seen: ContextVar[Counter[str]] = ContextVar("downloads")


def begin_downloads() -> None:
    """Count anew: a page has begun to run."""
    _seen.set(Counter())


def download_findings(items: Sequence[object], name: str) -> None:
    """A button that saves findings as CSV, a row a finding, proportions to the last digit."""
    _button(partial(_of_findings, tuple(items)), name)


def download_rows(rows: Sequence[Mapping[str, str]], name: str) -> None:
    """A button that saves a table as it is shown, without its formatting."""
    _button(partial(_of_rows, tuple(rows)), name)


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
    slug = re.sub(r"\W+", "_", name.lower()).strip("_")[:60]
    seen = _seen.get(None)
    turn = 0 if seen is None else seen[slug]
    if seen is not None:
        seen[slug] += 1
    st.download_button(
        "Download as CSV",
        taken_away(data, f"{slug}.csv"),
        file_name=f"{slug}.csv",
        mime="text/csv",
        key=f"download_{slug}_{turn}",
        icon=":material/download:",
        on_click="ignore",
        type="tertiary",
    )
