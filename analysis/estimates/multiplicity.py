"""Many tests on one page: p values adjusted by statsmodels, missing ones left out before and put back in place."""

from __future__ import annotations

import math
from collections.abc import Sequence

from statsmodels.stats.multitest import multipletests


def benjamini_hochberg(p_values: Sequence[float | None]) -> tuple[float | None, ...]:
    """Adjusted for the false discovery rate (Benjamini and Hochberg, J R Stat Soc B 1995;57:289), in the order given.

    None and NaN (a hidden cell, a test that could not be made) stay None and do not count as tests. Raises ValueError
    for a p value outside 0 to 1.
    """
    return _adjusted(p_values, "fdr_bh")


def holm(p_values: Sequence[float | None]) -> tuple[float | None, ...]:
    """Adjusted so that any false alarm at all stays within 5 % (Holm, Scand J Stat 1979;6:65); as above."""
    return _adjusted(p_values, "holm")


def _adjusted(p_values: Sequence[float | None], method: str) -> tuple[float | None, ...]:
    # One NaN would make every adjusted value NaN.
    made = [(place, p) for place, p in enumerate(p_values) if p is not None and not math.isnan(p)]
    if any(not 0.0 <= p <= 1.0 for _, p in made):
        raise ValueError("a p value lies between 0 and 1")
    adjusted: list[float | None] = [None] * len(p_values)
    if made:
        _, corrected, _, _ = multipletests([p for _, p in made], method=method)
        for (place, _), value in zip(made, corrected, strict=True):
            adjusted[place] = float(value)
    return tuple(adjusted)
