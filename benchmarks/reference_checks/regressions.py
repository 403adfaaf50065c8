"""Regressions that the product does not offer, by statsmodels as its protocol says they come out right."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import statsmodels.api as sm
from statsmodels.miscmodels.ordinal_model import OrderedModel

from benchmarks.reference_checks import stacked
from benchmarks.reference_checks.effects import HR, LALONDE, hr_rows
from benchmarks.reference_checks.entries import Entry
from benchmarks.reference_checks.stacked import Floats, expit


def pooled_logit(entry: Entry) -> dict[str, Any]:
    rows = hr_rows(entry)
    x = np.column_stack([stacked.dummies(rows, list(HR)), rows["a"]])
    model = sm.GLM(rows["retained"].to_numpy(float), x, family=sm.families.Binomial())
    people = pd.factorize(rows["employee_id"])[0]
    steps = {"tol": 1e-12, "tol_criterion": "params"}

    def clustered(*, corrected: bool) -> float:
        how = {"groups": people, "use_correction": corrected}
        return float(model.fit(cov_type="cluster", cov_kwds=how, **steps).bse[-1])

    fit, count = model.fit(**steps), len(np.unique(people))
    return {
        "coef_a": fit.params[-1],
        "se_model": fit.bse[-1],
        "se_hc0": model.fit(cov_type="HC0", **steps).bse[-1],
        "se_cluster_cr0": clustered(corrected=False),
        "se_cluster_g": clustered(corrected=False) * np.sqrt(count / (count - 1)),
        "se_cluster_cr1": clustered(corrected=True),
    }


def discrete_hazard(entry: Entry) -> dict[str, Any]:
    """One row a person-month, months 1 to 12; the covariates' columns are those of the person-trial."""
    rows = entry.table("hr_A_person_trials.csv")
    months = np.minimum(rows["T"].to_numpy(), 12)
    at = np.repeat(np.arange(len(rows)), months)
    month = np.concatenate([np.arange(1, last + 1) for last in months])
    event = ((rows["T"].to_numpy()[at] == month) & (rows["status"].to_numpy()[at] > 0)).astype(float)
    of_month = (month[:, None] == np.arange(2, 13)).astype(float)
    x = np.column_stack([stacked.dummies(rows, list(HR))[at], of_month, rows["a"].to_numpy(float)[at]])
    people = pd.factorize(rows["employee_id"])[0][at]
    count = len(np.unique(people))
    found: dict[str, Any] = {"person_months": len(event), "events": int(event.sum())}
    for name, link in (("logit", sm.families.links.Logit()), ("cloglog", sm.families.links.CLogLog())):
        fit = sm.GLM(event, x, family=sm.families.Binomial(link)).fit(tol=1e-10, tol_criterion="params")
        # The score of each row, for the sandwich: statsmodels' own clustered fit would iterate again.
        scores = fit.model.score_obs(fit.params)
        sums = pd.DataFrame(scores).groupby(people).sum().to_numpy()
        bread = np.linalg.inv(-fit.model.hessian(fit.params, observed=True))
        if name == "cloglog":  # R's sandwich takes the expected information
            bread = np.linalg.inv(-fit.model.hessian(fit.params, observed=False))
        sandwich = bread @ sums.T @ sums @ bread * count / (count - 1)
        found[name] = {
            "coef_a": fit.params[-1],
            "se_model": fit.bse[-1],
            "se_cluster_g": float(np.sqrt(sandwich[-1, -1])),
        }
    return found


def clustered_ols(entry: Entry) -> dict[str, Any]:
    table = entry.table("petersen.csv")
    model = sm.OLS(table["y"], sm.add_constant(table["x"]))
    fit = model.fit()
    by = {name: model.fit(cov_type="cluster", cov_kwds={"groups": table[name]}).bse["x"] for name in ("firm", "year")}
    return {
        "coef": fit.params["x"],
        "se_ols": fit.bse["x"],
        "se_hc1": model.fit(cov_type="HC1").bse["x"],
        "se_firm": by["firm"],
        "se_year": by["year"],
    }


