"""Effects on those who took part: the LaLonde data and the invented HR extract, by the product's estimators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import chi2
from statsmodels.duration.api import survdiff

from analysis.estimates.balance import balance, effective_sample_size
from analysis.estimates.cells import Cells
from analysis.estimates.curves import arm_curve
from analysis.estimates.effect import Contrast, aipw, ipw_att, ipwra, outcome_model, overlap
from analysis.estimates.heterogeneity import difference_of_effects
from analysis.estimates.intervals import effective_people, mover, mover_p_value, mover_ratio
from analysis.estimates.propensity import Propensity, fit_propensity
from benchmarks.reference_checks import stacked
from benchmarks.reference_checks.entries import Entry
from benchmarks.reference_checks.small import mover_correlated
from benchmarks.reference_checks.two_proportions import pair

Floats = NDArray[np.float64]
HR = ("cohort", "level", "department", "gender", "ethnicity", "site", "tenure", "performance")
LALONDE = ("race", "married", "nodegree", "u74", "u75", "agec")
R_NAMES = {"level": "factor(level){}", "agec": "factor(agec){}"} | dict.fromkeys(LALONDE[1:5], "{.name}")


@dataclass(frozen=True)
class Fit:
    """A propensity model on rows (every row a cell), and whose row each is; clusters None where all are strangers."""

    rows: pd.DataFrame
    covariates: tuple[str, ...]
    propensity: Propensity
    clusters: NDArray[np.generic] | None

    def covariance(self, influence: Floats) -> Floats:
        """Of estimates with these influence columns, shape (rows, estimates); G/(G-1) where clustered."""
        if self.clusters is None:
            return np.asarray(influence.T @ influence / len(influence) ** 2)
        sums = pd.DataFrame(influence).groupby(self.clusters).sum().to_numpy()
        return np.asarray(sums.T @ sums / len(influence) ** 2 * len(sums) / (len(sums) - 1))

    def error(self, contrast: Contrast, *, clustered: bool = True) -> float:
        influence = contrast.influence[:, 0] - contrast.influence[:, 1]
        if clustered:
            return float(np.sqrt(self.covariance(influence[:, None])[0, 0]))
        return float(np.sqrt(influence @ influence) / len(influence))


def fit_rows(rows: pd.DataFrame, covariates: tuple[str, ...], outcomes: tuple[str, ...], cluster: str = "") -> Fit:
    frame = rows[[*covariates, "a", *outcomes]].astype(dict.fromkeys(covariates, "str"))
    cells = Cells.from_frame(frame.assign(n=1, cell_id=np.arange(len(rows))), covariates, outcomes)
    propensity = fit_propensity(cells, limit=False)
    kept = rows.iloc[propensity.cells.cell_id]
    return Fit(kept, covariates, propensity, kept[cluster].to_numpy() if cluster else None)


def hr_rows(entry: Entry) -> pd.DataFrame:
    """The mature person-trials of the HR extract."""
    table = entry.table("hr_A_person_trials.csv")
    return table[table["mature"]].reset_index(drop=True)


def lalonde(entry: Entry) -> dict[str, Any]:
    fit = fit_rows(entry.table("lalonde_binary.csv"), LALONDE, ("emp78",))
    return _all_estimators(fit, "emp78")


def hr_effect(outcome: str) -> Any:
    """The check of one outcome of the HR extract."""

    def check(entry: Entry) -> dict[str, Any]:
        return _all_estimators(fit_rows(hr_rows(entry), HR, (outcome,), "employee_id"), outcome)

    return check


def _all_estimators(fit: Fit, outcome: str) -> dict[str, Any]:
    propensity, y = fit.propensity, fit.propensity.cells.outcomes[outcome]
    weighted, plain = outcome_model(propensity, y), outcome_model(propensity, y, weighted=False)
    contrasts = {
        "ipwra": ipwra(propensity, weighted, y),
        "aipw": aipw(propensity, plain, y),
        "ipw_att": ipw_att(propensity, y),
        "overlap": overlap(propensity, y),
        "gcomp_att": ipwra(propensity, plain, y),
    }
    found: dict[str, Any] = {name: _figures(fit, contrast) for name, contrast in contrasts.items()}
    everybody = _average_effect(fit, outcome)
    found["ate_ipw"] = everybody
    # PSweight is another package's answer to the same three questions.
    found |= {"PSweight_treated": found["ipw_att"], "PSweight_overlap": found["overlap"], "PSweight_IPW": everybody}
    return found | {"headline": _headline(fit, contrasts["ipwra"])} | _overlap_figures(fit)


def _figures(fit: Fit, contrast: Contrast) -> dict[str, float]:
    return {
        "mu1": contrast.rate_participants,
        "mu0": contrast.rate_comparators,
        "rd": contrast.difference,
        "rr": contrast.rate_participants / contrast.rate_comparators,
        "se": fit.error(contrast, clustered=False),
        "se_cluster": fit.error(contrast),
    }


def _average_effect(fit: Fit, outcome: str) -> dict[str, float]:
    x = stacked.dummies(fit.rows, list(fit.covariates))
    a, y = (fit.rows[name].to_numpy(float) for name in ("a", outcome))
    rate1, rate0, error = stacked.average_effect(x, a, y)
    _, _, clustered = stacked.average_effect(x, a, y, fit.clusters)
    return {
        "mu1": rate1, "mu0": rate0, "rd": rate1 - rate0, "rr": rate1 / rate0, "se": error, "se_cluster": clustered,
    }  # fmt: skip


def _headline(fit: Fit, contrast: Contrast) -> dict[str, Any]:
    spread = fit.covariance(contrast.influence)
    rate1, rate0, n1 = contrast.rate_participants, contrast.rate_comparators, contrast.participants
    n0 = effective_people(rate0, float(spread[1, 1]), effective_sample_size(fit.propensity))
    correlation = float(spread[0, 1] / np.sqrt(spread[0, 0] * spread[1, 1]))
    low, high = pair(mover(rate1, n1, rate0, n0))
    return {
        "se_mu0": float(np.sqrt(spread[1, 1])),
        "mover_lower": low,
        "mover_upper": high,
        "p_mover": mover_p_value(rate1, n1, rate0, n0),
        "ratio": rate1 / rate0,
        "ratio_mover": pair(mover_ratio(rate1, n1, rate0, n0)),
        "corr": correlation,
        "mover_with_corr": mover_correlated(rate1, n1, rate0, n0, correlation),
    }


def _overlap_figures(fit: Fit) -> dict[str, Any]:
    """Sizes, effective size, balance under R's names of the columns, range of the propensities by arm."""
    propensity = fit.propensity
    first = {factor.name: factor.levels[0] for factor in propensity.cells.factors}
    rows = [row for row in balance(propensity) if row.level != first[row.covariate]]
    names = [_r_name(row.covariate, row.level) for row in rows]
    a, e = propensity.cells.a, propensity.e
    columns = stacked.dummies(fit.rows, list(fit.covariates)).shape[1]
    return {
        "n": len(fit.rows),
        "n_treated": int(a.sum()),
        "n_parameters": columns,
        "n_clusters": None if fit.clusters is None else len(np.unique(fit.clusters)),
        "ess_comparators_att": effective_sample_size(propensity),
        "max_abs_smd_raw": max(abs(row.before) for row in rows),
        "max_abs_smd_att_weighted": max(abs(row.after) for row in rows),
        "smd_raw": {name: row.before for name, row in zip(names, rows, strict=True)},
        "ps_range_treated": [e[a == 1].min(), e[a == 1].max()],
        "ps_range_comparators": [e[a == 0].min(), e[a == 0].max()],
    }


