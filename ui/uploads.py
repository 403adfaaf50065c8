"""The steps of an upload: what was given, what was found in it, what only a person can say, and the load itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

import streamlit as st

from analysis.charts.format import count, day
from analysis.load import FileReport, LoadError, LoadRecord, Question, SourceFile, history, load, redo, undo
from analysis.store import Store, StoreBusy
from ui import data
from ui.tables import Row, table
from ui.text import heading, kept, note, plain, quiet

FILE_TYPES = ("csv", "xlsx", "toml", "json")
_MAPPING = ".mapping.json"
_ASK = "Choose"
_FIRST_LINES = 5
_STATUS = {
    "dry_run": (":green-badge[:material/check: ready to load]"),
    "loaded": (":green-badge[:material/check: loaded]"),
    "already_loaded": (":gray-badge[:material/history: already loaded]"),
    "needs_answer": (":yellow-badge[:material/help: needs an answer]"),
    "refused": (":red-badge[:material/block: can't be loaded]"),
}


@dataclass(frozen=True)
class Upload:
    """Files with the answers given so far. `signature` changes with anything that could change a check."""

    files: tuple[SourceFile, ...]
    kind: str | None
    as_of: date | None

    @property
    def signature(self) -> str:
        digest = hashlib.sha256(f"{self.kind} {self.as_of}".encode())
        for source in self.files:
            digest.update(source.name.encode() + hashlib.sha256(source.content).digest())
            digest.update(json.dumps(source.mapping, sort_keys=True, default=str).encode())
        return digest.hexdigest()


def read_uploads(uploaded: Iterable[Any], kind: str | None, as_of: date | None) -> Upload:
    """Uploaded files as sources; name.mapping.json beside a file is its mapping. Raises LoadError for a bad one."""
    contents = {file.name: file.getvalue() for file in uploaded}
    mappings = {
        name.removesuffix(_MAPPING): _mapping(name, body) for name, body in contents.items() if _is_mapping(name)
    }
    files = []
    for name, content in contents.items():
        if _is_mapping(name):
            continue
        mapping, answers = mappings.get(name), _answers(name)
        if answers:
            mapping = {**(mapping or {}), "answers": answers}
        files.append(SourceFile(name, content, mapping))
    return Upload(tuple(files), kind, as_of)


def run(upload: Upload, store: Store, dry_run: bool) -> tuple[FileReport, ...] | None:
    """Check or load with a progress bar that names its steps; None, with a sentence shown, where it could not be."""
    bar = st.progress(0.0, text="Starting")

    def progress(step: str, done: int, total: int) -> None:
        bar.progress(min(1.0, done / max(total, 1)), text=plain(step))

    try:
        return load(store, upload.files, kind=upload.kind, as_of=upload.as_of, dry_run=dry_run, progress=progress)
    except StoreBusy as busy:
        st.info(str(busy), title="Load in progress", icon=":material/sync:")
    except LoadError as error:
        st.error(str(error), icon=":material/block:")
    finally:
        bar.empty()
    return None


def show_report(report: FileReport) -> None:
    """One file: what it is, the sum that accounts for every line, issues by kind, open questions."""
    with st.container(border=True, gap="small"):
        kind = f"recognised as {report.kind.replace('_', ' ')}" if report.kind else ""
        heading(f"{plain(report.file)} {_STATUS[report.status]}", plain(kind))
        if report.lines:
            st.markdown(every_line(report))
        if not report.questions:
            note(plain(report.message))
        for question in report.questions:
            _ask(report.file, question)
        _issues(report)


def every_line(report: FileReport) -> str:
    """ "**4,001 lines** = 1 header + **3,962 to load** + 12 blank + **26 set aside**" """
    return (
        f"**{count(report.lines)} lines** = {count(report.header_lines)} header + "
        f"**{count(report.loaded)} {'loaded' if report.status == 'loaded' else 'to load'}** + "
        f"{count(report.blank_rows)} blank + "
        f"**{count(report.rejected)} set aside**"
    )


def ready(reports: Sequence[FileReport]) -> bool:
    """Nothing stands in the way and there is something new to load."""
    return {report.status for report in reports} <= {"dry_run", "already_loaded"} and any(
        report.status == "dry_run" for report in reports
    )


def show_history(store: Store) -> None:
    """What was loaded, newest first, and a way to undo or redo one load."""
    st.subheader("What was loaded", anchor=False)
    if st.session_state.get("history_message"):
        st.success(st.session_state.pop("history_message"), icon=":material/check:")
    records = history(store)
    if not records:
        note("Nothing has been loaded yet.")
        return
    table([_record_row(record) for record in records[:10]], "The newest loads")
    if len(records) > 10:
        with st.expander(f"{len(records) - 10} earlier loads"):
            table([_record_row(record) for record in records[10:]], "Earlier loads")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Undo or redo",
            records,
            index=None,
            placeholder="Choose a load",
            format_func=lambda record: f"{record.load_no}: {record.file_name}, {record.state}",
            key="history_choice",
            width=360,
        )
        undone = chosen is not None and chosen.state == "undone"
        pressed = st.button(
            "Redo" if undone else "Undo",
            icon=":material/redo:" if undone else ":material/undo:",
            disabled=chosen is None,
            key="history_button",
        )
    note("Undoing takes a load out of every number; its rows stay and can be brought back.")
    if pressed and chosen is not None:
        _undo_or_redo(store, chosen)


def _undo_or_redo(store: Store, record: LoadRecord) -> None:
    try:
        with st.spinner(f"Computing all findings again, {'with' if record.state == 'undone' else 'without'} this load"):
            (redo if record.state == "undone" else undo)(store, record.load_id)
    except StoreBusy as busy:
        st.info(str(busy), title="Load in progress", icon=":material/sync:")
    except LoadError as error:
        st.error(str(error), icon=":material/block:")
    else:
        data.want_sample(False)
        done = "is counted again" if record.state == "undone" else "is no longer counted"
        st.session_state["history_message"] = f"{plain(record.file_name)} {done}."
        st.rerun()


def _ask(file: str, question: Question) -> None:
    key = _question_key(file, question.id)
    where, choice = st.columns([3, 2], vertical_alignment="center")
    column = f"**{plain(question.column)}** " if question.column else ""
    where.markdown(f"{column}{plain(question.text)}")
    if question.choices:
        choice.selectbox(
            question.text,
            question.choices,
            index=None,
            placeholder=_ASK,
            format_func=lambda name: name.replace("_", " "),
            key=key,
            label_visibility="collapsed",
            persist_state="page",
        )
    else:
        choice.text_input(question.text, key=key, label_visibility="collapsed", persist_state="page")


def _issues(report: FileReport) -> None:
    """Grouped by code, the most frequent first; the count comes first in each heading."""
    ordered = sorted(report.issues, key=lambda issue: issue.code)
    groups = [(code, list(issues)) for code, issues in groupby(ordered, key=lambda issue: issue.code)]
    for code, issues in sorted(groups, key=lambda group: -len(group[1])):
        lines = "line" if len(issues) == 1 else "lines"
        with st.expander(f"**{count(len(issues))} {lines}**: {code.replace('-', ' ')}", icon=":material/info:"):
            for issue in issues[:_FIRST_LINES]:
                where = "" if issue.message.startswith("Line ") else f"Line {count(issue.line)}: "
                st.markdown(f"{where}{plain(issue.message)}")
            if len(issues) > _FIRST_LINES:
                note(f"and {count(len(issues) - _FIRST_LINES)} more")


def _record_row(record: LoadRecord) -> Row:
    """Three columns: more would not fit a phone."""
    undone = " :gray-badge[undone]" if record.state == "undone" else ""
    as_of = f", as of {day(record.as_of_date.isoformat())}" if record.as_of_date else ""
    kind = quiet(f"{record.kind.replace('_', ' ')}{as_of}")
    return {
        "File": f"{record.load_no}: {plain(record.file_name)}{undone} {kind}",
        "Rows": f"{kept(f'{count(record.loaded)} loaded')}, {kept(f'{count(record.rejected)} set aside')}",
        "When": f"{kept(day(record.loaded_at.isoformat()))} {kept(f'{record.loaded_at:%H:%M} UTC')}",
    }


def _is_mapping(name: str) -> bool:
    return name.lower().endswith(_MAPPING)


def _mapping(name: str, body: bytes) -> dict[str, Any]:
    try:
        mapping = json.loads(body.decode("utf-8"))
    except ValueError:
        raise LoadError(f"{name} is not valid JSON. Save it as UTF-8 text and try again.") from None
    if not isinstance(mapping, dict):
        raise LoadError(f'{name} is not a JSON object. A mapping has the form {{"kind": "survey", ...}}.')
    return mapping


def _question_key(file: str, question: str) -> str:
    return f"answer|{file}|{question}"


def _answers(file: str) -> dict[str, str]:
    """Answers given on this page for a file; an empty one is none."""
    start = _question_key(file, "")
    given = {key.removeprefix(start): value for key, value in st.session_state.items() if str(key).startswith(start)}
    return {question: str(value) for question, value in given.items() if value not in (None, "")}
