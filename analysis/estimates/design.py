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
    joined = np.flatnonzero(cells.a)  # few cells beside the comparators'
    people, colleagues = cells.n[joined], cells.n * (1.0 - cells.a)
    reasons: list[tuple[str, str, float]] = []
    changed = True
    while changed:
        changed = False
        for factor in cells.factors:
            present = np.bincount(factor.codes[joined], weights=people, minlength=len(factor.levels))
            compared = factor.counts(colleagues)
            lonely = (present > 0) & (compared == 0)
            idle = (present == 0) & (compared > 0)
            if not lonely.any() and not idle.any():
                continue
            changed = True
            reasons += [(factor.name, factor.levels[i], float(present[i])) for i in np.flatnonzero(lonely)]
            keep &= ~(lonely | idle)[factor.codes]
            people, colleagues = people * keep[joined], colleagues * keep
    gone = cells.n * ~keep
    return Positivity(keep, float(gone @ cells.a), float(gone @ (1.0 - cells.a)), tuple(reasons))


@dataclass(frozen=True)
class Design:
    """A matrix of 0/1 columns, shape (cells, columns), the constant first, and what each column stands for.

    everything: the matrix of all levels that the columns were chosen from.
    """

    x: OneHot
    names: tuple[str, ...]
    everything: OneHot


def design(factors: tuple[Factor, ...], weights: Floats) -> Design:
    """Constant, then dummies of each factor in the order given; dependent columns are left out (rule d).

    The reference level of a factor is its most frequent one by `weights`, shape (cells,). Cells of weight 0 do
    not count for dependence.
    """
    return _design(OneHot.of_all_levels(factors, len(weights)), factors, weights)


def outcome_design(
    everything: OneHot, factors: tuple[Factor, ...], y: Floats, comparators: Floats, left_out: tuple[str, ...] = ()
) -> Design:
    """The same for a model of y in comparators: rare levels are merged (rule c), the factors `left_out` are not in it.

    everything: the constant and all levels of `factors`, in their order, which merging takes together: no cell is
    coded anew. comparators: counts, shape (cells,), 0 for participants' cells.
    """
    size, events = everything.sums(comparators), everything.sums(comparators * y)
    merged, columns = [], [np.eye(1, everything.columns)]
    start = 1
    for factor in factors:
        own = slice(start, start + len(factor.levels))
        start = own.stop
        if factor.name in left_out:
            continue
        # Merging asks for counts by level alone, so the levels can stand for the cells.
        levels = factor.relabel(np.arange(len(factor.levels)), factor.levels)
        share = np.divide(events[own], size[own], out=np.zeros(len(factor.levels)), where=size[own] > 0)
        merged.append(merge_rare(levels, share, size[own]))
        together = np.zeros((len(merged[-1].levels), everything.columns))
        together[merged[-1].codes, np.arange(own.start, own.stop)] = 1.0
        columns.append(together)
    return _design(everything.combine(np.concatenate(columns).T), tuple(merged), comparators)


def _design(everything: OneHot, factors: tuple[Factor, ...], weights: Floats) -> Design:
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
    return Design(everything.choose(np.array(wanted)[kept]), tuple(names[i] for i in kept), everything)


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