def _r_name(covariate: str, level: str) -> str:
    pattern = R_NAMES.get(covariate, f"{covariate}{{}}")
    return covariate if pattern == "{.name}" else pattern.format(level)


def subgroup(header: str) -> Any:
    """The check of effects within the groups of one header, and of whether they differ."""

    def check(entry: Entry) -> dict[str, Any]:
        fit = fit_rows(hr_rows(entry), HR, ("retained",), "employee_id")
        y = fit.propensity.cells.outcomes["retained"]
        model, factor = outcome_model(fit.propensity, y), fit.propensity.cells.factor(header)
        sizes = factor.counts(fit.propensity.cells.n * fit.propensity.cells.a)
        groups = [level for level, size in zip(factor.levels, sizes, strict=True) if size >= 10]
        contrasts = [ipwra(fit.propensity, model, y, factor.codes == factor.levels.index(group)) for group in groups]
        rates1, rates0, people = (
            np.array([getattr(contrast, name) for contrast in contrasts])
            for name in ("rate_participants", "rate_comparators", "participants")
        )
        spread = fit.covariance(np.column_stack([contrast.influence for contrast in contrasts]))
        gaps, differ = rates1 - rates0, np.kron(np.eye(len(groups)), [1.0, -1.0])
        of_gaps = differ @ spread @ differ.T
        against_last = np.column_stack([np.eye(len(groups) - 1), -np.ones(len(groups) - 1)])
        left = against_last @ gaps
        wald = float(left @ np.linalg.solve(against_last @ of_gaps @ against_last.T, left))
        score = difference_of_effects(rates1, people, rates0, spread[1::2, 1::2])
        return {
            "groups": groups,
            "participants": people,
            "mu1": rates1,
            "mu0": rates0,
            "rd": gaps,
            "se_cluster": np.sqrt(np.diag(of_gaps)),
            "wald": wald,
            "df": score.degrees_of_freedom,
            "p": float(chi2.sf(wald, len(groups) - 1)),
            "common_rd": score.common_difference,
            "score_q": score.q,
            "score_p": score.p_value,
        }

    return check


