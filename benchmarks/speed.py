"""How long things take: loading, every page (stored, unchanged, narrowed anew), a new question, a repeated one.

    python -m benchmarks.speed                      the sample employer of sample_data/
    python -m benchmarks.speed --employees 100000   an invented employer of that size

Each new question is also given as a ratio to statsmodels' logistic regression on one row a person-trial, the
simplest adjusted analysis, in the same run. Times are medians of the runs on this machine and are not asserted.

A page that is stored or narrowed is run as tests run it, by the clock: most of that is counting and estimating. What a
page takes that did not change is what Streamlit does for its elements, which a test's way of running does not do as a
server does: it is measured on a true server, in time of the processor (benchmarks/served.py).
"""

from __future__ import annotations

import argparse
import logging
import os
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pandas as pd
import statsmodels.api as sm
from streamlit.testing.v1 import AppTest

from analysis.findings import answers
from analysis.findings.results import Question
from analysis.load import load, read_folder
from analysis.sample import write
from analysis.store import Reader, Store
from analysis.study.figures import open_figure
from benchmarks.served import served, unchanged
from ui import data
from ui.page import Page

ROOT = Path(__file__).parent.parent
NEW = (
    Question("retention", "mentor", by="lgbtq"),
    Question("promotion", "mentor", by="disability"),
    Question("retention", "mentor", horizon_months=6),
    Question("voluntary_exit", "mentor", horizon_months=9),
)


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def forget() -> None:
    """Make this process forget what it computed, as a question nobody asked before would find it."""
    data.forget()
    for name, module in list(sys.modules.items()):
        if name.startswith("analysis.findings.answers."):
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


@dataclass(frozen=True)
class PageTimes:
    """Seconds of one run: answers stored but not cached, with and without the parts that a page shows beside itself;
    and narrowed as nobody did before, the page itself and with the parts that come beside it."""

    stored: float
    alone: float
    narrowed: float
    narrowed_alone: float


def page_times(reader: Reader, script: Path, runs: int = 5) -> PageTimes:
    """Medians of a page that was opened before, so that nothing is imported for the first time."""
    for noisy in ("streamlit", "streamlit.runtime"):
        logging.getLogger(noisy).setLevel(logging.ERROR)
    os.environ["IMPACT_STORE"] = str(reader.path.parent)
    page = AppTest.from_file(str(script), default_timeout=600).run()
    assert not page.exception
    stored, alone = [], []
    for _ in range(runs):
        forget()
        with patch.object(Page, "slowly", lambda self, part, height=0: None):
            alone.append(timed(page.run))
        forget()
        stored.append(timed(page.run))
    places = answers.selection_choices(reader).get("location", ())
    if not places:
        return PageTimes(*map(statistics.median, (stored, alone)), float("nan"), float("nan"))
    narrow, itself = [], []
    for place in places[:3]:
        page.query_params["location"] = place
        with patch.object(Page, "slowly", lambda self, part, height=0: None):
            itself.append(timed(page.run))
        narrow.append(itself[-1] + timed(page.run))
    return PageTimes(*map(statistics.median, (stored, alone, narrow, itself)))


def floor_of_the_harness(folder: Path) -> float:
    """Seconds of a run of a page that says one word: what the harness itself takes."""
    script = folder / "floor.py"
    script.write_text("import streamlit as st\n\nst.write('one')\n", encoding="utf-8")
    page = AppTest.from_file(str(script), default_timeout=60).run()
    return statistics.median(timed(page.run) for _ in range(9))


def rows_logit(reader: Reader) -> float:
    """statsmodels' Logit of retention on participation and all covariates, one row a person-trial."""
    here = answers.context(reader)
    with reader.cursor() as cursor:
        cutoff = here.cutoff(cursor, here.quarters[0])
        figure = open_figure(cursor, here.plan, "mentor", "exits", 12, cutoff)
        names = ", ".join([*figure.covariates, "a", "retention"])
        rows = cursor.execute(f"select {names} from figure_row").df()
    dummies = pd.get_dummies(rows[list(figure.covariates)], drop_first=True).to_numpy(np.float64)
    x = np.column_stack([np.ones(len(rows)), rows["a"].to_numpy(np.float64), dummies])
    y = rows["retention"].to_numpy(np.float64)
    return timed(lambda: sm.GLM(y, x, family=sm.families.Binomial()).fit(tol_criterion="params", tol=1e-10))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--employees", type=int, help="an invented employer of this size instead of sample_data/")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    try:
        exports = ROOT / "sample_data"
        if options.employees:
            exports = folder / "exports"
            print(f"write the exports            {timed(lambda: write(exports, options.employees, 14, 1)):9.2f} s")
        store = Store(folder / "store")
        files = read_folder(exports)
        seconds = timed(lambda: load(store, files))
        rows = sum(record.content.count(b"\n") for record in files)
        print(f"load everything              {seconds:9.2f} s   {len(files)} files, {rows:,} lines")
        reader = store.reader()
        with reader.cursor() as cursor:
            people, trials = cursor.execute("select count(distinct person), count(*) from person_trial").fetchone()
        print(f"                             {people:,} people, {trials:,} person-trials")
        print(
            f"page that says one word      {1000 * floor_of_the_harness(folder):9.0f} ms, part of what is stored below"
        )
        scripts = [script for script in sorted((ROOT / "pages").glob("*.py")) if script.stem != "uploads"]
        with served(store.folder) as (address, process):
            again = {script: unchanged(address, process, script.stem) for script in scripts}
        for script in scripts:
            found = page_times(reader, script)
            taken = f"{1000 * found.alone:7.0f} ms stored, {1000 * found.stored:7.0f} with what is beside it"
            taken += f", {1000 * again[script]:4.0f} unchanged"
            taken += f", narrowed for the first time {found.narrowed_alone:5.2f} s, {found.narrowed:5.2f} with it"
            print(f"page {script.stem:20}    {taken}")
        results = []
        for question in NEW:
            forget()
            new = timed(lambda question=question: answers.effects(reader, question))
            again = statistics.median(
                timed(lambda question=question: answers.effects(reader, question)) for _ in range(5)
            )
            what = f"{question.outcome}, {question.by or f'{question.horizon_months} months'}"
            results.append((what, new, again))
        peer = rows_logit(reader)
        for what, new, again in results:
            ratio = new / peer
            print(
                f"new question {what:28}{new:9.2f} s   {ratio:5.2f} of the row-level fit; again {1000 * again:.1f} ms"
            )
        print(f"row-level logistic fit       {peer:9.2f} s")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"peak memory                  {peak:9.0f} MB")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
