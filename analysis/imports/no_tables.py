"""What lies beside the exports in a zip and is no table: notes, pictures, instructions, what a computer adds."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable
from pathlib import PurePosixPath

from analysis.imports.packages import Package
from analysis.imports.report import FileFault
from analysis.imports.text import delimiter_of, encoding_of, first_text
from analysis.imports.workbook import FIRST_BYTES

_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini"})
# Whoever names a file like this says that it is a table: where it is none, it is refused by name.
_TABLES = frozenset({"csv", "tsv", "xlsx", "xlsm", "xls", "xlsb", "ods", "toml", "zip"})
_NOTES = {"md", "rst", "html", "htm", "rtf", "pdf", "doc", "docx", "odt", "pages", "ppt", "pptx", "odp", "msg", "eml"}
_PICTURES = {"png", "jpg", "jpeg", "gif", "svg", "bmp", "heic", "mp3", "mp4", "mov"}
_PROGRAMS = {"json", "xml", "yaml", "yml", "ini", "log", "sql", "py", "r", "db", "lnk", "url"}
_OTHERS = frozenset(_NOTES | _PICTURES | _PROGRAMS)
_ABOUT = re.compile(
    r"(?i)(read|lies|lee|lisez)[ _-]?(me|mich|moi)\b|lies|instruction|anleitung|licen[cs]e|change ?log|data ?dictionary"
)
_FIRST_BYTES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF-")
_DOCUMENTS = ("word/document.xml", "ppt/presentation.xml")
_LINES_ALIKE = 0.6  # the share of lines with the same number of cells from which a text is a table


def added_by_a_computer(name: str) -> bool:
    """Whether a file of this path inside a zip was never put there by anybody: hidden, or a system's own."""
    parts = name.replace("\\", "/").split("/")
    if parts[0] == "__MACOSX" or parts[-1].lower() in _SYSTEM_FILES:
        return True
    return any(part.startswith((".", "~$")) for part in parts)


def is_no_table(name: str, read: Callable[[], bytes]) -> bool:
    """Whether a file is passed over: by its name where that says enough, else by what `read` gives of it."""
    path = PurePosixPath(name.replace("\\", "/").lower())
    ending = path.suffix.lstrip(".")
    if ending in _TABLES:
        return False
    if ending in _OTHERS or _ABOUT.match(path.stem):
        return True
    try:
        content = read()
    except FileFault:
        return False  # what is wrong with it is said when it is unpacked
    try:
        if content.startswith(_FIRST_BYTES):
            return True
        if content.startswith(FIRST_BYTES):
            return any(part in Package(content) for part in _DOCUMENTS)
        return not _lines_are_alike(first_text(content, encoding_of(content)))
    except FileFault:
        return True


def _lines_are_alike(text: str) -> bool:
    """Whether most lines have the same number of cells, two or more: prose with a comma here and there has not."""
    records = [record for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text)) if record]
    widths = Counter(len(record) for record in records)
    width, times = max(widths.items(), key=lambda one: one[1], default=(0, 0))
    return width > 1 and times > 1 and times >= _LINES_ALIKE * len(records)
