"""The propensity model: who takes part, given what was known at time zero (PROTOCOL.md 1.4, 1.5)."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.estimates.cells import Cells, interaction
from analysis.estimates.design import Design, Positivity, design, positivity
from analysis.estimates.logistic import Floats, SingularFit, fit_logistic, inverse, probabilities

# What is left out first when there are too many parameters for the participants at hand.
DROP_ORDER = (
    "level_by_rating",
    "age_band",
    "part_time",
    "location",
    "ethnicity",
    "gender",
    "department",
    "performance_rating",
    "tenure_band",
)
INTERACTION_FROM = 100


class CannotFit(ArithmeticError):
    """No adjusted comparison is possible; the message is a sentence for people."""


@dataclass(frozen=True)
class Propensity:
    """A fitted propensity model on the cells that stay.

    e: probabilities of taking part, shape (cells,); odds: the comparators' weights e / (1 - e);
    bread: the inverse of the mean information, shape (columns, columns).
    """

    cells: Cells
    design: Design
    e: Floats
    coefficients: Floats
    bread: Floats
    positivity: Positivity
    covariates: tuple[str, ...]
    left_out: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def odds(self) -> Floats:
        return self.e / (1.0 - self.e)

    @property
    def weight(self) -> Floats:
        """Comparators' weight, 0 for participants."""
        return (1.0 - self.cells.a) * self.odds

    def influence_along(self, gradient: Floats) -> Floats:
        """Influence of each cell, shape (cells,), on gradient' coefficients; gradient has shape (columns,)."""
        return (self.cells.a - self.e) * self.design.x.times(self.bread @ gradient)


def fit_propensity(
    cells: Cells, *, level_by_rating: bool = False, protected: tuple[str, ...] = (), limit: bool = True
) -> Propensity:
    """Fit the propensity model on all of the cells' factors, dropping what the participants cannot carry.

    level_by_rating adds the interaction from 100 participants on. protected covariates are never dropped.
    limit holds parameters to max(8, participants / 2). Raises CannotFit with the reason.
    """
    names = {factor.name for factor in cells.factors}
    with_interaction = (
        level_by_rating and cells.participants >= INTERACTION_FROM and {"level", "performance_rating"} <= names
    )
    if not with_interaction:
        return _fit(cells, protected, limit, ())
    try:
        crossed = interaction(cells.factor("level"), cells.factor("performance_rating"))
        return _fit(cells.with_factors((*cells.factors, crossed)), protected, limit, ())
    except SingularFit as error:
        note = f"The level by rating interaction was left out of the propensity model: {error}."
        return _fit(cells, protected, limit, (note,))


def _fit(cells: Cells, protected: tuple[str, ...], limit: bool, notes: tuple[str, ...]) -> Propensity:
    left_out: list[str] = []
    if cells.participants == 0:
        raise CannotFit("Nobody took part.")
    if cells.comparators == 0:
        raise CannotFit("There is nobody to compare with.")
    while True:
        found = positivity(cells)
        kept = cells.keep(found.keep)
        if kept.participants == 0:
            raise CannotFit("No participant has a comparable colleague.")
        x = design(kept.factors, kept.n)
        if not limit or x.x.columns <= max(8.0, kept.participants / 2.0):
            break
        droppable = [name for name in DROP_ORDER if name not in protected and _has(cells, name)]
        if not droppable:
            raise CannotFit("There are too few participants for even the smallest adjustment.")
        left_out.append(droppable[0])
        cells = cells.with_factors(tuple(factor for factor in cells.factors if factor.name != droppable[0]))
    coefficients = fit_logistic(x.x, kept.a, kept.n, x.names)
    e = probabilities(x.x.times(coefficients))
    bread = inverse(x.x.product(kept.n * e * (1.0 - e)) / kept.n.sum())
    covariates = tuple(factor.name for factor in kept.factors)
    return Propensity(kept, x, e, coefficients, bread, found, covariates, tuple(left_out), notes)


def _has(cells: Cells, name: str) -> bool:
    return any(factor.name == name for factor in cells.factors)