def ordinal(entry: Entry) -> dict[str, Any]:
    """OrderedModel takes no frequencies, so rows are repeated; its second threshold is a log increment."""
    table = entry.table("housing.csv")
    rows = table.loc[table.index.repeat(table["Freq"])].reset_index(drop=True)
    levels = {"Infl": ["Medium", "High"], "Type": ["Apartment", "Atrium", "Terrace"], "Cont": ["High"]}
    names = [f"{column}{level}" for column, some in levels.items() for level in some]
    x = np.column_stack([rows[column] == level for column, some in levels.items() for level in some]).astype(float)
    answer = rows["Sat"].map({"Low": 0, "Medium": 1, "High": 2}).to_numpy()
    model = OrderedModel(answer, x, distr="logit")
    start = model.fit(method="bfgs", disp=0).params
    fit = model.fit(method="newton", start_params=start, disp=0, tol=1e-10)
    covariance, width = np.asarray(fit.cov_params()), len(names)
    thresholds = model.transform_threshold_params(fit.params)[1:-1]
    slope = np.array([1.0, np.exp(fit.params[-1])])
    second = float(np.sqrt(slope @ covariance[width:, width:] @ slope))
    cuts = ("Low|Medium", "Medium|High")
    errors = [*np.sqrt(np.diag(covariance))[: width + 1], second]
    return {
        "coef": dict(zip(names, fit.params[:width], strict=True)),
        "se": dict(zip([*names, *cuts], errors, strict=True)),
        "zeta": dict(zip(cuts, thresholds, strict=True)),
        "deviance": -2 * fit.llf,
    }


def average_effects(entry: Entry) -> dict[str, Any]:
    """riskRegression's three answers for everybody: standardisation, weighting (not normalised), and both."""
    table = entry.table("lalonde_binary.csv")
    x = stacked.dummies(table, list(LALONDE))
    a, y = table["a"].to_numpy(float), table["emp78"].to_numpy(float)
    with_arm = np.column_stack([x, a])
    model = sm.GLM(y, with_arm, family=sm.families.Binomial()).fit(tol=1e-12, tol_criterion="params")
    names = ["(Intercept)", "racehispan", "racewhite", *LALONDE[1:5], "agef2", "agef3", "agef4", "a"]
    found: dict[str, Any] = {"estimator": ["GFORMULA", "IPTW", "AIPTW"], "diff": [], "se": []}
    for kind in found["estimator"]:
        effect, error = _average_effect(kind, x, a, y, np.asarray(model.params))
        found["diff"].append(effect)
        found["se"].append(error)
    found["logit_coef"] = dict(zip(names, model.params, strict=True))
    found["logit_se"] = dict(zip(names, model.bse, strict=True))
    return found


def _average_effect(kind: str, x: Floats, a: Floats, y: Floats, of_outcome: Floats) -> tuple[float, float]:
    of_arm, columns = stacked.logistic(a, x), x.shape[1]
    with_arm = np.column_stack([x, a])

    def values(arm: Floats, outcome: Floats) -> tuple[Floats, Floats]:
        """What each row adds to the two rates."""
        e = expit(x @ arm)
        both = [expit(x @ outcome[:-1] + outcome[-1] * side) for side in (1.0, 0.0)]
        weights = a / e, (1 - a) / (1 - e)
        if kind == "GFORMULA":
            return both[0], both[1]
        if kind == "IPTW":
            return weights[0] * y, weights[1] * y
        return both[0] + weights[0] * (y - both[0]), both[1] + weights[1] * (y - both[1])

    def moments(solution: Floats) -> Floats:
        arm, outcome = solution[:columns], solution[columns : 2 * columns + 1]
        one, zero = values(arm, outcome)
        residual_a, residual_y = a - expit(x @ arm), y - expit(with_arm @ outcome)
        scores = [x * residual_a[:, None], with_arm * residual_y[:, None]]
        return np.column_stack([*scores, one - solution[-2], zero - solution[-1]])

    one, zero = (float(part.mean()) for part in values(of_arm, of_outcome))
    return one - zero, stacked.difference(moments, np.r_[of_arm, of_outcome, one, zero])
