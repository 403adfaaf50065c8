"""E-values, many tests, power, paired change, Cronbach's alpha, the headline interval."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from scipy.stats import ttest_rel, wilcoxon
from statsmodels.stats.power import NormalIndPower
from statsmodels.stats.proportion import proportion_effectsize, samplesize_proportions_2indep_onetail

from analysis.estimates.hidden_factor import e_value
from analysis.estimates.intervals import Interval, effective_people, wilson
from analysis.estimates.multiplicity import benjamini_hochberg, holm
from analysis.estimates.power import smallest_detectable
from analysis.estimates.survey_change import cronbach_alpha, paired_change
from benchmarks.reference_checks.entries import Entry
from benchmarks.reference_checks.two_proportions import pair


def hidden_factor(entry: Entry) -> dict[str, Any]:
    found = e_value(entry.data["rr"], Interval(entry.data["lo"], entry.data["hi"]))
    return {"e_value_point": found.point, "e_value_ci": found.limit}


def many_tests(entry: Entry) -> dict[str, Any]:
    adjusted = benjamini_hochberg(entry.data["p"])
    rejected = sum(p is not None and p <= 0.05 for p in adjusted)
    return {"bh": adjusted, "holm": holm(entry.data["p"]), "rejected_bh_05": rejected}


def power(entry: Entry) -> dict[str, Any]:
    rate1, rate0 = entry.data["p1"], entry.data["p2"]
    size = proportion_effectsize(rate1, rate0)
    return {
        "n_per_arm": samplesize_proportions_2indep_onetail(rate1 - rate0, rate0, 0.80),
        "cohen_h": size,
        "power_140_1400": NormalIndPower().power(size, 140, 0.05, ratio=10),
    }


def detectable(entry: Entry) -> dict[str, Any]:
    rate0, n1, n0 = (entry.data[name] for name in ("p0", "n1", "ess"))
    up, down = (smallest_detectable(rate0, n1, n0, increase=increase) for increase in (True, False))
    return {"increase_pp": up and 100 * up, "decrease_pp": down and 100 * down}


def paired(entry: Entry) -> dict[str, Any]:
    pre, post = np.array(entry.data["pre"]), np.array(entry.data["post"])
    change = post - pre
    found = paired_change(change, np.ones(len(change), dtype=np.int64), float(pre.std(ddof=1)), float(post.std(ddof=1)))
    test = ttest_rel(post, pre)
    assert found.d_z is not None
    return {
        "mean": found.mean,
        "sd": found.mean / found.d_z,
        "ci": pair(found.interval),
        "t": float(test.statistic),
        "p": float(test.pvalue),
        "V": float(wilcoxon(change, correction=False, method="asymptotic").statistic),
        "p_wilcoxon_normal": found.wilcoxon_p,
        "d_z": found.d_z,
    }


def cronbach(entry: Entry) -> dict[str, Any]:
    items = np.array(entry.data["rows"], dtype=float)
    return {"alpha": cronbach_alpha(items.var(axis=0, ddof=1), float(items.sum(axis=1).var(ddof=1)))}


def mover_correlated(rate1: float, n1: float, rate0: float, n0: float, correlation: float) -> list[float]:
    """Square-and-add with the correlation of the two rates (Zou and Donner 2008), which the product sets to 0."""
    one, zero = wilson(rate1, n1), wilson(rate0, n0)

    def distance(x: float, y: float) -> float:
        return math.sqrt(x * x + y * y - 2 * correlation * x * y)

    low = distance(rate1 - one.low, zero.high - rate0)
    high = distance(one.high - rate1, rate0 - zero.low)
    return [rate1 - rate0 - low, rate1 - rate0 + high]


def headline_interval(entry: Entry) -> dict[str, Any]:
    rate1, n1, rate0, error, correlation = (entry.data[name] for name in ("p1", "n1", "p0", "se0", "r"))
    effective = effective_people(rate0, error**2, math.nan)
    low, high = mover_correlated(rate1, n1, rate0, effective, correlation)
    return {
        "diff": rate1 - rate0,
        "lower": low,
        "upper": high,
        "wilson1": pair(wilson(rate1, n1)),
        "wilson0": pair(wilson(rate0, effective)),
        "n_eff0": effective,
    }