def leave_one_cohort_out(entry: Entry) -> dict[str, Any]:
    rows, found = hr_rows(entry), {}
    for cohort in sorted(rows["cohort"].unique()):
        fit = fit_rows(rows[rows["cohort"] != cohort], HR, ("retained",))
        y = fit.propensity.cells.outcomes["retained"]
        found[cohort] = ipwra(fit.propensity, outcome_model(fit.propensity, y), y).difference
    return found


def curves(entry: Entry) -> dict[str, Any]:
    table, months = entry.table("hr_A_person_trials.csv"), entry.values["months"]
    fit = fit_rows(table, HR, ("T", "status"), "employee_id")
    propensity, cells = fit.propensity, fit.propensity.cells
    time, status = (cells.outcomes[name].astype(np.int64) for name in ("T", "status"))
    found: dict[str, Any] = {"months": months}
    for arm, weight in ((1, np.ones_like(propensity.e)), (0, propensity.odds)):
        chosen = cells.a == arm
        curve = arm_curve(time[chosen], status[chosen], cells.n[chosen], weight[chosen], int(time.max()), 12)
        people = fit.rows["employee_id"].to_numpy()[chosen]
        stays = [curve.survival_influence(month) for month in months]
        leaves = [[curve.incidence_influence(cause, month) for month in months] for cause in (0, 1)]
        by_person = [np.array(pd.Series(part).groupby(people).sum()) for part in stays]
        found[f"arm{arm}"] = {
            "survival": curve.survival[months],
            "se_robust_rows": _root(stays),
            "se_robust_employee": _root(by_person),
            "cif_voluntary": curve.incidence[0][months],
            "cif_involuntary": curve.incidence[1][months],
            "se_cif_voluntary_rows": _root(leaves[0]),
            "se_cif_involuntary_rows": _root(leaves[1]),
            "rmst12": curve.rmst,
        }
    left = (table["status"] > 0).astype(int)
    found["logrank_unweighted"] = float(survdiff(table["T"], left, table["a"])[0])
    found["logrank_stratified_by_cohort"] = float(survdiff(table["T"], left, table["a"], strata=table["cohort"])[0])
    return found


def _root(parts: list[Floats]) -> list[float]:
    return [float(np.sqrt(part @ part)) for part in parts]
