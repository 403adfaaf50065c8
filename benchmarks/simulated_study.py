"""What each analysis makes of one invented employer: person-trials without a database, then the product's estimators.

The product builds person-trials with SQL from what was loaded. Thousands of employers need a faster way to the same
rows; a test holds that it gives them row for row. From the cells on, everything is the product's own code.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from analysis.estimates.balance import effective_sample_size
from analysis.estimates.cells import Cells, Factor
from analysis.estimates.effect import Contrast, aipw, ipw_att, ipwra, outcome_model, overlap
from analysis.estimates.intervals import Interval, Z, effective_people, mover, newcombe
from analysis.estimates.logistic import SingularFit
from analysis.estimates.propensity import CannotFit, Propensity, fit_propensity
from analysis.estimates.stratified import NoSharedStratum, mantel_haenszel_difference
from benchmarks.simulated_employer import (
    COHORTS,
    DEPARTMENTS,
    ETHNICITIES,
    GENDERS,
    LEVELS,
    MIN_SERVICE,
    NEVER,
    RATINGS,
    SNAPSHOTS,
    TOP_LEVEL,
    YEAR,
    Bools,
    Employer,
    Floats,
    Ints,
    cohort_names,
)

HEADLINE = "headline"
WALD = "headline, plain interval"
UNLIMITED = "headline, no limit on covariates"
DOUBLY_ROBUST = "doubly robust score"
OVERLAP = "overlap weights"
ODDS = "odds weighting alone"
STRATA = "Mantel-Haenszel"
UNADJUSTED = "same day, unadjusted"
STILL_HERE = "still here at the end, ever against never"
FROM_LAUNCH = "ever against never from the launch"
COMPANY = "participants against the company"
LATEST = "adjusted for the latest level and rating"
NEVER_JOIN = "adjusted, compared with who never joins"
METHODS = (HEADLINE, WALD, UNLIMITED, DOUBLY_ROBUST, OVERLAP, ODDS, STRATA)
NAIVE = (UNADJUSTED, NEVER_JOIN, LATEST, COMPANY, FROM_LAUNCH, STILL_HERE)

# The covariates that these files hold, and what their codes stand for.
COVARIATES: dict[str, tuple[str, ...]] = {
    "cohort": cohort_names(),
    "level": LEVELS,
    "department": (*DEPARTMENTS, "other"),
    "tenure_band": ("0-2 years", "2-5 years", "5 years and more"),
    "performance_rating": RATINGS,
    "promoted_last_year": ("no", "yes"),
    "part_time": ("no", "yes"),
    "gender": GENDERS,
    "ethnicity": ETHNICITIES,
}


@dataclass(frozen=True)
class PersonTrials:
    """The rows of one figure, arrays of shape (rows,). covariates: codes into COVARIATES; ever: joins at some time."""

    person: Ints
    a: Ints
    covariates: dict[str, Ints]
    outcomes: dict[str, Ints]
    ever: Bools

    def keep(self, mask: Bools) -> PersonTrials:
        return PersonTrials(
            self.person[mask],
            self.a[mask],
            {name: codes[mask] for name, codes in self.covariates.items()},
            {name: values[mask] for name, values in self.outcomes.items()},
            self.ever[mask],
        )

    def cells(self) -> tuple[Cells, Ints]:
        """Cells of these rows, and the cell of each row."""
        key = self.a
        for codes in (*self.covariates.values(), *self.outcomes.values()):
            key = key * (int(codes.max()) + 1) + codes
        _, first, of_row, count = np.unique(key, return_index=True, return_inverse=True, return_counts=True)
        factors = []
        for name, codes in self.covariates.items():
            present, held = np.unique(codes[first], return_inverse=True)
            factors.append(Factor(name, held.astype(np.int64), tuple(COVARIATES[name][code] for code in present)))
        cells = Cells(
            np.arange(len(first)),
            tuple(factors),
            self.a[first].astype(np.float64),
            count.astype(np.float64),
            {name: values[first].astype(np.float64) for name, values in self.outcomes.items()},
        )
        return cells, of_row


def person_trials(employer: Employer, *, promotion: bool = False) -> PersonTrials:
    """The rows of the figure of retention and voluntary exit, or of the figure of promotion."""
    parts = [_one_trial(employer, number, promotion) for number in range(len(COHORTS))]
    table = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    person, a = table["person"], table["a"]
    outcomes = ("promotion",) if promotion else ("retention", "voluntary_exit")
    rows = PersonTrials(
        person,
        a,
        {name: table[name] for name in COVARIATES},
        {name: table[name] for name in outcomes},
        employer.joined[person] >= 0,
    )
    rows = rows.keep(np.isin(table["level"], table["level"][a == 1]))
    place = rows.covariates["department"]
    lumped = np.where(np.isin(place, place[rows.a == 1]), place, len(DEPARTMENTS))
    return replace(rows, covariates={**rows.covariates, "department": lumped})


def _one_trial(employer: Employer, number: int, promotion: bool) -> dict[str, Ints]:
    """Everybody eligible on the day a cohort starts, as known on that day; outcomes over the twelve months after."""
    people, left, start = employer.people, employer.left, COHORTS[number]
    rows = np.flatnonzero(
        (people.hired <= start - MIN_SERVICE)
        & (left >= start)
        & ((employer.joined == -1) | (employer.joined >= number))
        & ~(promotion & (employer.level[start - 1] == TOP_LEVEL))
    )
    service = start - people.hired[rows]
    gone = left[rows] < start + YEAR
    columns = {
        "person": rows,
        "a": employer.joined[rows] == number,
        "cohort": np.full(len(rows), number),
        "level": employer.level[start - 1, rows],
        "department": people.department[rows],
        "tenure_band": (service >= 24).astype(np.int64) + (service >= 60),
        "performance_rating": employer.rating[start - 1, rows],
        "promoted_last_year": employer.promoted[start - YEAR : start, rows].any(axis=0),
        "part_time": people.part_time[rows],
        "gender": people.gender[rows],
        "ethnicity": people.ethnicity[rows],
        "retention": ~gone,
        "voluntary_exit": gone & employer.voluntary[rows],
        "promotion": employer.promoted[start : start + YEAR, rows].any(axis=0),
    }
    return {name: values.astype(np.int64) for name, values in columns.items()}


@dataclass(frozen=True)
class Answer:
    """One estimate with its 95 % interval, in proportions; `note` says what the product had to leave out."""

    method: str
    outcome: str
    estimate: float
    low: float
    high: float
    note: str = ""


def analyses(employer: Employer) -> list[Answer]:
    """Every method on retention, the headline on voluntary exit and promotion."""
    rows = person_trials(employer)
    answers = _adjusted(rows, "retention")
    answers += _attempt(lambda: _headline(Fit.of(person_trials(employer, promotion=True)), "promotion"))
    answers += _attempt(lambda: _strata(rows))
    answers.append(_unadjusted(rows))
    everybody = rows.keep((rows.a == 1) | ~rows.ever)
    latest = with_latest(rows, employer)
    answers += _attempt(lambda: _headline(Fit.of(everybody), "retention")[:1], NEVER_JOIN)
    answers += _attempt(lambda: _headline(Fit.of(latest), "retention")[:1], LATEST)
    return answers + _dashboards(employer)


def _attempt(work: Callable[[], list[Answer]], method: str | None = None) -> list[Answer]:
    """What an analysis answers, under another name if one is given; nothing where it says that it cannot."""
    try:
        answers = work()
    except (CannotFit, SingularFit, NoSharedStratum):
        return []
    return [replace(answer, method=method) for answer in answers] if method else answers


@dataclass(frozen=True)
class Fit:
    """A propensity model, with the way back from cells to people."""

    rows: PersonTrials
    of_row: Ints
    propensity: Propensity

    @staticmethod
    def of(rows: PersonTrials, *, limit: bool = True) -> Fit:
        cells, of_row = rows.cells()
        return Fit(rows, of_row, fit_propensity(cells, level_by_rating=True, limit=limit))

    def covariance(self, contrast: Contrast) -> Floats:
        """The clustered covariance of the two rates, shape (2, 2), as the product's SQL computes it."""
        cells = self.propensity.cells
        of_all = np.zeros((int(self.of_row.max()) + 1, 2))
        of_all[cells.cell_id] = contrast.influence
        kept = np.isin(self.of_row, cells.cell_id)
        _, cluster = np.unique(self.rows.person[kept], return_inverse=True)
        influence = of_all[self.of_row[kept]]
        sums = np.column_stack([np.bincount(cluster, weights=column) for column in influence.T])
        return np.asarray(len(sums) / (len(sums) - 1) / cells.n.sum() ** 2 * (sums.T @ sums), dtype=np.float64)


