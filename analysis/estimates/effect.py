"""Effects on those who took part, from cells, with influence values for the clustered variance.

The headline is IPW regression adjustment (Wooldridge 2007; Sloczynski, Uysal and Wooldridge 2023): a logistic
propensity model, odds weights, a weighted logistic outcome model in comparators, averaged over participants.
Influence values stack the estimating equations (Stefanski and Boos 2002): PROTOCOL.md 1.6.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.estimates.design import outcome_design
from analysis.estimates.logistic import Bools, Floats, SingularFit, Start, fit_logistic, inverse, probabilities
from analysis.estimates.onehot import OneHot
from analysis.estimates.propensity import Propensity

HEADLINE_METHOD = "Inverse-probability-weighted regression adjustment"


@dataclass(frozen=True)
class Contrast:
    """Rates of participants and of comparators weighted to them, as proportions.

    influence: shape (cells, 2), columns for the participants' and the comparators' rate; its mean square over
    people, summed within employee, divided by total, is the clustered variance.
    """

    rate_participants: float
    rate_comparators: float
    influence: Floats
    participants: float
    comparators: float
    method: str
    notes: tuple[str, ...] = ()

    @property
    def difference(self) -> float:
        return self.rate_participants - self.rate_comparators


@dataclass(frozen=True)
class OutcomeModel:
    """Comparators' fitted probabilities for every cell, `m`, and what makes the influence on the coefficients.

    residual: weight x (y - m), shape (cells,); bread: inverse of the mean weighted information; crossed: how the
    score moves with the propensity coefficients, shape (columns, propensity columns), None without weights.
    """

    x: OneHot
    names: tuple[str, ...]
    m: Floats
    coefficients: Floats
    residual: Floats
    bread: Floats
    crossed: Floats | None
    notes: tuple[str, ...]

    @property
    def start(self) -> Start:
        """Its coefficients by name, for a fit nearby."""
        return dict(zip(self.names, self.coefficients.tolist(), strict=True))

    def influence_along(self, propensity: Propensity, gradient: Floats) -> Floats:
        """Influence of each cell, shape (cells,), on gradient' coefficients; gradient has shape (columns,)."""
        direction = self.bread @ gradient
        own = self.residual * self.x.times(direction)
        return own if self.crossed is None else own + propensity.influence_along(self.crossed.T @ direction)


def outcome_model(
    propensity: Propensity, y: Floats, *, weighted: bool = True, start: Start | None = None
) -> OutcomeModel:
    """The logistic outcome model in comparators, odds-weighted (headline) or not (AIPW).

    Rare levels are merged for this model (rule c). Without a finite fit the interaction goes first; raises
    SingularFit when the fit is still not to be had. start: the coefficients of a fit nearby.
    """
    try:
        return _outcome_model(propensity, y, (), weighted, (), start)
    except SingularFit as error:
        if not propensity.cells.has("level_by_rating"):
            raise
        note = f"The level by rating interaction was left out of the outcome model: {error}."
        return _outcome_model(propensity, y, ("level_by_rating",), weighted, (note,), start)


def _outcome_model(
    propensity: Propensity,
    y: Floats,
    left_out: tuple[str, ...],
    weighted: bool,
    notes: tuple[str, ...],
    start: Start | None,
) -> OutcomeModel:
    cells = propensity.cells
    weight = propensity.weight if weighted else 1.0 - cells.a
    comparators = cells.n * (1.0 - cells.a)
    columns = outcome_design(propensity.design.everything, cells.factors, y, comparators, left_out)
    x = columns.x
    coefficients = fit_logistic(x, y, cells.n * weight, columns.names, start)
    m = probabilities(x.times(coefficients))
    total = cells.n.sum()
    residual = weight * (y - m)
    bread = inverse(x.product(cells.n * weight * m * (1.0 - m)) / total)
    crossed = x.product(cells.n * residual, propensity.design.x) / total if weighted else None
    return OutcomeModel(x, columns.names, m, coefficients, residual, bread, crossed, notes)


def ipwra(propensity: Propensity, model: OutcomeModel, y: Floats, group: Bools | None = None) -> Contrast:
    """The headline: effect on those who took part, in `group` (shape (cells,)) from the one fit, or in all.

    Raises SingularFit where the group holds no participant.
    """
    cells = propensity.cells
    member = cells.a if group is None else cells.a * group
    total = cells.n.sum()
    share = float(cells.n @ member) / total
    if share == 0:
        raise SingularFit("nobody in this group took part")
    rate1 = min(float((cells.n * member) @ y) / (share * total), 1.0)
    rate0 = float((cells.n * member) @ model.m) / (share * total)
    slope = model.x.sums(cells.n * member * model.m * (1.0 - model.m)) / total
    phi1 = member * (y - rate1) / share
    phi0 = (member * (model.m - rate0) + model.influence_along(propensity, slope)) / share
    compared = (1.0 - cells.a) if group is None else (1.0 - cells.a) * group
    return Contrast(
        rate1,
        rate0,
        np.column_stack([phi1, phi0]),
        float(cells.n @ member),
        float(cells.n @ compared),
        HEADLINE_METHOD,
        model.notes,
    )


