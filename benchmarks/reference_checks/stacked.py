"""Estimating equations on rows, stacked, with a numerical derivative: what the product's influence values must equal.

For what the product does not offer (average effect on everybody), and as an independent check of what it does.
Stefanski and Boos, Am Stat 2002;56:29.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import statsmodels.api as sm
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Moments = Callable[[Floats], Floats]


def dummies(table: pd.DataFrame, covariates: list[str]) -> Floats:
    """Constant and a column for every level but the first of each covariate, shape (rows, columns)."""
    columns = [np.ones(len(table))]
    for name in covariates:
        columns += [(table[name] == level).to_numpy(float) for level in sorted(table[name].unique())[1:]]
    return np.column_stack(columns)


def expit(values: Floats) -> Floats:
    return 1.0 / (1.0 + np.exp(-values))


def logistic(y: Floats, x: Floats) -> Floats:
    """Coefficients of a plain logistic regression."""
    fit = sm.GLM(y, x, family=sm.families.Binomial()).fit(tol=1e-12, tol_criterion="params")
    return np.asarray(fit.params)


def covariance(moments: Moments, solution: Floats, clusters: NDArray[np.generic] | None = None) -> Floats:
    """Sandwich of the solution of mean(moments) = 0; moments give (rows, parameters). Clustered with G/(G-1)."""
    at_solution = moments(solution)
    rows, size = at_solution.shape
    slope = np.empty((size, size))
    for column in range(size):
        step = np.zeros(size)
        step[column] = 1e-5
        slope[:, column] = (moments(solution + step) - moments(solution - step)).mean(axis=0) / 2e-5
    factor = 1.0
    if clusters is not None:
        at_solution = pd.DataFrame(at_solution).groupby(clusters).sum().to_numpy()
        factor = len(at_solution) / (len(at_solution) - 1)
    bread = np.linalg.inv(slope)
    return np.asarray(factor * bread @ (at_solution.T @ at_solution) @ bread.T / rows**2)


def difference(moments: Moments, solution: Floats, clusters: NDArray[np.generic] | None = None) -> float:
    """Standard error of the difference of the last two parameters."""
    found = covariance(moments, solution, clusters)[-2:, -2:]
    return float(np.sqrt(found[0, 0] + found[1, 1] - 2 * found[0, 1]))


def average_effect(
    x: Floats, a: Floats, y: Floats, clusters: NDArray[np.generic] | None = None
) -> tuple[float, float, float]:
    """Effect on everybody by inverse probability weights, normalised: both rates and the error of the difference."""
    coefficients = logistic(a, x)
    columns = x.shape[1]

    def moments(solution: Floats) -> Floats:
        e, (rate1, rate0) = expit(x @ solution[:columns]), solution[columns:]
        return np.column_stack([x * (a - e)[:, None], a / e * (y - rate1), (1 - a) / (1 - e) * (y - rate0)])

    e = expit(x @ coefficients)
    rate1, rate0 = (float(np.average(y, weights=weight)) for weight in (a / e, (1 - a) / (1 - e)))
    return rate1, rate0, difference(moments, np.r_[coefficients, rate1, rate0], clusters)
