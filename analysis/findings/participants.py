"""Participants of one figure by some headers, in every state of the figure: it grows batch by batch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from itertools import accumulate, product

from analysis.findings.disclosure import TOTAL
from analysis.study.figures import BatchCount
from analysis.study.periods import months_after

DECLARED = 12  # months; what leaders see comes first where two states of a figure can't both be told
MOST_MONTHS = 60

Address = tuple[str, ...]  # one value a header of the table, TOTAL where it is not restricted
Counted = tuple[int, ...]  # people, and how many of them each outcome of the figure happened to


class Participants:
    """The cells of a table by `headers`, with all totals.

    A state of the figure is how many of its batches, in the order of their days, one question holds; `state` is that of
    this figure. rows: in the order of batches, each with a value of every header. quarters: the last days of all
    quarters that can be asked for, newest first. cohorts: each to its last batch that the figure holds.
    """

    def __init__(self, headers: tuple[str, ...], rows: Sequence[BatchCount], quarters: Sequence[date]) -> None:
        self.headers, self._quarters = headers, tuple(quarters)
        self._batches = list(dict.fromkeys((row.trial_id, row.time_zero, row.known_to, row.inside) for row in rows))
        inside = [batch[3] for batch in self._batches]
        self.state = max((at + 1 for at, held in enumerate(inside) if held), default=0)
        # Batches that the figure leaves out though it holds later ones: their outcome is not known.
        self._never = frozenset(at for at in range(self.state) if not inside[at])
        self._none: Counted = (0,) * (1 + len(rows[0].events) if rows else 1)
        self._grown: dict[Address, list[Counted]] = {}
        self._counts: dict[Address, dict[int, Counted]] = {}
        self.cohorts: dict[str, int] = {}
        position = {batch[0]: at for at, batch in enumerate(self._batches)}
        masks = list(product((False, True), repeat=len(headers)))
        for row in rows:
            batch, counted = position[row.trial_id], (row.people, *row.events)
            if row.inside:
                name = row.values[headers.index("cohort")]
                self.cohorts[name] = max(batch, self.cohorts.get(name, 0))
            for mask in masks:
                address = tuple([value if keep else TOTAL for value, keep in zip(row.values, mask, strict=True)])
                held = self._counts.setdefault(address, {})
                held[batch] = _sum(held[batch], counted) if batch in held else counted

    def people(self, address: Address) -> int:
        """Those of a cell whom the figure holds."""
        return self.counted(address, self.state)[0]

    def counted(self, address: Address, state: int) -> Counted:
        """The people of a cell and their events in a state of the figure."""
        held = self._counts.get(address)
        if held is None:
            return self._none
        if address not in self._grown:
            batches = (
                self._none if at in self._never else held.get(at, self._none) for at in range(len(self._batches))
            )
            self._grown[address] = list(accumulate(batches, _sum, initial=self._none))
        return self._grown[address][state]

    @cached_property
    def values(self) -> list[list[str]]:
        """The values of each header that somebody whom the figure holds has."""
        held = [
            address
            for address in self._counts
            if sum(value != TOTAL for value in address) == 1 and self.people(address)
        ]
        return [sorted({address[axis] for address in held} - {TOTAL}) for axis in range(len(self.headers))]

    @cached_property
    def states(self) -> list[int]:
        """Every state that a question can meet, in the order in which they may be told: declared, newest first."""
        followed = [
            [_followed(batch[1], min(day, batch[2] or day)) for batch in self._batches] for day in self._quarters
        ]
        found = [
            max((at + 1 for at, most in enumerate(months) if most >= horizon), default=0)
            for horizon in (DECLARED, *(months for months in range(MOST_MONTHS + 1) if months != DECLARED))
            for months in followed
        ]
        return list(dict.fromkeys([*found, self.state]))


def _sum(one: Counted, other: Counted) -> Counted:
    return tuple([a + b for a, b in zip(one, other, strict=True)])


def _followed(time_zero: date, until: date) -> int:
    """The most calendar months after a day that have ended by another, below 0 where none has begun."""
    months = (until.year - time_zero.year) * 12 + until.month - time_zero.month
    return months if months_after(time_zero, months) <= until else months - 1
