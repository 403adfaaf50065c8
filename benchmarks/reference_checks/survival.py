"""Kaplan-Meier, log-rank, Cox, restricted mean and competing risks on R's example data."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import norm
from statsmodels.duration.api import PHReg, SurvfuncRight, survdiff

from analysis.estimates.curves import ArmCurve, arm_curve, log_log_band
from analysis.estimates.intervals import Interval, Z
from benchmarks.reference_checks.entries import Entry
from benchmarks.reference_checks.two_proportions import pair

Floats = NDArray[np.float64]
FIGURES = ("Est.", "se", "lower .95", "upper .95")


def curve_of(time: pd.Series, status: pd.Series, last: int, tau: int) -> ArmCurve:
    """The product's curve on plain data: one record a person, all of weight 1."""
    ones = np.ones(len(time))
    return arm_curve(time.to_numpy(np.int64), status.to_numpy(np.int64), ones, ones, last, tau)


def errors_of(curve: ArmCurve, times: list[int], cause: int | None = None) -> list[float]:
    """Root of the sum of squares of what each person adds."""
    parts = [
        curve.survival_influence(time) if cause is None else curve.incidence_influence(cause, time) for time in times
    ]
    return [float(np.sqrt(part @ part)) for part in parts]


def _lung(entry: Entry) -> pd.DataFrame:
    table = entry.table("lung.csv")
    return table.assign(event=(table["status"] == 2).astype(int))


def kaplan_meier(entry: Entry) -> dict[str, Any]:
    lung, times = _lung(entry), entry.values["times"]
    curve = curve_of(lung["time"], lung["event"], int(lung["time"].max()), 365)
    survival, errors = curve.survival[times], errors_of(curve, times)
    bands = [log_log_band(float(s), e**2) for s, e in zip(survival, errors, strict=True)]
    spread = Z * np.array(errors) / survival
    ours = SurvfuncRight(lung["time"], lung["event"])
    return {
        "times": times,
        "survival": survival,
        "se_greenwood": errors,
        "loglog_lower": [band.low for band in bands],
        "loglog_upper": [band.high for band in bands],
        "log_lower": survival * np.exp(-spread),
        "log_upper": np.minimum(survival * np.exp(spread), 1.0),
        "n_at_risk": curve.at_risk[times],
        "median": ours.quantile(0.5),
        "median_ci_loglog": ours.quantile_ci(0.5, method="cloglog"),
    }


def log_rank(entry: Entry) -> dict[str, Any]:
    lung = _lung(entry)
    complete = lung[lung["ph.ecog"].notna()]
    at = lung.loc[lung["event"] == 1, "time"].to_numpy()
    risk = [
        np.array([(lung.loc[chosen, "time"] >= time).sum() for time in at])
        for chosen in (lung["sex"] == 1, lung["sex"] == 2)
    ]

    def chi_square(table: pd.DataFrame, **options: Any) -> float:
        return float(survdiff(table["time"], table["event"], table["sex"], **options)[0])

    return {
        "chisq": chi_square(lung),
        "expected": [float((people / (risk[0] + risk[1])).sum()) for people in risk],
        "chisq_rho1": chi_square(lung, weight_type="fh", fh_p=1),
        "chisq_stratified_by_ph_ecog": chi_square(complete, strata=complete["ph.ecog"]),
    }


def cox(entry: Entry) -> dict[str, Any]:
    names = ["age", "sex", "ph.ecog"]
    lung = _lung(entry).dropna(subset=names)
    found: dict[str, Any] = {}
    for ties in ("efron", "breslow"):
        fit = PHReg(lung["time"], lung[names].to_numpy(float), status=lung["event"], ties=ties).fit(disp=0)
        coefficients = dict(zip(names, fit.params, strict=True))
        found[ties] = {
            "coef": coefficients,
            "se": dict(zip(names, fit.bse, strict=True)),
            "hr": {name: float(np.exp(value)) for name, value in coefficients.items()},
            "loglik": fit.llf,
        }
    return found


