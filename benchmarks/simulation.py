"""Are the answers right? Thousands of invented employers whose programme does what is known, each analysed every way.

    python -m benchmarks.simulation --employers 1000
    python -m benchmarks.simulation --employers 1000 --results simulated.csv    (stopped, it goes on where it was)

Six settings: 30, 140 and 600 participants, without any effect and with about three points more people staying. For
each way of analysing it prints the bias in percentage points with its Monte-Carlo error, how often the 95 % interval
holds the truth, and how often it excludes zero, which without an effect is a false alarm. Nothing is asserted here;
docs/simulation.md holds the result. On one core 1,000 employers a setting take about fifty minutes.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, fields
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.estimates import logistic
from analysis.estimates.threads import one_thread
from benchmarks.simulated_employer import OUTCOMES, invent
from benchmarks.simulated_study import HEADLINE, METHODS, NAIVE, WALD, analyses

PARTICIPANTS = (30, 140, 600)
TITLES = {"retention": "Stayed twelve months", "voluntary_exit": "Resigned", "promotion": "Promoted"}


@dataclass(frozen=True)
class Setting:
    participants: int
    effect: bool
    seed: int


@dataclass(frozen=True)
class Row:
    """One interval of one employer and the truth it should hold, in proportions."""

    participants: int
    effect: bool
    seed: int
    outcome: str
    method: str
    truth: float
    estimate: float
    low: float
    high: float
    note: str


def one(setting: Setting) -> list[Row]:
    """All answers for one employer.

    Fits go the product's way for more than 50,000 cells, which is quicker here too; a test of the product's holds
    both ways equal.
    """
    usual, logistic.DENSE_CELLS = logistic.DENSE_CELLS, 0
    try:
        with one_thread():
            employer = invent(setting.seed, setting.participants, effect=setting.effect)
            answers = analyses(employer)
    finally:
        logistic.DENSE_CELLS = usual
    return [
        Row(setting.participants, setting.effect, setting.seed, answer.outcome, answer.method,
            employer.truth[answer.outcome], answer.estimate, answer.low, answer.high, answer.note)
        for answer in answers
    ]  # fmt: skip


def run(settings: Iterable[Setting], processes: int) -> Iterator[list[Row]]:
    """The answers of one setting after the other, in order."""
    if processes == 1:
        yield from map(one, settings)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        yield from pool.map(one, settings, chunksize=4)


def read_results(path: Path) -> pd.DataFrame:
    """What was written so far; employers of which the last line may be cut short are left out."""
    table = pd.read_csv(path, keep_default_na=False, dtype={"note": "str"}, on_bad_lines="skip")
    last = table[["participants", "effect", "seed"]].iloc[-1:]
    return table[~(table[last.columns] == last.to_numpy()[0]).all(axis=1)] if len(table) else table


def collect(settings: list[Setting], processes: int, path: Path | None) -> pd.DataFrame:
    """Run what is not in the file yet, writing each employer's rows as they come."""
    names = [field.name for field in fields(Row)]
    before = pd.DataFrame(columns=names)
    if path and path.exists():
        before = read_results(path)
        done = set(zip(before["participants"], before["effect"], before["seed"], strict=True))
        settings = [s for s in settings if (s.participants, s.effect, s.seed) not in done]
    rows: list[dict[str, object]] = []
    out = path.open("w", newline="", encoding="utf-8") if path else None
    try:
        writer = csv.DictWriter(out, names) if out else None
        if writer and out:
            writer.writeheader()
            writer.writerows(dict(zip(names, row, strict=True)) for row in before[names].to_numpy())
        for found in run(settings, processes):
            rows += [asdict(row) for row in found]
            if writer and out:
                writer.writerows(asdict(row) for row in found)
                out.flush()
    finally:
        if out:
            out.close()
    table = pd.DataFrame(rows, columns=names)
    return pd.concat([before, table], ignore_index=True) if len(before) else table


# A line of a table: its name, an outcome, a method, and what to make of the rows of one setting.
Line = tuple[str, str, str, Callable[[pd.DataFrame], str]]


def bias(rows: pd.DataFrame) -> str:
    error = 100 * (rows["estimate"] - rows["truth"])
    return f"{error.mean():+.2f} ±{error.std() / np.sqrt(len(error)):.2f}"


