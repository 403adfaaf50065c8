"""The documents that ship with the application, as content of its pages: what they say is written in one place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_DOCS = Path(__file__).resolve().parent.parent / "docs"
_LINK = re.compile(r"\[([^\]]+)\]\((?!https?://)[^)]+\)")


@dataclass(frozen=True)
class Section:
    """What stands under one "## " heading, as Markdown; the first of a document has the title "" """

    title: str
    body: str


@dataclass(frozen=True)
class Table:
    """A Markdown table: its headers and rows, cells as Markdown."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def sections(name: str) -> tuple[Section, ...]:
    """The sections of docs/name, in order; none where the file is not there.

    Links to files of the repository lead nowhere from a page: their words stay.
    """
    try:
        text = (_DOCS / name).read_text(encoding="utf-8")
    except OSError:
        return ()
    first, *others = re.split(r"^## ", _LINK.sub(r"\1", text), flags=re.M)
    found = [Section("", re.sub(r"\A# .*\n", "", first).strip())]
    for part in others:
        title, _, body = part.partition("\n")
        found.append(Section(title.strip(), body.strip()))
    return tuple(found)


def blocks(body: str) -> tuple[str | Table, ...]:
    """A section cut into its text, as Markdown, and its tables, in order."""
    found: list[str | Table] = []
    for part in re.split(r"((?:^\|.*(?:\n|\Z))+)", body, flags=re.M):
        if part.startswith("|"):
            headers, _, *rows = (
                tuple(cell.strip() for cell in line.strip("|").split("|")) for line in part.split("\n") if line
            )
            found.append(Table(headers, tuple(row for row in rows if len(row) == len(headers))))
        elif part.strip():
            found.append(part.strip())
    return tuple(found)


def table_of(body: str) -> Table | None:
    """The first table of a section, or None."""
    return next((block for block in blocks(body) if isinstance(block, Table)), None)


def command_of(body: str) -> str:
    """The first indented line: a command to run; "" without one."""
    return next((line.strip() for line in body.splitlines() if line.startswith("    ")), "")
