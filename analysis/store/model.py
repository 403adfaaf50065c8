"""The canonical model: kinds of file, their headers, types and value lists (DATA.md sections 5 and 9).

This is vocabulary, not behaviour: the imports room reads it to check files, the sample room to write them,
and a test holds it equal to the tables that the migrations create.
"""

from __future__ import annotations

from dataclasses import dataclass

SIDES = ("mentor", "mentee")
WORKER_TYPES = ("employee", "contractor", "intern_apprentice", "temporary", "unknown")
TERMINATION_TYPES = (
    "voluntary",
    "involuntary",
    "retirement",
    "end_of_contract",
    "death",
    "other",
    "unknown",
)
EMPLOYMENT_STATUSES = ("active", "leave", "notice", "terminated", "not_started", "unknown")
EVENT_TYPES = (
    "hire",
    "rehire",
    "promotion",
    "demotion",
    "lateral",
    "transfer",
    "regrade",
    "leave",
    "return",
    "termination",
    "data_change",
    "other",
)
RESPONSES = ("accepted", "declined", "no_answer", "not_drawn", "waitlisted")
METHODS = ("volunteer", "nominated", "lottery", "mandatory")
PAIR_STATUSES = ("planned", "active", "completed", "ended_early", "paused", "unknown")
SESSION_STATUSES = ("held", "cancelled", "no_show", "scheduled")
GOAL_KINDS = ("smart", "okr_objective", "okr_key_result", "other")
GOAL_STATUSES = ("not_started", "on_track", "at_risk", "achieved", "partly", "missed", "dropped")
WAVES = ("pre", "mid", "post", "retro_pre", "pulse")
TOPICS = (
    "tech_support",
    "digital_skills",
    "social_media",
    "inclusion",
    "strategy",
    "culture",
    "career",
    "other",
)
CONSTRUCTS = (
    "engagement",
    "enps",
    "inclusion",
    "psychological_safety",
    "digital_skills",
    "confidence",
    "leadership",
    "role_clarity",
    "relationship_quality",
    "satisfaction",
)
YES_NO_DECLINED = ("yes", "no", "declined")
TRUE_FALSE = ("true", "false")

# "1900-01-01" and its like stand for "no date" in HR exports (DATA.md section 5).
NO_DATE = frozenset({"1900-01-01", "9999-12-31", "4712-12-31", "2999-12-31"})


@dataclass(frozen=True)
class Column:
    """One canonical header.

    `type` is one of text, date, year, integer, number, id (hashed), email (hashed), choice,
    code (one word; free text becomes "other").
    `low` and `high` bound a number, both inclusive.
    """

    name: str
    type: str = "text"
    required: bool = False
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Kind:
    """One kind of file. `key` is what makes a row unique within a file."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.required)

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


def _choice(name: str, choices: tuple[str, ...], required: bool = False) -> Column:
    return Column(name, "choice", required, choices)


_KINDS = (
    Kind(
        "people",
        (
            Column("employee_id", "id", True),
            Column("as_of_date", "date"),
            Column("hire_date", "date", True),
            Column("original_hire_date", "date"),
            Column("termination_date", "date"),
            _choice("termination_type", TERMINATION_TYPES),
            _choice("employment_status", EMPLOYMENT_STATUSES),
            _choice("worker_type", WORKER_TYPES),
            Column("level"),
            Column("job_title"),
            Column("department"),
            Column("location"),
            Column("manager_id", "id"),
            Column("fte", "number", low=0, high=1),
            Column("performance_rating"),
            Column("gender"),
            Column("ethnicity"),
            Column("birth_year", "year"),
            _choice("disability", YES_NO_DECLINED),
            _choice("lgbtq", YES_NO_DECLINED),
            Column("email", "email"),
        ),
        ("employee_id", "as_of_date"),
    ),
    Kind(
        "job_events",
        (
            Column("employee_id", "id", True),
            Column("effective_date", "date", True),
            _choice("event_type", EVENT_TYPES, True),
            Column("from_level"),
            Column("to_level"),
            _choice("termination_type", TERMINATION_TYPES),
        ),
        ("employee_id", "effective_date", "event_type"),
    ),
    Kind("ladder", (Column("level", required=True), Column("rank", "integer", True, low=1)), ("level",)),
    Kind(
        "invitations",
        (
            Column("employee_id", "id", True),
            _choice("side", SIDES, True),
            Column("applied_on", "date"),
            Column("invited_on", "date"),
            Column("responded_on", "date"),
            _choice("response", RESPONSES),
            _choice("method", METHODS),
            Column("programme_id"),
            Column("cohort"),
        ),
        ("employee_id", "side", "programme_id", "cohort"),
    ),
    Kind(
        "pairs",
        (
            Column("mentor_id", "id", True),
            Column("mentee_id", "id", True),
            Column("start_date", "date", True),
            Column("pair_id", "id"),
            Column("programme_id"),
            Column("cohort"),
            Column("end_date", "date"),
            _choice("status", PAIR_STATUSES),
            Column("end_reason", "code"),
            _choice("topic", TOPICS),
            Column("match_rule", "code"),
        ),
        ("pair_id",),
    ),
    Kind(
        "sessions",
        (
            Column("pair_id", "id", True),
            Column("session_date", "date", True),
            _choice("status", SESSION_STATUSES, True),
            Column("session_id", "id"),
            _choice("cancelled_by", SIDES),
            Column("duration_min", "number", low=0, high=600),
            _choice("topic", TOPICS),
            Column("rating", "number"),
        ),
        ("session_id",),
    ),
    Kind(
        "goals",
        (
            Column("pair_id", "id", True),
            _choice("kind", GOAL_KINDS, True),
            Column("set_on", "date", True),
            Column("goal_id", "id"),
            Column("due_on", "date"),
            Column("closed_on", "date"),
            _choice("status", GOAL_STATUSES),
            Column("progress_pct", "number", low=0, high=100),
        ),
        ("goal_id",),
    ),
    Kind(
        "survey",
        (
            Column("survey_id", required=True),
            _choice("wave", WAVES, True),
            Column("response_id", "id", True),
            Column("item", required=True),
            Column("score", "number", True),
            Column("employee_id", "id"),
            _choice("side", SIDES),
            Column("cohort"),
            Column("submitted_at", "date"),
            _choice("construct", CONSTRUCTS),
            Column("scale_min", "number"),
            Column("scale_max", "number"),
            _choice("reversed", TRUE_FALSE),
        ),
        ("survey_id", "wave", "side", "response_id", "item"),
    ),
    Kind(
        "measures",
        (
            Column("metric", required=True),
            Column("date", "date", True),
            Column("value", "number", True),
            Column("employee_id", "id"),
            Column("department"),
            Column("denominator", "number"),
        ),
        ("metric", "date", "employee_id", "department"),
    ),
)

KINDS: dict[str, Kind] = {kind.name: kind for kind in _KINDS}
