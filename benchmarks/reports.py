"""How long a report takes: the findings of a quarter from the stored answers, then each format, and the second one.

    python -m benchmarks.reports                      the sample employer of sample_data/
    python -m benchmarks.reports --store FOLDER       a store that is already loaded

Times are medians of the runs on this machine and are not asserted. The deck at the command line, with the start of the
interpreter and every import, is timed as a process of its own.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from analysis.load import load, read_folder
from analysis.reports import content
from analysis.reports.content import AUDIENCES, build
from analysis.reports.write import FORMATS, render
from analysis.store import Store
from benchmarks.speed import forget, timed

ROOT = Path(__file__).parent.parent
RUNS = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path, help="a loaded store instead of sample_data/")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        where = options.store or Path(folder) / "store"
        if options.store is None:
            load(Store(where), read_folder(ROOT / "sample_data"))
        reader = Store(where).reader()
        with reader.cursor() as cursor:
            (people,) = cursor.execute("select count(distinct person) from person_trial").fetchone()
        print(f"people                          {people:9,}")
        for audience in AUDIENCES:
            seconds = []
            for _ in range(RUNS):
                forget()
                content._build.cache_clear()
                seconds.append(timed(lambda audience=audience: build(reader, audience=audience)))
            print(f"findings, {audience:22}{statistics.median(seconds):9.2f} s")
        found = build(reader)
        print(f"findings, for a second format   {timed(lambda: build(reader)):9.4f} s")
        for form in FORMATS:
            seconds = [timed(lambda form=form: render(found, form)) for _ in range(RUNS)]
            size = len(render(found, form)) / 1e6
            print(f"{form:32}{statistics.median(seconds):9.2f} s, {size:.1f} MB")
        command = [sys.executable, "-m", "analysis", "report", "--format", "pptx", "--out", f"{folder}/deck.pptx"]
        command += ["--store", str(where)]
        run = partial(subprocess.run, command, cwd=ROOT, check=True, capture_output=True)
        seconds = [timed(run) for _ in range(RUNS)]
        print(f"deck at the command line        {statistics.median(seconds):9.2f} s, imports and all")


if __name__ == "__main__":
    main()
