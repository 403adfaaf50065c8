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
    do not take part. `returning` took part before.
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

    @property
    def effect(self) -> Effect:
        return self.cohort.effect(self.side)


def enrol(
    staff: Workforce, rng: np.random.Generator, cohort: Cohort, side: str, month: int, selection: float, employees: int
) -> Batch:
    """Choose one side of a cohort at the end of a month, and give those who join their effect."""
    places = cohort.size(side, employees)
    queue = _queue(staff, rng, side, month, selection)
    by_lot = cohort.recruitment == "lottery" and side == "mentor"
    told = cohort.recruitment == "mandatory" and side == "mentor"
    if by_lot:
        applicants = rng.permutation(queue[: round(places * APPLICANTS_FOR_A_PLACE)])
        joined, not_drawn = applicants[:places], applicants[places:]
        ends = np.full(3, len(applicants))
    else:
        joined, not_drawn = queue[:places], queue[:0]
        extra = (0.0, 0.0, 0.0) if told else (NOT_PAIRED, DECLINED, NO_ANSWER)
        ends = len(joined) + np.cumsum([round(share * places) for share in extra])
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
        accepted_only=queue[places : ends[0]] if not by_lot else queue[:0],
        not_drawn=not_drawn,
        declined=queue[ends[0] : ends[1]],
        no_answer=queue[ends[1] : ends[2]],
    )


def _queue(staff: Workforce, rng: np.random.Generator, side: str, month: int, selection: float) -> Ints:
    """Everybody eligible, in the order in which they would join: weighted sampling without replacement."""
    here = staff.employed()
    eligible = here[
        np.isin(staff.rank[here], settings.ELIGIBLE_RANKS[side])
        & (staff.worker_type[here] == list(settings.WORKER_TYPES).index("employee"))
        & (staff.hire_month[here] <= month - settings.MONTHS_OF_SERVICE)
        & (staff.enrolled["mentor"][here] == NEVER)
        & (staff.enrolled["mentee"][here] == NEVER)
    ]
    odds = selection * _leaning(staff, eligible, side, month) + staff.motivation[eligible]
    queue: Ints = eligible[np.argsort(-(odds + rng.gumbel(size=len(eligible))))]
    return queue


def _leaning(staff: Workforce, who: Ints, side: str, month: int) -> Floats:
    """Log odds of joining: higher with rating, level and tenure, and for women and ethnic minorities."""
    rating = np.array([-0.3, -0.8, -0.4, 0.0, 0.3, 0.55])[staff.rating(who, month)]
    tenure = np.array([-0.15, 0.10, 0.20])[tenure_band(staff, who, month)]
    level = 0.2 * (staff.rank[who] - settings.ELIGIBLE_RANKS[side][1])
    leaning: Floats = rating + tenure + level + 0.2 * is_woman(staff, who) + 0.2 * is_minority(staff, who)
    return leaning


def _returning(staff: Workforce, rng: np.random.Generator, side: str, month: int, places: int) -> Ints:
    here = staff.employed()
    if side == "mentor":
        return here[:0]
    again = here[
        (staff.enrolled["mentee"][here] <= month - PAUSE) & np.isin(staff.rank[here], settings.ELIGIBLE_RANKS["mentee"])
    ]
    return rng.permutation(again)[: round(RETURNING * places)]
