"""One load, from files to a published version; undo, redo and the history of loads.

The command line and the Uploads page call these functions. Files of one call are checked together, in any
order, and published together or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

import analysis
from analysis.findings.precompute import declared_retention, store_headlines
from analysis.findings.results import Finding
from analysis.findings.roles import Viewer, acts
from analysis.imports.checked import Checked, ask
from analysis.imports.checks import informing_issues, swapped_share
from analysis.imports.formats import Request
from analysis.imports.ledger import (
    known_ids,
    load_records,
    mark_key,
    new_load_id,
    next_load_no,
    read_ledger,
    set_state,
)
from analysis.imports.look import FirstLines, first_lines
from analysis.imports.pseudonyms import Key, Pseudonyms, find_key, keep_key
from analysis.imports.refused_rows import mapping_json, refused_rows_csv
from analysis.imports.report import FIRST_DAY, ColumnUse, FileReport, Issue, LoadError, LoadRecord, Question, SourceFile
from analysis.imports.sources import FILE_TYPES, read_file, read_folder, read_mapping, unpacked
from analysis.imports.stage import swapped_question
from analysis.imports.together import check_together, unread
from analysis.imports.write import write_issues, write_load, write_mapping, write_rows
from analysis.plan import current_plan
from analysis.store import Cursor, Draft, NoStore, Reader, Store, StoreBusy, audited, write_audit
from analysis.study.build import build_derived
from analysis.study.headcount import headcount

__all__ = [
    "FILE_TYPES",
    "FIRST_DAY",
    "Change",
    "ColumnUse",
    "FileReport",
    "FirstLines",
    "Issue",
    "LoadError",
    "LoadRecord",
    "Question",
    "SourceFile",
    "first_lines",
    "history",
    "load",
    "mapping_json",
    "newest",
    "preview",
    "read_file",
    "read_folder",
    "read_mapping",
    "redo",
    "refused_rows_csv",
    "undo",
    "unpacked",
]

Progress = Callable[[str, int, int], None]
_STEPS_AFTER_READING = 4
_FEW = 10  # pairs whose two levels are known, below which nothing is said about their order


def _silent(step: str, done: int, total: int) -> None:
    """No progress shown."""


@dataclass(frozen=True)
class Change:
    """What a load would change: people in the newest list, and the declared retention of each side before and after.

    `people`, `joined` and `left` count those in the newest list, new in it, and gone since the list before it;
    `before` is empty where nothing could be computed yet.
    """

    as_of: date | None
    people: int
    joined: int
    left: int
    before: tuple[Finding, ...]
    after: tuple[Finding, ...]


def load(
    store: Store,
    files: Sequence[SourceFile],
    *,
    kind: str | None = None,
    as_of: date | None = None,
    mapping: Mapping[str, object] | None = None,
    dry_run: bool = False,
    by: Viewer | str | None = None,
    progress: Progress = _silent,
) -> tuple[FileReport, ...]:
    """Check all files; where each is good (and this is no dry run), write them and publish a new version.

    `kind` overrides what the headers say, `as_of` dates a people file that has no as_of_date column, `mapping`
    serves every file that has none of its own, `by` is who loads. `progress` is called with (step in words, steps
    done, steps). The reports stand in the order of the files, with a ladder that an answer gave after them; what is
    wrong with a file is said there and raises nothing.
    Raises StoreBusy where somebody else is loading, CannotAudit, and NotAllowed for somebody who may not load.
    """
    who = acts(by, "load")
    batch = _check(store, files, Request(kind, as_of, mapping or {}), progress)
    if dry_run:
        return batch.reports
    names = ", ".join(source.name for source in files)
    if not batch.ready:
        write_audit(store, "load", names, f"not done: {_statuses(batch.reports)}", who)
        return batch.reports
    with audited(store, "load", names, who) as doing:
        try:
            with _writing(store, batch) as draft:
                reports = _write(draft, batch, progress, who)
                keep_key(batch.key, store.key_path)
                rebuild(draft, progress, len(files) + 1, batch.steps)
        except _Asks as asks:
            doing.outcome = f"not done: {_statuses(asks.reports)}"
            return asks.reports
    progress("Published", batch.steps, batch.steps)
    return reports


def preview(
    store: Store,
    files: Sequence[SourceFile],
    *,
    kind: str | None = None,
    as_of: date | None = None,
    mapping: Mapping[str, object] | None = None,
    progress: Progress = _silent,
) -> tuple[tuple[FileReport, ...], Change | None]:
    """Check all files as `load` does, and say what loading them would change; nothing is kept.

    The issues of the reports are those that the load itself would have, with what the checks across tables say.

    The change is None where a file waits for an answer or is refused. Raises StoreBusy.
    """
    if store.exists():
        newest(store, progress)  # what is compared with must be of this version of the application
    batch = _check(store, files, Request(kind, as_of, mapping or {}), progress)
    if not batch.ready:
        return batch.reports, None
    try:
        with _writing(store, batch, publish=False) as draft:
            written = _write(draft, batch, progress)
            told = tuple(replace(one, issues=after.issues) for one, after in zip(batch.reports, written, strict=True))
            return told, _change(store, draft, progress, batch.steps)
    except _Asks as asks:
        return asks.reports, None


def undo(store: Store, load_id: str, by: Viewer | str | None = None) -> int:
    """Take one load out of what holds today; its rows stay. Returns the new data version. Raises LoadError, and
    NotAllowed for somebody who may not."""
    return _set_state(store, load_id, "undone", acts(by, "undo"))


def redo(store: Store, load_id: str, by: Viewer | str | None = None) -> int:
    """Let an undone load hold again. Returns the new data version. Raises LoadError, and NotAllowed as above."""
    return _set_state(store, load_id, "active", acts(by, "redo"))


def history(store: Store) -> tuple[LoadRecord, ...]:
    """All loads, newest first; none where nothing was loaded yet."""
    try:
        reader = store.reader()
    except NoStore:
        return ()
    with reader.cursor() as cursor:
        return load_records(cursor)


@dataclass(frozen=True)
class _Batch:
    """The files of one command, checked. `ready`: each is good or known already, and there is something to load."""

    checked: list[Checked]
    key: Key
    pseudonyms: Pseudonyms
    data_version: int
    steps: int

    @property
    def ready(self) -> bool:
        statuses = {one.report.status for one in self.checked}
        return not statuses & {"needs_answer", "refused"} and "dry_run" in statuses

    @property
    def reports(self) -> tuple[FileReport, ...]:
        """What to say while nothing is loaded."""
        waits = {one.report.status for one in self.checked} & {"needs_answer", "refused"}
        waiting = "Checked, not loaded: another file of this command needs attention."
        return tuple(replace(one.report, message=waiting) if waits and one.good else one.report for one in self.checked)


class _Asks(Exception):
    """Something in the rows has to be asked before they are published; `reports` say what."""

    def __init__(self, reports: tuple[FileReport, ...]) -> None:
        super().__init__("a question")
        self.reports = reports


def _check(store: Store, files: Sequence[SourceFile], request: Request, progress: Progress) -> _Batch:
    ledger, total = read_ledger(store), len(files) + _STEPS_AFTER_READING
    try:
        key = find_key(store.key_path, ledger.key_mark, ledger.has_loads)
    except LoadError as error:
        refused = [Checked(unread(source.name, "refused", str(error)), "") for source in files]
        return _Batch(refused, Key(b""), Pseudonyms(Key(b"")), ledger.data_version, total)
    pseudonyms = Pseudonyms(key, partial(known_ids, store))

    def say(step: str, done: int) -> None:
        progress(step, min(done, len(files)), total)

    checked = check_together(files, request, ledger, pseudonyms, say)
    return _Batch(checked, key, pseudonyms, ledger.data_version, total)


@contextmanager
def _writing(store: Store, batch: _Batch, publish: bool = True) -> Iterator[Draft]:
    with store.writing(publish) as draft:
        if draft.data_version != batch.data_version + 1:
            raise StoreBusy("Somebody else loaded data while these files were checked. Load them again.")
        yield draft


def _write(draft: Draft, batch: _Batch, progress: Progress, by: str | None = None) -> tuple[FileReport, ...]:
    """All rows of all files; the reports of all files, in their order. Raises _Asks; the draft is thrown away then."""
    connection, checked = draft.connection, batch.checked
    progress("Writing the rows", batch.steps - _STEPS_AFTER_READING, batch.steps)
    connection.execute("begin")
    mark_key(connection, batch.key)
    good = [place for place, one in enumerate(checked) if one.good]
    loads = dict(zip(good, _numbered(connection, [checked[place] for place in good]), strict=True))
    for place, (load_id, load_no) in loads.items():
        write_load(connection, load_id, load_no, draft.data_version, checked[place], by)
        write_mapping(connection, load_id, checked[place], batch.pseudonyms.of)
    # People first: rows given under an e-mail address are linked to them; pairs before their sessions.
    order = {"people": 0, "pairs": 1}
    for place in sorted(good, key=lambda place: order.get(str(checked[place].report.kind), 2)):
        write_rows(connection, loads[place][0], checked[place])
        checked[place] = replace(checked[place], rows=None)  # what is written need not be held
    # Rows of an open transaction are read by one thread alone, and without what is known of their columns.
    connection.execute("commit")
    _ask_about_swapped_pairs(connection, batch, loads)
    reports = {}
    for place, (load_id, _) in loads.items():
        report = checked[place].report
        issues = (*informing_issues(connection, str(report.kind), load_id), *report.issues)
        write_issues(connection, load_id, issues)
        message = f"Loaded {report.loaded:,} of {report.data_rows:,} lines; {report.rejected:,} rejected."
        reports[place] = replace(report, status="loaded", load_id=load_id, issues=issues, message=message)
    return tuple(reports.get(place, one.report) for place, one in enumerate(checked))


def _numbered(connection: Cursor, good: Sequence[Checked]) -> list[tuple[str, int]]:
    """The id and the number of each load."""
    first = next_load_no(connection)
    return [(new_load_id(one.sha256, number), number) for number, one in enumerate(good, start=first)]


def _ask_about_swapped_pairs(connection: Cursor, batch: _Batch, loads: Mapping[int, tuple[str, int]]) -> None:
    asked = {}
    for place, (load_id, _) in loads.items():
        one = batch.checked[place]
        if one.report.kind == "pairs" and not one.asked_about_sides:
            known, senior = swapped_share(connection, load_id)
            if known >= _FEW and senior > known / 2:
                asked[place] = ask(one.report, (swapped_question(known, senior),))
    if asked:
        raise _Asks(tuple(asked.get(place, one.report) for place, one in enumerate(batch.checked)))


def _change(store: Store, draft: Draft, progress: Progress, steps: int) -> Change:
    connection = draft.connection
    progress("Building the comparison", steps - 3, steps)
    build_derived(connection, current_plan(connection))
    progress("Computing retention with these files", steps - 2, steps)
    before: tuple[Finding, ...] = ()
    if store.exists():
        with newest(store).cursor() as cursor:
            before = declared_retention(cursor, draft.data_version - 1, stored=True)
    counted = headcount(connection)
    return Change(
        counted.as_of,
        counted.people,
        counted.joined,
        counted.left,
        before,
        declared_retention(connection, draft.data_version, stored=False),
    )


def _statuses(reports: Sequence[FileReport]) -> str:
    return ", ".join(sorted({report.status.replace("_", " ") for report in reports}))


def _set_state(store: Store, load_id: str, state: str, by: str | None) -> int:
    if not store.exists():
        raise LoadError("No data has been loaded yet, so there is no load to undo or redo.")
    known = next((one.file_name for one in history(store) if one.load_id == load_id), None)
    about = "an unknown load" if known is None else f"{load_id} {known}"
    with audited(store, "undo" if state == "undone" else "redo", about, by), store.writing() as draft:
        set_state(draft.connection, load_id, state)
        rebuild(draft, _silent, 0, 0)
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
        rebuild(draft, progress, 0, _STEPS_AFTER_READING - 1)
    return store.reader()


def rebuild(draft: Draft, progress: Progress, done: int, total: int) -> None:
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
