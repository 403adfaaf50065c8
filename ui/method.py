"""The protocol in plain words with its sources, and how often it is right: both from the documents that ship."""

from __future__ import annotations

import re
from typing import Any

import streamlit as st

from ui import documents, tables
from ui.documents import Section, Table
from ui.text import heading, kept, note

METHOD, SIMULATION = "method.md", "simulation.md"
HELD, ALARMS = "holds the truth", "excludes zero"
_LINES = (
    "headline",
    "headline, plain interval",
    "same day, unadjusted",
    "participants against the company",
    "ever against never from the launch",
    "still here at the end, ever against never",
)


def the_method() -> None:
    """An expander a question, its words sent when somebody opens it; they are those of docs/method.md."""
    found = documents.sections(METHOD)
    if not found:
        note("The document docs/method.md did not come with this installation.")
    for section in found:
        if section.title:
            with _opened(section.title, "menu_book") as told:
                if told.open:
                    _document(section)


def how_often_right() -> None:
    """What the simulation measured, for one number of participants; all of it below, and how to run it again."""
    found = documents.sections(SIMULATION)
    held, alarms = _table(found, HELD), _table(found, ALARMS)
    heading("How often is such an answer right?", "on invented employers whose truth is known")
    if held is None or alarms is None:
        note("The document docs/simulation.md did not come with this installation, or holds no tables.")
        return
    sizes = list(dict.fromkeys(header.rpartition(", ")[2] for header in held.headers if header))
    size = st.segmented_control("Participants", sizes, default=sizes[len(sizes) // 2], required=True, key="simulated")
    rows = _rows(held, alarms, size)
    tables.table(rows, f"How often each way of analysing is right, with {size} participants")
    note(
        "Truth held: in how many invented employers the 95% interval holds the true effect, without an effect and "
        "with one. False alarm: the interval excludes zero where there is no effect."
    )
    with _opened("Everything that the simulation measured", "table") as told:
        for section in found[1:] if told.open else ():
            st.markdown(f"**{section.title}**")
            _document(section, size)
    note(f"Measured, and stored in docs/simulation.md. To run it again: `{documents.command_of(found[0].body)}`")


def _opened(label: str, icon: str) -> Any:
    """An expander that says whether it is open."""
    key = f"document_{re.sub(r'[^a-z0-9]+', '_', label.lower())}"
    return st.expander(label, icon=f":material/{icon}:", key=key, on_change="rerun")


def _document(section: Section, size: str = "") -> None:
    """Text and tables as they are written; of a table with a column a setting, those of one `size`: a phone has no
    room for more."""
    for block in documents.blocks(section.body):
        if isinstance(block, str):
            st.markdown(block)
            continue
        sized = [header for header in block.headers if header.endswith(f", {size}")]
        shown = [header for header in block.headers if not sized or header in (block.headers[0], *sized)]
        rows = [{header or " ": row[block.headers.index(header)] for header in shown} for row in block.rows]
        tables.table(rows, section.title)


def _table(found: tuple[Section, ...], what: str) -> Table | None:
    return next((documents.table_of(section.body) for section in found if what in section.title), None)


def _rows(held: Table, alarms: Table, size: str) -> list[tables.Row]:
    """The lines of _LINES; a column is found by its header, such as "no effect, 140"."""

    def cell(table: Table, line: str, setting: str) -> str:
        header = f"{setting}, {size}"
        row = next((row for row in table.rows if row[0] == line), None)
        return row[table.headers.index(header)] if row and header in table.headers else ""

    return [
        {
            "Way of analysing": f"**{line}**" if line == _LINES[0] else line,
            "Truth held": kept(f"{cell(held, line, 'no effect')}, {cell(held, line, 'effect')}"),
            "False alarm": kept(cell(alarms, line, "no effect").partition(" (")[0]),
        }
        for line in _LINES
        if cell(held, line, "no effect")
    ]
