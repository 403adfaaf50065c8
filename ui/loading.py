"""The last steps of an upload: what it would change, and the load itself, both in the background."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st

from analysis.charts.change import change_forest
from analysis.charts.format import SIDE_LABELS, count, day
from analysis.findings.results import Finding
from analysis.load import Change, FileReport, load, preview
from analysis.store import Store
from ui import address, data, jobs, sign_in, uploads
from ui.badges import verdict_badges
from ui.page import Page
from ui.text import first_of_all, heading, note, plain
from ui.uploads import Upload

_PREVIEW, _LOAD, _MESSAGE = "upload_preview", "upload_load", "upload_message"


def change_or_load(page: Page, upload: Upload, reports: Sequence[FileReport], store: Store) -> None:
    """What loading these files would change, worked out in the background, and the button that loads them."""
    job = _preview_of(upload, store)
    st.subheader("What this load would change", anchor=False)
    with st.container(border=True):
        if job is None or not job.finished:
            wait_for(job or jobs.running(store))
        elif job.problem:
            st.info(plain(job.problem), icon=":material/sync:")
            if st.button("Try again", icon=":material/refresh:", key="preview_again"):
                st.session_state.pop(_PREVIEW, None)
                st.rerun()
        else:
            found, change = job.result
            if any(report.status == "needs_answer" for report in found):
                uploads.keep_checked(upload, found)
                st.rerun()
            if change is not None:
                show_change(page, change)
                uploads.show_across_tables(reports, found)
    rows = sum(report.loaded for report in reports if report.status == "dry_run")
    waits = job is None or not job.finished
    if st.button(
        f"Load {_rows(rows)}", type=first_of_all(), icon=":material/check:", disabled=waits, key="load_button"
    ):
        task = partial(load, by=sign_in.viewer())
        begun = jobs.start(store, f"load {upload.signature}", partial(_work, task, store, upload))
        if begun:
            st.session_state[_LOAD] = begun
            st.rerun()
        st.info(
            "Somebody else's files are being worked on. Press the button again in a moment.", icon=":material/sync:"
        )
    note("A load can be undone: it stands in the list below.")


def _rows(number: int) -> str:
    return f"{number:,} {'row' if number == 1 else 'rows'}"


def _preview_of(upload: Upload, store: Store) -> jobs.Job | None:
    """This session's preview of these files, begun where there is none; None while somebody else's job runs."""
    job: jobs.Job | None = st.session_state.get(_PREVIEW)
    if job is None or job.mark != upload.signature:
        job = st.session_state[_PREVIEW] = jobs.start(store, upload.signature, partial(_work, preview, store, upload))
    return job


def _work(task: Any, store: Store, upload: Upload, progress: jobs.Progress) -> Any:
    return task(store, upload.files, progress=progress)


def show_change(page: Page, change: Change) -> None:
    """The headcount in words, and the declared retention of each side now and with the files."""
    if change.people:
        as_of = f" as of {day(change.as_of.isoformat())}" if change.as_of else ""
        moved = (
            f"; {count(change.joined)} new, {count(change.left)} left since the list before"
            if change.joined or change.left
            else ""
        )
        st.markdown(f"**{count(change.people)} people**{as_of}{moved}.")
    if not change.after:
        note("No cohort has been followed for twelve months yet, so there is no retention to compare.")
        return
    heading("Retained at 12 months", "participants and similar colleagues")
    words = " ".join(finding.alt_text for finding in change.after)
    page.chart(change_forest(change.before, change.after, page.palette), words, "change")
    for finding in change.after:
        before = next((one for one in change.before if one.side == finding.side), None)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"{SIDE_LABELS[finding.side]}:", width="content")
            with st.container(width="content"):
                verdict_badges(finding)
            st.markdown(verdict_before(before, finding), width="content")


def verdict_before(before: Finding | None, after: Finding) -> str:
    """What the same question gave before these files, beside the badge of what it gives with them."""
    if before is None:
        return "nor was it before" if after.verdict == "not_shown" else "the first number; there was none before"
    if before.verdict == after.verdict:
        return "verdict unchanged"
    return f"before: {plain(before.verdict_label.lower())}"


def loading(store: Store) -> bool:
    """A load that runs, in the place of everything else; whether there is one. Says once what became of the last."""
    mine: jobs.Job | None = st.session_state.get(_LOAD)
    job = mine or jobs.running(store)
    if job is not None and not job.finished and job.mark.startswith("load "):
        uploads.steps((), loading=True)
        with st.container(border=True):
            heading("Loading", "it goes on when you turn to another page")
            wait_for(job)
        return True
    if mine is not None and mine.finished:
        del st.session_state[_LOAD]
        _ended(mine)
    if st.session_state.get(_MESSAGE):
        st.success(st.session_state.pop(_MESSAGE), icon=":material/check:")
    return False


def _ended(job: jobs.Job) -> None:
    loaded = [report for report in job.result or () if report.status == "loaded"]
    if loaded:
        data.want_sample(False)
        uploads.start_over()
        _show_the_newest_quarter()
        total = sum(report.loaded for report in loaded)
        st.session_state[_MESSAGE] = (
            f"{_rows(total)} {'was' if total == 1 else 'were'} loaded. Every page shows them now."
        )
        st.rerun()
    elif job.problem:
        st.error(plain(job.problem), icon=":material/block:")
    else:
        uploads.check_again()


def _show_the_newest_quarter() -> None:
    """A quarter that was on show before the load would go along to the other pages and hide what was added."""
    address.forget("quarter")


@st.fragment(run_every=0.7)
def wait_for(job: jobs.Job | None) -> None:
    """A bar with the step in words; the page runs again when the job has ended."""
    if job is None or job.finished:
        st.rerun()
    st.progress(job.share, text=plain(job.step))