def coverage(rows: pd.DataFrame) -> str:
    return f"{100 * ((rows['low'] <= rows['truth']) & (rows['truth'] <= rows['high'])).mean():.1f} %"


def away_from_zero(rows: pd.DataFrame) -> str:
    below, above = 100 * (rows["high"] < 0).mean(), 100 * (rows["low"] > 0).mean()
    return f"{below + above:.1f} % ({below:.1f} + {above:.1f})"


def width(rows: pd.DataFrame) -> str:
    return f"{100 * (rows['high'] - rows['low']).mean() / 2:.1f}"


def truth(rows: pd.DataFrame) -> str:
    return f"{100 * rows['truth'].mean():+.2f}"


def answered(rows: pd.DataFrame) -> str:
    return f"{len(rows):,}"


def fewer_covariates(rows: pd.DataFrame) -> str:
    return f"{100 * rows['note'].str.contains('performance_rating').mean():.0f} %"


def odds_alone(rows: pd.DataFrame) -> str:
    return f"{100 * (rows['note'] == 'odds weighting alone').mean():.0f} %"


def table(title: str, results: pd.DataFrame, lines: Sequence[Line]) -> str:
    """A markdown table with a column a setting."""
    columns = list(itertools.product((False, True), sorted(results["participants"].unique())))
    columns = [(effect, n) for effect, n in columns if (results["effect"] == effect).any()]
    heads = [f"{'effect' if effect else 'no effect'}, {n}" for effect, n in columns]
    text = [f"## {title}", "", f"| | {' | '.join(heads)} |", "|---" * (1 + len(heads)) + "|"]
    for name, outcome, method, measure in lines:
        cells = []
        for effect, n in columns:
            chosen = results[(results["effect"] == effect) & (results["participants"] == n)]
            chosen = chosen[(chosen["outcome"] == outcome) & (chosen["method"] == method)]
            cells.append(measure(chosen) if len(chosen) > 1 else "-")
        text.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join([*text, ""])


def report(results: pd.DataFrame) -> str:
    """All tables, as markdown."""
    retention = [(method, "retention", method) for method in (*METHODS, *NAIVE)]
    others: list[Line] = [
        (f"{TITLES[outcome]}: {name}", outcome, HEADLINE, measure)
        for outcome in OUTCOMES[1:]
        for name, measure in (
            ("true effect, points", truth),
            ("bias, points", bias),
            ("interval holds the truth", coverage),
            ("interval excludes zero (below + above)", away_from_zero),
        )
    ]
    sizes: list[Line] = [
        ("employers with a headline", "retention", HEADLINE, answered),
        ("employers with a headline on promotion", "promotion", HEADLINE, answered),
        ("true effect, points", "retention", HEADLINE, truth),
        ("half width of the headline's interval, points", "retention", HEADLINE, width),
        ("half width of the plain interval, points", "retention", WALD, width),
        ("rating not adjusted for: too few participants", "retention", HEADLINE, fewer_covariates),
        ("no outcome model: odds weighting instead", "retention", HEADLINE, odds_alone),
        ("the same, promotion", "promotion", HEADLINE, odds_alone),
    ]
    return "\n".join(
        [
            table("Stayed twelve months: bias in points", results, [(*line, bias) for line in retention]),
            table("Stayed twelve months: how often the interval holds the truth", results,
                  [(*line, coverage) for line in retention]),
            table("Stayed twelve months: how often the interval excludes zero (below + above)", results,
                  [(*line, away_from_zero) for line in retention]),
            table("The headline for the other outcomes", results, others),
            table("The settings", results, sizes),
        ]
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--employers", type=int, default=1000, help="for each of the six settings")
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--results", type=Path, help="a CSV file for every single interval")
    options = parser.parse_args()
    seeds = range(options.first_seed, options.first_seed + options.employers)
    settings = [Setting(n, effect, seed) for seed in seeds for n in PARTICIPANTS for effect in (False, True)]
    started = time.perf_counter()
    results = collect(settings, options.processes, options.results)
    print(f"{options.employers:,} employers a setting, seeds {seeds[0]} to {seeds[-1]}\n")
    print(report(results))
    print(f"{time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
