"""How far two yes-or-no judgements of the same things agree: Cohen's kappa (Cohen 1960; its variance Fleiss 1969)."""

from __future__ import annotations

from dataclasses import dataclass

from statsmodels.stats.inter_rater import cohens_kappa

from analysis.estimates.intervals import Interval, Z


@dataclass(frozen=True)
class Kappa:
    """1: always alike; 0: as often as chance alone would have it."""

    value: float
    interval: Interval


def kappa(both: int, only_one: int, only_other: int, neither: int) -> Kappa | None:
    """From the four counts. None where one of the judgements is the same of all: then chance explains everything."""
    total = both + only_one + only_other + neither
    if {both + only_one, both + only_other} & {0, total}:
        return None
    found = cohens_kappa([[both, only_one], [only_other, neither]])
    value, half = float(found.kappa), Z * float(found.std_kappa)
    return Kappa(value, Interval(max(value - half, -1.0), min(value + half, 1.0)))
