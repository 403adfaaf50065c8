"""The one door to logistic regression on cells with frequency weights.

Up to DENSE_CELLS cells statsmodels' GLM fits. Beyond, and for fits that start from a neighbour's answer (the same
model without one cohort, say), the same Newton steps are taken on integer codes, whose products are cross-tables: no
design matrix of a million rows is ever held. A test holds the two equal.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import numpy as np
import numpy.typing as npt
from statsmodels.genmod.families import Binomial
from statsmodels.genmod.generalized_linear_model import GLM

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

LARGEST_COEFFICIENT = 15.0  # beyond this on the logit scale a fit is separated, whatever it says of convergence
LARGEST_SCORE = 1e-6
DENSE_CELLS = 50_000
STEPS = 60
SOON = 15  # steps within which statsmodels converges where there is anything to converge to
NEAR = 0.75  # a start that knows this share of the columns is nearer than the overall rate
RUNAWAY = 20.0  # from here on it is asked whether a fit has a maximum at all
SHORT = 0.5  # change of a logit: near a maximum steps are far shorter, without one they are about 1
LONGEST = 5.0  # change of a logit in one step: far from the maximum a step says little of where it lies
SHORTEST = 1e-12  # of a Newton step: shorter ones change nothing
ROUNDING = 1e-12  # of the likelihood
SEPARATED = 1e-3  # of a direction's largest change: what counts as none


class SingularFit(ArithmeticError):
    """The model has no finite maximum, or no unique one; the message names the reason.

    runaway: the coefficients at which a separated fit was stopped, shape (columns,), where that is the reason.
    """

    def __init__(self, reason: str, runaway: Floats | None = None) -> None:
        super().__init__(reason)
        self.runaway = runaway


class Matrix(Protocol):
    """A design matrix of which only products are asked."""

    @property
    def columns(self) -> int: ...
    def dense(self) -> Floats: ...
    def rows(self, mask: Bools) -> Matrix: ...
    def times(self, vector: Floats) -> Floats: ...
    def sums(self, weights: Floats) -> Floats: ...
    def product(self, weights: Floats) -> Floats: ...


def probabilities(logits: Floats) -> Floats:
    """The logistic function, without overflow at the far ends."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(logits, -500.0, 500.0))), dtype=np.float64)


Start = Mapping[str, float]  # coefficients by column name, of a fit nearby


def fit_logistic(x: Matrix, y: Floats, weights: Floats, names: tuple[str, ...], start: Start | None = None) -> Floats:
    """Coefficients, shape (columns,), of the weighted logistic regression of y (0/1, shape (cells,)) on x.

    weights: shape (cells,); cells of weight 0 are not in the fit.
    Newton steps from `start`, or from where reweighting starts. Raises SingularFit where the fit is singular, does not
    converge, leaves a score above 1e-6 per unit of weight, or has a coefficient beyond 15 in absolute value.
    """
    total = float(weights.sum())
    rate = float(weights @ y) / total if total > 0 else 0.0
    if not 0.0 < rate < 1.0:
        raise SingularFit("everybody has the same outcome")
    near = start is not None and len(set(names) & set(start)) >= NEAR * len(names)
    newton = _by_codes if near or np.count_nonzero(weights) > DENSE_CELLS else _by_statsmodels
    try:
        with np.errstate(all="ignore"):
            if start is not None and near:
                first = np.array([start.get(name, 0.0) for name in names])
            else:
                first = _reweighted(x, y, weights)
            coefficients = newton(x, y, weights, first)
    except np.linalg.LinAlgError as error:
        raise SingularFit("the covariates are linearly dependent") from error
    except _RunsOff as error:
        coefficients = error.coefficients
    if not np.all(np.isfinite(coefficients)):
        raise SingularFit("the fit did not converge")
    largest = int(np.argmax(np.abs(coefficients)))
    if abs(coefficients[largest]) > LARGEST_COEFFICIENT:
        raise SingularFit(f"the coefficient of {names[largest]} runs off", coefficients)
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


class _RunsOff(Exception):
    """The likelihood rises for ever along a direction: there is nothing to converge to."""

    def __init__(self, coefficients: Floats) -> None:
        self.coefficients = coefficients


