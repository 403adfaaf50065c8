"""The audit as a page shows it: whether the file is whole, its events, and the same to take away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from functools import lru_cache, partial

import streamlit as st

from analysis.charts.format import moment
from analysis.csv_file import csv_bytes
from analysis.findings.roles import Viewer, acts
from analysis.store import AuditCheck, Event, Store, audit_path, audited, check_audit, flush_audit, read_audit
from ui import sign_in, tables
from ui.text import address, kept, note, plain, quiet

SHOWN, SHOWN_UNFINISHED = 100, 5


def events_and_check(store: Store) -> tuple[tuple[Event, ...], AuditCheck]:
    """All events, oldest first, and whether the chain holds. Raises CannotAudit."""
    flush_audit()
    path = audit_path(store)
    told = path.stat() if path.exists() else None
    return _read(store.folder, store.exists(), told.st_size if told else 0, told.st_mtime_ns if told else 0)


@lru_cache(maxsize=2)
def _read(folder: object, exists: bool, size: int, changed: int) -> tuple[tuple[Event, ...], AuditCheck]:
    """Read anew only where the file changed: a filter must not wait for a long one."""
    store = Store(str(folder))
    return read_audit(store), check_audit(store)


def file_name(store: Store) -> str:
    return audit_path(store).name


def show_check(check: AuditCheck) -> None:
    """Whether the file can be believed stands above what it says."""
    if check.problems:
        st.error(plain(check.sentence), icon=":material/link_off:")
        for problem in check.problems[:5]:
            note(plain(problem))
    elif check.lines:
        st.success(
            f"No line was changed or taken out of {check.lines:,}, as far as the file itself can tell.",
            icon=":material/link:",
        )
        note(
            f"Last digest: `{check.digest}`. Note it elsewhere: `python -m analysis audit --check --noted` with it "
            "tells later whether the end of the file was cut off, or the whole file was written anew."
        )
    for sentence in check.unfinished[-SHOWN_UNFINISHED:]:
        note(plain(sentence))


def nothing(title: str, sentence: str) -> None:
    with st.container(border=True):
        st.markdown(f"**{title}**")
        st.markdown(sentence)


def show_events(store: Store, events: Sequence[Event]) -> None:
    """The newest first, at most SHOWN; the download has all of them."""
    newest = list(reversed(events))
    tables.table([_row(event) for event in newest[:SHOWN]], "Events of the audit, newest first")
    if len(newest) > SHOWN:
        note(f"The newest {SHOWN} are shown. The download has all {len(newest):,} that the filters leave.")
    st.download_button(
        "Download these events as CSV",
        partial(_csv, store, tuple(events), sign_in.viewer()),
        file_name="audit.csv",
        mime="text/csv",
        key="audit_download",
        icon=":material/download:",
        on_click="ignore",
        type="tertiary",
    )


def _csv(store: Store, events: tuple[Event, ...], viewer: Viewer) -> bytes:
    by = acts(sign_in.goes_on(viewer), "read the audit")
    with audited(store, "audit exported", f"{len(events):,} events as csv", by):
        header = tuple(field.name for field in fields(Event))
        return csv_bytes(header, ([str(value) for value in asdict(event).values()] for event in events))


def _row(event: Event) -> tables.Row:
    """Two columns: a third is cut off on a phone."""
    grey = "" if event.outcome == "done" else f" :gray-badge[{plain(event.outcome)}]"
    about = plain(event.about).replace("_", "_\u200b")  # a long name of a file breaks here
    return {
        "When": f"{kept(moment(event.at))} {quiet(address(f'by {event.who}'))}",
        "About": f"{about} {quiet(plain(f'{event.what}, data version {event.data_version}'))}{grey}",
    }
