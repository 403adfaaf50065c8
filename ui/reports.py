"""The quarter to take away: choose for whom and as what, have it made, see what is in it, save it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import streamlit as st

from analysis.charts.format import quarter as quarter_label
from analysis.findings.roles import NotAllowed
from analysis.reports.content import AUDIENCES, Audience, build
from analysis.reports.preview import Piece, preview
from analysis.reports.write import FORMATS, CannotWrite, render
from ui import sign_in, tables
from ui.audited import made_report, taken_away
from ui.page import Page
from ui.text import first_of_all, heading, note, plain

_NAMES = {"pptx": "Slides", "html": "Page", "xlsx": "Workbook", "csv": "CSV", "json": "JSON"}
_HOLDS = {
    "pptx": "PowerPoint: a verdict, a slide an outcome with a chart that can be edited, and the evidence in the notes.",
    "html": "One file for any browser, offline and on paper: sentences, figures and tables.",
    "xlsx": "Excel: every table behind the report with its unit, and how it was made.",
    "csv": "One number a line, for other tools.",
    "json": "All findings as they are, for other tools; its schema is docs/report.schema.json.",
}
_MIME = {
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "html": "text/html",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "json": "application/json",
}
_FOR: dict[Audience, str] = {"board": "Board", "staff": "All staff"}
_MADE = "report_made"


@dataclass(frozen=True)
class _Wanted:
    """What was chosen; a made file belongs to one of these."""

    data_version: int
    quarter: str
    audience: Audience
    form: str
    template: str

    @property
    def file_name(self) -> str:
        return f"reverse_mentoring_{self.quarter}_{self.audience}.{self.form}"


@dataclass(frozen=True)
class _Made:
    wanted: _Wanted
    content: bytes
    pieces: tuple[Piece, ...]
    tells_nothing: bool


def report_downloads(page: Page, quarter: str) -> None:
    """A box at the end of the page. Nothing is made before somebody asks for it."""

    def box() -> None:
        with st.container(border=True):
            heading("Take the quarter with you", quarter_label(quarter))
            _box(page, quarter)

    page.alone(box)


def _box(page: Page, quarter: str) -> None:
    rounded = sign_in.viewer().rounded
    with st.container(horizontal=True, vertical_alignment="bottom"):
        form = st.segmented_control(
            "As", FORMATS, default="pptx", required=True, format_func=_NAMES.__getitem__, key="report_form"
        )
        audiences: tuple[Audience, ...] = ("staff",) if rounded else AUDIENCES
        audience = st.segmented_control(
            "For", audiences, default=audiences[0], required=True, format_func=_FOR.__getitem__, key="report_for"
        )
    note(
        _HOLDS[form]
        + (" All staff: nothing of fewer than 10 people, counts rounded to 5." if audience == "staff" else "")
    )
    template = None
    if form == "pptx":
        with st.expander("Your own template", icon=":material/palette:"):
            given = st.file_uploader("A .pptx file, for its layouts, fonts and colours", type="pptx", key="report_look")
            template = None if given is None else given.getvalue()
    mark = hashlib.sha256(template).hexdigest() if template else ""
    wanted = _Wanted(page.reader.data_version, quarter, audience, form, mark)
    what = f"{form.upper()} file" if form in ("csv", "json") else _NAMES[form].lower()
    icon = ":material/slideshow:" if form == "pptx" else ":material/draft:"
    if st.button(f"Make the {what}", type=first_of_all(), icon=icon, key="report_make"):
        _make(page, wanted, template)
    made = st.session_state.get(_MADE)
    if made is not None and made.wanted == wanted:
        _take(made)


def _make(page: Page, wanted: _Wanted, template: bytes | None) -> None:
    """In steps that say what they do; what can't be done is a sentence."""
    with st.status(f"Making {wanted.file_name}", expanded=True) as status:
        st.write("Gathering the findings of the quarter")
        try:
            with made_report(page.shown, f"{wanted.file_name} for {wanted.audience}"):
                report = build(page.reader, wanted.quarter, wanted.audience, sign_in.viewer())
                st.write("Writing them down")
                content = render(report, wanted.form, template)
        except (CannotWrite, NotAllowed) as problem:
            status.update(label="Not made", state="error")
            st.error(plain(str(problem)), icon=":material/block:")
            return
        st.write("Reading the file again")
        made = _Made(wanted, content, preview(content, wanted.form), report.tells_nothing)
        st.session_state[_MADE] = made
        status.update(label="Made", state="complete", expanded=False)


def _take(made: _Made) -> None:
    """What a reader sees first, what else is in it, and the file."""
    if made.tells_nothing:
        note("It says that no headline can be shown yet.")
    with st.expander(f"What is in it: {len(made.pieces)} parts, in their order", icon=":material/toc:"):
        rows = [{"Part": plain(name), "Opens with": plain(first)} for name, first in made.pieces]
        tables.table(rows, f"The parts of {made.wanted.file_name}, in their order")
    st.download_button(
        f"Save {made.wanted.file_name} ({_size(made.content)})",
        taken_away(lambda: made.content, made.wanted.file_name),
        file_name=made.wanted.file_name,
        mime=_MIME[made.wanted.form],
        key="report_save",
        icon=":material/download:",
        on_click="ignore",
    )
    note("The file carries its data version: `python -m analysis verify FILE` says whether its numbers still hold.")


def _size(content: bytes) -> str:
    many = len(content) / 1_000_000
    return f"{many:.1f} MB" if many >= 1 else f"{len(content) / 1000:,.0f} KB"
