"""Every estimator on cells against stacked estimating equations on rows, differentiated numerically, without cells."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.cells import Cells
from analysis.estimates.effect import Contrast, aipw, ipw_att, ipwra, outcome_model, overlap
from analysis.estimates.propensity import Propensity, fit_propensity
from benchmarks.reference_checks.stacked import Floats, covariance, dummies, expit, logistic

COVARIATES = ["cohort", "level", "site"]
METHODS = ["ipwra", "ipw_att", "overlap", "aipw"]


def make_rows(seed: int) -> pd.DataFrame:
    """Person-trials of 800 people in three cohorts: joining and leaving both depend on level and site."""
    draw = np.random.default_rng(seed)
    people = np.arange(800)
    level, site = draw.integers(0, 4, 800), draw.integers(0, 2, 800)
    joined, tables = np.zeros(800, dtype=bool), []
    for cohort in range(3):
        present = ~joined & (draw.random(800) < 0.9)
        a = present & (draw.random(800) < expit(-2.6 + 0.5 * level + 0.4 * site))
        y = draw.random(800) < expit(0.4 + 0.5 * level - 0.6 * site + 0.5 * a)
        table = pd.DataFrame({"person": people, "cohort": cohort, "level": level, "site": site, "a": a, "y": y})
        tables.append(table[present])
        joined |= a
    rows = pd.concat(tables, ignore_index=True)
    return rows.astype(dict.fromkeys(COVARIATES, "str") | {"a": float, "y": float})


@dataclass
class FromCells:
    """The product's fit, and the cell of every row."""

    propensity: Propensity
    y: Floats
    cell: np.ndarray

    def __init__(self, rows: pd.DataFrame) -> None:
        frame = rows.groupby([*COVARIATES, "a", "y"]).size().rename("n").reset_index()
        frame["cell_id"] = np.arange(len(frame))
        self.cell = rows.merge(frame, on=[*COVARIATES, "a", "y"], how="left")["cell_id"].to_numpy()
        self.propensity = fit_propensity(Cells.from_frame(frame, tuple(COVARIATES), ("y",)), limit=False)
        self.y = self.propensity.cells.outcomes["y"]
        assert len(self.propensity.cells.n) == len(frame)

    def contrast(self, method: str) -> Contrast:
        if method == "ipwra":
            return ipwra(self.propensity, outcome_model(self.propensity, self.y), self.y)
        if method == "aipw":
            return aipw(self.propensity, outcome_model(self.propensity, self.y, weighted=False), self.y)
        return (ipw_att if method == "ipw_att" else overlap)(self.propensity, self.y)

    def spread(self, contrast: Contrast, person: pd.Series) -> Floats:
        sums = pd.DataFrame(contrast.influence[self.cell]).groupby(person.to_numpy()).sum().to_numpy()
        return sums.T @ sums / len(self.cell) ** 2 * len(sums) / (len(sums) - 1)


