"""The study plan: read, check, hash. Declared before results are shown; a viewer's own choice is exploratory."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from analysis.store import Cursor

COVARIATES = (
    "cohort",
    "level",
    "department",
    "location",
    "tenure_band",
    "performance_rating",
    "promoted_last_year",
    "part_time",
    "gender",
    "ethnicity",
    "age_band",
)
OUTCOMES = ("retention", "voluntary_exit", "promotion", "involuntary_exit", "internal_move")
ORIENTATIONS = ("reverse", "traditional", "peer", "sponsorship", "unknown")
FLOOR = 5  # no setting may ask for fewer people than this (PROTOCOL.md, minimums)

_SECTIONS: dict[str, tuple[str, ...]] = {
    "study": (
        "smallest_difference_that_matters",
        "months_of_service",
        "worker_types",
        "horizons",
        "outcomes",
        "fiscal_year_first_month",
        "absent_without_exit",
    ),
    "eligible_levels": ("mentor", "mentee"),
    "covariates": ("list", "level_by_rating", "largest_departments", "largest_locations"),
    "thresholds": (
        "participants_to_show",
        "participants_for_verdict",
        "comparators_for_verdict",
        "balance_amber",
        "balance_red",
        "excluded_amber",
        "excluded_red",
        "largest_weight_amber",
    ),
    "programme_health": (
        "days_to_first_session",
        "planned_gaps_to_lapse",
        "cancellations_in_a_row",
        "tech_support_share",
    ),
}


class PlanError(ValueError):
    """The plan can't be used; the message says what is wrong, where, and what to do."""


@dataclass(frozen=True)
class Thresholds:
    """People and limits; balance limits are standardised mean differences, excluded ones proportions."""

    participants_to_show: int
    participants_for_verdict: int
    comparators_for_verdict: int
    balance_amber: float
    balance_red: float
    excluded_amber: float
    excluded_red: float
    largest_weight_amber: float


@dataclass(frozen=True)
class HealthLimits:
    """When a pair needs a nudge: days, planned gaps between sessions, cancellations; and the share (a proportion) of
    sessions above which mentoring has become tech support."""

    days_to_first_session: int
    planned_gaps_to_lapse: float
    cancellations_in_a_row: int
    tech_support_share: float


@dataclass(frozen=True)
class Programme:
    id: str
    name: str
    orientation: str
    sessions_a_month: float
    months: int


@dataclass(frozen=True)
class Plan:
    """The declared analysis. `smallest_difference` is a proportion; `horizons` and service are months."""

    smallest_difference: float
    months_of_service: int
    worker_types: tuple[str, ...]
    horizons: tuple[int, ...]
    outcomes: tuple[str, ...]
    fiscal_year_first_month: int
    absent_without_exit: str
    eligible_levels: Mapping[str, tuple[str, ...]]
    covariates: tuple[str, ...]
    level_by_rating: bool
    largest_departments: int
    largest_locations: int
    thresholds: Thresholds
    programme_health: HealthLimits
    programmes: tuple[Programme, ...]

    @cached_property
    def hash(self) -> str:
        """Twelve hexadecimal digits that change when any setting changes, and not with comments or order."""
        text = json.dumps(asdict(self), sort_keys=True, default=list)
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    @property
    def reverse_programmes(self) -> tuple[str, ...]:
        return tuple(programme.id for programme in self.programmes if programme.orientation == "reverse")


def default_plan_text() -> str:
    return (Path(__file__).parent / "default_plan.toml").read_text(encoding="utf-8")


@lru_cache(maxsize=32)
def read_plan(text: str) -> Plan:
    """Read a plan.toml; what it leaves out is taken from the default plan. Every question asks for it.

    Raises PlanError for text that is not TOML, an unknown section or setting, or a value out of range.
    """
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PlanError(f"plan.toml is not valid TOML: {error}.") from None
    settings = tomllib.loads(default_plan_text())
    for section, values in given.items():
        if section == "programmes":
            if not isinstance(values, list) or not all(isinstance(table, dict) for table in values):
                raise PlanError("plan.toml gives programmes in another form than tables headed [[programmes]].")
            settings["programmes"] = values
            continue
        if section not in _SECTIONS or not isinstance(values, dict):
            known = ", ".join([*_SECTIONS, "programmes"])
            raise PlanError(f"plan.toml has a section [{section}] that does not exist. Sections are: {known}.")
        for name, value in values.items():
            if name not in _SECTIONS[section]:
                raise PlanError(
                    f"plan.toml has a setting {name} in [{section}] that does not exist. "
                    f"Settings there are: {', '.join(_SECTIONS[section])}."
                )
            settings[section][name] = value
    return _plan(settings)


