"""Common support: how the estimated chances of taking part are spread in both arms, and the comparators' weights.

Bars are merged until each holds enough people, so that none gives anybody away (PROTOCOL.md 1.7 and the minimums).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.estimates.balance import effective_sample_size, largest_weight_share
from analysis.estimates.logistic import Floats
from analysis.estimates.propensity import Propensity

STEP = 0.3  # of the log odds: about a third more or less chance from one edge to the next
WIDEST = 9.0  # log odds; what lies beyond belongs to the outermost bar
QUANTILES = (0.50, 0.90, 0.99)


@dataclass(frozen=True)
class Bar:
    """Person-trials whose chance of taking part lies in low..high (proportions); `steps` of the grid it spans."""

    low: float
    high: float
    steps: int
    people: int


@dataclass(frozen=True)
class Overlap:
    """Bars of both arms; alike: participants at a chance at which there are at least as many comparators.

    weights: (share of comparators, weight that the heaviest such share exceeds, as a multiple of the average one), of
    QUANTILES, without those that speak of too few; effective and largest as in `balance`.
    """

    participants: tuple[Bar, ...]
    comparators: tuple[Bar, ...]
    alike: int
    weights: tuple[tuple[float, float], ...]
    effective: float
    largest: float


def overlap_of(propensity: Propensity, fewest: int, fewest_comparators: int) -> Overlap:
    """fewest: person-trials that a participants' bar must hold at least; fewest_comparators: the same of comparators,
    who may stand in one bar once for each trial."""
    cells = propensity.cells
    place, edges = _grid(propensity.e)
    joined, compared = (
        np.asarray(np.bincount(place, weights=cells.n * arm, minlength=len(edges) - 1), dtype=np.float64)
        for arm in (cells.a, 1.0 - cells.a)
    )
    return Overlap(
        merged(joined, edges, fewest),
        merged(compared, edges, fewest_comparators),
        round(float(joined[compared >= joined].sum())),
        _quantiles(propensity, fewest_comparators),
        effective_sample_size(propensity),
        largest_weight_share(propensity),
    )


def merged(counts: Floats, edges: Floats, fewest: int) -> tuple[Bar, ...]:
    """Neighbours joined from the left until each bar holds `fewest`; what is left over joins the last. Empty below it.

    counts: shape (bins,); edges: proportions, shape (bins + 1,).
    """
    held = np.flatnonzero(counts > 0)
    if counts.sum() < fewest or not len(held):
        return ()
    bars: list[Bar] = []
    first, people = int(held[0]), 0.0
    for position in range(int(held[0]), int(held[-1]) + 1):
        people += float(counts[position])
        if people >= fewest:
            bars.append(_bar(edges, first, position + 1, people))
            first, people = position + 1, 0.0
    if first <= int(held[-1]):
        last = bars.pop()
        begins = first - last.steps
        bars.append(_bar(edges, begins, int(held[-1]) + 1, last.people + people))
    return tuple(bars)


def _bar(edges: Floats, first: int, end: int, people: float) -> Bar:
    return Bar(float(edges[first]), float(edges[end]), end - first, round(people))


def _grid(e: Floats) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], Floats]:
    """Each cell's bin, and the edges of all bins as proportions; the outermost are open."""
    inner = np.arange(-WIDEST, WIDEST + STEP / 2, STEP)
    edges = np.concatenate([[0.0], 1.0 / (1.0 + np.exp(-inner)), [1.0]])
    return np.searchsorted(edges[1:-1], e, side="right").astype(np.int64), edges


def _quantiles(propensity: Propensity, fewest: int) -> tuple[tuple[float, float], ...]:
    n, weight = propensity.cells.n, propensity.weight
    held = weight > 0
    n, weight = n[held], weight[held]
    order = np.argsort(weight)
    n, weight = n[order], weight[order]
    total, mean = float(n.sum()), float(n @ weight) / float(n.sum())
    cumulative = np.cumsum(n)
    # A quantile speaks of those above it: they must be enough themselves.
    return tuple(
        (share, float(weight[min(int(np.searchsorted(cumulative, share * total)), len(weight) - 1)] / mean))
        for share in QUANTILES
        if (1.0 - share) * total >= fewest
    )
