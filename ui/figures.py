"""Figures drawn once: a page that runs again with the same findings shows the figure it has."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from analysis.charts.figure import Figure


@lru_cache(maxsize=128)
def drawn(chart: Callable[..., Figure], *of: Any) -> Figure:
    """The figure of `chart` from findings (frozen) in tuples, and the palette. Shown, never changed."""
    return chart(*of)
