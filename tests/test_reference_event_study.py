"""Group-time effects: numbers worked by hand, and a row-by-row recomputation on random panels.

The estimates and errors also equal R's did 2.1.2 on its mpdta data to 1e-12 (all group-time effects, and the averages
by event time, group and period), except the error of the overall average by group, which did 2.1.2 gets wrong.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from analysis.estimates.event_study import BadPanel, EventStudy, NobodyToCompare, event_study

Rows = dict[tuple[int, int], float]  # unit, period -> outcome

# Unit 1 and 2 join in period 2, unit 3 and 4 in period 3, unit 5 and 6 never.
JOINED = {1: 2, 2: 2, 3: 3, 4: 3, 5: 0, 6: 0}
OUTCOMES = {1: (1, 4, 6), 2: (2, 7, 9), 3: (3, 4, 9), 4: (1, 4, 8), 5: (0, 1, 2), 6: (2, 4, 6)}
HAND = {(unit, at + 1): float(value) for unit, values in OUTCOMES.items() for at, value in enumerate(values)}


def study(rows: Rows, joined: dict[int, int], **settings: str) -> EventStudy:
    unit, period = np.array(list(rows), dtype=np.int64).T
    first = np.array([joined[name] for name in unit], dtype=np.int64)
    return event_study(unit, first, period, np.array(list(rows.values())), **settings)  # type: ignore[arg-type]


def test_numbers_worked_by_hand() -> None:
    found = {(cell.group, cell.period): cell.effect for cell in study(HAND, JOINED).group_times()}
    # Joined in 2, seen in 2: changes 3 and 5, against 1, 3, 1 and 2 of those who had not joined by then.
    assert found[2, 2].estimate == pytest.approx(4 - 7 / 4)
    assert found[2, 2].std_error == pytest.approx(math.sqrt(1 / 2 + (11 / 16) / 4))
    assert (found[2, 2].treated, found[2, 2].comparison) == (2, 4)
    # In 3 only 5 and 6 are left: changes since 1 of 5 and 7, against 2 and 4.
    assert found[2, 3].estimate == pytest.approx(6 - 3)
    assert found[2, 3].comparison == 2
    # Joined in 3: before it, the change from 1 to 2 against those who had not joined by 2.
    assert found[3, 2].estimate == pytest.approx(2 - 1.5)
    assert found[3, 3].estimate == pytest.approx(4.5 - 1.5)


def test_averages_worked_by_hand() -> None:
    found = study(HAND, JOINED)
    assert found.simple().estimate == pytest.approx((2.25 + 3 + 3) / 3)
    by_event = found.by_event_time()
    assert {at: effect.estimate for at, effect in by_event.by.items()} == pytest.approx({-1: 0.5, 0: 2.625, 1: 3.0})
    assert by_event.overall.estimate == pytest.approx((2.625 + 3) / 2)
    assert {at: effect.estimate for at, effect in found.by_group().by.items()} == pytest.approx({2: 2.625, 3: 3.0})
    assert {at: effect.estimate for at, effect in found.by_period().by.items()} == pytest.approx({2: 2.25, 3: 3.0})
    gap = found.gap_before()
    # Before joining: 1.5 against 1.5 (units 3 to 6); 4 against 2.5 (units 5 and 6).
    assert gap.difference == pytest.approx((0.0 + 1.5) / 2)
    moved = found.movement_before(4)
    assert moved is not None and moved.estimate == pytest.approx(0.5)


def random_panel(seed: int, units: int = 40, periods: int = 6, missing: float = 0.15) -> tuple[Rows, dict[int, int]]:
    rng = np.random.default_rng(seed)
    joined = {unit: int(rng.choice([0, 0, 1, 3, 4, 5])) for unit in range(units)}
    rows = {
        (unit, period): float(rng.normal(unit % 3, 1) + period * 0.3 + 0.5 * (0 < joined[unit] <= period))
        for unit in range(units)
        for period in range(1, periods + 1)
        if rng.random() > missing
    }
    return rows, joined


class BruteForce:
    """ATT(g, t) and its averages from dictionaries, for any weights of the units."""

    def __init__(self, rows: Rows, joined: dict[int, int], never: bool) -> None:
        self.rows, self.never = rows, never
        self.periods = sorted({period for _, period in rows})
        self.joined = {
            unit: 0 if group > self.periods[-1] else group
            for unit, group in joined.items()
            if not 0 < group <= self.periods[0] and any(name == unit for name, _ in rows)
        }
        groups = sorted(set(self.joined.values()) - {0})
        self.cells = [(g, t) for g in groups for t in self.periods[1:] if self._members(g, t)]

    def _base(self, g: int, t: int) -> int:
        return max(p for p in self.periods if p < (g if t >= g else t))

    def _members(self, g: int, t: int) -> tuple[list[int], list[int]] | None:
        base = self._base(g, t)
        seen = [u for u in self.joined if (u, t) in self.rows and (u, base) in self.rows]
        treated = [u for u in seen if self.joined[u] == g]
        free = [
            u for u in seen
            if self.joined[u] != g
            and (self.joined[u] == 0 or (not self.never and self.joined[u] > max(t, base)))
        ]  # fmt: skip
        return (treated, free) if len(treated) > 1 and len(free) > 1 else None

    def att(self, g: int, t: int, weight: dict[int, float]) -> float:
        base, members = self._base(g, t), self._members(g, t)
        assert members
        means = [
            sum(weight[u] * (self.rows[u, t] - self.rows[u, base]) for u in group) / sum(weight[u] for u in group)
            for group in members
        ]
        return means[0] - means[1]

    def share(self, g: int, weight: dict[int, float]) -> float:
        return sum(weight[u] for u, group in self.joined.items() if group == g) / sum(weight.values())

    def average(self, cells: list[tuple[int, int]], weight: dict[int, float]) -> float:
        shares = [self.share(g, weight) for g, _ in cells]
        return sum(s * self.att(g, t, weight) for s, (g, t) in zip(shares, cells, strict=True)) / sum(shares)

    def after(self) -> list[tuple[int, int]]:
        return [(g, t) for g, t in self.cells if t >= g]

    def simple(self, weight: dict[int, float]) -> float:
        return self.average(self.after(), weight)

    def event(self, at: int, weight: dict[int, float]) -> float:
        return self.average([(g, t) for g, t in self.cells if t - g == at], weight)

    def events(self, weight: dict[int, float]) -> float:
        times = sorted({t - g for g, t in self.after()})
        return sum(self.event(at, weight) for at in times) / len(times)

    def period(self, t: int, weight: dict[int, float]) -> float:
        return self.average([cell for cell in self.after() if cell[1] == t], weight)

    def group(self, g: int, weight: dict[int, float]) -> float:
        own = [self.att(*cell, weight) for cell in self.after() if cell[0] == g]
        return sum(own) / len(own)

    def groups(self, weight: dict[int, float]) -> float:
        names = sorted({g for g, _ in self.after()})
        shares = [self.share(g, weight) for g in names]
        return sum(s * self.group(g, weight) for s, g in zip(shares, names, strict=True)) / sum(shares)

    def moved(self, back: int, weight: dict[int, float]) -> float:
        before = [(g, t) for g, t in self.cells if -back <= t - g < 0]
        names = sorted({g for g, _ in before})
        shares = [self.share(g, weight) for g in names]
        sums = [sum(self.att(*cell, weight) for cell in before if cell[0] == g) for g in names]
        return sum(s * own for s, own in zip(shares, sums, strict=True)) / sum(shares)

    def with_error(self, number: Callable[[dict[int, float]], float]) -> tuple[float, float]:
        """The number, and its error by moving each unit's weight a little (the infinitesimal jackknife)."""
        even = dict.fromkeys(self.joined, 1.0)
        step = 1e-5
        slopes = [
            (number(even | {unit: 1 + step}) - number(even | {unit: 1 - step})) / (2 * step) for unit in self.joined
        ]
        return number(even), math.sqrt(sum(slope**2 for slope in slopes))


