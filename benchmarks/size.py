"""How long a very large people file takes to load, as a multiple of what DuckDB takes to read the same file.

    python -m benchmarks.size                     11 million lines, 1 GB: a million people in 11 quarterly snapshots
    python -m benchmarks.size --rows 1100000      a tenth of it
    python -m benchmarks.size --profile           also says which statements and functions take the time

DuckDB's `create table as select * from read_csv(...)` writes what it reads to a database file and checks nothing. A
load decodes, checks and hashes, keeps the rows, and builds the derived tables. Each runs in a process of its own, one
after the other; the peak memory is that process's resident set. Times are of this machine and are not asserted.
"""

from __future__ import annotations

import argparse
import cProfile
import multiprocessing
import pstats
import resource
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import ClassVar

import duckdb

from analysis.load import load, read_file
from analysis.store import Draft, Store

SNAPSHOTS = 11
# An invented employer drawn by hashing: one in twelve leaves in the years covered, ids of managers repeat.
PEOPLE = """
    copy (
        with person as (
            select
                number,
                date '2005-01-01' + (hash(number, 1) % 6200)::integer as hired,
                if(hash(number, 2) % 12 = 0, date '2022-02-01' + (hash(number, 3) % 900)::integer, null) as left_on,
                1950 + (hash(number, 4) % 52)::integer as birth_year,
                hash(number, 5) % 40 as department,
                hash(number, 6) % 100 as draw
            from range(1, $people + 1) as numbers (number)
        )
        select
            format('E{:07d}', number) as employee_id,
            as_of_date,
            hired as hire_date,
            if(left_on <= as_of_date, left_on, null) as termination_date,
            if(left_on <= as_of_date, if(draw < 70, 'voluntary', 'involuntary'), null) as termination_type,
            'employee' as worker_type,
            'G' || (1 + (draw + quarter // 4) % 9) as level,
            'Department ' || department as department,
            'Site ' || draw % 15 as location,
            format('E{:07d}', 1 + number // 10) as manager_id,
            if(draw % 9 = 0, 0.8, 1.0) as fte,
            if(draw % 2 = 0, 'female', 'male') as gender,
            birth_year
        from person, (select number as quarter, (date '2022-03-31' + to_months(3 * number::integer))::date as as_of_date
                      from range($snapshots) as numbers (number)) as snapshot
        order by as_of_date, number
    ) to '{file}' (header, delimiter ',')
"""


def write_file(path: Path, folder: Path, rows: int) -> None:
    """A people file with canonical headers and `rows` lines of data."""
    with duckdb.connect(config={"temp_directory": str(folder)}) as connection:
        people = max(rows // SNAPSHOTS, 1)
        connection.execute("set enable_progress_bar = false")
        connection.execute(PEOPLE.replace("{file}", str(path)), {"people": people, "snapshots": SNAPSHOTS})


def read_by_duckdb(path: Path, folder: Path) -> None:
    with duckdb.connect(str(folder / "plain.duckdb")) as connection:
        connection.execute("set enable_progress_bar = false")
        connection.execute(f"create table people as select * from read_csv('{path}')")


def load_file(path: Path, folder: Path, kind: type[Store] = Store) -> None:
    """The whole load, with the time between its steps."""
    started, step = time.perf_counter(), ""

    def say(text: str, done: int, total: int) -> None:
        nonlocal started, step
        now = time.perf_counter()
        if step:
            print(f"  {step:60} {now - started:8.2f} s, peak memory so far {peak():6,.0f} MB", flush=True)
        started, step = now, text

    (report,) = load(kind(folder / "store"), [read_file(path)], progress=say)
    assert report.status == "loaded", report.message
    print(f"  {report.message}")


class TimedConnection:
    """A connection that keeps what each statement took."""

    taken: ClassVar[list[tuple[float, str]]] = []

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def execute(self, statement: str, *parameters: object) -> object:
        started = time.perf_counter()
        result = self._connection.execute(statement, *parameters)
        self.taken.append((time.perf_counter() - started, " ".join(statement.split())))
        return result

    def __getattr__(self, name: str) -> object:
        return getattr(self._connection, name)


class TimedStore(Store):
    @contextmanager
    def writing(self, publish: bool = True) -> Iterator[Draft]:
        with super().writing(publish) as draft:
            yield Draft(TimedConnection(draft.connection), draft.data_version)


def profiled(path: Path, folder: Path) -> None:
    with cProfile.Profile() as profile:
        load_file(path, folder, TimedStore)
    for seconds, statement in sorted(TimedConnection.taken, reverse=True)[:15]:
        print(f"  {seconds:8.2f} s  {statement[:150]}")
    pstats.Stats(profile).sort_stats("tottime").print_stats(15)


def peak() -> float:
    """Megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _measured(work: Callable[[Path, Path], None], path: Path, folder: Path, out: multiprocessing.Queue) -> None:
    started = time.perf_counter()
    work(path, folder)
    out.put((time.perf_counter() - started, peak()))


def measured(work: Callable[[Path, Path], None], path: Path, folder: Path) -> tuple[float, float]:
    """Seconds and peak megabytes of `work` in a process of its own."""
    context = multiprocessing.get_context("spawn")
    out = context.Queue()
    process = context.Process(target=_measured, args=(work, path, folder, out))
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit(process.exitcode)
    seconds, megabytes = out.get()
    return float(seconds), float(megabytes)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=11_000_000)
    parser.add_argument("--folder", type=Path, help="where to write; the file is kept there and used again")
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(dir=options.folder))
    try:
        path = (options.folder or folder) / f"people_{options.rows}.csv"
        if not path.exists():
            # In a process of its own: a process starts with the peak memory of the one that started it.
            measured(partial(write_file, rows=options.rows), path, folder)
        print(f"{options.rows:,} lines, {path.stat().st_size / 1e9:.2f} GB")
        plain, plain_memory = measured(read_by_duckdb, path, folder)
        print(f"DuckDB's read_csv into a table     {plain:8.2f} s, peak memory {plain_memory:6,.0f} MB")
        ours, memory = measured(profiled if options.profile else load_file, path, folder)
        print(f"load, checks and derived tables    {ours:8.2f} s, peak memory {memory:6,.0f} MB")
        print(f"ratio                              {ours / plain:8.2f}")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
