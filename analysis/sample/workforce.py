"""Everyone who works, worked or will be hired, and their monthly chances of leaving and of promotion.

Chances depend on what HR knows on that day (rating, tenure, department, gender, ethnicity, level for promotions)
and on the level at hire, which nobody chooses participants by. So a fair comparison that uses the covariates of
the study plan is free of bias, unless a hidden motivation is planted.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.sample import settings
from analysis.sample.calendar import NEVER, year

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Names = NDArray[np.object_]

FIRST_NUMBER = 100_001  # of employee ids

RATING_SHARES = (0.04, 0.12, 0.48, 0.27, 0.09)  # ratings 1 to 5
RATING_KEPT = 0.45  # chance that a review repeats the last rating; otherwise it is drawn afresh

VOLUNTARY_A_YEAR = 0.094
INVOLUNTARY_A_YEAR = 0.030
# Logarithms of factors. Ratings: none yet, 1, 2, 3, 4, 5. Tenure: under 2, 2 to 5, over 5 years.
# Entry band: hired at rank 1-2, 3-4, 5-8.
VOLUNTARY_RATING = np.array([0.10, 0.60, 0.30, 0.00, -0.20, -0.35])
VOLUNTARY_TENURE = np.array([0.25, 0.25, -0.25])
VOLUNTARY_ENTRY = np.array([0.05, 0.20, -0.65])
INVOLUNTARY_RATING = np.array([0.10, 1.30, 0.70, 0.00, -0.40, -0.70])
INVOLUNTARY_TENURE = np.array([0.25, 0.00, -0.20])
INVOLUNTARY_ENTRY = np.array([0.10, 0.00, 0.10])
EXIT_DEPARTMENT = np.array([0.00, 0.00, 0.15, 0.12, 0.00, 0.05, -0.05, -0.10, -0.10])
EXIT_WOMAN, EXIT_MINORITY = 0.06, 0.10

PROMOTION_A_YEAR = np.array([0.0, 0.150, 0.135, 0.120, 0.100, 0.085, 0.065, 0.050, 0.0])  # by rank
PROMOTION_RATING = np.log([0.60, 0.20, 0.50, 0.95, 1.60, 2.20])
PROMOTION_TENURE = np.log([0.80, 1.25, 0.90])
PROMOTION_WOMAN = -0.07


@dataclass
class Workforce:
    """One slot a person in every array; slots from `hired` on wait for a vacancy. Changes month by month.

    Attributes such as gender are positions in the tables of settings.py. `ratings[y]` are the ratings in force in
    year first_year + y, drawn for everybody beforehand, so that they are known for those who left too.
    `motivation` (log odds) makes people stay and join and is in no export. `effect_until` is the last month in
    which taking part has its effect; `manager` is a slot, -1 for nobody.
    """

    ids: Names
    hired: int
    first_year: int
    hire_month: Ints
    hire_day: Ints
    entry_rank: Ints
    rank: Ints
    exit_month: Ints
    exit_day: Ints
    exit_voluntary: NDArray[np.bool_]
    ratings: Ints
    gender: Ints
    ethnicity: Ints
    department: Ints
    location: Ints
    disability: Ints
    lgbtq: Ints
    worker_type: Ints
    fte: Floats
    age_at_hire: Ints
    motivation: Floats
    manager: Ints
    enrolled: dict[str, Ints]
    voluntary_factor: Floats
    promotion_factor: Floats
    effect_until: Ints

    @property
    def size(self) -> int:
        return len(self.rank)

    def employed(self) -> Ints:
        """Slots of everybody who works here now."""
        return np.flatnonzero(self.exit_month[: self.hired] == NEVER)

    def rating(self, who: Ints, month: int) -> Ints:
        """The rating in force in a month (that of the last 31 December), 0 for people hired since then."""
        hired_before = self.hire_month[who] < (year(month) - 1970) * 12
        return np.where(hired_before, self.ratings[year(month) - self.first_year, who], 0)


def draw(rng: np.random.Generator, employees: int, first: int, last: int, hidden_motivation: float) -> Workforce:
    """A workforce of `employees` in month `first`, with waiting slots for the hires until month `last`."""
    size = employees + int(employees * 0.3 * (last - first) / 12) + 50
    start = np.arange(size) < employees
    tenure = np.minimum(rng.exponential(82, size), 400).astype(np.int64)
    rank = rng.choice(np.arange(1, 9), size, p=settings.LEVEL_SHARES)
    risen = np.minimum(rng.poisson(tenure / 12 * 0.08), rank - 1)
    hire_month = np.where(start, first - tenure, NEVER)
    years = range(year(first), year(last) + 2)
    return Workforce(
        ids=np.array([f"E{FIRST_NUMBER + slot}" for slot in range(size)], dtype=object),
        hired=employees,
        first_year=years[0],
        hire_month=hire_month,
        hire_day=rng.integers(1, 29, size),
        entry_rank=np.where(start, rank - risen, 0),
        rank=np.where(start, rank, 0),
        exit_month=np.full(size, NEVER),
        exit_day=rng.integers(2, 28, size),
        exit_voluntary=np.zeros(size, dtype=bool),
        ratings=_ratings(rng, size, years),
        gender=_positions(rng, settings.GENDERS, size),
        ethnicity=_positions(rng, settings.ETHNICITIES, size),
        department=_positions(rng, settings.DEPARTMENTS, size),
        location=_positions(rng, settings.LOCATIONS, size),
        disability=_positions(rng, settings.DISABILITY, size),
        lgbtq=_positions(rng, settings.LGBTQ, size),
        worker_type=_positions(rng, settings.WORKER_TYPES, size),
        fte=np.array(list(settings.FTES))[_positions(rng, settings.FTES, size)],
        age_at_hire=20 + rng.gamma(2.0, 3.2, size).astype(np.int64),
        motivation=hidden_motivation * rng.normal(0, 1, size),
        manager=np.full(size, -1),
        enrolled={side: np.full(size, NEVER) for side in settings.SIDES},
        voluntary_factor=np.ones(size),
        promotion_factor=np.ones(size),
        effect_until=np.full(size, -1),
    )


def _positions(rng: np.random.Generator, shares: dict[str, float] | dict[float, float], size: int) -> Ints:
    return rng.choice(len(shares), size, p=list(shares.values()))


def _ratings(rng: np.random.Generator, people: int, years: range) -> Ints:
    """Ratings of people who were here for the review before each year; years x people."""
    drawn = 1 + rng.choice(5, (len(years), people), p=RATING_SHARES)
    repeat = rng.random(drawn.shape) < RATING_KEPT
    for position in range(1, len(years)):
        drawn[position] = np.where(repeat[position], drawn[position - 1], drawn[position])
    return drawn


def hire(staff: Workforce, rng: np.random.Generator, month: int, employees: int) -> None:
    """Fill the vacancies of a month, at the levels where people are missing most."""
    here = staff.employed()
    new = np.arange(staff.hired, min(staff.hired + max(0, employees - len(here)), staff.size))
    missing = employees * np.array(settings.LEVEL_SHARES) - np.bincount(staff.rank[here], minlength=9)[1:]
    wanted = np.maximum(missing, 0.2)
    staff.rank[new] = staff.entry_rank[new] = 1 + rng.choice(8, len(new), p=wanted / wanted.sum())
    staff.hire_month[new] = month
    staff.hired += len(new)


def tenure_band(staff: Workforce, who: Ints, month: int) -> Ints:
    """0 under two years, 1 from two, 2 from five."""
    held = month - staff.hire_month[who]
    return (held >= 24).astype(np.int64) + (held >= 60)


def exit_chances(staff: Workforce, who: Ints, month: int) -> tuple[Floats, Floats]:
    """Monthly chances of leaving by choice and otherwise, before any effect of taking part."""
    rating, tenure = staff.rating(who, month), tenure_band(staff, who, month)
    entry = (staff.entry_rank[who] > 2).astype(np.int64) + (staff.entry_rank[who] > 4)
    shared = EXIT_DEPARTMENT[staff.department[who]]
    personal = EXIT_WOMAN * is_woman(staff, who) + EXIT_MINORITY * is_minority(staff, who)
    voluntary = VOLUNTARY_RATING[rating] + VOLUNTARY_TENURE[tenure] + VOLUNTARY_ENTRY[entry] + shared + personal
    involuntary = INVOLUNTARY_RATING[rating] + INVOLUNTARY_TENURE[tenure] + INVOLUNTARY_ENTRY[entry] + shared
    return (
        VOLUNTARY_A_YEAR / 12 * np.exp(voluntary - staff.motivation[who]),
        INVOLUNTARY_A_YEAR / 12 * np.exp(involuntary),
    )


def promotion_chance(staff: Workforce, who: Ints, month: int, rank: Ints) -> Floats:
    """Monthly chance of promotion for people of these ranks who are still here, before any effect."""
    factor = PROMOTION_RATING[staff.rating(who, month)] + PROMOTION_TENURE[tenure_band(staff, who, month)]
    chance: Floats = PROMOTION_A_YEAR[rank] / 12 * np.exp(factor + PROMOTION_WOMAN * is_woman(staff, who))
    return chance


def is_woman(staff: Workforce, who: Ints) -> NDArray[np.bool_]:
    woman: NDArray[np.bool_] = staff.gender[who] == list(settings.GENDERS).index("woman")
    return woman


def is_minority(staff: Workforce, who: Ints) -> NDArray[np.bool_]:
    positions = [list(settings.ETHNICITIES).index(name) for name in settings.MINORITIES]
    return np.isin(staff.ethnicity[who], positions)
