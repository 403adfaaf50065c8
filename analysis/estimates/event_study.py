"""Group-time effects and their averages where units join at different times (Callaway and Sant'Anna 2021).

ATT(g, t) is the mean change from period b to period t among units that joined in period g, less the mean change of
units that had not joined by then; b is the last period before g, and for a period before g the one before it. A unit
counts in ATT(g, t) where it was observed in both periods. Every average carries the influence of the estimated shares
of the groups in its standard error, and influence is summed by unit, so repeated observations are no extra evidence.
Equal to R's did 2.1.2 (est_method "reg", analytic errors, base_period "varying"), held by a test, but for the error of
the overall effect by group: there did 2.1.2 takes the wrong groups' shares (its pull request 223 puts that right).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from analysis.estimates.intervals import Interval, Z

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Comparison = Literal["not_yet_treated", "never_treated"]

Cell = tuple[int, int, int]  # group, and the positions in `periods` of period and base

NEVER = 0
FEWEST_UNITS = 2  # in either group of one ATT(g, t): one unit has no spread


class BadPanel(ValueError):
    """The rows are no panel; the message says why."""


class NobodyToCompare(ValueError):
    """No group-time effect can be had; the message says what is missing."""


@dataclass(frozen=True)
class Effect:
    """An effect in units of the outcome; interval 95 %, None with std_error where the outcome does not vary.

    treated and comparison are the distinct units behind it.
    """

    estimate: float
    std_error: float | None
    interval: Interval | None
    treated: int
    comparison: int


@dataclass(frozen=True)
class GroupTime:
    """ATT(g, t): units that joined in `group`, at `period`, against `base`."""

    group: int
    period: int
    base: int
    effect: Effect


@dataclass(frozen=True)
class Averages:
    """Effects by key (event time, group or period), in order, and their overall average."""

    overall: Effect
    by: dict[int, Effect]


@dataclass(frozen=True)
class Gap:
    """How far units that joined stood from the others in the period before: outcome units, and in spreads."""

    difference: float
    standardised: float | None


@dataclass(frozen=True)
class _Part:
    """A number with its influence by unit, shape (units,), and who is behind it."""

    estimate: float
    influence: Floats
    treated: Bools
    comparison: Bools

    def effect(self) -> Effect:
        units = len(self.influence)
        std_error = float(np.sqrt(self.influence @ self.influence)) / units
        around = Interval(self.estimate - Z * std_error, self.estimate + Z * std_error)
        # Rounding leaves a little influence where every change is the same.
        flat = std_error <= 1e-12 * max(1.0, abs(self.estimate))
        return Effect(
            self.estimate,
            None if flat else std_error,
            None if flat else around,
            int(self.treated.sum()),
            int(self.comparison.sum()),
        )


@dataclass(frozen=True)
class EventStudy:
    """All group-time effects of a panel. `outcome` has shape (units, periods), NaN where not observed.

    always_treated counts units that had joined by the first period: they have no before, and are left out.
    """

    periods: Ints
    group: Ints
    outcome: Floats
    comparison: Comparison
    always_treated: int
    cells: tuple[Cell, ...]

    @property
    def units(self) -> int:
        return len(self.group)

    def group_times(self) -> tuple[GroupTime, ...]:
        """Every ATT(g, t), by group and period."""
        return tuple(
            GroupTime(group, int(self.periods[at]), int(self.periods[base]), self._part((group, at, base)).effect())
            for group, at, base in self.cells
        )

    def simple(self) -> Effect:
        """The average over all treated groups and periods, by the groups' shares."""
        return self._by_share(self._after_joining()).effect()

    def by_event_time(self) -> Averages:
        """By periods since joining; the overall effect is the plain mean from 0 on."""
        parts = self._event_parts()
        return _averages(parts, [part for key, part in parts.items() if key >= 0])

    def by_group(self) -> Averages:
        """By period of joining, each the plain mean over its periods; overall by the groups' shares."""
        cells = self._after_joining()
        groups = sorted({cell[0] for cell in cells})
        parts = [_mean([self._part(cell) for cell in cells if cell[0] == group]) for group in groups]
        found = {group: part.effect() for group, part in zip(groups, parts, strict=True)}
        return Averages(self._weighted(parts, groups).effect(), found)

    def by_period(self) -> Averages:
        """By calendar period, by the shares of the groups treated then; overall the plain mean."""
        cells = self._after_joining()
        parts = {
            int(self.periods[at]): self._by_share([cell for cell in cells if cell[1] == at])
            for at in sorted({cell[1] for cell in cells})
        }
        return _averages(parts, list(parts.values()))

    def movement_before(self, periods: int) -> Effect | None:
        """How far treated units moved against the others over the last `periods` periods before joining.

        For each group the sum of its period-to-period estimates before joining, averaged by the groups' shares;
        None where none can be had.
        """
        before = [cell for cell in self.cells if -periods <= self._since(cell) < 0]
        groups = sorted({cell[0] for cell in before})
        if not groups:
            return None
        own = [[self._part(cell) for cell in before if cell[0] == group] for group in groups]
        return self._weighted([_total(parts, [1.0] * len(parts)) for parts in own], groups).effect()

    def gap_before(self) -> Gap:
        """Level of treated units less that of the units they are compared with, in the last period before joining.

        Weighted by treated units; standardised by the spread of all outcomes.
        """
        first = {cell[0]: cell for cell in reversed(self._after_joining())}
        differences, weights = [], []
        for cell in first.values():
            treated, comparison = self._members(cell)
            level = self.outcome[:, cell[2]]
            differences.append(float(level[treated].mean() - level[comparison].mean()))
            weights.append(float(treated.sum()))
        difference = float(np.average(differences, weights=weights))
        spread = float(np.nanstd(self.outcome))
        return Gap(difference, difference / spread if spread > 0 else None)

    def _since(self, cell: Cell) -> int:
        return int(self.periods[cell[1]]) - cell[0]

    def _after_joining(self) -> list[Cell]:
        return [cell for cell in self.cells if self._since(cell) >= 0]

    def _event_parts(self) -> dict[int, _Part]:
        return {
            key: self._by_share([cell for cell in self.cells if self._since(cell) == key])
            for key in sorted({self._since(cell) for cell in self.cells})
        }

    def _members(self, cell: Cell) -> tuple[Bools, Bools]:
        group, at, base = cell
        seen = np.isfinite(self.outcome[:, at]) & np.isfinite(self.outcome[:, base])
        own = self.group == group
        if self.comparison == "never_treated":
            free = self.group == NEVER
        else:
            free = (self.group == NEVER) | (self.group > self.periods[max(at, base)])
        return seen & own, seen & free & ~own

    def _part(self, cell: Cell) -> _Part:
        treated, comparison = self._members(cell)
        change = self.outcome[:, cell[1]] - self.outcome[:, cell[2]]
        influence = np.zeros(self.units)
        means = []
        for members, sign in ((treated, 1.0), (comparison, -1.0)):
            mean = float(change[members].mean())
            influence[members] += sign * self.units / members.sum() * (change[members] - mean)
            means.append(mean)
        return _Part(means[0] - means[1], influence, treated, comparison)

    def _by_share(self, cells: Sequence[Cell]) -> _Part:
        return self._weighted([self._part(cell) for cell in cells], [cell[0] for cell in cells])

    def _weighted(self, parts: Sequence[_Part], groups: Sequence[int]) -> _Part:
        """The average by the groups' shares of all units; the shares are estimates and have influence too."""
        member = np.array([self.group == group for group in groups], dtype=np.float64)
        share = member.mean(axis=1)
        total = float(share.sum())
        weights = share / total
        estimates = np.array([part.estimate for part in parts])
        found = _total(parts, [float(weight) for weight in weights])
        centred = member - share[:, None]
        of_weights = (estimates @ centred - float(weights @ estimates) * centred.sum(axis=0)) / total
        return _Part(found.estimate, found.influence + of_weights, found.treated, found.comparison)


