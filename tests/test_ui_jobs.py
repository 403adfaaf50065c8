"""Jobs: one at a time for a store, steps for whoever looks, an end that is a result or a sentence."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from analysis.load import LoadError
from analysis.store import Store, StoreBusy
from ui import jobs

ROOT = Path(__file__).parent.parent


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """Closed while a test looks at a running job; open at the end, so that no thread is left behind."""
    event = threading.Event()
    yield event
    event.set()


def ended(job: jobs.Job | None) -> jobs.Job:
    assert job is not None
    end = time.monotonic() + 10
    while not job.finished:
        assert time.monotonic() < end, "the job did not end"
        time.sleep(0.01)
    return job


def test_the_result_stays_with_the_job_and_the_store_is_free_again(store: Store) -> None:
    job = ended(jobs.start(store, "sum", lambda progress: 40 + 2))
    assert (job.result, job.problem) == (42, None)
    assert jobs.running(store) is None
    assert ended(jobs.start(store, "again", lambda progress: "other")).result == "other"


def test_a_running_job_tells_its_step_and_keeps_others_out(store: Store, gate: threading.Event, tmp_path: Path) -> None:
    told = threading.Event()

    def work(progress: jobs.Progress) -> None:
        progress("Reading", 1, 4)
        told.set()
        gate.wait(10)

    job = jobs.start(store, "first", work)
    assert job is not None and told.wait(10)
    assert (job.step, job.share, job.finished) == ("Reading", 0.25, False)
    assert jobs.running(store) is job
    assert jobs.start(store, "second", lambda progress: 1) is None
    elsewhere = Store(tmp_path / "elsewhere")
    assert ended(jobs.start(elsewhere, "other store", lambda progress: 1)).result == 1
    gate.set()
    ended(job)
    assert jobs.running(store) is None


@pytest.mark.parametrize("error", [StoreBusy("Somebody is loading data."), LoadError("This load is not known.")])
def test_known_trouble_is_told_in_its_own_words(store: Store, error: Exception) -> None:
    job = ended(jobs.start(store, "busy", _raises(error)))
    assert (job.result, job.problem) == (None, str(error))


def test_any_other_error_is_a_sentence_and_its_place_in_the_log_without_what_it_quotes(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, "impact.job"):
        job = ended(jobs.start(store, "fault", _raises(ValueError("jane@example.org"))))
    assert job.problem is not None and "nothing was changed" in job.problem
    reference = job.problem.split()[-1].rstrip(".")
    assert reference in caplog.text and "ValueError" in caplog.text and "test_ui_jobs.py" in caplog.text
    assert "jane" not in caplog.text + job.problem


def test_the_share_never_leaves_the_bar() -> None:
    assert jobs.Job("x").share == 0.0
    assert jobs.Job("x", done=9, total=4).share == 1.0
    assert jobs.Job("x", done=0, total=0).share == 0.0


def _raises(error: Exception) -> Callable[[jobs.Progress], None]:
    def work(progress: jobs.Progress) -> None:
        raise error

    return work


STOPPED = """
import threading
from pathlib import Path

import duckdb

from analysis.store import Store
from ui import jobs

began = threading.Event()

def work(progress):
    connection = duckdb.connect(config={"threads": "1"})
    for number in range(1_000):
        progress(f"Step {number}", number, 1_000)
        began.set()
        connection.execute("select sum(hash(range)) from range(20_000_000)").fetchall()

job = jobs.start(Store(Path("nowhere")), "long", work)
assert began.wait(30)
print("left", flush=True)
"""


def test_a_server_that_ends_in_the_midst_of_a_job_ends_in_peace() -> None:
    """A thread still in a query when Python goes away would take the process down: "terminate called without ..."."""
    ended = subprocess.run([sys.executable, "-c", STOPPED], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert ended.stdout == "left\n"
    assert ended.returncode == 0, ended.stderr
    assert "terminate" not in ended.stderr
