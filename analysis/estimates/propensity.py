"""The propensity model: who takes part, given what was known at time zero (PROTOCOL.md 1.4, 1.5)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from analysis.estimates.cells import Cells, interaction
from analysis.estimates.design import Design, Positivity, design, positivity
from analysis.estimates.logistic import Floats, SingularFit, Start, fit_logistic, inverse, probabilities

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
CERTAIN = 1e-6


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

    @cached_property
    def odds(self) -> Floats:
        return self.e / (1.0 - self.e)

    @cached_property
    def weight(self) -> Floats:
        """Comparators' weight, 0 for participants."""
        return (1.0 - self.cells.a) * self.odds

    @property
    def start(self) -> Start:
        """Its coefficients by name, for a fit nearby."""
        return dict(zip(self.design.names, self.coefficients.tolist(), strict=True))

    def influence_along(self, gradient: Floats) -> Floats:
        """Influence of each cell, shape (cells,), on gradient' coefficients; gradient has shape (columns,)."""
        return (self.cells.a - self.e) * self.design.x.times(self.bread @ gradient)


def fit_propensity(
    cells: Cells,
    *,
    level_by_rating: bool = False,
    protected: tuple[str, ...] = (),
    limit: bool = True,
    start: Start | None = None,
) -> Propensity:
    """Fit the propensity model on all of the cells' factors, dropping what the participants cannot carry.

    level_by_rating adds the interaction from 100 participants on. protected covariates are never dropped.
    limit holds parameters, cohorts not counted, to max(8, participants / 2). start: the coefficients of a fit nearby.
    Raises CannotFit with the reason.
    """
    names = {factor.name for factor in cells.factors}
    with_interaction = (
        level_by_rating and cells.participants >= INTERACTION_FROM and {"level", "performance_rating"} <= names
    )
    if not with_interaction:
        return _fit(cells, protected, limit, start, ())
    try:
        crossed = interaction(cells.factor("level"), cells.factor("performance_rating"))
        return _fit(cells.with_factors((*cells.factors, crossed)), protected, limit, start, ())
    except SingularFit as error:
        note = f"The level by rating interaction was left out of the propensity model: {error}."
        return _fit(cells, protected, limit, start, (note,))


def _fit(
    cells: Cells, protected: tuple[str, ...], limit: bool, start: Start | None, notes: tuple[str, ...]
) -> Propensity:
    left_out: list[str] = []
    apart: list[Positivity] = []
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
        if limit and _parameters(x) > max(8.0, kept.participants / 2.0):
            droppable = [name for name in DROP_ORDER if name not in protected and cells.has(name)]
            if not droppable:
                raise CannotFit("There are too few participants for even the smallest adjustment.")
            left_out.append(droppable[0])
            cells = cells.with_factors(tuple(factor for factor in cells.factors if factor.name != droppable[0]))
            continue
        try:
            coefficients = fit_logistic(x.x, kept.a, kept.n, x.names, start)
            break
        except SingularFit as error:
            told_apart = _told_apart(kept, x, error)
            if told_apart is None:
                raise
            apart += [found, told_apart]
            cells = kept.keep(told_apart.keep)
    e = probabilities(x.x.times(coefficients))
    bread = inverse(x.x.product(kept.n * e * (1.0 - e)) / kept.n.sum())
    covariates = tuple(factor.name for factor in kept.factors)
    whole = Positivity(
        found.keep,
        sum(part.participants_excluded for part in (*apart, found)),
        sum(part.comparators_dropped for part in (*apart, found)),
        tuple(reason for part in (*apart, found) for reason in part.reasons),
    )
    return Propensity(kept, x, e, coefficients, bread, whole, covariates, tuple(left_out), notes)


def _parameters(x: Design) -> int:
    """Columns beside the cohorts'. Those are the design's own strata; counted, they would push out the rating where
    there are few participants, which biases retention by 0.8 points (docs/simulation.md)."""
    return sum(not name.startswith("cohort ") for name in x.names)


def _told_apart(cells: Cells, x: Design, error: SingularFit) -> Positivity | None:
    """Rules (a) and (b) for combinations: cells whose arm a separated fit knows for certain have nobody like them.

    Their comparators would get weight 0, their participants have no comparator. None where that is not the trouble, or
    where the interaction is in the model: then it goes first.
    """
    if error.runaway is None or cells.has("level_by_rating"):
        return None
    e = probabilities(x.x.times(error.runaway))
    certain = np.where(cells.a > 0, e > 1.0 - CERTAIN, e < CERTAIN)
    if not certain.any():
        return None
    people = float((cells.n * cells.a) @ certain)
    reasons = (("combination", "unlike any colleague", people),) if people else ()
    return Positivity(~certain, people, float((cells.n * (1.0 - cells.a)) @ certain), reasons)
