"""Rates, differences and ratios of two rates, four fifths, Mantel-Haenszel."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.optimize import brentq
from scipy.stats import chi2, fisher_exact
from statsmodels.stats.contingency_tables import StratifiedTable, Table2x2
from statsmodels.stats.proportion import (
    confint_proportions_2indep,
    proportion_confint,
    proportions_ztest,
    test_proportions_2indep,
)

from analysis.estimates.intervals import Interval, Z, mover_ratio, newcombe, wilson
from analysis.estimates.ratios import score_ratio_interval, selection_ratio
from analysis.estimates.stratified import mantel_haenszel_difference, mantel_haenszel_ratio
from benchmarks.reference_checks.entries import Entry


def pair(interval: Interval | None) -> list[float]:
    """Low and high; nothing where there is no interval, which then counts as not compared."""
    return [] if interval is None else [interval.low, interval.high]


def one_proportion(entry: Entry) -> dict[str, Any]:
    x, n = entry.data["x"], entry.data["n"]
    return {
        "wilson": pair(wilson(x / n, n)),
        "clopper_pearson": proportion_confint(x, n, method="beta"),
        "jeffreys_equal_tailed": proportion_confint(x, n, method="jeffreys"),
    }


def score_difference(x1: int, n1: int, x0: int, n0: int, *, corrected: bool) -> list[float]:
    """Miettinen and Nurminen's interval of a difference (1985), or Mee's (1984) without their N/(N-1).

    statsmodels' own is wrong for the difference (its issue 10269), and the product uses Newcombe's.
    """
    total = n1 + n0

    def score(difference: float) -> float:
        # Their cubic for the rate of arm 0 under the hypothesis, solved by the cosine.
        quadratic = (n1 + 2 * n0) * difference - total - (x1 + x0)
        linear = (n0 * difference - total - 2 * x0) * difference + x1 + x0
        constant = x0 * difference * (1 - difference)
        q = quadratic**3 / (27 * total**3) - quadratic * linear / (6 * total**2) + constant / (2 * total)
        p = math.copysign(math.sqrt(max(quadratic**2 / (9 * total**2) - linear / (3 * total), 0.0)), q)
        angle = (math.pi + math.acos(min(max(q / p**3 if p else 0.0, -1.0), 1.0))) / 3
        rate0 = min(max(2 * p * math.cos(angle) - quadratic / (3 * total), 0.0, -difference), 1.0, 1.0 - difference)
        rate1 = min(max(rate0 + difference, 0.0), 1.0)
        variance = rate1 * (1 - rate1) / n1 + rate0 * (1 - rate0) / n0
        variance *= total / (total - 1) if corrected else 1.0
        gap = x1 / n1 - x0 / n0 - difference
        if abs(gap) < 1e-15:
            return 0.0
        return min(max(gap / math.sqrt(variance), -1e6), 1e6) if variance > 0 else math.copysign(1e6, gap)

    seen, edge = x1 / n1 - x0 / n0, 1 - 1e-12
    low = -1.0 if score(-edge) < Z else brentq(lambda d: score(d) - Z, -edge, seen, xtol=1e-13)
    high = 1.0 if score(edge) > -Z else brentq(lambda d: score(d) + Z, seen, edge, xtol=1e-13)
    return [float(low), float(high)]


def score_odds_ratio(x1: int, n1: int, x0: int, n0: int) -> list[float]:
    """Miettinen and Nurminen's interval of an odds ratio (1985) with Gart's bias correction (1985), as ratesci's.

    statsmodels has the interval without that correction, up to 2 % away in the smaller tables.
    """
    total, events = n1 + n0, x1 + x0

    def score(log_ratio: float) -> float:
        ratio = math.exp(log_ratio)
        square, linear = n0 * (ratio - 1), n1 * ratio + n0 - events * (ratio - 1)
        # The root between 0 and 1, in the form that also holds at a ratio of 1.
        rate0 = 2 * events / (linear + math.sqrt(linear**2 + 4 * square * events))
        rate1 = rate0 * ratio / (1 + rate0 * (ratio - 1))
        spread1, spread0 = rate1 * (1 - rate1), rate0 * (1 - rate0)
        bias = (rate1 - rate0) / (n1 * spread1 + n0 * spread0)
        gap = (x1 / n1 - rate1) / spread1 - (x0 / n0 - rate0) / spread0 - bias
        return gap / math.sqrt((1 / (n1 * spread1) + 1 / (n0 * spread0)) * total / (total - 1))

    seen = math.log(x1 * (n0 - x0) / ((n1 - x1) * x0))
    low = brentq(lambda value: score(value) - Z, seen - 10, seen + 5, xtol=1e-13)
    high = brentq(lambda value: score(value) + Z, seen - 5, seen + 10, xtol=1e-13)
    return [math.exp(low), math.exp(high)]


def two_proportions(entry: Entry) -> dict[str, Any]:
    x1, n1, x0, n0 = (entry.data[name] for name in ("x1", "n1", "x2", "n2"))
    found: dict[str, Any] = {
        "diff": x1 / n1 - x0 / n0,
        "newcombe_hybrid_score": pair(newcombe(x1, n1, x0, n0)),
        "miettinen_nurminen": score_difference(x1, n1, x0, n0, corrected=True),
        "mee": score_difference(x1, n1, x0, n0, corrected=False),
    }
    if x1 == 0 and x0 == 0:  # ratios have no value
        return found
    table = Table2x2(np.array([[x1, n1 - x1], [x0, n0 - x0]]))
    interval: Callable[..., Any] = confint_proportions_2indep
    found |= {
        "ratio": (x1 / n1) / (x0 / n0),
        "ratio_score_mn": pair(score_ratio_interval(x1, n1, x0, n0)),
        "ratio_score_koopman": interval(x1, n1, x0, n0, compare="ratio", method="score", correction=False),
        "ratio_katz_log": interval(x1, n1, x0, n0, compare="ratio", method="log"),
        "odds_ratio": table.oddsratio,
        "odds_ratio_woolf": table.oddsratio_confint(),
        "odds_ratio_score_mn": score_odds_ratio(x1, n1, x0, n0),
        "ratio_mover_wilson": pair(mover_ratio(x1 / n1, n1, x0 / n0, n0)),
        "p_mn_score": test_proportions_2indep(x1, n1, x0, n0, method="score", correction=True).pvalue,
    }
    return found | _equality(x1, n1, x0, n0)


def _equality(x1: int, n1: int, x0: int, n0: int) -> dict[str, float]:
    z, p_value = proportions_ztest([x1, x0], [n1, n0])
    fisher = fisher_exact([[x1, n1 - x1], [x0, n0 - x0]]).pvalue
    return {"z_pooled": float(z), "p_pooled_z": float(p_value), "p_fisher": float(fisher)}


def four_fifths_rates(entry: Entry) -> dict[str, Any]:
    rates = entry.data["selection_rates"]
    chosen = {group: round(100 * rate) for group, rate in rates.items()}
    highest = max(chosen.values())
    found = {group: selection_ratio(count, 100, highest, 100) for group, count in chosen.items()}
    below = [group for group, ratio in found.items() if ratio.below_four_fifths]
    return {"ratio": {group: ratio.ratio for group, ratio in found.items()}, "flagged": f"{', '.join(below)} only"}


def four_fifths_counts(entry: Entry) -> dict[str, Any]:
    x1, n1, x0, n0 = (entry.data[name] for name in ("x1", "n1", "x2", "n2"))
    found = selection_ratio(x1, n1, x0, n0)
    return {
        "impact_ratio": found.ratio,
        "below_four_fifths": found.below_four_fifths,
        "ratio_katz_log": confint_proportions_2indep(x1, n1, x0, n0, compare="ratio", method="log"),
        "ratio_score_mn": pair(found.interval),
        "z_pooled": _equality(x1, n1, x0, n0)["z_pooled"],
        "p_fisher": found.fisher_p,
    }


def mantel_haenszel(entry: Entry) -> dict[str, Any]:
    events1, rest1, events0, rest0 = (np.array(entry.data[name]) for name in "abcd")
    people1, people0 = events1 + rest1, events0 + rest0
    tables = StratifiedTable([np.array(row).reshape(2, 2) for row in zip(events1, rest1, events0, rest0, strict=True)])
    plain, corrected = tables.test_null_odds(correction=False), tables.test_null_odds(correction=True)
    equal, tarone = tables.test_equal_odds(adjust=False), tables.test_equal_odds(adjust=True)
    difference = mantel_haenszel_difference(events1, people1, events0, people0)
    ratio = mantel_haenszel_ratio(events1, people1, events0, people0)
    rate1, rate0 = events1 / people1, events0 / people0
    variance = rate1 * (1 - rate1) / people1 + rate0 * (1 - rate0) / people0
    q = float(((rate1 - rate0 - difference.difference) ** 2 / variance).sum())
    return {
        "mh_or": tables.oddsratio_pooled,
        "mh_or_ci": tables.oddsratio_pooled_confint(),
        "mh_log_or_se": tables.logodds_pooled_se,
        "cmh_chisq_uncorrected": plain.statistic,
        "cmh_p_uncorrected": plain.pvalue,
        "cmh_chisq_corrected": corrected.statistic,
        "breslow_day": equal.statistic,
        "breslow_day_p": equal.pvalue,
        "tarone": tarone.statistic,
        "tarone_p": tarone.pvalue,
        "mh_rr": ratio.ratio,
        "mh_rr_ci": pair(ratio.interval),
        "mh_log_rr_se": ratio.std_error_of_log,
        "mh_rd": difference.difference,
        "mh_rd_ci": pair(difference.interval),
        "mh_rd_se": difference.std_error,
        "q_rd": q,
        "q_rd_p": float(chi2.sf(q, len(events1) - 1)),
    }
