"""Loads that are made to be killed: one process that forks another for each, so that nothing is imported anew.

Run as a module. Each line on standard input is a JSON list: the store's folder, the file to load and, where it is not
zero, the step on disk before which the load kills itself; a fourth entry names a person to forget instead. Answers with
the process id, with "loaded" and the number of steps once that load is published (it then waits to be killed), and with
"gone" when the process has ended.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from analysis.findings import people_precompute, precompute, reach
from analysis.forget import forget
from analysis.load import load, read_file
from analysis.store import Store
from tests.told import nothing_computed

ON_DISK = ("open", "os.rename", "os.remove")  # what Python does to files, as its audit events call it


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


@contextmanager
def one_question_of_each_sort() -> Iterator[None]:
    """Enough of what is computed while loading, in a second instead of five."""
    with (
        patch.multiple(precompute, FIGURES=("retention",), SIDES=("mentor",), MEASURES=("employment",)),
        patch.object(people_precompute, "REACH_HEADERS", ("level",)),
        patch.object(people_precompute, "ATTRIBUTES", ("gender",)),
        patch.object(reach, "REACH_HEADERS", ("level",)),
    ):
        yield


def load_until_killed(folder: str, file: str, kill_before: int, person: str = "") -> None:
    steps = 0

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal steps
        if event in ON_DISK and str(arguments[0]).startswith(folder):
            steps += 1
            if steps == kill_before:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    if person:
        with nothing_computed():
            forget(Store(folder), person)
        say(f"forgotten {steps}")
        time.sleep(60)
    if kill_before:
        with nothing_computed():
            (report,) = load(Store(folder), [read_file(Path(file))])
    else:
        with one_question_of_each_sort():
            (report,) = load(Store(folder), [read_file(Path(file))])
    say(f"{report.status} {steps}")
    time.sleep(60)


def main() -> None:
    for line in sys.stdin:
        process = os.fork()
        if process == 0:
            try:
                load_until_killed(*json.loads(line))
            finally:
                os._exit(0)
        say(str(process))
        os.waitpid(process, 0)
        say("gone")


if __name__ == "__main__":
    main()