class _TooFar(Exception):
    """A full Newton step went where no maximum lies: it may have been too long, or there is none."""


def _watch(coefficients: Floats) -> None:
    if not np.abs(coefficients).max() <= LARGEST_COEFFICIENT:
        raise _TooFar


def _reweighted(x: Matrix, y: Floats, weights: Floats) -> Floats:
    """The first step of iteratively reweighted least squares, from each cell's own outcome drawn half way to the middle
    (McCullagh and Nelder 1989, 2.5). From the overall rate a full Newton step overshoots: of a department where a fifth
    take part, and one in a hundred elsewhere, it makes a coefficient of 19 where the maximum is at 3.
    """
    middle = (y + 0.5) / 2.0
    spread = weights * middle * (1.0 - middle)
    working = np.log(middle / (1.0 - middle)) + (y - middle) / (middle * (1.0 - middle))
    return np.asarray(np.linalg.solve(x.product(spread), x.sums(spread * working)), dtype=np.float64)


class _Cells(GLM):  # type: ignore[misc]
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
    """From a given start: statsmodels' own costs three least-squares decompositions. It can't take weights of 0.

    Its steps are never shortened, and it adds a ridge to the Hessian, with which a separated fit creeps: where it does
    not converge soon, the steps on codes say whether there is something to converge to.
    """
    inside = weights > 0
    if not inside.all():
        x, y, weights = x.rows(inside), y[inside], weights[inside]
    model = _Cells(y, x.dense(), family=Binomial(), freq_weights=weights)
    model.matrix = x
    try:
        result = model.fit(
            start_params=start, method="newton", max_start_irls=0, skip_hessian=True, maxiter=SOON, disp=0,
            warn_convergence=False, callback=_watch,
        )  # fmt: skip
    except _TooFar:
        return _by_codes(x, y, weights, start)
    found = np.asarray(result.params, dtype=np.float64)
    if not result.mle_retvals["converged"]:
        return _by_codes(x, y, weights, start)
    # So far out the ridge may have stopped a fit that has no maximum.
    far = np.abs(x.times(found)).max() > LARGEST_COEFFICIENT
    return _by_codes(x, y, weights, found) if far else found


def _by_codes(x: Matrix, y: Floats, weights: Floats, start: Floats) -> Floats:
    """Newton steps until the score, which is cheap beside the Hessian, is as good as zero. No step is long, and one
    after which the likelihood would be lower is halved: it is concave, so a maximum is found where there is one. Where
    there is none the score fades too, but the steps do not become short."""
    coefficients, total, moved = start, weights.sum(), np.inf
    logits = x.times(coefficients)
    likelihood = _likelihood(logits, y, weights)
    for _ in range(STEPS):
        fitted = probabilities(logits)
        score = x.sums(weights * (y - fitted))
        if moved < SHORT and np.abs(score).max() < 1e-12 * total:
            break
        try:
            information = x.product(weights * fitted * (1.0 - fitted))
            step = np.asarray(np.linalg.solve(information, score), dtype=np.float64)
        except np.linalg.LinAlgError:
            if np.abs(coefficients).max() > LARGEST_COEFFICIENT:
                raise _RunsOff(coefficients) from None
            raise
        along = x.times(step)
        farthest = np.abs(along[weights > 0]).max()
        length = float(min(1.0, LONGEST / farthest))
        while length > SHORTEST:
            risen = _likelihood(logits + length * along, y, weights)
            if risen >= likelihood - ROUNDING * abs(likelihood):
                break
            length /= 2.0
        coefficients, logits, likelihood = coefficients + length * step, logits + length * along, risen
        moved = length * farthest
        if np.abs(coefficients).max() > RUNAWAY and _separates(along, y, weights):
            raise _RunsOff(coefficients)
    return coefficients


def _likelihood(logits: Floats, y: Floats, weights: Floats) -> float:
    return float(weights @ (y * logits - np.logaddexp(0.0, logits)))


def _separates(along: Floats, y: Floats, weights: Floats) -> bool:
    """Whether no cell's likelihood falls along a direction (Albert and Anderson 1984): then it rises for ever."""
    toward = np.where(y > 0, along, -along)[weights > 0]
    return bool(toward.min() >= -SEPARATED * np.abs(toward).max())
