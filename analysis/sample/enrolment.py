"""Who joins a cohort: chosen among eligible colleagues, favouring some of them, at the end of a month."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.sample import settings
from analysis.sample.calendar import NEVER, season_label
from analysis.sample.settings import Cohort, Effect
from analysis.sample.workforce import Floats, Ints, Workforce, is_minority, is_woman, tenure_band

NOT_PAIRED = 0.08  # of those who accept
DECLINED, NO_ANSWER = 0.75, 0.45  # for each who accepts
APPLICANTS_FOR_A_PLACE = 1.9  # where places are drawn by lot
RETURNING = 0.15  # mentees of earlier cohorts who come again, for each new one
PAUSE = 9  # months before a mentee may come again


@dataclass(frozen=True)
class Batch:
    """One side of one cohort, as slots of the workforce.

    `joined` are paired for the first time (with `rank`, theirs on that day); the others were asked or applied, and
    do not take part. `returning` took part before. `selection`, `threshold` and `drawn` say how likely anybody else
    would have been to join: see joining_chance().
    """

    cohort: Cohort
    name: str
    side: str
    month: int
    joined: Ints
    rank: Ints
    returning: Ints
    accepted_only: Ints
    not_drawn: Ints
    declined: Ints
    no_answer: Ints
    selection: float
    threshold: float
    drawn: float

    @property
    def effect(self) -> Effect:
        return self.cohort.effect(self.side)


def enrol(
    staff: Workforce, rng: np.random.Generator, cohort: Cohort, side: str, month: int, selection: float, employees: int
) -> Batch:
    """Choose one side of a cohort at the end of a month, and give those who join their effect."""
    places = cohort.size(side, employees)
    eligible = _eligible(staff, side, month)
    keys = _log_odds(staff, eligible, staff.rank[eligible], side, month, selection) + rng.gumbel(size=len(eligible))
    order = np.argsort(-keys)
    queue = eligible[order]  # the order in which people would join: weighted sampling without replacement
    by_lot = cohort.recruitment == "lottery" and side == "mentor"
    told = cohort.recruitment == "mandatory" and side == "mentor"
    if by_lot:
        applicants = rng.permutation(queue[: round(places * APPLICANTS_FOR_A_PLACE)])
        joined, not_drawn = applicants[:places], applicants[places:]
        admitted = len(applicants)
        ends = np.full(3, admitted)
    else:
        joined, not_drawn = queue[:places], queue[:0]
        admitted = len(joined)
        extra = (0.0, 0.0, 0.0) if told else (NOT_PAIRED, DECLINED, NO_ANSWER)
        ends = admitted + np.cumsum([round(share * places) for share in extra])
    staff.enrolled[side][joined] = month
    staff.voluntary_factor[joined] = cohort.effect(side).voluntary_exit
    staff.promotion_factor[joined] = cohort.effect(side).promotion
    staff.effect_until[joined] = month + settings.FOLLOW_UP_MONTHS
    return Batch(
        cohort=cohort,
        name=season_label(month),
        side=side,
        month=month,
        joined=joined,
        rank=staff.rank[joined].copy(),
        returning=_returning(staff, rng, side, month, places),
        accepted_only=queue[admitted : ends[0]],
        not_drawn=not_drawn,
        declined=queue[ends[0] : ends[1]],
        no_answer=queue[ends[1] : ends[2]],
        selection=selection,
        threshold=float(keys[order[admitted - 1]]) if admitted else np.inf,
        drawn=len(joined) / max(1, admitted),
    )


def joining_chance(staff: Workforce, batch: Batch, who: Ints, rank: Ints) -> Floats:
    """How likely people of these ranks, eligible on that day, would have been to join this batch as well."""
    odds = _log_odds(staff, who, rank, batch.side, batch.month, batch.selection)
    chance: Floats = -batch.drawn * np.expm1(-np.exp(odds - batch.threshold))
    return chance


def _eligible(staff: Workforce, side: str, month: int) -> Ints:
    here = staff.employed()
    may = (
        np.isin(staff.rank[here], settings.ELIGIBLE_RANKS[side])
        & (staff.worker_type[here] == list(settings.WORKER_TYPES).index("employee"))
        & (staff.hire_month[here] <= month - settings.MONTHS_OF_SERVICE)
        & (staff.enrolled["mentor"][here] == NEVER)
        & (staff.enrolled["mentee"][here] == NEVER)
    )
    eligible: Ints = here[may]
    return eligible


def _log_odds(staff: Workforce, who: Ints, rank: Ints, side: str, month: int, selection: float) -> Floats:
    """Log odds of joining: higher with rating, level and tenure, and for women and ethnic minorities."""
    rating = np.array([-0.3, -0.8, -0.4, 0.0, 0.3, 0.55])[staff.rating(who, month)]
    tenure = np.array([-0.15, 0.10, 0.20])[tenure_band(staff, who, month)]
    level = 0.2 * (rank - settings.ELIGIBLE_RANKS[side][1])
    leaning = rating + tenure + level + 0.2 * is_woman(staff, who) + 0.2 * is_minority(staff, who)
    odds: Floats = selection * leaning + staff.motivation[who]
    return odds


def _returning(staff: Workforce, rng: np.random.Generator, side: str, month: int, places: int) -> Ints:
    here = staff.employed()
    if side == "mentor":
        return here[:0]
    again = here[
        (staff.enrolled["mentee"][here] <= month - PAUSE) & np.isin(staff.rank[here], settings.ELIGIBLE_RANKS["mentee"])
    ]
    return rng.permutation(again)[: round(RETURNING * places)]
