"""Staggered adoption: minimum wage and teen employment (Callaway and Sant'Anna 2021), never treated compared.

One number of the reference is wrong in did 2.1.2, which made it: the error of the overall effect by group takes every
group's share as that of the first group (its pull request 223 puts that right). It is recomputed here with that
mistake, and the same lines without it must give the product's number, or the entry fails.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from analysis.estimates.event_study import Averages, event_study
from benchmarks.reference_checks.entries import Entry


def minimum_wage(entry: Entry) -> dict[str, Any]:
    table = entry.table("mpdta.csv")
    unit, first, period = (table[name].to_numpy(np.int64) for name in ("countyreal", "first.treat", "year"))
    study = event_study(unit, first, period, table["lemp"].to_numpy(float), comparison="never_treated")
    cells, simple = study.group_times(), study.simple()
    by_group = _averages(study.by_group())
    right = error_by_group(table, mistaken=False)
    agrees = math.isclose(by_group["overall_se"], right, rel_tol=1e-9)
    by_group["overall_se"] = error_by_group(table, mistaken=True) if agrees else None
    return {
        "time": [cell.period for cell in cells],
        "att": [cell.effect.estimate for cell in cells],
        "se": [cell.effect.std_error for cell in cells],
        "simple": {"overall_att": simple.estimate, "overall_se": simple.std_error},
        "group": by_group,
        "dynamic": _averages(study.by_event_time()),
        "calendar": _averages(study.by_period()),
    }


def _averages(found: Averages) -> dict[str, Any]:
    return {
        "overall_att": found.overall.estimate,
        "overall_se": found.overall.std_error,
        "egt": list(found.by),
        "att": [effect.estimate for effect in found.by.values()],
        "se": [effect.std_error for effect in found.by.values()],
    }


def error_by_group(table: pd.DataFrame, *, mistaken: bool) -> float:
    """Standard error of the overall effect by group; with did 2.1.2's mistake, or as it should be."""
    wide = table.pivot(index="countyreal", columns="year", values="lemp")
    group = table.groupby("countyreal")["first.treat"].first().to_numpy()
    groups, never = np.unique(group[group > 0]), group == 0
    effects, influences = [], []
    for joined in groups:
        changes = wide.loc[:, joined:].to_numpy() - wide[[joined - 1]].to_numpy()
        change, own = changes.mean(axis=1), group == joined  # the mean over its periods, a change like any other
        gap = [change[members].mean() for members in (own, never)]
        effects.append(gap[0] - gap[1])
        influences.append(own / own.mean() * (change - gap[0]) - never / never.mean() * (change - gap[1]))
    share = np.array([(group == joined).mean() for joined in groups])
    weights = share / share.sum()
    named = np.repeat(groups[0], len(groups)) if mistaken else groups
    centred = np.array([(group == joined) for joined in named]) - share[:, None]
    of_weights = (np.array(effects) @ centred - weights @ np.array(effects) * centred.sum(axis=0)) / share.sum()
    influence = weights @ np.array(influences) + of_weights
    return float(np.sqrt(influence @ influence) / len(influence))
