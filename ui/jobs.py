"""Work that goes on when the reader turns to another page: one job at a time for each store, in a thread of its own.

A job never draws: it says its step, and whoever looks at the page draws it. All sessions of the server see the one
that runs; what became of it is for whoever keeps the job.
"""

from __future__ import annotations

import atexit
import logging
import secrets
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from analysis.load import LoadError
from analysis.store import Store, StoreError

Progress = Callable[[str, int, int], None]
_log = logging.getLogger("impact.job")
_NAME = "impact job "
_PATIENCE = 30  # seconds: a step of a very large load can take them
_ending = threading.Event()


class _Ended(Exception):
    """The server ends; nothing was changed."""


@dataclass
class Job:
    """After the end either `result` or `problem`, a sentence, is there. `mark` tells what it was asked to do."""

    mark: str
    step: str = "Starting"
    done: int = 0
    total: int = 1
    finished: bool = False
    result: Any = None
    problem: str | None = None

    @property
    def share(self) -> float:
        return min(1.0, self.done / max(1, self.total))


@dataclass
class _Running:
    """The job of each store that runs, by the store's folder."""

    jobs: dict[str, Job] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


@st.cache_resource(show_spinner=False)
def _running() -> _Running:
    return _Running()


def running(store: Store) -> Job | None:
    """The job of this store that has not ended yet, whichever session began it."""
    job = _running().jobs.get(str(store.folder))
    return job if job and not job.finished else None


def start(store: Store, mark: str, work: Callable[[Progress], Any]) -> Job | None:
    """Begin `work`, which is given a progress to call; None, and nothing begun, while another job runs."""
    known = _running()
    with known.lock:
        if running(store):
            return None
        job = known.jobs[str(store.folder)] = Job(mark)
    threading.Thread(target=_run, args=(job, work), name=_NAME + mark[:20], daemon=True).start()
    return job


def _run(job: Job, work: Callable[[Progress], Any]) -> None:
    def progress(step: str, done: int, total: int) -> None:
        if _ending.is_set():
            raise _Ended
        job.step, job.done, job.total = step, done, total

    try:
        job.result = work(progress)
    except (StoreError, LoadError) as known:
        job.problem = str(known)
    except _Ended:
        job.problem = "The server was stopped before this was done, and nothing was changed."
    except Exception as error:  # noqa: BLE001 nobody else would hear of it
        reference = secrets.token_hex(4)
        place = traceback.extract_tb(error.__traceback__)[-1]
        # The type and the place only: a message may quote data.
        _log.error("%s: %s at %s:%s", reference, type(error).__name__, place.filename, place.lineno)
        job.problem = (
            "This could not be done, and nothing was changed. Whoever runs the application finds the cause in its log "
            f"under the reference {reference}."
        )
    finally:
        job.finished = True


@atexit.register
def _end() -> None:
    """A thread that is in the midst of a query when Python goes away takes the whole process down with it."""
    _ending.set()
    for thread in threading.enumerate():
        if thread.name.startswith(_NAME):
            thread.join(_PATIENCE)
