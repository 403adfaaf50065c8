"""Which cells belong to which group of which header."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.estimates.balance import LevelBalance, balance_within, largest_imbalance
from analysis.estimates.cells import Cells
from analysis.estimates.logistic import Bools
from analysis.estimates.propensity import Propensity
from analysis.plan import COVARIATES

Key = tuple[str, str]  # header and group

# Headers whose groups come from the headline fit itself.
GROUP_HEADERS = COVARIATES


@dataclass(frozen=True)
class Division:
    """How a figure is divided into groups.

    headers: what to divide by. extra: one of them whose main effect stays in both models whatever else must go, and
    joins them where the plan does not name it. cohort: groups are then counted within that cohort, from the same fit.
    """

    headers: tuple[str, ...] = GROUP_HEADERS
    extra: str | None = None
    cohort: str | None = None


def masks_of(everything: Cells, kept: Cells, divide: Division, cohorts: tuple[str, ...]) -> dict[Key, Bools]:
    """The kept cells of every group that holds a participant among them; cohorts in the order of their first day.

    `everything` are the cells of the figure, whose covariates a fit may have dropped.
    """
    took_part: Bools = kept.a > 0
    inside: Bools = np.ones(len(kept.n), dtype=np.bool_)
    if divide.cohort is not None:
        inside = _codes(everything, kept, "cohort") == _position(everything, "cohort", divide.cohort)
    masks: dict[Key, Bools] = {}
    for header in divide.headers:
        if not everything.has(header):
            continue
        codes, levels = _codes(everything, kept, header), everything.factor(header).levels
        present = {levels[code] for code in np.unique(codes[took_part & inside])}
        for group in [name for name in cohorts if name in present] if header == "cohort" else sorted(present):
            masks[(header, group)] = (codes == levels.index(group)) & inside
    return masks


def _codes(everything: Cells, kept: Cells, header: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return everything.factor(header).codes[np.searchsorted(everything.cell_id, kept.cell_id)]


def _position(everything: Cells, header: str, group: str) -> int:
    levels = everything.factor(header).levels
    return levels.index(group) if group in levels else -1


def participants_of(cells: Cells, masks: dict[Key, Bools]) -> dict[Key, int]:
    """Participants of each group."""
    return {key: round(float((cells.n * cells.a) @ mask)) for key, mask in masks.items()}


def imbalances_of(propensity: Propensity, masks: dict[Key, Bools]) -> dict[Key, LevelBalance | None]:
    """The largest imbalance within each group; the groups of one header share a pass over the cells."""
    found: dict[Key, LevelBalance | None] = {}
    for header in dict.fromkeys(name for name, _ in masks):
        keys = [key for key in masks if key[0] == header]
        codes = np.full(len(propensity.e), -1, dtype=np.int64)
        for position, key in enumerate(keys):
            codes[masks[key]] = position
        for key, rows in zip(keys, balance_within(propensity, codes, len(keys)), strict=True):
            found[key] = largest_imbalance(rows)
    return found
