"""One load, from files to a published version; undo, redo and the history of loads.

The command line and the Uploads page call these functions. Files of one call are checked together, in any
order, and published together or not at all.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import analysis
from analysis.findings.precompute import store_headlines
from analysis.imports.checks import informing_issues
from analysis.imports.formats import Request
from analysis.imports.ledger import (
    Loaded,
    load_records,
    mark_key,
    new_load_id,
    next_load_no,
    read_ledger,
    set_state,
)
from analysis.imports.pseudonyms import Key, Pseudonyms, find_key, keep_key
from analysis.imports.report import (
    FileReport,
    Issue,
    LoadError,
    LoadRecord,
    Question,
    SourceFile,
    Status,
)
from analysis.imports.stage import (
    Checked,
    check,
    fingerprint,
    with_conflicts_refused,
    with_levels_checked,
)
from analysis.imports.write import write_issues, write_load, write_rows
from analysis.plan import current_plan
from analysis.store import Draft, NoStore, Reader, Store, StoreBusy
from analysis.study.build import build_derived

__all__ = [
    "FileReport",
    "Issue",
    "LoadError",
    "LoadRecord",
    "Question",
    "SourceFile",
    "history",
    "load",
    "newest",
    "read_file",
    "read_folder",
    "read_mapping",
    "redo",
    "undo",
]

Progress = Callable[[str, int, int], None]
_STEPS_AFTER_READING = 4


def _silent(step: str, done: int, total: int) -> None:
    """No progress shown."""


def load(
    store: Store,
    files: Sequence[SourceFile],
    *,
    kind: str | None = None,
    as_of: date | None = None,
    mapping: Mapping[str, object] | None = None,
    dry_run: bool = False,
    progress: Progress = _silent,
) -> tuple[FileReport, ...]:
    """Check all files; where each is good (and this is no dry run), write them and publish a new version.

    `kind` overrides what the headers say, `as_of` dates a people file that has no as_of_date column, `mapping`
    serves every file that has none of its own. `progress` is called with (step in words, steps done, steps).
    The reports stand in the order of the files; what is wrong with a file is said there and raises nothing.
    Raises StoreBusy where somebody else is loading.
    """
    ledger, total = read_ledger(store), len(files) + _STEPS_AFTER_READING
    try:
        key = find_key(store.key_path, ledger.key_mark, ledger.has_loads)
    except LoadError as error:
        return tuple(_unread(source, "refused", str(error)) for source in files)
    pseudonyms, checked, seen = Pseudonyms(key), list[Checked](), dict[str, Loaded | None](ledger.active)
    for number, source in enumerate(files):
        progress(f"Reading {source.name}", number, total)
        request = Request(kind, as_of, source.mapping or mapping or {}, source.name)
        mark = fingerprint(source, request)
        if mark in seen:
            checked.append(Checked(_already_loaded(source, seen[mark]), mark))
            continue
        seen[mark] = None
        checked.append(check(source, request, pseudonyms))
    ladder = _ladder_among(checked) or ledger.ladder
    checked = with_conflicts_refused([with_levels_checked(one, ladder) for one in checked])
    good = [one for one in checked if one.good]
    if any(one.report.status in ("needs_answer", "refused") for one in checked):
        waiting = "Checked, not loaded: another file of this command needs attention."
        return tuple(replace(one.report, message=waiting) if one.good else one.report for one in checked)
    if dry_run or not good:
        return tuple(one.report for one in checked)

    with store.writing() as draft:
        if draft.data_version != ledger.data_version + 1:
            raise StoreBusy("Somebody else loaded data while these files were checked. Load them again.")
        keep_key(key, store.key_path)
        progress("Writing the rows", len(files), total)
        loaded = iter(_write(draft, good, key))
        _rebuild(draft, progress, len(files) + 1, total)
    progress("Published", total, total)
    return tuple(next(loaded) if one.good else one.report for one in checked)


def undo(store: Store, load_id: str) -> int:
    """Take one load out of what holds today; its rows stay. Returns the new data version. Raises LoadError."""
    return _set_state(store, load_id, "undone")


def redo(store: Store, load_id: str) -> int:
    """Let an undone load hold again. Returns the new data version. Raises LoadError."""
    return _set_state(store, load_id, "active")


def history(store: Store) -> tuple[LoadRecord, ...]:
    """All loads, newest first; none where nothing was loaded yet."""
    try:
        reader = store.reader()
    except NoStore:
        return ()
    with reader.cursor() as cursor:
        return load_records(cursor)


def read_folder(folder: Path) -> list[SourceFile]:
    """All .csv, .xlsx and .toml files of a folder, by name, each as `read_file` gives it."""
    return [
        read_file(path)
        for path in sorted(folder.iterdir())
        if path.suffix.lower() in (".csv", ".xlsx", ".toml") and not path.name.startswith((".", "~$"))
    ]


def read_file(path: Path) -> SourceFile:
    """A file with the mapping that stands beside it, if any: that of survey.csv is survey.csv.mapping.json.

    Raises LoadError for a mapping that is not a JSON object.
    """
    beside = path.with_name(f"{path.name}.mapping.json")
    return SourceFile(path.name, path.read_bytes(), read_mapping(beside) if beside.exists() else None)


def read_mapping(path: Path) -> Mapping[str, object]:
    """A mapping from its file. Raises LoadError where that is not a JSON object."""
    try:
        mapping = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise LoadError(f"{path.name} is not valid JSON: {error}.") from None
    if not isinstance(mapping, dict):
        raise LoadError(f'{path.name} is not a JSON object. A mapping has the form {{"kind": "survey", ...}}.')
    return mapping


def _write(draft: Draft, good: Sequence[Checked], key: Key) -> list[FileReport]:
    """All rows of all files in one transaction; the reports of what was loaded, in the same order."""
    connection = draft.connection
    connection.execute("begin")
    mark_key(connection, key)
    numbered = list(enumerate(good, start=next_load_no(connection)))
    loads = [(new_load_id(one.sha256, load_no), load_no, one) for load_no, one in numbered]
    for load_id, load_no, one in loads:
        write_load(connection, load_id, load_no, draft.data_version, one)
    # People first: answers given under an e-mail address are linked to them.
    for load_id, _, one in sorted(loads, key=lambda written: written[2].report.kind != "people"):
        write_rows(connection, load_id, one)
    reports = []
    for load_id, _, one in loads:
        report = one.report
        issues = (*informing_issues(connection, str(report.kind), load_id), *report.issues)
        write_issues(connection, load_id, issues)
        message = f"Loaded {report.loaded:,} of {report.data_rows:,} lines; {report.rejected:,} rejected."
        reports.append(replace(report, status="loaded", load_id=load_id, issues=issues, message=message))
    connection.execute("commit")
    return reports


def _set_state(store: Store, load_id: str, state: str) -> int:
    if not store.exists():
        raise LoadError("No data has been loaded yet, so there is no load to undo or redo.")
    with store.writing() as draft:
        set_state(draft.connection, load_id, state)
        _rebuild(draft, _silent, 0, 0)
    return draft.data_version


def newest(store: Store, progress: Progress = _silent) -> Reader:
    """The newest version, with everything derived in it computed by this version of the application.

    A store that another version left behind is computed anew first, which takes as long as the end of a load. Raises
    StoreError.
    """
    reader = store.reader()
    with reader.cursor() as cursor:
        by = cursor.execute("select version from computed_by").fetchall()
    if by == [(analysis.__version__,)]:
        return reader
    with store.writing() as draft:
        _rebuild(draft, progress, 0, _STEPS_AFTER_READING - 1)
    return store.reader()


def _rebuild(draft: Draft, progress: Progress, done: int, total: int) -> None:
    """Everything that is computed from the rows that hold now."""
    progress("Building the comparison", done, total)
    build_derived(draft.connection, current_plan(draft.connection))
    progress("Computing the headline findings", done + 1, total)

    def say(step: str) -> None:
        progress(f"Computing the headline findings: {step}", done + 1, total)

    store_headlines(draft.connection, draft.data_version, say)
    draft.connection.execute("delete from computed_by")
    draft.connection.execute("insert into computed_by values (?)", [analysis.__version__])
    progress("Publishing", done + 2, total)


def _ladder_among(checked: Sequence[Checked]) -> frozenset[str]:
    """The levels of the last ladder in this command: it will be the one that holds."""
    ladders = [one.rows["level"].to_pylist() for one in checked if one.report.kind == "ladder" and one.rows is not None]
    return frozenset(ladders[-1]) if ladders else frozenset()


def _already_loaded(source: SourceFile, loaded: Loaded | None) -> FileReport:
    if loaded is None:
        return _unread(source, "already_loaded", "The same content as another file of this command. It is read once.")
    sentence = f"Already loaded on {loaded.loaded_at:%Y-%m-%d} as {loaded.load_id}. Nothing was changed."
    return replace(_unread(source, "already_loaded", sentence), load_id=loaded.load_id)


def _unread(source: SourceFile, status: Status, message: str) -> FileReport:
    return FileReport(source.name, status, None, None, 0, 0, 0, 0, 0, 0, (), (), None, message)
