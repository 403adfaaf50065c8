"""Is the mentor really the junior? By level, by time in the company, by age: they need not agree."""

from __future__ import annotations

from itertools import combinations

import pandas as pd

from analysis.estimates.agreement import kappa
from analysis.findings import words
from analysis.findings.health.cadence import spread
from analysis.findings.health.cells import cells
from analysis.findings.health.results import Agreement, Definition, Direction, Gap, Number
from analysis.findings.health.shares import DECIMALS, Share, share_of_pairs

DEFINITIONS: tuple[Definition, ...] = ("level", "tenure", "age")
COLUMNS: dict[Definition, str] = {"level": "level_gap", "tenure": "tenure_gap", "age": "age_gap"}
MEANS: dict[Definition, str] = {
    "level": "is on a lower level",
    "tenure": "joined the company later",
    "age": "was born later",
}
NOT_KNOWN: dict[Definition, str] = {
    "level": "No pair has a level on the ladder on both sides.",
    "tenure": "No pair has a hire date on both sides.",
    "age": "No pair has a year of birth on both sides.",
}


def direction(frame: pd.DataFrame) -> Direction:
    """frame: level_gap, tenure_gap and age_gap, one row a pair; above 0 the mentor is the junior."""
    gaps = tuple(_gap(name, frame[COLUMNS[name]].dropna()) for name in DEFINITIONS)
    agreements = tuple(_agreement(frame, one, other) for one, other in combinations(DEFINITIONS, 2))
    known = frame[list(COLUMNS.values())].dropna() > 0
    patterns: dict[str, int] = {}
    for row in known.itertuples(index=False):
        name = ", ".join(name for name in DEFINITIONS if getattr(row, COLUMNS[name]))
        patterns[name] = patterns.get(name, 0) + 1
    ordered = dict(sorted(patterns.items(), key=lambda item: (-item[1], item[0])))
    # A difference of two views is not told by pattern: who is older is an attribute of two people.
    return Direction(gaps, agreements, cells(ordered, "pattern"), _sentence(gaps))


def _gap(name: Definition, gaps: pd.Series) -> Gap:
    junior = share_of_pairs(int((gaps > 0).sum()), len(gaps), nothing=NOT_KNOWN[name])
    return Gap(name, junior, spread([float(gap) for gap in gaps], NOT_KNOWN[name]))


def _agreement(frame: pd.DataFrame, one: Definition, other: Definition) -> Agreement:
    known = frame[[COLUMNS[one], COLUMNS[other]]].dropna() > 0
    first, second = known[COLUMNS[one]], known[COLUMNS[other]]
    same = share_of_pairs(int((first == second).sum()), len(known), nothing="No pair is known by both definitions.")
    return Agreement(one, other, same, _kappa(first, second, same))


def _kappa(first: pd.Series, second: pd.Series, same: Share) -> Number:
    if same.value is None:
        return Number(None, None, None, None, same.reason)
    counts = (first & second, first & ~second, ~first & second, ~first & ~second)
    found = kappa(*(int(count.sum()) for count in counts))
    if found is None:
        return Number(
            None, None, None, None, "One of the two says the same of all pairs, so there is nothing to agree on."
        )
    low, high = round(found.interval.low, DECIMALS), round(found.interval.high, DECIMALS)
    return Number(round(found.value, DECIMALS), low, high, len(first))


def _sentence(gaps: tuple[Gap, ...]) -> str:
    told = [
        f"in {words.percent(gap.junior.value)} of pairs the mentor {MEANS[gap.definition]}"
        for gap in gaps
        if gap.junior.value is not None
    ]
    if not told:
        return "Whether the mentor is the junior can't be told."
    text = "; ".join(told)
    return f"{text[0].upper()}{text[1:]}."
