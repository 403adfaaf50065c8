"""What is in a made file, read from the file: its slides, sections, sheets or tables, and what each says first."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from html import unescape

from pptx import Presentation
from python_calamine import CalamineWorkbook

from analysis.reports.deck import CONTINUED
from analysis.reports.seal import STAMP_ROW, STAMP_SHEET

_LONGEST = 160
_SECTION = re.compile(r"<h[12]>(.*?)</h[12]>(.*?)(?=<h2>|</main>)", re.S)
_TAGS = re.compile(r"<(script|style).*?</\1>|<[^>]+>", re.S)

Piece = tuple[str, str]  # name, and what a reader sees first of it


def preview(content: bytes, form: str) -> tuple[Piece, ...]:
    """The pieces of a file of one of the formats, in their order."""
    return {"pptx": _slides, "html": _sections, "xlsx": _sheets, "csv": _tables, "json": _parts}[form](content)


def _slides(content: bytes) -> tuple[Piece, ...]:
    found = []
    for slide in Presentation(io.BytesIO(content)).slides:
        title = slide.shapes.title
        texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame and shape.text_frame.text]
        tables = [shape.table for shape in slide.shapes if shape.has_table]
        if title is not None:
            texts.remove(title.text_frame.text)
        name = texts.pop(0) if title is None else title.text_frame.text
        if name.endswith(CONTINUED):
            continue
        if tables:
            texts = [", ".join(cell.text for cell in tables[0].rows[1].cells if cell.text), *texts]
        found.append((name, _short(texts[0] if texts else "")))
    return tuple(found)


def _sections(content: bytes) -> tuple[Piece, ...]:
    page = content.decode()
    body = page[page.index("<main>") :]
    return tuple((_bare(name), _short(_bare(rest))) for name, rest in _SECTION.findall(body))


def _sheets(content: bytes) -> tuple[Piece, ...]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    found = []
    for name in book.sheet_names:
        if name != STAMP_SHEET:
            rows = book.get_sheet_by_name(name).to_python()
            found.append((name, "How the numbers were made" if name == "Method" else f"{len(rows) - 3:,} rows"))
    return tuple(found)


def _tables(content: bytes) -> tuple[Piece, ...]:
    names = Counter(row[0] for row in list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))[1:])
    return tuple((name, f"{many:,} numbers and words") for name, many in names.items() if name != STAMP_ROW)


def _parts(content: bytes) -> tuple[Piece, ...]:
    found = json.loads(content)
    return tuple((name, "" if part is None else f"{len(part):,} entries") for name, part in found.items()
                 if isinstance(part, dict | list))  # fmt: skip


def _bare(text: str) -> str:
    return " ".join(unescape(_TAGS.sub(" ", text)).split())


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
