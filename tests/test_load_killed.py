"""A load that is killed at any moment leaves the store as it was before, or as it is after; never in between."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.findings import answers
from analysis.findings.results import Finding, Question
from analysis.load import SourceFile, history, load
from analysis.store import Store
from tests.conftest import ROOT
from tests.killed_loads import one_question_of_each_sort
from tests.small_employer import csv_bytes
from tests.tiny import Person, crowd, csv, pair
from tests.told import nothing_computed

MOMENTS = 50
DAYS = ("2024-03-31", "2024-12-31", "2025-06-30")
PLAN = b'[study]\noutcomes = ["retention"]\n[covariates]\nlist = ["cohort", "level"]\nlevel_by_rating = false\n'
State = tuple[list[tuple[object, ...]], tuple[Finding, ...]]


class Loader:
    """The process that forks loads; a load is killed by its own id."""

    def __init__(self, second: Path) -> None:
        self.second = str(second)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.killed_loads"],
            cwd=ROOT,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def start(self, store: Store, kill_before: int = 0) -> int:
        assert self.process.stdin is not None
        print(json.dumps([str(store.folder), self.second, kill_before]), file=self.process.stdin, flush=True)
        return int(self.line())

    def line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def kill(self, process: int) -> None:
        os.kill(process, signal.SIGKILL)
        while self.line() != "gone":
            pass


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store with a first batch: ten pairs among forty people."""
    people = [*crowd(30), *(Person(f"m{number}") for number in range(10))]
    files = {
        "people.csv": csv([row for one in people for row in one.rows(DAYS)]),
        "pairs.csv": csv([pair(f"m{number}", "2024-04-15") for number in range(10)]),
        "plan.toml": PLAN,
    }
    store = Store(tmp_path_factory.mktemp("first") / "store")
    with one_question_of_each_sort():
        reports = load(store, [SourceFile(name, content) for name, content in files.items()])
    assert {report.status for report in reports} == {"loaded"}
    return store


@pytest.fixture(scope="module")
def loader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loader]:
    second = tmp_path_factory.mktemp("second") / "more.csv"
    second.write_bytes(csv([pair(f"crowd{number}", "2024-04-16") for number in range(3)]))
    loader = Loader(second)
    yield loader
    loader.process.communicate(timeout=30)


def copied(store: Store, folder: Path) -> Store:
    copy = Store(folder / "store")
    shutil.copytree(store.folder, copy.folder)
    shutil.copyfile(store.key_path, copy.key_path)
    return copy


def state(store: Store) -> State:
    """The history without the time of day, and the leaders' answer."""
    loads = [(one.load_id, one.load_no, one.file_name, one.loaded, one.state, one.issues) for one in history(store)]
    return loads, answers.effects(store.reader(), Question("retention", "mentor"))


def assert_the_next_load_works(store: Store) -> None:
    before = len(history(store))
    with nothing_computed():
        (report,) = load(store, [SourceFile("next.csv", csv_bytes([pair("crowd9", "2024-04-17")]))])
    assert report.status == "loaded" and len(history(store)) == before + 1
    version = store.reader().path.name
    assert (store.folder / "current").read_text() == version
    leftovers = [path.name for path in store.folder.iterdir() if not path.name.startswith("v")]
    assert set(leftovers) <= {"current", "lock"}, leftovers


def test_killed_at_random_moments_of_a_load(first: Store, loader: Loader, tmp_path: Path) -> None:
    whole = copied(first, tmp_path / "whole")
    process, started = loader.start(whole), time.monotonic()
    assert loader.line().startswith("loaded")
    lasted = time.monotonic() - started
    loader.kill(process)  # after publication
    before, after = state(first), state(whole)
    assert before[0] == after[0][1:] and before[1] != after[1]

    moments = random.Random(20)
    seen = [after]
    for number in range(MOMENTS):
        store = copied(first, tmp_path / str(number))
        process = loader.start(store)
        time.sleep(lasted * 1.05 * (number + moments.random()) / MOMENTS)
        loader.kill(process)
        seen.append(state(store))
        assert seen[-1] in (before, after)
        assert_the_next_load_works(store)
        shutil.rmtree(store.folder.parent)
    assert before in seen, "No kill came before publication: the load is too fast for this test."


def test_killed_before_each_step_on_disk(first: Store, loader: Loader, tmp_path: Path) -> None:
    whole = copied(first, tmp_path / "whole")
    process = loader.start(whole, kill_before=1_000)
    status, steps = loader.line().split()
    loader.kill(process)
    assert status == "loaded" and int(steps) >= 6
    before, after = history(first), history(whole)
    published = []
    for step in range(1, int(steps) + 1):
        store = copied(first, tmp_path / str(step))
        loader.start(store, kill_before=step)
        assert loader.line() == "gone"
        found = [one.load_id for one in history(store)]
        assert found in ([one.load_id for one in before], [one.load_id for one in after])
        published.append(len(found) == len(after))
        assert_the_next_load_works(store)
    # Not published up to some step, published from there on.
    assert published == sorted(published) and not published[0] and published[-1]
