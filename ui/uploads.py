"""The steps of an upload: what was given, what was found in it, what it would change, and the load itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, groupby
from itertools import count as counting
from typing import Any

import streamlit as st

from analysis.charts.format import count
from analysis.load import (
    FILE_TYPES,
    FileReport,
    FirstLines,
    LoadError,
    SourceFile,
    first_lines,
    load,
    mapping_json,
    refused_rows_csv,
    unpacked,
)
from analysis.store import Store, StoreBusy
from ui.audited import taken_away
from ui.questions import answers_of, ask, columns_read, forget_answers
from ui.text import heading, note, plain

ACCEPTED = (*FILE_TYPES, "json")
_MAPPING = ".mapping.json"
_FILES, _DIGESTS, _TURN, _CHECKED = "upload_files", "upload_digests", "upload_turn", "upload_checked"
_FIRST_LINES = 5
_OF_COLUMNS = ("column-not-loaded", "refused-column")
_HAIR = "\u200a"  # the thinnest space: five steps fit on one line of a phone
_STEPS = ("Drop", "Recognise", "Answer", "Check", "Load")
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
    signature: str


def given(store: Store) -> Upload | None:
    """The files that were dropped, kept while the reader looks at other pages; None before there are any."""
    kept_files: tuple[SourceFile, ...] = st.session_state.get(_FILES, ())
    if not kept_files:
        _take("HR, programme and survey exports", ())
        note(
            "CSV, Excel, OpenDocument or a zip of them, as they come. Files that belong together are checked together, "
            "in any order. Over 200 MB, use the command line: `python -m analysis load FILE ...`"
        )
        return None
    with st.container(horizontal=True):
        turn = st.session_state.get(_TURN, 0)
        # A key of its own each time: it is closed again after something was added.
        with st.popover("Add files", icon=":material/add:", width="content", key=f"more_{turn}"):
            _take("More files", kept_files)
        if st.button("Use other files", icon=":material/upload_file:"):
            start_over()
            st.rerun()
    return _with_answers(kept_files, store)


def _take(label: str, kept_files: Sequence[SourceFile]) -> None:
    """A place to drop files; what was dropped joins the files that are there, and the place is empty again."""
    turn = st.session_state.setdefault(_TURN, 0)
    uploaded = st.file_uploader(label, type=ACCEPTED, accept_multiple_files=True, key=f"files_{turn}")
    if not uploaded:
        return
    try:
        st.session_state[_FILES] = files = with_added(kept_files, uploaded)
        st.session_state[_DIGESTS] = {source.name: hashlib.sha256(source.content).digest() for source in files}
    except LoadError as error:
        st.error(plain(str(error)), icon=":material/block:")
        return
    st.session_state[_TURN] = turn + 1
    st.rerun()


def with_added(kept_files: Sequence[SourceFile], uploaded: Iterable[Any]) -> tuple[SourceFile, ...]:
    """The files with the uploaded ones after them, each under a name of its own; a zip as the files in it.

    name.mapping.json is the mapping of that file. Raises LoadError for one that can't be read or has no file.
    """
    given_files, mappings = [], {}
    for file in uploaded:
        if _is_mapping(file.name):
            mappings[file.name[: -len(_MAPPING)]] = _mapping(file.name, file.getvalue())
        else:
            given_files.append(SourceFile(file.name, file.getvalue()))
    names = {source.name for source in (*kept_files, *given_files)}
    for name in mappings:
        if name not in names:
            raise LoadError(f"{name}{_MAPPING} belongs to {name}, which is not among the files. Add both together.")
    mapped = [
        replace(source, mapping=mappings.get(source.name, source.mapping)) for source in (*kept_files, *given_files)
    ]
    return tuple(_named_apart((*mapped[: len(kept_files)], *unpacked(mapped[len(kept_files) :]))))


def _named_apart(files: Iterable[SourceFile]) -> Iterator[SourceFile]:
    """Two folders may hold files of one name: the second becomes "people (2).csv"."""
    taken: set[str] = set()
    for source in files:
        stem, dot, ending = source.name.rpartition(".")
        numbered = (f"{stem or ending} ({number}){dot and stem and dot + ending}" for number in counting(2))
        name = next(one for one in chain([source.name], numbered) if one not in taken)
        taken.add(name)
        yield replace(source, name=name)


def start_over() -> None:
    """Forget the files and the answers."""
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    st.session_state[_FILES] = ()
    check_again()
    forget_answers()


def _leave_out(file: str) -> None:
    st.session_state[_FILES] = tuple(source for source in st.session_state.get(_FILES, ()) if source.name != file)


def keep_checked(upload: Upload, reports: Sequence[FileReport]) -> None:
    """What was found in these files, with the first lines of those that are asked about: read once, not on each run."""
    asked = {report.file: report for report in reports if report.questions}
    lines = {
        source.name: first_lines(source, asked[source.name].columns) for source in upload.files if source.name in asked
    }
    st.session_state[_CHECKED] = (upload.signature, tuple(reports), lines)


def _first_lines_of(file: str) -> FirstLines | None:
    known = st.session_state.get(_CHECKED)
    lines: FirstLines | None = known[2].get(file) if known else None
    return lines


def check_again() -> None:
    """Forget what was found in the files."""
    st.session_state[_CHECKED] = None


def checked(upload: Upload, store: Store) -> tuple[FileReport, ...] | None:
    """The reports of these files, checked again only where something was changed; None where they could not be."""
    known = st.session_state.get(_CHECKED)
    if known and known[0] == upload.signature:
        reports: tuple[FileReport, ...] = known[1]
        return reports
    bar = st.progress(0.0, text="Starting")

    def progress(step: str, done: int, total: int) -> None:
        bar.progress(min(1.0, done / max(total, 1)), text=plain(step))

    try:
        found = load(store, upload.files, dry_run=True, progress=progress)
    except StoreBusy as busy:
        st.info(str(busy), title="Load in progress", icon=":material/sync:")
        return None
    finally:
        bar.empty()
    keep_checked(upload, found)
    return found


def steps(reports: Sequence[FileReport] | None, loading: bool = False) -> None:
    """Where the reader is: done steps, the current one, what comes later."""
    waiting = any(report.status == "needs_answer" for report in reports or ())
    place = 4 if loading else 0 if reports is None else 2 if waiting else 3
    shown = [
        f":green-badge[:material/check: {name}]"
        if number < place
        else f":blue-badge[**{number + 1} {name}**]"
        if number == place
        else f":gray-badge[{number + 1} {name}]"
        for number, name in enumerate(_STEPS)
    ]
    st.markdown(f"{_HAIR}:material/chevron_right:{_HAIR}".join(shown))


def show_report(report: FileReport, upload: Upload | None = None) -> None:
    """One file: what it was taken for, its questions, the sum that accounts for every line, issues by kind."""
    with st.container(border=True, gap="small"):
        heading(f"{plain(report.file)} {_STATUS[report.status]}", plain(_taken_for(report)))
        if report.questions and upload is not None:
            ask(report, _first_lines_of(report.file))
        if report.status in ("refused", "already_loaded"):
            note(plain(report.message))
        columns_read(report)
        if report.lines:
            st.markdown(every_line(report))
        _issues(report)
        _take_away(report, upload)


def _taken_for(report: FileReport) -> str:
    if report.format and report.format not in ("list", "canonical headers"):
        return f"recognised as: {report.format}"
    return f"recognised as: {report.kind.replace('_', ' ')}" if report.kind else ""


def _take_away(report: FileReport, upload: Upload | None) -> None:
    """The refused rows and the mapping as files, and a way to go on without this one."""
    refused = report.rejected and any(issue.message.startswith("Line ") for issue in report.issues)
    several = upload is not None and len(upload.files) > 1 and any(one.name == report.file for one in upload.files)
    if not refused and not report.mapping and not several:
        return
    name = _file_name(report)
    with st.container(horizontal=True):
        if refused:
            st.download_button(
                "Refused rows",
                taken_away(partial(refused_rows_csv, report), f"{name}.refused.csv"),
                f"{name}.refused.csv",
                "text/csv",
                icon=":material/download:",
                key=f"refused {report.file}",
            )
        if report.mapping:
            st.download_button(
                "How it was read",
                taken_away(partial(mapping_json, report), f"{name}{_MAPPING}"),
                f"{name}{_MAPPING}",
                "application/json",
                icon=":material/download:",
                key=f"mapping {report.file}",
                help="Give it with the next file of this shape, or to the command line with --mapping.",
            )
        if several:
            st.button(
                "Leave out",
                icon=":material/close:",
                key=f"leave {report.file}",
                on_click=_leave_out,
                args=(report.file,),
                help="Go on without this file.",
            )


def _file_name(report: FileReport) -> str:
    """A file out of a zip is named after both, which no folder could hold."""
    return report.file.replace("/", "_")


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


def _issues(report: FileReport) -> None:
    """Grouped by code, the most frequent first; the count comes first in each heading.

    What became of the columns stands in their table, and what refuses the whole file in its message.
    """
    said = _OF_COLUMNS if report.columns else ()
    told = [issue for issue in report.issues if issue.code not in said and issue.message != report.message]
    ordered = sorted(told, key=lambda issue: issue.code)
    groups = [(code, list(issues)) for code, issues in groupby(ordered, key=lambda issue: issue.code)]
    for code, issues in sorted(groups, key=lambda group: -len(group[1])):
        lines = "line" if len(issues) == 1 else "lines"
        with st.expander(f"**{count(len(issues))} {lines}**: {code.replace('-', ' ')}", icon=":material/info:"):
            for issue in issues[:_FIRST_LINES]:
                where = "" if issue.message.startswith("Line ") else f"Line {count(issue.line)}: "
                st.markdown(f"{where}{plain(issue.message)}")
            if len(issues) > _FIRST_LINES:
                note(f"and {count(len(issues) - _FIRST_LINES)} more")


def show_across_tables(alone: Sequence[FileReport], together: Sequence[FileReport]) -> None:
    """What the checks across tables say of files that were read alone before."""
    known = {report.file: report.issues for report in alone}
    told = [
        (report, issue)
        for report in together
        for issue in report.issues
        if issue not in known.get(report.file, ()) and report.status == "dry_run"
    ]
    heading("Together with the other files", "and with what was loaded before")
    if not told:
        note("Nothing stands out. Who is in one file and not in another, and dates and levels, were compared.")
    for report, issue in told:
        said = f"**{plain(report.file)}**: {issue.code.replace('-', ' ')}"
        with st.expander(said, icon=":material/info:", expanded=True):
            st.markdown(plain(issue.message))


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


def _with_answers(files: Sequence[SourceFile], store: Store) -> Upload:
    answered, digest = [], hashlib.sha256()
    # What was loaded or undone meanwhile, here or by somebody else, changes what is found in a file.
    digest.update(str(store.reader().stamp if store.exists() else 0).encode())
    for source in files:
        mapping, answers = source.mapping, answers_of(source.name)
        if answers:
            before = (mapping or {}).get("answers")
            mapping = {**(mapping or {}), "answers": {**(before if isinstance(before, dict) else {}), **answers}}
        answered.append(replace(source, mapping=mapping))
        digest.update(source.name.encode() + st.session_state[_DIGESTS][source.name])
        digest.update(json.dumps(mapping, sort_keys=True, default=str).encode())
    return Upload(tuple(answered), digest.hexdigest())