def event_study(
    unit: Ints, first_treated: Ints, period: Ints, outcome: Floats, *, comparison: Comparison = "not_yet_treated"
) -> EventStudy:
    """From rows of a panel, all of shape (rows,): whose, when that unit joined (0: never), when observed, what.

    Periods and joining are whole numbers on one scale (years, quarters). Units need not be observed in every period.
    Raises BadPanel for arrays of different lengths, values that are not finite, a unit observed twice in a period or
    with two times of joining; NobodyToCompare where no group has both a before and units to be compared with.
    """
    if not len(unit) == len(first_treated) == len(period) == len(outcome):
        raise BadPanel("Units, periods and outcomes differ in number.")
    if not len(unit):
        raise NobodyToCompare("Nothing was measured.")
    if not np.isfinite(outcome).all():
        raise BadPanel("An outcome is missing or not a number.")
    names, at = np.unique(unit, return_inverse=True)
    periods, when = np.unique(period, return_inverse=True)
    group = np.zeros(len(names), dtype=np.int64)
    group[at] = first_treated
    if (group[at] != first_treated).any():
        raise BadPanel("A unit has two times of joining.")
    table = np.full((len(names), len(periods)), np.nan)
    table[at, when] = outcome
    if np.isfinite(table).sum() != len(outcome):
        raise BadPanel("A unit was observed twice in one period.")
    always = (group != NEVER) & (group <= periods[0])
    group = np.where(group > periods[-1], NEVER, group)
    return _with_cells(EventStudy(periods, group[~always], table[~always], comparison, int(always.sum()), ()))


def _with_cells(study: EventStudy) -> EventStudy:
    """The group-time effects that can be estimated; raises NobodyToCompare where none after joining can."""
    joined = [int(group) for group in np.unique(study.group) if group != NEVER]
    if not joined:
        reason = "Nobody joined while it was measured"
        raise NobodyToCompare(
            f"{reason}: all who took part had joined by the first time." if study.always_treated else f"{reason}."
        )
    wanted: list[Cell] = []
    for group in joined:
        start = int(np.searchsorted(study.periods, group))
        for at in range(1, len(study.periods)):
            cell = (group, at, start - 1 if at >= start else at - 1)
            if all(members.sum() >= FEWEST_UNITS for members in study._members(cell)):
                wanted.append(cell)
    found = replace(study, cells=tuple(wanted))
    if not found._after_joining():
        raise NobodyToCompare(
            "At no time were there both some that had joined and some that had not, seen before and after."
        )
    return found


def _averages(parts: dict[int, _Part], overall: Iterable[_Part]) -> Averages:
    return Averages(_mean(list(overall)).effect(), {key: part.effect() for key, part in parts.items()})


def _mean(parts: Sequence[_Part]) -> _Part:
    return _total(parts, [1.0 / len(parts)] * len(parts))


def _total(parts: Sequence[_Part], weights: Sequence[float]) -> _Part:
    """Weights are taken as known."""
    return _Part(
        sum(weight * part.estimate for weight, part in zip(weights, parts, strict=True)),
        np.sum([weight * part.influence for weight, part in zip(weights, parts, strict=True)], axis=0),
        np.any([part.treated for part in parts], axis=0),
        np.any([part.comparison for part in parts], axis=0),
    )
