"""Change from one survey to the next: of the same people, and against people who did not take part (PROTOCOL.md 1.12).

Everything is in points of the scale. Distinct values with their counts stand for people where that is enough.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from scipy.stats import wilcoxon
from statsmodels.miscmodels.ordinal_model import OrderedModel
from statsmodels.regression.linear_model import OLS
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from analysis.estimates.intervals import Interval, wilson
from analysis.estimates.means import mean_from_sums

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

FEWEST_IN_LEVEL = 5  # people in each arm; smaller levels of a covariate are taken together
FEWEST_PARAMETERS = 8


class _OrderedLogit(OrderedModel):  # type: ignore[misc]
    """statsmodels' model with the logistic function itself: scipy's distribution, which it asks thousands of times,
    comes to the same and takes most of the time of a fit."""

    def cdf(self, x: Floats) -> Floats:
        return np.asarray(expit(x), dtype=np.float64)


class CannotCompare(ValueError):
    """The two groups' answers can't be compared; the message says why."""


@dataclass(frozen=True)
class Share:
    """A share of people, a proportion, with its 95 % Wilson interval."""

    value: float
    interval: Interval


@dataclass(frozen=True)
class PairedChange:
    """Post less pre of the same people, in points of the scale.

    d_z is the mean over the spread of the changes, d_av over the mean of the two spreads (None without spread);
    wilcoxon_p the signed-rank test, people without change left out, None where nobody changed.
    """

    people: int
    mean: float
    interval: Interval | None
    d_z: float | None
    d_av: float | None
    wilcoxon_p: float | None
    up: Share
    same: Share
    down: Share


def paired_change(change: Floats, people: Ints, spread_pre: float, spread_post: float) -> PairedChange:
    """From distinct changes and how many people have each, both shape (values,), and both waves' standard deviations.

    The t interval; Wilcoxon's test by its normal approximation without continuity correction, ties corrected.
    Raises ValueError for no people.
    """
    total, squares = float(people @ change), float(people @ change**2)
    mean = mean_from_sums(int(people.sum()), total, squares)
    around = float(spread_pre + spread_post) / 2
    moved = change != 0
    p_value = None
    if moved.any():
        each = np.repeat(change[moved], people[moved])
        p_value = float(wilcoxon(each, method="asymptotic", correction=False).pvalue)
    up, same, down = (_share(int(people[chosen].sum()), mean.people) for chosen in (change > 0, ~moved, change < 0))
    return PairedChange(
        mean.people,
        mean.value,
        mean.interval,
        mean.standardised,
        mean.value / around if around > 0 else None,
        p_value,
        up,
        same,
        down,
    )


def _share(some: int, people: int) -> Share:
    return Share(some / people, wilson(some / people, people))


def cronbach_alpha(item_variances: Floats, total_variance: float) -> float | None:
    """Cronbach's alpha of a scale (Cronbach 1951) from the variances of its items, shape (items,), and of their sum.

    All over the same people, who answered every item. None for fewer than two items or a sum without spread.
    """
    items = len(item_variances)
    if items < 2 or total_variance <= 0:
        return None
    return float(items / (items - 1) * (1.0 - item_variances.sum() / total_variance))


@dataclass(frozen=True)
class Comparison:
    """Participants against others, in points of the scale; intervals 95 %.

    difference: post between people alike before, in `covariates` and in the score itself (analysis of covariance,
    HC3 errors). change_difference: the plain difference of the mean changes (Welch). participants, comparators:
    people in the first; excluded are participants with nobody alike in a covariate.
    """

    difference: float
    interval: Interval
    change_difference: float
    change_interval: Interval
    change_participants: float
    change_comparators: float
    participants: int
    comparators: int
    excluded: int
    covariates: tuple[str, ...]


def compare_change(pre: Floats, post: Floats, took_part: Bools, covariates: Mapping[str, Ints]) -> Comparison:
    """Analysis of covariance, post ~ pre + arm + covariates; arrays have shape (people,), covariates hold codes.

    Covariates in the order of their worth: while there are more parameters than half the participants (or eight),
    the last is left out. Comparators in a level without a participant are left out and so are participants in a
    level without a comparator; levels with fewer than five people in either arm are taken together.
    Raises CannotCompare where an arm is too small or nothing varies.
    """
    names = list(covariates)
    while True:
        kept = _comparable(took_part, [covariates[name] for name in names])
        x, used = _design(pre[kept], took_part[kept], {name: covariates[name][kept] for name in names})
        if not names or x.shape[1] <= max(FEWEST_PARAMETERS, took_part[kept].sum() / 2):
            break
        names.pop()
    arm, answer, before = took_part[kept], post[kept], pre[kept]
    if arm.sum() < 2 or (~arm).sum() < 2 or len(answer) <= x.shape[1]:
        raise CannotCompare("Too few people answered in both groups.")
    others = np.delete(x, 2, axis=1)
    left: Floats = arm - others @ np.linalg.lstsq(others, arm.astype(np.float64), rcond=None)[0]
    if left @ left < 1e-8:
        raise CannotCompare("Nobody who took part has somebody alike to be compared with.")
    leverage = np.einsum("ij,ji->i", x, np.linalg.pinv(x))
    if leverage.max() > 1 - 1e-8:
        raise CannotCompare("Too few people answered for an interval.")
    fit = OLS(answer, x).fit(cov_type="HC3", use_t=True)
    if not fit.bse[2] > 1e-12:
        raise CannotCompare("Everybody answered the same.")
    low, high = fit.conf_int()[2]
    changes = [DescrStatsW((answer - before)[chosen]) for chosen in (arm, ~arm)]
    if not sum(change.var for change in changes) > 0:
        raise CannotCompare("Everybody changed by the same.")
    change_low, change_high = CompareMeans(*changes).tconfint_diff(usevar="unequal")
    return Comparison(
        float(fit.params[2]),
        Interval(float(low), float(high)),
        float(changes[0].mean - changes[1].mean),
        Interval(float(change_low), float(change_high)),
        float(changes[0].mean),
        float(changes[1].mean),
        int(arm.sum()),
        int((~arm).sum()),
        int(took_part.sum() - arm.sum()),
        used,
    )


@dataclass(frozen=True)
class Odds:
    """How much likelier participants are to answer higher, people alike before: an odds ratio, 95 % interval."""

    ratio: float
    interval: Interval


def compare_ordered(pre: Floats, post: Floats, took_part: Bools) -> Odds | None:
    """The same question of a single item by an ordered logit, which takes its answers as ranks only.

    Arrays of shape (people,). None where it can't be fitted: one answer only, or no convergence.
    """
    levels, ranks = np.unique(post, return_inverse=True)
    if len(levels) < 3 or np.ptp(pre) == 0 or took_part.all() or not took_part.any():
        return None
    x = np.column_stack([took_part.astype(np.float64), (pre - pre.mean()) / pre.std()])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what they warn of is looked at below
        try:
            fit = _OrderedLogit(ranks, x, distr="logit").fit(method="bfgs", disp=False, maxiter=500)
            low, high = fit.conf_int()[0]
        except (np.linalg.LinAlgError, ValueError):
            return None
    found = np.array([fit.params[0], low, high])
    if not fit.mle_retvals["converged"] or not np.isfinite(found).all() or np.abs(found).max() > 15:
        return None
    ratio, low, high = (float(value) for value in np.exp(found))
    return Odds(ratio, Interval(low, high))


def _comparable(took_part: Bools, covariates: list[Ints]) -> Bools:
    """People in levels that both arms have, over all covariates until nothing changes (PROTOCOL.md 1.4 a, b)."""
    kept: Bools = np.ones(len(took_part), dtype=np.bool_)
    while True:
        before = kept.sum()
        for codes in covariates:
            both = np.intersect1d(codes[kept & took_part], codes[kept & ~took_part])
            kept &= np.isin(codes, both)
        if kept.sum() == before:
            return kept


def _design(pre: Floats, took_part: Bools, covariates: Mapping[str, Ints]) -> tuple[Floats, tuple[str, ...]]:
    """Constant, pre, arm, then a dummy for every level but the most frequent one; and the covariates that vary."""
    columns = [np.ones(len(pre)), pre, took_part.astype(np.float64)]
    used = []
    for name, codes in covariates.items():
        merged = _merged(codes, took_part)
        levels, sizes = np.unique(merged, return_counts=True)
        if len(levels) > 1:
            used.append(name)
            columns += [(merged == level).astype(np.float64) for level in np.delete(levels, np.argmax(sizes))]
    return np.column_stack(columns), tuple(used)


def _merged(codes: Ints, took_part: Bools) -> Ints:
    """Levels with few people in either arm become one, -1; where that is still small the next smallest joins it."""
    levels, at = np.unique(codes, return_inverse=True)
    least = np.minimum(
        np.bincount(at[took_part], minlength=len(levels)), np.bincount(at[~took_part], minlength=len(levels))
    )
    order = np.argsort(least, kind="stable")
    few = int((least < FEWEST_IN_LEVEL).sum())
    while 0 < few < len(levels):
        together = np.isin(at, order[:few])
        if min((together & took_part).sum(), (together & ~took_part).sum()) >= FEWEST_IN_LEVEL:
            break
        few += 1
    return np.where(np.isin(at, order[:few]), -1, at)
