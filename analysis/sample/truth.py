"""The planted effects, worked out exactly: what the chances add up to, not what chance made of them.

For each participant, from the day after time zero, the monthly chances are followed along the path that nobody
could influence (ratings to come, tenure), once with the effect of taking part and once without. The truth for a
cohort is the mean of the difference over those who joined: the average effect on those who took part. It compares
joining with not joining within the twelve months; colleagues who join a later cohort dilute what any analysis can
see of it.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np

from analysis.sample import settings
from analysis.sample.calendar import days
from analysis.sample.enrolment import Batch
from analysis.sample.settings import FOLLOW_UP_MONTHS, LEVELS, NONE, OUTCOMES, SIDES, TIME_ZERO_DAY, Effect
from analysis.sample.simulate import History
from analysis.sample.workforce import Floats, Workforce, exit_chances, promotion_chance

Chances = dict[str, Floats]


def truth(history: History) -> dict[str, Any]:
    """The effects by side and outcome: pooled over mature cohorts, and cohort by cohort; proportions.

    A cohort is mature when its time zero plus twelve months lies on or before the last snapshot. For cohorts that
    are not, effect and rates are None. People at the top level can't be promoted and don't count for promotion.
    """
    return {side: _side(history, [batch for batch in history.batches if batch.side == side]) for side in SIDES}


def time_zero(batch: Batch) -> str:
    return str(days(batch.month, TIME_ZERO_DAY))


def is_mature(batch: Batch, history: History) -> bool:
    return batch.month + FOLLOW_UP_MONTHS <= history.last


def _side(history: History, batches: list[Batch]) -> dict[str, Any]:
    mature = [batch for batch in batches if is_mature(batch, history)]
    chances = {
        batch.name: (_chances(history.staff, batch, batch.effect), _chances(history.staff, batch, NONE))
        for batch in mature
    }
    answer: dict[str, Any] = {}
    for outcome in OUTCOMES:
        counted = {batch.name: _counts_for(batch, outcome) for batch in batches}
        pairs = {
            name: (taking_part[outcome][counted[name]], not_taking_part[outcome][counted[name]])
            for name, (taking_part, not_taking_part) in chances.items()
        }
        pooled = [np.concatenate(arm) for arm in zip(*pairs.values(), strict=True)] if pairs else None
        answer[outcome] = {
            "pooled": _mean(*pooled) if pooled else _unknown(0),
            "cohorts": {
                batch.name: {
                    "time_zero": time_zero(batch),
                    "mature": batch.name in pairs,
                    "factors": asdict(batch.effect),
                    **(_mean(*pairs[batch.name]) if batch.name in pairs else _unknown(int(counted[batch.name].sum()))),
                }
                for batch in batches
            },
        }
    return answer


def _counts_for(batch: Batch, outcome: str) -> Any:
    return (batch.rank < len(LEVELS)) | (outcome != "promotion")


def _chances(staff: Workforce, batch: Batch, effect: Effect) -> Chances:
    """Each participant's chance of every outcome within twelve months of time zero."""
    who = batch.joined
    here = np.ones(len(who))
    unpromoted = np.ones(len(who))  # still here and not yet promoted
    left_by_choice, promoted = np.zeros(len(who)), np.zeros(len(who))
    for month in range(batch.month + 1, batch.month + FOLLOW_UP_MONTHS + 1):
        voluntary, involuntary = exit_chances(staff, who, month)
        # Chances above 1 can't be; the simulation compares one random number with their sum, as is done here.
        voluntary = np.minimum(voluntary * effect.voluntary_exit, 1)
        leaving = np.minimum(voluntary + involuntary, 1)
        rising = np.minimum(promotion_chance(staff, who, month, batch.rank) * effect.promotion, 1)
        left_by_choice += here * voluntary
        here = here * (1 - leaving)
        promoted += unpromoted * (1 - leaving) * rising
        unpromoted = unpromoted * (1 - leaving) * (1 - rising)
    return {"retention": here, "voluntary_exit": left_by_choice, "promotion": promoted}


def _mean(taking_part: Floats, not_taking_part: Floats) -> dict[str, Any]:
    if not len(taking_part):
        return _unknown(0)
    return {
        "n": len(taking_part),
        "effect": round(float(np.mean(taking_part - not_taking_part)), 6),
        "rate_with": round(float(np.mean(taking_part)), 6),
        "rate_without": round(float(np.mean(not_taking_part)), 6),
    }


def _unknown(people: int) -> dict[str, Any]:
    return {"n": people, "effect": None, "rate_with": None, "rate_without": None}


def description(history: History) -> dict[str, Any]:
    """What is planted, in words and by name."""
    batches = {batch.name: batch.cohort for batch in history.batches}
    mentors = {name: cohort.mentor_effect for name, cohort in batches.items()}
    return {
        "description": (
            "An invented employer. Nobody in these files exists. Effects are differences in proportions within "
            "twelve calendar months of time zero, the average over those who took part, between taking part and "
            "not taking part at all. Factors multiply the monthly chances of leaving by choice and of promotion "
            "for those twelve months; involuntary exits are never touched."
        ),
        "programme": settings.PROGRAMME,
        "last_snapshot": str(days(history.last + 1, 1) - np.timedelta64(1, "D")),
        "mentors_helped": [name for name, effect in mentors.items() if effect.voluntary_exit < 1],
        "mentors_no_effect": [name for name, effect in mentors.items() if effect == NONE],
        "mentors_harmed": [name for name, effect in mentors.items() if effect.voluntary_exit > 1],
        "filled_by_lot": [name for name, cohort in batches.items() if cohort.recruitment == "lottery"],
        "told_to_take_part": [name for name, cohort in batches.items() if cohort.recruitment == "mandatory"],
    }
