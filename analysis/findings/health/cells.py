"""Counts of pairs by what they have in common, hidden where they are few, and held against every wider view."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, cast

import pandas as pd

from analysis.findings import disclosure
from analysis.findings.health.results import Cell
from analysis.findings.health.shares import FEW, reason_of
from analysis.study.programme import BETWEEN

Families = Mapping[str, Mapping[str, int]]  # what divides pairs, to its groups, to how many pairs


@dataclass(frozen=True)
class Close:
    """Groups, by family, whose pairs a reader could work out by taking away a restriction: in a wider view there are a
    few more of them, or with the other values of that restriction they leave a few. whole: so few that the view itself
    may not be told."""

    whole: bool = False
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def of(self, family: str) -> frozenset[str]:
        return self.groups.get(family, frozenset())


def wider(narrowed: Mapping[str, str]) -> list[dict[str, str]]:
    """Every view with fewer restrictions than this one, the last of them with none."""
    return [dict(kept) for size in range(len(narrowed) - 1, -1, -1) for kept in combinations(narrowed.items(), size)]


def close_to(inside: Families, wider_views: list[Families]) -> Close:
    """Hold a view's counts against those of the wider ones: a difference of one to four pairs is a group of its own."""
    groups: dict[str, set[str]] = {}
    whole = False
    for outside in wider_views:
        for family, sizes in outside.items():
            for name, size in sizes.items():
                if size >= FEW and 0 < size - inside.get(family, {}).get(name, 0) < FEW:
                    groups.setdefault(family, set()).add(name)
                    whole |= family == "all"
    return Close(whole, {family: frozenset(names) for family, names in groups.items()})


def close_among(beside: Mapping[str, Families], chosen: Sequence[str], headers: Sequence[str]) -> Close:
    """Hold a view against those that stand beside it: the other values of one restriction, or of two, all other
    choices being the same. All of them together are a wider view, so what is few in one of them hides others as well.

    beside: value of the headers to its families; chosen: the values of the view that is asked for.
    """
    sizes: dict[tuple[str, str], dict[str, int]] = {}
    for value, families in beside.items():
        for family, groups in families.items():
            for name, size in groups.items():
                if size:
                    sizes.setdefault((family, name), {})[value] = size
    found: dict[str, set[str]] = {}
    for (family, name), by_value in sizes.items():
        if _hides(by_value, chosen, headers):
            found.setdefault(family, set()).add(name)
    return Close("all" in found, {family: frozenset(names) for family, names in found.items()})


def _hides(by_value: Mapping[str, int], chosen: Sequence[str], headers: Sequence[str]) -> bool:
    if len(headers) == 1:
        return chosen[0] in disclosure.hide_groups(by_value, FEW, header=headers[0])
    table = {(one, other): size for value, size in by_value.items() for one, other in [value.split(BETWEEN, 1)]}
    return disclosure.hides_of_two(table, (chosen[0], chosen[1]), FEW, header=headers[0])


def added(beside: Mapping[str, Families]) -> Families:
    """The view that all values of one header make up: a pair has one value, so its groups add up."""
    found: dict[str, dict[str, int]] = {}
    for families in beside.values():
        for family, groups in families.items():
            into = found.setdefault(family, {})
            for name, size in groups.items():
                into[name] = into.get(name, 0) + size
    return found


def both(one: Close, other: Close) -> Close:
    """What is close by either of two comparisons."""
    families = {*one.groups, *other.groups}
    return Close(one.whole or other.whole, {family: one.of(family) | other.of(family) for family in families})


def cells(sizes: Mapping[str, int], header: str, close: frozenset[str] = frozenset()) -> tuple[Cell, ...]:
    """The parts of a whole that is told as well, in their order; nobody is told as 0."""
    present = {name: size for name, size in sizes.items() if size}
    found = disclosure.hide_groups(present, FEW, header=header, few_events=close & present.keys())
    return tuple(hidden_cell(name, found[name]) if name in found else Cell(name, size) for name, size in sizes.items())


def single(name: str, count: int) -> Cell:
    """A count that is no part of a whole that is told."""
    return hidden_cell(name, "too_small") if 0 < count < FEW else Cell(name, count)


def hidden_cell(name: str, why: disclosure.Hidden) -> Cell:
    return Cell(name, None, reason_of(why), why == "too_small")


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a small frame."""
    return cast(list[dict[str, Any]], frame.to_dict("records"))
