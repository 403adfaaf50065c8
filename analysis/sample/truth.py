"""The planted effects, worked out: what the chances add up to, not what chance made of them.

For each participant, from the day after time zero, the monthly chances are followed along the path that nobody
could influence (ratings to come, tenure) in three arms: taking part; not taking part at all; and not joining now,
but perhaps a later cohort, as their colleagues may. The mean of a difference over those who joined is the average
effect on those who took part. The first two arms are exact. The third is what an analysis against everybody who
has not joined by time zero aims at; it leaves out that a promotion changes the chance of joining later.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np

from analysis.sample import settings
from analysis.sample.calendar import days
from analysis.sample.enrolment import Batch, joining_chance
from analysis.sample.settings import FOLLOW_UP_MONTHS, LEVELS, NONE, OUTCOMES, SIDES, TIME_ZERO_DAY, Effect
from analysis.sample.simulate import History
from analysis.sample.workforce import Floats, Workforce, exit_chances, promotion_chance

Arms = dict[str, Floats]  # a chance for each participant, by arm


def truth(history: History) -> dict[str, Any]:
    """The effects by side and outcome: pooled over mature cohorts, and cohort by cohort; proportions.

    effect = rate_with - rate_without (not taking part within the twelve months); effect_not_now = rate_with -
    rate_not_now (not joining now). A cohort is mature when its time zero plus twelve months lies on or before the
    last snapshot; for others they are None. People at the top level can't be promoted and don't count for promotion.
    """
    return {side: _side(history, [batch for batch in history.batches if batch.side == side]) for side in SIDES}


def _side(history: History, batches: list[Batch]) -> dict[str, Any]:
    chances = {batch.name: _arms(history, batch) for batch in batches if _is_mature(batch, history)}
    answer: dict[str, Any] = {}
    for outcome in OUTCOMES:
        counted = {batch.name: (batch.rank < len(LEVELS)) | (outcome != "promotion") for batch in batches}
        mature = {
            name: {arm: chance[counted[name]] for arm, chance in outcomes[outcome].items()}
            for name, outcomes in chances.items()
        }
        everybody = {arm: np.concatenate([arms[arm] for arms in mature.values()]) for arm in ARMS} if mature else {}
        answer[outcome] = {
            "pooled": _rates(everybody, sum(len(arms["with"]) for arms in mature.values())),
            "cohorts": {
                batch.name: {
                    "time_zero": str(days(batch.month, TIME_ZERO_DAY)),
                    "mature": batch.name in mature,
                    "factors": asdict(batch.effect),
                    **_rates(mature.get(batch.name, {}), int(counted[batch.name].sum())),
                }
                for batch in batches
            },
        }
    return answer


ARMS = ("with", "without", "not_now")


def _is_mature(batch: Batch, history: History) -> bool:
    return batch.month + FOLLOW_UP_MONTHS <= history.last


def _arms(history: History, batch: Batch) -> dict[str, Arms]:
    """Each participant's chance of every outcome, by outcome and arm."""
    end = batch.month + FOLLOW_UP_MONTHS
    later = [other for other in history.batches if other.side == batch.side and batch.month < other.month < end]
    followed = {
        "with": _follow(history.staff, batch, batch.effect, []),
        "without": _follow(history.staff, batch, NONE, []),
        "not_now": _follow(history.staff, batch, NONE, later),
    }
    return {outcome: {arm: followed[arm][outcome] for arm in ARMS} for outcome in OUTCOMES}


def _follow(staff: Workforce, batch: Batch, effect: Effect, later: list[Batch]) -> dict[str, Floats]:
    """Each participant's chance of every outcome within twelve months of time zero, under one effect from the start.

    Where there are later batches, people move to them (row 1, 2, ... of the arrays) with the chance that they had.
    """
    who = batch.joined
    effects = [effect, *(other.effect for other in later)]
    voluntary_factor = np.array([[each.voluntary_exit] for each in effects])
    promotion_factor = np.array([[each.promotion] for each in effects])
    here = np.zeros((len(effects), len(who)))
    here[0] = 1
    unpromoted = here.copy()  # still here and not yet promoted
    left_by_choice, promoted = np.zeros(len(who)), np.zeros(len(who))
    for month in range(batch.month + 1, batch.month + FOLLOW_UP_MONTHS + 1):
        voluntary, involuntary = exit_chances(staff, who, month)
        # The simulation compares one random number with the sum, so nothing counts beyond 1.
        choosing = np.minimum(voluntary * voluntary_factor, 1)
        leaving = np.minimum(choosing + involuntary, 1)
        rising = np.minimum(promotion_chance(staff, who, month, batch.rank) * promotion_factor, 1)
        left_by_choice += (here * choosing).sum(axis=0)
        here = here * (1 - leaving)
        promoted += (unpromoted * (1 - leaving) * rising).sum(axis=0)
        unpromoted = unpromoted * (1 - leaving) * (1 - rising)
        for row, other in enumerate(later, start=1):
            if other.month == month:
                joining = joining_chance(staff, other, who, batch.rank)
                for people in (here, unpromoted):
                    people[row] = people[0] * joining
                    people[0] *= 1 - joining
    return {"retention": here.sum(axis=0), "voluntary_exit": left_by_choice, "promotion": promoted}


def _rates(arms: Arms, people: int) -> dict[str, Any]:
    rates = {arm: float(np.mean(arms[arm])) if people and arms else None for arm in ARMS}
    told = {f"rate_{arm}": None if rate is None else round(rate, 6) for arm, rate in rates.items()}
    return {
        "n": people,
        "effect": _difference(rates["with"], rates["without"]),
        "effect_not_now": _difference(rates["with"], rates["not_now"]),
        **told,
    }


def _difference(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else round(one - other, 6)


def description(history: History) -> dict[str, Any]:
    """What is planted, in words and by name."""
    batches = {batch.name: batch.cohort for batch in history.batches}
    mentors = {name: cohort.mentor_effect for name, cohort in batches.items()}
    return {
        "description": (
            "An invented employer. Nobody in these files exists. Effects are differences in proportions within "
            "twelve calendar months of time zero, averaged over those who took part: effect is against not taking "
            "part at all, effect_not_now against not joining now but perhaps later, as colleagues may. Factors "
            "multiply the monthly chances of leaving by choice and of promotion for those twelve months; "
            "involuntary exits are never touched."
        ),
        "programme": settings.PROGRAMME,
        "last_snapshot": str(days(history.last + 1, 1) - np.timedelta64(1, "D")),
        "mentors_helped": [name for name, effect in mentors.items() if effect.voluntary_exit < 1],
        "mentors_no_effect": [name for name, effect in mentors.items() if effect == NONE],
        "mentors_harmed": [name for name, effect in mentors.items() if effect.voluntary_exit > 1],
        "filled_by_lot": [name for name, cohort in batches.items() if cohort.recruitment == "lottery"],
        "told_to_take_part": [name for name, cohort in batches.items() if cohort.recruitment == "mandatory"],
    }