@dataclass
class FromRows:
    """The same on rows: solve each equation in turn, stack them all, differentiate the stack numerically."""

    rows: pd.DataFrame
    x: Floats
    x_outcome: Floats

    def solve(self, method: str, group: Floats | float = 1.0) -> tuple[Floats, Floats]:
        """Both rates, and their employee-clustered covariance."""
        a, y = self.rows["a"].to_numpy(), self.rows["y"].to_numpy()
        x, z, k = self.x, self.x_outcome, self.x.shape[1]
        gamma = logistic(a, x)
        fitted = expit(x @ gamma)

        def arms(e: Floats) -> tuple[Floats, Floats]:
            if method == "overlap":
                return a * (1 - e), (1 - a) * e
            return a * group, (1 - a) * e / (1 - e)

        one, zero = arms(fitted)
        if method in ("ipw_att", "overlap"):

            def by_weights(solution: Floats) -> Floats:
                e = expit(x @ solution[:k])
                first, second = arms(e)
                parts = [x * (a - e)[:, None], first * (y - solution[k]), second * (y - solution[k + 1])]
                return np.column_stack(parts)

            rates = np.array([np.average(y, weights=one), np.average(y, weights=zero)])
            return rates, covariance(by_weights, np.r_[gamma, rates], self.rows["person"].to_numpy())[-2:, -2:]

        def fit_weight(e: Floats) -> Floats:
            return (1 - a) * (e / (1 - e) if method == "ipwra" else 1.0)

        beta = self._weighted_logistic(z, y, fit_weight(fitted))
        m = expit(z @ beta)
        rate1, standardised = np.average(y, weights=one), np.average(m, weights=one)
        left = np.average(y - m, weights=zero)

        def by_model(solution: Floats) -> Floats:
            e, model = expit(x @ solution[:k]), expit(z @ solution[k:-3])
            _, second = arms(e)
            scores = [x * (a - e)[:, None], z * (fit_weight(e) * (y - model))[:, None]]
            ends = [one * (y - solution[-3]), one * (model - solution[-2]), second * (y - model - solution[-1])]
            return np.column_stack([*scores, *ends])

        solution = np.r_[gamma, beta, rate1, standardised, left]
        whole = covariance(by_model, solution, self.rows["person"].to_numpy())[-3:, -3:]
        # Regression adjustment averages the model; the augmented estimator adds the weighted residual.
        last = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 1.0 if method == "aipw" else 0.0]])
        return last @ np.array([rate1, standardised, left]), last @ whole @ last.T

    @staticmethod
    def _weighted_logistic(z: Floats, y: Floats, weight: Floats) -> Floats:
        beta = np.zeros(z.shape[1])
        for _ in range(30):
            m = expit(z @ beta)
            beta += np.linalg.solve((z * (weight * m * (1 - m))[:, None]).T @ z, z.T @ (weight * (y - m)))
        return beta


def plain(rows: pd.DataFrame) -> FromRows:
    x = dummies(rows, COVARIATES)
    return FromRows(rows, x, x)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_estimates_and_clustered_variance_equal_brute_force(seed: int, method: str) -> None:
    rows = make_rows(seed)
    ours = FromCells(rows)
    contrast = ours.contrast(method)
    rates, spread = plain(rows).solve(method)
    assert (contrast.rate_participants, contrast.rate_comparators) == pytest.approx(tuple(rates), abs=1e-9)
    assert ours.spread(contrast, rows["person"]) == pytest.approx(spread, rel=1e-6, abs=1e-11)


@pytest.mark.parametrize("level", ["0", "3"])
def test_a_group_of_the_one_fit_equals_brute_force(level: str) -> None:
    rows = make_rows(4)
    ours = FromCells(rows)
    factor = ours.propensity.cells.factor("level")
    member = factor.codes == factor.levels.index(level)
    contrast = ipwra(ours.propensity, outcome_model(ours.propensity, ours.y), ours.y, member)
    rates, spread = plain(rows).solve("ipwra", (rows["level"] == level).to_numpy(float))
    assert (contrast.rate_participants, contrast.rate_comparators) == pytest.approx(tuple(rates), abs=1e-9)
    assert ours.spread(contrast, rows["person"]) == pytest.approx(spread, rel=1e-6, abs=1e-11)


@pytest.mark.parametrize("method", ["ipwra", "aipw"])
def test_an_outcome_model_with_merged_levels_equals_brute_force(method: str) -> None:
    rows = make_rows(5)
    # A fifth level with three comparators: rule (c) takes it together with the smallest other level of comparators.
    few = rows[(rows["level"] == "1") & (rows["a"] == 0)].index[:3]
    rows.loc[few.append(rows[(rows["level"] == "1") & (rows["a"] == 1)].index[:2]), "level"] = "4"
    rows.loc[few, "y"] = 1.0
    compared = rows.loc[(rows["a"] == 0) & (rows["level"] != "4"), "level"].value_counts()
    merged = rows.assign(level=rows["level"].replace({"4": compared.idxmin()}))
    ours = FromCells(rows)
    contrast = ours.contrast(method)
    rates, spread = FromRows(rows, dummies(rows, COVARIATES), dummies(merged, COVARIATES)).solve(method)
    assert (contrast.rate_participants, contrast.rate_comparators) == pytest.approx(tuple(rates), abs=1e-9)
    assert ours.spread(contrast, rows["person"]) == pytest.approx(spread, rel=1e-6, abs=1e-11)