@dataclass(frozen=True)
class HeadlineFit:
    """The declared estimator on one set of cells. model is None where odds weighting alone stands in for it (1.4 d)."""

    contrast: Contrast
    model: OutcomeModel | None
    notes: tuple[str, ...]


def headline_fit(propensity: Propensity, y: Floats, start: Start | None = None) -> HeadlineFit:
    """IPW regression adjustment, or odds weighting where no outcome model can be fitted. Raises SingularFit."""
    try:
        model = outcome_model(propensity, y, start=start)
    except SingularFit as error:
        note = f"No outcome model could be fitted ({error}); odds weighting alone was used."
        return HeadlineFit(ipw_att(propensity, y), None, (*propensity.notes, note))
    contrast = ipwra(propensity, model, y)
    return HeadlineFit(contrast, model, (*propensity.notes, *contrast.notes))


def ipw_att(propensity: Propensity, y: Floats, group: Bools | None = None) -> Contrast:
    """Odds weighting alone: the fallback where no outcome model can be fitted (1.4 d)."""
    member = None if group is None else group.astype(np.float64)
    ones = np.ones_like(propensity.e)
    return _weighted(
        propensity, y, ones, propensity.odds, np.zeros_like(ones), propensity.odds, "Odds weighting", member
    )


def overlap(propensity: Propensity, y: Floats) -> Contrast:
    """Overlap weights (Li, Morgan and Zaslavsky 2018): 1 - e for participants, e for comparators."""
    e = propensity.e
    slope = e * (1.0 - e)
    return _weighted(propensity, y, 1.0 - e, e, -slope, slope, "Overlap weights", None)


def _weighted(
    propensity: Propensity,
    y: Floats,
    weight1: Floats,
    weight0: Floats,
    slope1: Floats,
    slope0: Floats,
    method: str,
    member: Floats | None,
) -> Contrast:
    cells = propensity.cells
    total = cells.n.sum()
    inside = np.ones_like(cells.a) if member is None else member
    rates, columns = [], []
    for arm, weight, slope in ((cells.a, weight1, slope1), (1.0 - cells.a, weight0, slope0)):
        arm = arm * inside
        mass = float(cells.n @ (arm * weight)) / total
        if mass == 0:
            raise SingularFit("one arm of this group is empty")
        rate = min(float((cells.n * arm * weight) @ y) / total / mass, 1.0)
        gradient = propensity.design.x.sums(cells.n * arm * slope * (y - rate)) / total / mass
        rates.append(rate)
        columns.append(arm * weight * (y - rate) / mass + propensity.influence_along(gradient))
    return Contrast(
        rates[0],
        rates[1],
        np.column_stack(columns),
        float(cells.n @ (cells.a * inside)),
        float(cells.n @ ((1.0 - cells.a) * inside)),
        method,
    )


def aipw(propensity: Propensity, model: OutcomeModel, y: Floats) -> Contrast:
    """Augmented inverse probability weighting, effect on the treated, normalised (Moodie, Saarela, Stephens 2018).

    `model` is the unweighted outcome model in comparators.
    """
    cells, w, m = propensity.cells, propensity.weight, model.m
    total = cells.n.sum()
    share = cells.participants / total
    mass = float(cells.n @ w) / total
    gap = float((cells.n * w) @ (y - m)) / total / mass
    rate1 = min(float((cells.n * cells.a) @ y) / cells.participants, 1.0)
    regression = float((cells.n * cells.a) @ m) / cells.participants
    slope = cells.n * m * (1.0 - m)
    by_outcome = model.x.sums(slope * cells.a / share - slope * w / mass) / total
    by_propensity = propensity.design.x.sums(cells.n * w * ((y - m) - gap)) / total / mass
    phi0 = (
        cells.a * (m - regression) / share
        + w * ((y - m) - gap) / mass
        + model.influence_along(propensity, by_outcome)
        + propensity.influence_along(by_propensity)
    )
    return Contrast(
        rate1,
        regression + gap,
        np.column_stack([cells.a * (y - rate1) / share, phi0]),
        cells.participants,
        cells.comparators,
        "Doubly robust score",
    )
