"""How often do the intervals hold the truth? Many invented employers, each through trials, fit and findings.

    python -m benchmarks.coverage --employers 200

For each outcome and side it prints how often the headline's 95 % interval holds the planted effect, and, in the last
rows, the same for what dashboards usually show: "still here at the end, ever against never joined". Verdicts of
evidence are counted too. Takes a few minutes on two cores; nothing is asserted by the clock.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from analysis.estimates.intervals import newcombe
from analysis.findings import answers
from analysis.findings.results import OUTCOMES, SIDES, Question
from analysis.plan import current_plan
from analysis.sample import Employer, generate
from analysis.store import Cursor, Store
from analysis.study.build import build_derived

KINDS = ("people", "ladder", "job_events", "pairs")
NAIVE = "still here at the end, ever against never"
NAIVE_SQL = """
with joined as (select distinct employee_id from enrolment where side = $side),
ever_seen as (
    select people.employee_id, max(joined.employee_id is not null) as joined,
        not bool_or(exit_date is not null) as here
    from people left join joined using (employee_id) left join exit_date using (employee_id)
    where level in (select level from people join joined using (employee_id))
    group by people.employee_id
)
select
    count(*) filter (joined and here), count(*) filter (joined),
    count(*) filter (not joined and here), count(*) filter (not joined)
from ever_seen
"""


@dataclass(frozen=True)
class Row:
    """One interval, in proportions, and the truth it should hold."""

    what: str
    side: str
    truth: float
    planted: float
    estimate: float
    low: float
    high: float
    verdict: str


def fill(cursor: Cursor, employer: Employer) -> None:
    """Write an employer's rows as a load would, without files; ids stay as invented."""
    cursor.execute(
        "insert into load values ('benchmark', 1, 1, '', '', 'people', null, '', 0, 0, 0, 0, 0, now()::timestamp, "
        "'active', null, null)"
    )
    cursor.execute("insert into plan_row values ('benchmark', ?)", [employer.plan])
    for kind in KINDS:
        frame = getattr(employer, kind).assign(load_id="benchmark", line=0)
        words = [name for name in frame.columns if frame[name].dtype in ("category", "object")]
        frame = frame.astype(dict.fromkeys(words, "str"))
        cursor.register("frame", frame)
        cursor.execute(f"insert into {kind}_row by name select * from frame")
        cursor.unregister("frame")


def one(seed: int, employees: int, quarters: int) -> list[Row]:
    """All intervals of one employer."""
    employer = generate(employees, quarters, seed)
    folder = Path(tempfile.mkdtemp())
    try:
        store = Store(folder / "store")
        with store.writing() as draft:
            fill(draft.connection, employer)
            build_derived(draft.connection, current_plan(draft.connection))
        reader = store.reader()
        rows = []
        for side in SIDES:
            effects = employer.truth["effects"][side]
            for outcome in OUTCOMES:
                (found,) = answers.effects(reader, Question(outcome, side))
                if found.estimate is None or found.ci_low is None or found.ci_high is None:
                    continue
                truth = effects[outcome]["pooled"]
                rows.append(
                    Row(outcome, side, truth["effect_not_now"], truth["effect"], found.estimate, found.ci_low,
                        found.ci_high, found.verdict)
                )  # fmt: skip
            planted = effects["retention"]["pooled"]
            with reader.cursor() as cursor:
                here, joined, stayed, others = cursor.execute(NAIVE_SQL, {"side": side}).fetchone()
            band = newcombe(here, joined, stayed, others)
            rows.append(
                Row(NAIVE, side, planted["effect_not_now"], planted["effect"], here / joined - stayed / others,
                    band.low, band.high, "")
            )  # fmt: skip
        return rows
    finally:
        shutil.rmtree(folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--employers", type=int, default=200)
    parser.add_argument("--employees", type=int, default=4000)
    parser.add_argument("--quarters", type=int, default=14)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--first-seed", type=int, default=1000)
    options = parser.parse_args()
    started = time.perf_counter()
    seeds = range(options.first_seed, options.first_seed + options.employers)
    work = partial(one, employees=options.employees, quarters=options.quarters)
    with ProcessPoolExecutor(options.processes, max_tasks_per_child=20, mp_context=get_context("spawn")) as pool:
        rows = [row for found in pool.map(work, seeds) for row in found]
    print(f"{options.employers} employers of {options.employees:,} people, {options.quarters} quarters")
    print(f"{'':50}{'intervals':>9}{'covers':>9}{'planted':>9}{'bias':>8}{'evidence':>10}")
    for what in (*OUTCOMES, NAIVE):
        for side in SIDES:
            chosen = [row for row in rows if row.what == what and row.side == side]
            if not chosen:
                print(f"{what + ', ' + side:50}{0:>9}")
                continue
            truth = np.array([row.truth for row in chosen])
            low, high = np.array([row.low for row in chosen]), np.array([row.high for row in chosen])
            covered = np.mean((low <= truth) & (truth <= high))
            planted = np.array([row.planted for row in chosen])
            covers_planted = np.mean((low <= planted) & (planted <= high))
            bias = 100 * np.mean([row.estimate - row.truth for row in chosen])
            evidence = np.mean([row.verdict.startswith("evidence") for row in chosen])
            print(
                f"{what + ', ' + side:50}{len(chosen):>9}{covered:>9.1%}{covers_planted:>9.1%}"
                f"{bias:>+8.2f}{evidence:>10.1%}"
            )
    headline = [row for row in rows if row.what != NAIVE]
    inside = np.mean([row.low <= row.planted <= row.high for row in headline])
    print(f"all headline intervals: {inside:.1%} hold the planted effect")
    print(
        "covers: the effect of joining now against not now, which the headline estimates; planted: against never "
        "joining.\nbias in percentage points; evidence: verdicts of benefit or harm."
    )
    print(f"{time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