def current_plan(connection: Cursor) -> Plan:
    """The plan of the newest active plan file, or the default one."""
    row = connection.execute("select body from plan_text").fetchone()
    return read_plan(row[0] if row else default_plan_text())


def _plan(settings: dict[str, Any]) -> Plan:
    study, covariates, limits = settings["study"], settings["covariates"], settings["thresholds"]
    chosen = _words(covariates["list"], "covariates.list", COVARIATES)
    return Plan(
        smallest_difference=_number(
            study["smallest_difference_that_matters"], "smallest_difference_that_matters", 0, 100
        )
        / 100,
        months_of_service=_whole(study["months_of_service"], "months_of_service", 0, 120),
        worker_types=_words(study["worker_types"], "worker_types"),
        horizons=tuple(_whole(month, "horizons", 1, 60) for month in _list(study["horizons"], "horizons")),
        outcomes=_words(study["outcomes"], "outcomes", OUTCOMES),
        fiscal_year_first_month=_whole(study["fiscal_year_first_month"], "fiscal_year_first_month", 1, 12),
        absent_without_exit=_words([study["absent_without_exit"]], "absent_without_exit", ("unknown", "left"))[0],
        eligible_levels={
            side: _words(settings["eligible_levels"][side], f"eligible_levels.{side}") for side in ("mentor", "mentee")
        },
        covariates=chosen if "cohort" in chosen else ("cohort", *chosen),
        level_by_rating=bool(covariates["level_by_rating"]),
        largest_departments=_whole(covariates["largest_departments"], "largest_departments", 1, 100),
        largest_locations=_whole(covariates["largest_locations"], "largest_locations", 1, 100),
        thresholds=Thresholds(
            *(
                _whole(limits[name], name, FLOOR, 10_000)
                for name in ("participants_to_show", "participants_for_verdict", "comparators_for_verdict")
            ),
            *(
                _number(limits[name], name, 0, 10)
                for name in (
                    "balance_amber",
                    "balance_red",
                    "excluded_amber",
                    "excluded_red",
                    "largest_weight_amber",
                )
            ),
        ),
        programme_health=_health_limits(settings["programme_health"]),
        programmes=_programmes(settings["programmes"]),
    )


def _health_limits(limits: dict[str, Any]) -> HealthLimits:
    return HealthLimits(
        _whole(limits["days_to_first_session"], "days_to_first_session", 1, 366),
        _number(limits["planned_gaps_to_lapse"], "planned_gaps_to_lapse", 1, 12),
        _whole(limits["cancellations_in_a_row"], "cancellations_in_a_row", 2, 20),
        _number(limits["tech_support_share"], "tech_support_share", 0, 1),
    )


def _programmes(tables: list[dict[str, Any]]) -> tuple[Programme, ...]:
    programmes = tuple(
        Programme(
            id=str(table.get("id", "")).strip(),
            name=str(table.get("name", table.get("id", ""))),
            orientation=_words([table.get("orientation", "reverse")], "programmes.orientation", ORIENTATIONS)[0],
            sessions_a_month=_number(table.get("sessions_a_month", 1), "sessions_a_month", 0, 31),
            months=_whole(table.get("months", 12), "months", 1, 120),
        )
        for table in tables
    )
    if not any(programme.orientation == "reverse" for programme in programmes):
        raise PlanError('plan.toml names no programme whose orientation is "reverse": there is nothing to study.')
    if any(not programme.id for programme in programmes):
        raise PlanError("plan.toml has a [[programmes]] table without an id.")
    return programmes


def _list(value: object, name: str) -> list[Any]:
    if not isinstance(value, list):
        raise PlanError(f"plan.toml sets {name} to {value!r}; it is a list in square brackets.")
    return value


def _words(values: object, name: str, choices: tuple[str, ...] = ()) -> tuple[str, ...]:
    words = tuple(str(value).strip() for value in _list(values, name))
    for word in words:
        if choices and word not in choices:
            raise PlanError(f"plan.toml sets {name} to {word!r}; it can be {', '.join(choices)}.")
    return words


def _number(value: object, name: str, low: float, high: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise PlanError(f"plan.toml sets {name} to {value!r}; it is a number from {low} to {high}.")
    return float(value)


def _whole(value: object, name: str, low: int, high: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise PlanError(f"plan.toml sets {name} to {value!r}; it is a whole number from {low} to {high}.")
    return value
