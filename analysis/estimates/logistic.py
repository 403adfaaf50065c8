"""The one door to logistic regression on cells with frequency weights.

Up to DENSE_CELLS cells statsmodels' GLM fits; beyond, the same Newton steps on integer codes, whose products are
cross-tables, so that no design matrix of a million rows is ever held. A test holds the two equal.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt
import statsmodels.api as sm

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

LARGEST_COEFFICIENT = 15.0  # beyond this on the logit scale a fit is separated, whatever it says of convergence
LARGEST_SCORE = 1e-6
DENSE_CELLS = 50_000
STEPS = 60


class SingularFit(ArithmeticError):
    """The model has no finite maximum, or no unique one; the message names the reason."""


class Matrix(Protocol):
    """A design matrix of which only products are asked."""

    @property
    def columns(self) -> int: ...
    def dense(self) -> Floats: ...
    def times(self, vector: Floats) -> Floats: ...
    def sums(self, weights: Floats) -> Floats: ...
    def product(self, weights: Floats) -> Floats: ...


def probabilities(logits: Floats) -> Floats:
    """The logistic function, without overflow at the far ends."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(logits, -500.0, 500.0))), dtype=np.float64)


def fit_logistic(x: Matrix, y: Floats, weights: Floats, names: tuple[str, ...], start: Floats | None = None) -> Floats:
    """Coefficients, shape (columns,), of the weighted logistic regression of y (0/1, shape (cells,)) on x.

    Newton steps from `start`, or from the overall rate. Raises SingularFit where the fit is singular, does not
    converge, leaves a score above 1e-6 per unit of weight, or has a coefficient beyond 15 in absolute value.
    """
    total = float(weights.sum())
    rate = float(weights @ y) / total if total > 0 else 0.0
    if not 0.0 < rate < 1.0:
        raise SingularFit("everybody has the same outcome")
    if start is None:
        start = np.zeros(x.columns)
        start[0] = np.log(rate / (1.0 - rate))
    newton = _by_statsmodels if len(y) <= DENSE_CELLS else _by_codes
    try:
        with np.errstate(all="ignore"):
            coefficients = newton(x, y, weights, start)
    except np.linalg.LinAlgError as error:
        raise SingularFit("the covariates are linearly dependent") from error
    if not np.all(np.isfinite(coefficients)):
        raise SingularFit("the fit did not converge")
    largest = int(np.argmax(np.abs(coefficients)))
    if abs(coefficients[largest]) > LARGEST_COEFFICIENT:
        raise SingularFit(f"the coefficient of {names[largest]} runs off")
    score = x.sums(weights * (y - probabilities(x.times(coefficients)))) / total
    if float(np.abs(score).max()) > LARGEST_SCORE:
        raise SingularFit("the fit did not converge")
    return coefficients


def inverse(information: Floats) -> Floats:
    """The inverse of a square matrix; SingularFit where there is none."""
    try:
        return np.asarray(np.linalg.inv(information), dtype=np.float64)
    except np.linalg.LinAlgError as error:
        raise SingularFit("the covariates are linearly dependent") from error


class _Cells(sm.GLM):  # type: ignore[misc]
    """statsmodels' GLM with two of its costs removed: the rank check, a singular value decomposition of all
    cells (`design` has left dependent columns out already), and the dense product in the Hessian."""

    matrix: Matrix

    def initialize(self) -> None:
        self.df_model = self.exog.shape[1] - 1
        self.wnobs = self.freq_weights.sum()
        self.df_resid = self.wnobs - self.df_model - 1

    def hessian(self, params: Floats, scale: float | None = None, observed: bool | None = None) -> Floats:
        return -self.matrix.product(self.hessian_factor(params, scale=1.0))


def _by_statsmodels(x: Matrix, y: Floats, weights: Floats, start: Floats) -> Floats:
    """From a given start: statsmodels' own costs three least-squares decompositions."""
    model = _Cells(y, x.dense(), family=sm.families.Binomial(), freq_weights=weights)
    model.matrix = x
    result = model.fit(
        start_params=start, method="newton", max_start_irls=0, skip_hessian=True, maxiter=STEPS, disp=0,
        warn_convergence=False,
    )  # fmt: skip
    return np.asarray(result.params, dtype=np.float64)


def _by_codes(x: Matrix, y: Floats, weights: Floats, start: Floats) -> Floats:
    """Newton steps until the score, which is cheap beside the Hessian, is as good as zero."""
    coefficients, total = start, weights.sum()
    for _ in range(STEPS):
        fitted = probabilities(x.times(coefficients))
        score = x.sums(weights * (y - fitted))
        if np.abs(score).max() < 1e-12 * total:
            break
        step = np.linalg.solve(x.product(weights * fitted * (1.0 - fitted)), score)
        coefficients = coefficients + step
        if not np.all(np.isfinite(coefficients)) or np.abs(coefficients).max() > 10 * LARGEST_COEFFICIENT:
            break
    return coefficients