def _adjusted(rows: PersonTrials, outcome: str) -> list[Answer]:
    """The headline for both outcomes of the figure, and the other methods for `outcome`."""
    try:
        fit = Fit.of(rows)
    except (CannotFit, SingularFit):
        return []
    y = fit.propensity.cells.outcomes[outcome]
    answers = _attempt(lambda: _headline(fit, outcome)) + _attempt(lambda: _headline(fit, "voluntary_exit"))
    others: dict[str, Callable[[], Contrast]] = {
        DOUBLY_ROBUST: lambda: aipw(fit.propensity, outcome_model(fit.propensity, y, weighted=False), y),
        OVERLAP: lambda: overlap(fit.propensity, y),
        ODDS: lambda: ipw_att(fit.propensity, y),
    }
    for method, contrast in others.items():
        answers += _attempt(partial(_other, fit, outcome, contrast), method)
    if fit.propensity.left_out:
        return answers + _attempt(lambda: _headline(Fit.of(rows, limit=False), outcome)[:1], UNLIMITED)
    return answers + [replace(answer, method=UNLIMITED) for answer in answers[:1]]


def _other(fit: Fit, outcome: str, contrast: Callable[[], Contrast]) -> list[Answer]:
    return _with_interval(fit, outcome, contrast())[:1]


