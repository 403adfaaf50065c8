"""How a new question grows with the number of employees, and that cells give what rows give.

    python -m benchmarks.scale                       4,000, 100,000 and 1,000,000 employees
    python -m benchmarks.scale --employees 1000000 --trials 12

The derived tables are drawn in the store itself by hashing, so that neither exports nor a load are needed. Each size
is asked in a process of its own, whose peak memory is printed; the first question finds nothing stored and nothing
cached. Up to 100,000 employees statsmodels computes the same headline on one row a person-trial in the same run: a
logistic model of who takes part, and an odds-weighted one of the outcome. The two estimates must agree to 1e-8.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import shutil
import tempfile
import time
from pathlib import Path

import numpy as np
import statsmodels.api as sm

from analysis.estimates.effect import ipwra, outcome_model
from analysis.estimates.propensity import fit_propensity
from analysis.estimates.threads import one_thread
from analysis.findings import answers
from analysis.findings.analysis import read_cells
from analysis.findings.context import read_context
from analysis.findings.results import Question
from analysis.plan import current_plan, default_plan_text
from analysis.store import Cursor, Store
from analysis.study.build import PATTERN, sql
from analysis.study.figures import Figure, open_figure

HERE = Path(__file__).parent
SIZES = (4_000, 100_000, 1_000_000)
ROWS_UP_TO = 100_000  # a design matrix of more rows does not fit beside the rest
LARGEST_DIFFERENCE = 1e-8
SHARE, FEWEST_PARTICIPANTS = 0.005, 300  # of people who ever take part
# Not declared by the plan, so that no load has stored anything of it.
QUESTION = Question("retention", "mentor", horizon_months=9)


def make_store(folder: Path, employees: int, trials: int) -> float:
    """A published store of derived tables; returns the seconds taken by coding the person-trials."""
    share = max(SHARE, FEWEST_PARTICIPANTS / employees)
    numbers = {
        "{employees}": str(employees),
        "{trials}": str(trials),
        "{share}": str(share),
        "{covariates}": ", ".join(PATTERN),
    }

    def text(source: str) -> str:
        for word, number in numbers.items():
            source = source.replace(word, number)
        return source

    with Store(folder / "store").writing() as draft:
        cursor = draft.connection
        cursor.execute(
            "insert into load values "
            "('benchmark', 1, 1, '', '', 'people', null, '', 0, 0, 0, 0, 0, now()::timestamp, 'active', null, null)"
        )
        cursor.execute("insert into plan_row values ('benchmark', ?)", [default_plan_text()])
        cursor.execute(text((HERE / "scale_people.sql").read_text(encoding="utf-8")))
        cursor.execute(sql("02_words.sql"))
        cursor.execute(text((HERE / "scale_trials.sql").read_text(encoding="utf-8")))
        started = time.perf_counter()
        cursor.execute(text(sql("15_person_trial.sql")))
        return time.perf_counter() - started


def by_rows(cursor: Cursor) -> tuple[float, float, float, float]:
    """The headline's difference from cells and from rows, and the seconds of each fit.

    Both use the columns that the product chose; rows are single person-trials with no frequencies.
    """
    plan = current_plan(cursor)
    cutoff = read_context(cursor, 1).cutoff(cursor, answers_quarter(cursor))
    figure = open_figure(cursor, plan, QUESTION.side, "exits", QUESTION.horizon_months, cutoff)
    started = time.perf_counter()
    with one_thread():
        cells = read_cells(figure)
        propensity = fit_propensity(cells, level_by_rating=plan.level_by_rating)
        y = propensity.cells.outcomes["retention"]
        model = outcome_model(propensity, y)
        from_cells = ipwra(propensity, model, y).difference
    cell_seconds = time.perf_counter() - started

    row = _cell_of_each_row(cursor, figure)
    place = np.full(len(figure.cells), -1)
    place[propensity.cells.cell_id] = np.arange(len(propensity.cells.cell_id))
    row = place[row][place[row] >= 0]
    a, y = propensity.cells.a[row], y[row]
    started = time.perf_counter()
    x = propensity.design.x.dense()[row]
    e = _logistic(a, x, np.ones(len(row)))
    compared = a == 0
    columns = model.x.dense()
    fit = _fitted(y[compared], columns[row[compared]], (e / (1.0 - e))[compared])
    expected = fit.predict(columns[row[~compared]])
    from_rows = float(y[~compared].mean() - expected.mean())
    return from_cells, from_rows, cell_seconds, time.perf_counter() - started


def _cell_of_each_row(cursor: Cursor, figure: Figure) -> np.ndarray:
    """The person-trials one by one, from the store, each with the cell that has its covariates, arm and outcomes."""
    keys = [name for name in figure.cells.columns if name not in ("cell_id", "n")]
    rows = cursor.execute(f"select {', '.join(keys)} from figure_row").df()
    cells = figure.cells.astype(dict.fromkeys(figure.covariates, "str"))
    found = rows.merge(cells, how="left", on=keys, validate="many_to_one")
    assert (
        found["cell_id"].notna().all()
        and (found.groupby("cell_id").size() == found.groupby("cell_id")["n"].first()).all()
    )
    return found["cell_id"].to_numpy(np.int64)


def _logistic(y: np.ndarray, x: np.ndarray, weights: np.ndarray) -> np.ndarray:
    return np.asarray(_fitted(y, x, weights).predict(x))


def _fitted(y: np.ndarray, x: np.ndarray, weights: np.ndarray) -> sm.genmod.generalized_linear_model.GLMResults:
    model = sm.GLM(y, x, family=sm.families.Binomial(), freq_weights=weights)
    return model.fit(tol_criterion="params", tol=1e-12)


def answers_quarter(cursor: Cursor) -> str:
    return read_context(cursor, 1).quarters[0]


def ask(folder: Path, employees: int) -> None:
    """Ask a store that this process has not seen before, and print what it took."""
    reader = Store(folder / "store").reader()
    with reader.cursor() as cursor:
        people, rows = cursor.execute(
            "select count(distinct person), count(*) from person_trial_row where barred is null"
        ).fetchone()
        context = read_context(cursor, 1)
        cutoff = context.cutoff(cursor, context.quarters[0])
        started = time.perf_counter()
        figure = open_figure(cursor, context.plan, QUESTION.side, "exits", QUESTION.horizon_months, cutoff)
        opened = time.perf_counter() - started
        counted = figure.cells["n"].sum()
    print(f"  {people:,} people in {rows:,} person-trials; the figure: {counted:,} in {len(figure.cells):,} cells")
    del figure
    started = time.perf_counter()
    (finding,) = answers.effects(reader, QUESTION)
    seconds = time.perf_counter() - started
    print(f"  new question               {seconds:8.2f} s, of which opening the figure {opened:.2f} s")
    print(f"  peak memory                {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")
    print(
        f"  {finding.n_participants:,} participants; {100 * (finding.estimate or 0):+.2f} points, "
        f"{100 * (finding.ci_low or 0):+.2f} to {100 * (finding.ci_high or 0):+.2f}"
    )
    if employees > ROWS_UP_TO:
        return
    with reader.cursor() as cursor:
        from_cells, from_rows, cell_seconds, row_seconds = by_rows(cursor)
    apart = abs(from_cells - from_rows)
    print(f"  headline from cells        {cell_seconds:8.2f} s, from rows by statsmodels {row_seconds:.2f} s")
    print(f"  the two differ by          {apart:8.1e}")
    assert apart < LARGEST_DIFFERENCE
    assert abs((finding.estimate or 0.0) - from_rows) < LARGEST_DIFFERENCE


def measure(employees: int, trials: int) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        started = time.perf_counter()
        coding = make_store(folder, employees, trials)
        print(f"{employees:,} employees, {trials} trials")
        print(
            f"  make the store             {time.perf_counter() - started:8.2f} s, coding person-trials {coding:.2f} s"
        )
        process = multiprocessing.get_context("spawn").Process(target=ask, args=(folder, employees))
        process.start()
        process.join()
        if process.exitcode:
            raise SystemExit(process.exitcode)
    finally:
        shutil.rmtree(folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--employees", type=int, help="one size only")
    parser.add_argument("--trials", type=int, default=12)
    options = parser.parse_args()
    for employees in (options.employees,) if options.employees else SIZES:
        measure(employees, options.trials)


if __name__ == "__main__":
    main()
