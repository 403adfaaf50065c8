"""What is planted, and the fixed features of the invented employer: names, shares and calendar."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

SIDES = ("mentor", "mentee")
OUTCOMES = ("retention", "voluntary_exit", "promotion")

LAST_MONTH = (2026, 9)  # the last snapshot is the last day of this month
FOLLOW_UP_MONTHS = 12
TIME_ZERO_DAY = 28  # the last enrolment of every batch
MONTHS_OF_SERVICE = 6
PROGRAMME_MONTHS = 9
PROGRAMME = "reverse"
REFERENCE_SIZE = 4_000  # cohort sizes below are for an employer of this size
SMALL_COHORT = 20  # cohorts planned this small stay small however large the employer is

# Junior first. In alphabetical order they would be nonsense, as real grades are.
LEVELS = (
    "Associate",
    "Analyst",
    "Senior Analyst",
    "Manager",
    "Senior Manager",
    "Director",
    "Vice President",
    "Executive",
)
LEVEL_SHARES = (0.22, 0.21, 0.18, 0.13, 0.10, 0.08, 0.05, 0.03)
ELIGIBLE_RANKS = {"mentor": (2, 3, 4), "mentee": (6, 7, 8)}

DEPARTMENTS = {
    "Engineering": 0.22,
    "Operations": 0.19,
    "Sales": 0.15,
    "Customer Service": 0.12,
    "Finance": 0.09,
    "Marketing": 0.08,
    "People": 0.06,
    "Research": 0.05,
    "Legal": 0.04,
}
LOCATIONS = {"London": 0.38, "Manchester": 0.22, "Dublin": 0.16, "Amsterdam": 0.14, "Remote": 0.10}
GENDERS = {"woman": 0.455, "man": 0.500, "non_binary": 0.012, "declined": 0.033}
ETHNICITIES = {
    "white": 0.590,
    "asian": 0.160,
    "black": 0.090,
    "mixed": 0.050,
    "hispanic": 0.040,
    "other": 0.015,
    "declined": 0.055,
}
MINORITIES = ("asian", "black", "mixed", "hispanic", "other")
DISABILITY = {"yes": 0.08, "no": 0.74, "declined": 0.10, "": 0.08}
LGBTQ = {"yes": 0.05, "no": 0.73, "declined": 0.15, "": 0.07}
WORKER_TYPES = {"employee": 0.95, "contractor": 0.05}
FTES = {1.0: 0.88, 0.8: 0.08, 0.6: 0.04}


@dataclass(frozen=True)
class Effect:
    """What taking part does for twelve months: factors on the monthly chances of leaving by choice and of promotion.

    1 is no effect, 0.5 halves the chance, 2 doubles it. Involuntary exits are never touched.
    """

    voluntary_exit: float = 1.0
    promotion: float = 1.0


NONE = Effect()
HELPS = Effect(voluntary_exit=0.10, promotion=1.4)
HARMS = Effect(voluntary_exit=3.0, promotion=0.7)
HELPS_A_LITTLE = Effect(voluntary_exit=0.9, promotion=1.1)


@dataclass(frozen=True)
class Cohort:
    """One intake. `month` counts from the first snapshot's month; sizes are people at REFERENCE_SIZE employees.

    recruitment: open (volunteers and nominations), lottery (more applicants than places, drawn by lot) or
    mandatory (told to take part; a badly run intake, with more cancellations and more pairs that end early).
    """

    month: int
    mentors: int
    mentees: int
    mentor_effect: Effect = NONE
    mentee_effect: Effect = NONE
    recruitment: Literal["open", "lottery", "mandatory"] = "open"

    def size(self, side: str, employees: int) -> int:
        """People who join on this side at an employer of this many employees."""
        planned = self.mentors if side == "mentor" else self.mentees
        if self.mentors <= SMALL_COHORT and employees >= REFERENCE_SIZE:
            return planned
        return max(4, round(planned * employees / REFERENCE_SIZE))

    def effect(self, side: str) -> Effect:
        return self.mentor_effect if side == "mentor" else self.mentee_effect


COHORTS = (
    Cohort(5, 70, 30, HELPS),
    Cohort(8, 40, 24, NONE),
    Cohort(10, 70, 28, HELPS),
    Cohort(12, 7, 6, HELPS),
    Cohort(15, 70, 32, HELPS, HELPS_A_LITTLE, "lottery"),
    Cohort(19, 42, 26, HARMS, NONE, "mandatory"),
    Cohort(22, 70, 30, HELPS, HELPS_A_LITTLE),
    Cohort(26, 18, 12, HELPS),
    Cohort(31, 60, 26, HELPS),
    Cohort(35, 54, 24, HELPS),
)


def planted(mentor: Effect = NONE, mentee: Effect = NONE, cohorts: tuple[Cohort, ...] = COHORTS) -> tuple[Cohort, ...]:
    """The same intakes with one effect a side in every cohort; without arguments, an employer with no effect."""
    return tuple(replace(cohort, mentor_effect=mentor, mentee_effect=mentee) for cohort in cohorts)