def cox_clustered(entry: Entry) -> dict[str, Any]:
    """statsmodels' clustered errors are Breslow's under either option, so the score residuals are summed here."""
    names = ["sex", "age"]
    lung = _lung(entry).dropna(subset=["inst"])
    x, clusters = lung[names].to_numpy(float), lung["inst"].to_numpy()
    found: dict[str, Any] = {}
    for ties in ("efron", "breslow"):
        fit = PHReg(lung["time"], x, status=lung["event"], ties=ties).fit(disp=0)
        scores = _score_residuals(lung["time"].to_numpy(), lung["event"].to_numpy(), x, fit.params, ties)
        by_cluster = pd.DataFrame(scores).groupby(clusters).sum().to_numpy()
        covariance = fit.cov_params() @ by_cluster.T @ by_cluster @ fit.cov_params()
        found[ties] = {
            "coef": dict(zip(names, fit.params, strict=True)),
            "robust_se": dict(zip(names, np.sqrt(np.diag(covariance)), strict=True)),
        }
    return found


def _score_residuals(time: Floats, event: Floats, x: Floats, coefficients: Floats, ties: str) -> Floats:
    """Therneau and Grambsch (2000, 4.6): of d tied events the k-th sees the tied ones at weight 1 - k/d (Efron)."""
    risk, scores = np.exp(x @ coefficients), np.zeros_like(x)
    for at in np.unique(time[event == 1]):
        present, tied = time >= at, (time == at) & (event == 1)
        deaths = int(tied.sum())
        for k in range(deaths):
            share = np.where(tied, 1 - k / deaths if ties == "efron" else 1.0, present)
            mass = share * risk
            gap = x - mass @ x / mass.sum()
            scores += gap * (tied / deaths - mass / mass.sum())[:, None]
    return scores


def restricted_mean(entry: Entry) -> dict[str, Any]:
    lung, tau = _lung(entry), int(entry.data["tau"])
    found, means = {}, []
    for arm, sex in ((0, 1), (1, 2)):
        chosen = lung[lung["sex"] == sex]
        curve = curve_of(chosen["time"], chosen["event"], tau, tau)
        error = float(np.sqrt(curve.rmst_influence() @ curve.rmst_influence()))
        means.append((curve.rmst, error))
        row = (curve.rmst, error, curve.rmst - Z * error, curve.rmst + Z * error)
        found[f"rmst_arm{arm}"] = dict(zip(FIGURES, row, strict=True))
    (zero, error0), (one, error1) = means
    error = float(np.hypot(error1, error0))
    low, high = pair(Interval(one - zero - Z * error, one - zero + Z * error))
    p_value = float(2 * norm.sf(abs(one - zero) / error))
    return found | {"diff": {"Est.": one - zero, "lower .95": low, "upper .95": high, "p": p_value}}


def competing_risks(entry: Entry) -> dict[str, Any]:
    table, times = entry.table("mgus2_cr.csv"), entry.values["times"]
    curve = curve_of(table["etime"], table["ev"], int(table["etime"].max()), 12)
    found: dict[str, Any] = {"times": times}
    for cause in (1, 2):
        found[f"cif{cause}"] = curve.incidence[cause - 1][times]
        found[f"se{cause}_survfit"] = errors_of(curve, times, cause - 1)
        found[f"se{cause}_aalen_cmprsk"] = _aalen_errors(table["etime"], table["ev"], cause, times)
    return found


def _aalen_errors(time: pd.Series, status: pd.Series, cause: int, times: list[int]) -> list[float]:
    """Standard error of an incidence by Aalen (1978), with the hypergeometric factor for ties that cmprsk has."""
    moments, at, found = np.zeros(3), int(time.max()), {}
    survival, incidence, people = 1.0, 0.0, len(time)
    for month in range(1, at + 1):
        now = time == month
        own, other = int((now & (status == cause)).sum()), int((now & (status > 0) & (status != cause)).sum())
        after = survival * (people - own - other) / people if people else survival
        incidence += survival * own / people if own else 0.0
        for events, slope in ((other, 0.0), (own, 1.0)):
            if events and (slope or after > 0):
                factor = 1 - (events - 1) / (people - 1) if events > 1 else 1.0
                weight = survival**2 * factor * events / people**2
                inverse = 1 / after if after > 0 else 0.0
                level = slope + incidence * inverse
                moments += weight * np.array([level**2, inverse * level, inverse**2])
        survival, people = after, people - int(now.sum())
        found[month] = float(np.sqrt(moments[0] + incidence**2 * moments[2] - 2 * incidence * moments[1]))
    return [found[month] for month in times]
