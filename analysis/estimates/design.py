"""From cells to design matrices: positivity, merging of rare levels, linear independence (PROTOCOL.md 1.4)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.estimates.cells import Cells, Factor
from analysis.estimates.logistic import Bools, Floats
from analysis.estimates.onehot import OneHot

FEWEST_COMPARATORS = 5


@dataclass(frozen=True)
class Positivity:
    """Which cells stay, and which participants had nobody to be compared with: (covariate, level, people)."""

    keep: Bools
    participants_excluded: float
    comparators_dropped: float
    reasons: tuple[tuple[str, str, float], ...]


def positivity(cells: Cells) -> Positivity:
    """Rules (a) and (b), again over all covariates until nothing changes.

    (a) comparators in a level without a participant are dropped: they would get weight 0;
    (b) participants in a level without a comparator are excluded and named.
    """
    keep: Bools = np.ones(len(cells.n), dtype=np.bool_)
    reasons: list[tuple[str, str, float]] = []
    changed = True
    while changed:
        changed = False
        for factor in cells.factors:
            present = factor.counts(cells.n * cells.a * keep)
            compared = factor.counts(cells.n * (1.0 - cells.a) * keep)
            lonely = (present > 0) & (compared == 0)
            idle = (present == 0) & (compared > 0)
            if not lonely.any() and not idle.any():
                continue
            changed = True
            reasons += [(factor.name, factor.levels[i], float(present[i])) for i in np.flatnonzero(lonely)]
            keep &= ~(lonely | idle)[factor.codes]
    gone = cells.n * ~keep
    return Positivity(keep, float(gone @ cells.a), float(gone @ (1.0 - cells.a)), tuple(reasons))


@dataclass(frozen=True)
class Design:
    """A matrix of 0/1 columns, shape (cells, columns), the constant first, and what each column stands for."""

    x: OneHot
    names: tuple[str, ...]


def design(factors: tuple[Factor, ...], weights: Floats) -> Design:
    """Constant, then dummies of each factor in the order given; dependent columns are left out (rule d).

    The reference level of a factor is its most frequent one by `weights`, shape (cells,). Cells of weight 0 do
    not count for dependence.
    """
    everything = OneHot.of_all_levels(factors, len(weights))
    gram = everything.product(weights)
    wanted, names = [0], ["constant"]
    start = 1
    for factor in factors:
        sizes = np.diag(gram)[start : start + len(factor.levels)]
        reference = int(np.argmax(sizes))
        for code, level in enumerate(factor.levels):
            if code != reference and sizes[code] > 0:
                wanted.append(start + code)
                names.append(f"{factor.name} {level}")
        start += len(factor.levels)
    kept = _independent(gram[np.ix_(wanted, wanted)])
    return Design(everything.choose(np.array(wanted)[kept]), tuple(names[i] for i in kept))


def _independent(gram: Floats) -> list[int]:
    """Columns that are not a linear combination of earlier ones, by elimination in their weighted products."""
    scale = np.sqrt(np.maximum(np.diag(gram), 1e-300))
    left = gram / np.outer(scale, scale)
    kept: list[int] = []
    for j in range(left.shape[0]):
        if left[j, j] > 1e-9:
            kept.append(j)
            left[j + 1 :, j + 1 :] -= np.outer(left[j + 1 :, j], left[j, j + 1 :] / left[j, j])
    return kept


def merge_rare(factor: Factor, y: Floats, comparators: Floats) -> Factor:
    """Rule (c): levels with fewer than 5 comparators, or with 0 or 100 % events among them, become "other".

    Where "other" is still such a level, the smallest remaining one joins it. `comparators` are counts,
    shape (cells,), 0 for participants' cells.
    """
    size = factor.counts(comparators)
    events = factor.counts(comparators * y)
    flat = (size < FEWEST_COMPARATORS) | (events <= 0) | (events >= size)
    if not flat.any():
        return factor
    merged: list[int] = [int(i) for i in np.flatnonzero(flat)]
    rest = sorted((int(i) for i in np.flatnonzero(~flat)), key=lambda i: (size[i], factor.levels[i]))
    while rest:
        total, happened = float(size[merged].sum()), float(events[merged].sum())
        if total >= FEWEST_COMPARATORS and 0 < happened < total:
            break
        merged.append(rest.pop(0))
    kept = sorted(rest)
    lookup = np.full(len(factor.levels), len(kept))
    lookup[kept] = np.arange(len(kept))
    return factor.relabel(lookup[factor.codes], (*(factor.levels[i] for i in kept), "other"))
