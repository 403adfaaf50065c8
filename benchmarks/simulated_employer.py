"""An invented employer whose programme does exactly what it is told to: the ground truth of the simulation.

Who joins is not left to chance: high raters, middle levels, minorities and people with longer service join more, and
most of that goes with leaving less and with promotion. Everything that drives both is in the HR files, so a right
analysis can undo it. Months count from January 2019; the files begin with the snapshot of March 2020, so that
promotions of the year before are known; programme cohorts start every half year from April 2020.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.plan import default_plan_text

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

STAFF, HIRES_A_MONTH, MONTHS, FIRST_YEAR = 3000, 34, 60, 2019
SNAPSHOTS = tuple(range(14, MONTHS, 3))  # sixteen quarter ends: the last day of these months
COHORTS = tuple(range(15, 48, 6))  # time zero is the first day of these months; the last one is complete by the end
YEAR = 12
NEVER = 10_000
MIN_SERVICE = 6
TOP_LEVEL = 4
NO_RATING = 0

LEVELS = ("L1", "L2", "L3", "L4", "L5")
RATINGS = ("unknown", "1", "2", "3", "4", "5")
DEPARTMENTS = ("Care", "Claims", "Finance", "People", "Sales", "Technology")
GENDERS = ("man", "woman")
ETHNICITIES = ("group A", "group B", "group C", "group D")
OUTCOMES = ("retention", "voluntary_exit", "promotion")

# What the programme does where it works, for twelve months from joining: chances a month are multiplied by these.
VOLUNTARY_EXIT_FACTOR, PROMOTION_FACTOR = 0.66, 1.4
FUTURES = 10  # futures drawn for each participant to find the true effect


@dataclass(frozen=True)
class People:
    """What never changes, one entry a person. hired: the month on whose first day they began (may be negative)."""

    hired: Ints
    department: Ints
    gender: Ints
    ethnicity: Ints
    part_time: Bools

    def take(self, chosen: Ints) -> People:
        return People(*(getattr(self, name)[chosen] for name in self.__dataclass_fields__))


@dataclass(frozen=True)
class Employer:
    """A simulated history.

    level, rating: state at the end of each month, shape (months, people); promoted: whether in that month, same shape;
    left: month of leaving, NEVER for who stays; voluntary: how; joined: cohort number, -1 for who never does;
    truth: effect on those who took part, as a difference of proportions, by outcome (see `true_effect`).
    """

    people: People
    level: npt.NDArray[np.int8]
    rating: npt.NDArray[np.int8]
    promoted: Bools
    left: Ints
    voluntary: Bools
    joined: Ints
    truth: dict[str, float]


def invent(seed: int, participants: int, *, effect: bool) -> Employer:
    """One employer. The same seed gives the same people and the same dice whatever the effect."""
    dice = np.random.default_rng([seed, participants])
    people = _people(dice)
    count = len(people.hired)
    level = np.where(people.hired < 0, dice.choice(5, count, p=[0.28, 0.30, 0.22, 0.14, 0.06]), 0)
    level = np.where(people.hired >= 0, dice.choice(5, count, p=[0.48, 0.30, 0.14, 0.06, 0.02]), level)
    rating = np.where(people.hired <= -4, _drawn_rating(dice.random(count)), NO_RATING)
    left, joined = np.full(count, NEVER), np.full(count, -1)
    voluntary = np.zeros(count, dtype=np.bool_)
    levels, ratings = (np.zeros((MONTHS, count), dtype=np.int8) for _ in range(2))
    promoted = np.zeros((MONTHS, count), dtype=np.bool_)
    sizes = np.diff(np.linspace(0, participants, len(COHORTS) + 1).round().astype(np.int64))
    cut_offs = np.full(len(COHORTS), np.inf)
    for month in range(MONTHS):
        chances = dice.random((4, count))
        lots = dice.gumbel(size=count)
        here = (people.hired <= month) & (left == NEVER)
        if month in COHORTS:
            number = COHORTS.index(month)
            free = here & (people.hired <= month - MIN_SERVICE) & (joined == -1)
            key = np.where(free, _eagerness(people, level, rating, month) + lots, -np.inf)
            chosen = np.argpartition(-key, sizes[number])[: sizes[number]]
            joined[chosen] = number
            cut_offs[number] = key[chosen].min()
        since = month - np.asarray(COHORTS)[joined]
        helped = effect & (joined >= 0) & (since < YEAR)
        rating = _next_rating(rating, people.hired, month, chances[0], chances[1])
        resign, dismissed, rise = _chances(people, level, rating, month, helped)
        goes = here & (chances[2] < resign + dismissed)
        voluntary |= goes & (chances[2] < resign)
        left[goes] = month
        promoted[month] = here & ~goes & (chances[3] < rise)
        level = level + promoted[month]
        levels[month], ratings[month] = level, rating
    employer = Employer(people, levels, ratings, promoted, left, voluntary, joined, dict.fromkeys(OUTCOMES, 0.0))
    if not effect:
        return employer
    employer.truth.update(true_effect(employer, cut_offs, np.random.default_rng([seed, participants, 1])))
    return employer


def true_effect(employer: Employer, cut_offs: Floats, dice: np.random.Generator) -> dict[str, float]:
    """The effect on those who took part of joining now against not now: expected, given who they were that day.

    Every participant lives FUTURES times twice from time zero with the same dice: once helped for twelve months, once
    not joining now. Whoever does not join now may be drawn for the next cohort, half a year on, with the chance that
    its real cut-off gives them, and is helped from then on. Chances of leaving are multiplied up rather than drawn,
    which makes the answer nearly free of chance. Promotion counts those below the top level.
    """
    sums, below_top = np.zeros(3), 0.0
    for number, start in enumerate(COHORTS):
        members = np.repeat(np.flatnonzero(employer.joined == number), FUTURES)
        people = employer.people.take(members)
        first_level = employer.level[start - 1, members].astype(np.int64)
        first_rating = employer.rating[start - 1, members].astype(np.int64)
        rolls = dice.random((YEAR, 4, len(members)))
        risen = first_level < TOP_LEVEL
        below_top += risen.sum() / FUTURES
        for sign, joins_now in ((1.0, True), (-1.0, False)):
            level, rating = first_level, first_rating
            stays, resigned, rose = np.ones(len(members)), np.zeros(len(members)), np.zeros(len(members))
            helped = np.full(len(members), joins_now)
            for step in range(YEAR):
                month = start + step
                if not joins_now and number + 1 < len(COHORTS) and month == COHORTS[number + 1]:
                    eager = _eagerness(people, level, rating, month)
                    helped = rolls[step, 0] < -np.expm1(-np.exp(eager - cut_offs[number + 1]))
                rating = _next_rating(rating, people.hired, month, rolls[step, 1], rolls[step, 2])
                resign, dismissed, rise = _chances(people, level, rating, month, helped)
                resigned += stays * resign
                stays = stays * (1.0 - resign - dismissed)
                up = rolls[step, 3] < rise
                rose = np.where(up & (rose == 0.0), stays, rose)
                level = level + up
            sums += sign * np.array([stays.sum(), resigned.sum(), rose[risen].sum()]) / FUTURES
    joined = float((employer.joined >= 0).sum())
    return {"retention": sums[0] / joined, "voluntary_exit": sums[1] / joined, "promotion": sums[2] / below_top}


def _people(dice: np.random.Generator) -> People:
    before = -1 - (dice.exponential(60.0, STAFF) % 300.0).astype(np.int64)
    hired = np.concatenate([before, np.repeat(np.arange(MONTHS), HIRES_A_MONTH)])
    count = len(hired)
    return People(
        hired=hired,
        department=dice.choice(6, count, p=[0.24, 0.20, 0.10, 0.08, 0.20, 0.18]),
        gender=dice.integers(0, 2, count),
        ethnicity=dice.choice(4, count, p=[0.62, 0.17, 0.13, 0.08]),
        part_time=dice.random(count) < 0.12,
    )


def _drawn_rating(roll: Floats) -> Ints:
    return 1 + np.searchsorted([0.06, 0.22, 0.64, 0.90], roll)


def _next_rating(rating: Ints, hired: Ints, month: int, changes: Floats, roll: Floats) -> Ints:
    """Reviews are in January; two in five people get another rating, those hired since October none yet."""
    if month % YEAR:
        return rating
    reviewed = (hired <= month - 4) & ((rating == NO_RATING) | (changes < 0.4))
    return np.where(reviewed, _drawn_rating(roll), rating)


def _points(rating: Ints) -> Floats:
    """The rating as a number around 0; without one, as the middle."""
    return np.where(rating == NO_RATING, 0.0, rating - 3.0)


def _eagerness(people: People, level: Ints, rating: Ints, month: int) -> Floats:
    """The log of the weight with which somebody is drawn into a cohort."""
    service = month - people.hired
    return (
        0.5 * _points(rating)
        + np.array([-0.3, 0.4, 0.5, 0.1, -0.9])[level]
        + 0.4 * (people.ethnicity > 0)
        + 0.2 * (people.gender == 1)
        + 0.35 * (service >= 24)
        + 0.15 * (service >= 60)
        + np.array([0.0, -0.2, 0.0, 0.4, -0.1, 0.2])[people.department]
        - 0.3 * people.part_time
    )


def _chances(people: People, level: Ints, rating: Ints, month: int, helped: Bools) -> tuple[Floats, Floats, Floats]:
    """Chances of one month: to resign, to be dismissed, to be promoted. Dismissal is never touched by the programme."""
    points = _points(rating)
    service = month - people.hired
    resign = 0.0195 * np.exp(
        -0.28 * points
        - 0.16 * level
        - 0.35 * (service >= 24)
        - 0.35 * (service >= 60)
        + 0.08 * points * (level == 0)
        + np.array([0.15, 0.0, 0.0, -0.1, 0.1, 0.0])[people.department]
        + 0.1 * people.part_time
    )
    dismissed = 0.0028 * np.exp(-0.35 * points)
    rise = np.where(level < TOP_LEVEL, 0.0085 * np.exp(0.4 * points - 0.15 * level - 0.3 * people.part_time), 0.0)
    return (
        np.where(helped, VOLUNTARY_EXIT_FACTOR * resign, resign),
        dismissed,
        np.where(helped, PROMOTION_FACTOR * rise, rise),
    )


def first_day(month: Ints | int) -> npt.NDArray[np.datetime64]:
    return (np.datetime64(f"{FIRST_YEAR}-01", "M") + np.asarray(month)).astype("datetime64[D]")


@dataclass(frozen=True)
class Tables:
    """The employer's rows as the product's own tables hold them, and the plan to read them by."""

    people: pd.DataFrame
    ladder: pd.DataFrame
    job_events: pd.DataFrame
    pairs: pd.DataFrame
    plan: str


def tables(employer: Employer) -> Tables:
    """As HR would export it: a snapshot a quarter, in which a leaver stands once more, promotions, and pairs.

    Things happen between the 2nd and the 28th of a month, so that none falls on time zero. Mentees are outside the
    company: only the mentors' side is studied.
    """
    names = np.array([f"p{number:05d}" for number in range(len(employer.left))])
    day_of_exit = first_day(np.minimum(employer.left, MONTHS)) + 1 + np.arange(len(names)) % 27
    frames = [_snapshot(employer, month, names, day_of_exit) for month in SNAPSHOTS]
    seen = np.isin(names, np.concatenate([frame["employee_id"] for frame in frames]))
    when, who = np.nonzero(employer.promoted & seen)
    events = pd.DataFrame(
        {
            "employee_id": names[who],
            "effective_date": first_day(when) + 1 + (who + when) % 27,
            "event_type": "promotion",
            "from_level": np.array(LEVELS)[employer.level[when, who] - 1],
            "to_level": np.array(LEVELS)[employer.level[when, who]],
        }
    )
    joiners = np.flatnonzero(employer.joined >= 0)
    pairs = pd.DataFrame(
        {
            "mentor_id": names[joiners],
            "mentee_id": [f"senior of {name}" for name in names[joiners]],
            "start_date": first_day(np.array(COHORTS)[employer.joined[joiners]]),
            "pair_id": [f"pair of {name}" for name in names[joiners]],
            "cohort": np.array(cohort_names())[employer.joined[joiners]],
        }
    )
    ladder = pd.DataFrame({"level": LEVELS, "rank": range(1, len(LEVELS) + 1)})
    return Tables(pd.concat(frames, ignore_index=True), ladder, events, pairs, default_plan_text())


def cohort_names() -> tuple[str, ...]:
    return tuple(f"cohort {number + 1}" for number in range(len(COHORTS)))


def _snapshot(
    employer: Employer, month: int, names: npt.NDArray[np.str_], day_of_exit: npt.NDArray[np.datetime64]
) -> pd.DataFrame:
    people = employer.people
    rows = np.flatnonzero((people.hired <= month) & (employer.left > month - 3))
    gone = employer.left[rows] <= month
    rating = employer.rating[month, rows]
    return pd.DataFrame(
        {
            "employee_id": names[rows],
            "as_of_date": first_day(month + 1) - 1,
            "hire_date": first_day(people.hired[rows]),
            "termination_date": pd.Series(day_of_exit[rows]).where(gone),
            "termination_type": np.where(gone, np.where(employer.voluntary[rows], "voluntary", "involuntary"), None),
            "level": np.array(LEVELS)[employer.level[month, rows]],
            "department": np.array(DEPARTMENTS)[people.department[rows]],
            "fte": np.where(people.part_time[rows], 0.6, 1.0),
            "performance_rating": np.where(rating == NO_RATING, None, np.array(RATINGS)[rating]),
            "gender": np.array(GENDERS)[people.gender[rows]],
            "ethnicity": np.array(ETHNICITIES)[people.ethnicity[rows]],
        }
    )
