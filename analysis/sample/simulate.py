"""Month by month: people leave, are promoted, are hired, join a cohort; every third month HR takes a snapshot."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.sample.calendar import first_month, last_month, season_label
from analysis.sample.enrolment import Batch, enrol
from analysis.sample.people import assign_managers, snapshot
from analysis.sample.settings import SIDES, Cohort
from analysis.sample.workforce import Ints, Workforce, draw, exit_chances, hire, promotion_chance


@dataclass(frozen=True)
class History:
    """What happened. `promotions` holds slot, month, day, from_rank, to_rank, one row a promotion."""

    first: int
    last: int
    staff: Workforce
    batches: tuple[Batch, ...]
    snapshots: tuple[pd.DataFrame, ...]
    promotions: pd.DataFrame


def simulate(
    rng: np.random.Generator,
    employees: int,
    quarters: int,
    cohorts: tuple[Cohort, ...],
    selection: float,
    hidden_motivation: float,
) -> History:
    """Run the employer from the first snapshot to the last.

    In a month exits come first, then promotions, then hires, then enrolments. Exits and promotions fall on days 2
    to 27, enrolments on days 20 to 28: twelve simulated months are exactly the twelve months after time zero.
    """
    first, last = first_month(quarters), last_month()
    starting = _by_month(cohorts, first)
    staff = draw(rng, employees, first, last, hidden_motivation)
    assign_managers(staff, rng)
    snapshots = [snapshot(staff, first, np.array([], dtype=np.int64))]
    batches: list[Batch] = []
    promotions: list[pd.DataFrame] = []
    left: list[Ints] = []
    for month in range(first + 1, last + 1):
        left.append(_leave(staff, rng, month))
        promotions.append(_promote(staff, rng, month))
        hire(staff, rng, month, employees)
        if month in starting:
            for side in SIDES:
                batches.append(enrol(staff, rng, starting[month], side, month, selection, employees))
        if (month - first) % 3 == 0:
            assign_managers(staff, rng)
            snapshots.append(snapshot(staff, month, np.concatenate(left)))
            left.clear()
    return History(first, last, staff, tuple(batches), tuple(snapshots), pd.concat(promotions, ignore_index=True))


def _by_month(cohorts: tuple[Cohort, ...], first: int) -> dict[int, Cohort]:
    starting = {first + cohort.month: cohort for cohort in cohorts}
    if len({season_label(month) for month in starting}) < len(cohorts):
        raise ValueError("Two cohorts start in the same season; give them months that lie a season apart.")
    if any(cohort.month < 1 for cohort in cohorts):
        raise ValueError("A cohort starts before the month after the first snapshot.")
    return starting


def _leave(staff: Workforce, rng: np.random.Generator, month: int) -> Ints:
    here = staff.employed()
    voluntary, involuntary = exit_chances(staff, here, month)
    under_effect = month <= staff.effect_until[here]
    voluntary = np.where(under_effect, voluntary * staff.voluntary_factor[here], voluntary)
    chance = rng.random(staff.size)[here]
    leaving = chance < voluntary + involuntary
    left = here[leaving]
    staff.exit_month[left] = month
    staff.exit_voluntary[left] = (chance < voluntary)[leaving]
    return left


def _promote(staff: Workforce, rng: np.random.Generator, month: int) -> pd.DataFrame:
    here = staff.employed()
    chance = promotion_chance(staff, here, month, staff.rank[here])
    under_effect = month <= staff.effect_until[here]
    chance = np.where(under_effect, chance * staff.promotion_factor[here], chance)
    risen = here[rng.random(staff.size)[here] < chance]
    rows = pd.DataFrame(
        {
            "slot": risen,
            "month": month,
            "day": rng.integers(2, 28, len(risen)),
            "from_rank": staff.rank[risen],
            "to_rank": staff.rank[risen] + 1,
        }
    )
    staff.rank[risen] += 1
    return rows
