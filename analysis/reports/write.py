"""One door to all formats: a report as bytes, and a file that is there whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from analysis.reports.as_html import html_bytes
from analysis.reports.as_pptx import BrokenTemplate, pptx_bytes
from analysis.reports.as_text import csv_of, json_bytes
from analysis.reports.as_xlsx import xlsx_bytes
from analysis.reports.content import Report

WRITERS: dict[str, Callable[[Report], bytes]] = {
    "pptx": pptx_bytes,
    "html": html_bytes,
    "xlsx": xlsx_bytes,
    "csv": csv_of,
    "json": json_bytes,
}
FORMATS = tuple(WRITERS)


class CannotWrite(ValueError):
    """A path that can't be written, or a template that can't be used; the message is a sentence."""


def render(report: Report, form: str, template: bytes | None = None) -> bytes:
    """The report as a file of one of FORMATS. Raises CannotWrite."""
    if template is not None and form == "pptx":
        try:
            return pptx_bytes(report, template)
        except BrokenTemplate as broken:
            raise CannotWrite(str(broken)) from None
    if template is not None:
        raise CannotWrite("A template is for slides only: leave --template out, or ask for --format pptx.")
    return WRITERS[form](report)


def save(content: bytes, path: Path) -> None:
    """Write beside the file and rename. Raises CannotWrite."""
    draft = path.with_name(path.name + ".part")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True) if path.parent.is_dir() else None
        raise CannotWrite(f"{path} can't be written: {error.strerror}.") from None