def _headline(fit: Fit, outcome: str) -> list[Answer]:
    """As the product does: odds weighting alone where no outcome model can be fitted. Then the plain interval."""
    y = fit.propensity.cells.outcomes[outcome]
    note = ", ".join(fit.propensity.left_out)
    try:
        contrast = ipwra(fit.propensity, outcome_model(fit.propensity, y), y)
    except SingularFit:
        contrast, note = ipw_att(fit.propensity, y), "odds weighting alone"
    return [replace(answer, note=note) for answer in _with_interval(fit, outcome, contrast)]


def _with_interval(fit: Fit, outcome: str, contrast: Contrast) -> list[Answer]:
    """The product's interval of a contrast, then the plain one of the same standard error."""
    covariance = fit.covariance(contrast)
    rate1, rate0 = contrast.rate_participants, contrast.rate_comparators
    people = effective_people(rate0, covariance[1, 1], effective_sample_size(fit.propensity))
    band = mover(rate1, contrast.participants, rate0, people)
    half = Z * float(np.sqrt(max(covariance[0, 0] + covariance[1, 1] - 2.0 * covariance[0, 1], 0.0)))
    plain = Interval(contrast.difference - half, contrast.difference + half)
    return [
        Answer(method, outcome, contrast.difference, found.low, found.high)
        for method, found in ((HEADLINE, band), (WALD, plain))
    ]


def _strata(rows: PersonTrials) -> list[Answer]:
    """Mantel-Haenszel over cohort, level and rating; nothing where it has no interval."""
    codes = rows.covariates
    stratum = (codes["cohort"] * len(LEVELS) + codes["level"]) * len(RATINGS) + codes["performance_rating"]
    one = rows.a == 1
    y = rows.outcomes["retention"]
    size = int(stratum.max()) + 1
    counts = [np.bincount(stratum[arm], w, size) for arm in (one, ~one) for w in (y[arm], np.ones(int(arm.sum())))]
    found = mantel_haenszel_difference(*counts)
    band = found.interval
    return [Answer(STRATA, "retention", found.difference, band.low, band.high)] if band else []


def _unadjusted(rows: PersonTrials) -> Answer:
    one, y = rows.a == 1, rows.outcomes["retention"]
    return _difference(UNADJUSTED, y[one], y[~one])


def with_latest(rows: PersonTrials, employer: Employer) -> PersonTrials:
    """The mistake of taking level and rating from the last snapshot that shows the person, not from the day."""
    ends = np.array(SNAPSHOTS)
    last = ends[np.searchsorted(ends, employer.left[rows.person]) - 1]
    latest = {
        "level": employer.level[last, rows.person].astype(np.int64),
        "performance_rating": employer.rating[last, rows.person].astype(np.int64),
    }
    return replace(rows, covariates={**rows.covariates, **latest})


def _dashboards(employer: Employer) -> list[Answer]:
    """What is usually shown, without time zero: whoever stays longer has longer to join."""
    hired, left, ever = employer.people.hired, employer.left, employer.joined >= 0
    seen = left > SNAPSHOTS[0]
    here = left == NEVER
    launch = COHORTS[0]
    staff = (hired < launch) & (left >= launch)
    first_year = left >= launch + YEAR
    stayed, company = [], []
    for number, start in enumerate(COHORTS):
        stayed.append(left[employer.joined == number] >= start + YEAR)
        company.append(left[(hired < start) & (left >= start)] >= start + YEAR)
    return [
        _difference(STILL_HERE, here[seen & ever], here[seen & ~ever]),
        _difference(FROM_LAUNCH, first_year[staff & ever], first_year[staff & ~ever]),
        _difference(COMPANY, np.concatenate(stayed), np.concatenate(company)),
    ]


def _difference(method: str, one: Bools | Ints, zero: Bools | Ints) -> Answer:
    """A plain difference of two proportions with Newcombe's interval."""
    band = newcombe(int(one.sum()), len(one), int(zero.sum()), len(zero))
    return Answer(method, "retention", float(one.mean() - zero.mean()), band.low, band.high)