@pytest.mark.parametrize("never", [False, True], ids=["not yet treated", "never treated"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_equal_to_a_row_by_row_computation_with_errors_by_moving_weights(seed: int, never: bool) -> None:
    rows, joined = random_panel(seed)
    brute = BruteForce(rows, joined, never)
    found = study(rows, joined, comparison="never_treated" if never else "not_yet_treated")
    assert [(cell.group, cell.period) for cell in found.group_times()] == brute.cells
    by_event, by_group, by_period = found.by_event_time(), found.by_group(), found.by_period()
    pairs = [(cell.effect, lambda w, c=cell: brute.att(c.group, c.period, w)) for cell in found.group_times()]
    pairs += [(effect, lambda w, at=at: brute.event(at, w)) for at, effect in by_event.by.items()]
    pairs += [(effect, lambda w, g=g: brute.group(g, w)) for g, effect in by_group.by.items()]
    pairs += [(effect, lambda w, t=t: brute.period(t, w)) for t, effect in by_period.by.items()]
    pairs += [(found.simple(), brute.simple), (by_event.overall, brute.events), (by_group.overall, brute.groups)]
    moved = found.movement_before(3)
    assert moved is not None
    pairs.append((moved, lambda w: brute.moved(3, w)))
    for effect, number in pairs:
        estimate, error = brute.with_error(number)
        assert effect.estimate == pytest.approx(estimate, abs=1e-12)
        assert effect.std_error == pytest.approx(error, rel=1e-6)


def test_names_and_order_of_rows_do_not_matter() -> None:
    rows, joined = random_panel(4)
    mixed = {(1000 - unit, period): rows[unit, period] for unit, period in reversed(rows)}
    again = study(mixed, {1000 - unit: group for unit, group in joined.items()})
    assert again.simple().estimate == pytest.approx(study(rows, joined).simple().estimate, abs=1e-12)
    assert again.simple().std_error == pytest.approx(study(rows, joined).simple().std_error, abs=1e-12)


def test_a_measure_taken_only_in_some_periods_counts_from_the_last_one_before_joining() -> None:
    rows = {(unit, period): float(unit * period) for unit in range(1, 9) for period in (4, 8, 12)}
    joined = {unit: 6 if unit < 4 else 0 for unit in range(1, 9)}
    found = study(rows, joined)
    assert [(cell.base, cell.period) for cell in found.group_times()] == [(4, 8), (4, 12)]
    assert list(found.by_event_time().by) == [2, 6]
    assert found.movement_before(4) is None


def test_who_had_joined_by_the_first_period_is_left_out_and_later_than_the_last_is_not_joined() -> None:
    rows, joined = random_panel(5, missing=0.0)
    always = [unit for unit, group in joined.items() if group == 1]
    found = study(rows, joined | {0: 99})
    assert found.always_treated == len([unit for unit in always if unit != 0]) > 0
    assert found.units == 40 - found.always_treated


def test_intervals_hold_no_effect_95_times_in_100() -> None:
    held = 0
    for seed in range(200):
        rng = np.random.default_rng(seed)
        joined = {unit: int(rng.choice([0, 3, 4, 5])) for unit in range(120)}
        level = rng.normal(0, 1, 120)
        rows = {(u, t): float(level[u] + t + rng.normal()) for u in range(120) for t in range(1, 7)}
        interval = study(rows, joined).simple().interval
        assert interval
        held += interval.low <= 0 <= interval.high
    assert 182 <= held <= 198


@pytest.mark.parametrize(
    ("joined", "words"),
    [
        (dict.fromkeys(JOINED, 0), "Nobody joined"),
        (dict.fromkeys(JOINED, 1), "had joined by the first"),
        (dict.fromkeys(JOINED, 2), "had not, seen before and after"),
    ],
)
def test_nobody_to_compare_is_an_error_with_its_reason(joined: dict[int, int], words: str) -> None:
    with pytest.raises(NobodyToCompare, match=words):
        study(HAND, joined)


def test_rows_that_are_no_panel_are_refused() -> None:
    one = np.array([1, 1, 2], dtype=np.int64)
    none = np.zeros(3, dtype=np.int64)
    values = np.ones(3)
    with pytest.raises(BadPanel, match="differ in number"):
        event_study(one, none, one[:2], values)
    with pytest.raises(BadPanel, match="twice"):
        event_study(one, none, one, values)
    with pytest.raises(BadPanel, match="not a number"):
        event_study(one, none, np.array([1, 2, 1]), np.array([1.0, np.nan, 1.0]))
    with pytest.raises(BadPanel, match="two times of joining"):
        event_study(one, np.array([0, 2, 0]), np.array([1, 2, 1]), values)
    with pytest.raises(NobodyToCompare, match="Nothing was measured"):
        event_study(one[:0], none[:0], one[:0], values[:0])


def test_no_spread_gives_no_interval() -> None:
    rows = {(unit, period): 1.0 for unit in JOINED for period in (1, 2, 3)}
    effect = study(rows, JOINED).simple()
    assert (effect.estimate, effect.std_error, effect.interval) == (0.0, None, None)
