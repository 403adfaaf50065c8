"""The one door to logistic regression: statsmodels' GLM on cells with frequency weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
import statsmodels.api as sm

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

LARGEST_COEFFICIENT = 15.0  # beyond this on the logit scale a fit is separated, whatever it says of convergence
LARGEST_SCORE = 1e-6


class SingularFit(ArithmeticError):
    """The model has no finite maximum, or no unique one; the message names the reason."""


@dataclass(frozen=True)
class LogisticFit:
    """Coefficients, shape (columns,), and fitted probabilities for the rows of the matrix that was fitted."""

    coefficients: Floats

    def probabilities(self, x: Floats) -> Floats:
        """Predicted probabilities, shape (rows,), for a matrix with the same columns."""
        return np.asarray(1.0 / (1.0 + np.exp(-(x @ self.coefficients))), dtype=np.float64)


class Products(Protocol):
    """Whatever can give X' W X for the rows of a design matrix."""

    def product(self, weights: Floats) -> Floats: ...


class _Cells(sm.GLM):  # type: ignore[misc]
    """statsmodels' GLM with two of its costs removed: the rank check, a singular value decomposition of all
    cells (`design` has left dependent columns out already), and the dense product in the Hessian."""

    products: Products

    def initialize(self) -> None:
        self.df_model = self.exog.shape[1] - 1
        self.wnobs = self.freq_weights.sum()
        self.df_resid = self.wnobs - self.df_model - 1

    def hessian(self, params: Floats, scale: float | None = None, observed: bool | None = None) -> Floats:
        return -self.products.product(self.hessian_factor(params, scale=1.0))


def fit_logistic(
    x: Floats, products: Products, y: Floats, weights: Floats, names: tuple[str, ...], start: Floats | None = None
) -> LogisticFit:
    """Weighted logistic regression of y (0/1, shape (cells,)) on x, shape (cells, columns).

    products gives X' W X for the same rows. statsmodels' Newton steps, from `start` or from the overall rate:
    its own start costs three least-squares decompositions. Raises SingularFit where the fit is singular, does
    not converge, leaves a score above 1e-6 per unit of weight, or has a coefficient beyond 15 in absolute value.
    """
    total = float(weights.sum())
    rate = float(weights @ y) / total if total > 0 else 0.0
    if not 0.0 < rate < 1.0:
        raise SingularFit("everybody has the same outcome")
    if start is None:
        start = np.zeros(x.shape[1])
        start[0] = np.log(rate / (1.0 - rate))
    model = _Cells(y, x, family=sm.families.Binomial(), freq_weights=weights)
    model.products = products
    try:
        with np.errstate(all="ignore"):
            result = model.fit(
                start_params=start, method="newton", max_start_irls=0, skip_hessian=True, maxiter=60, disp=0,
                warn_convergence=False,
            )  # fmt: skip
    except np.linalg.LinAlgError as error:
        raise SingularFit("the covariates are linearly dependent") from error
    coefficients = np.asarray(result.params, dtype=np.float64)
    if not np.all(np.isfinite(coefficients)):
        raise SingularFit("the fit did not converge")
    largest = int(np.argmax(np.abs(coefficients)))
    if abs(coefficients[largest]) > LARGEST_COEFFICIENT:
        raise SingularFit(f"the coefficient of {names[largest]} runs off")
    fit = LogisticFit(coefficients)
    score = x.T @ (weights * (y - fit.probabilities(x))) / total
    if float(np.abs(score).max()) > LARGEST_SCORE:
        raise SingularFit("the fit did not converge")
    return fit
