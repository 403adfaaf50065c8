"""The one table of how each claim is put to the data: by which questions, and what those need beside.

The first question of a claim that the data can answer judges it; the others stand beside it. Which one is first was
decided here, before any data were seen. Claims that no HR data can judge say why.
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.findings.claims.asks import (
    Around,
    Ask,
    Change,
    Coverage,
    Effect,
    Gap,
    Level,
    Nulls,
    Reach,
    Share,
    Spread,
)
from analysis.findings.claims.needs import PEOPLE, Asked, Column, Measured, Need, OtherProgramme

HISTORY = "A note on history: no HR data of an employer can show it."
ELSEWHERE = "Said of another company or an industry: the data of one employer can't confirm or refute it."
EXAMPLES = "Examples, not a statement: there is nothing to be true or false."


@dataclass(frozen=True)
class Requirement:
    """asks: the questions, the judging one first; none where no test is built in, and the data alone can be shown to
    be there. also: needs of the whole claim. why_not: why no HR data can judge."""

    asks: tuple[Ask, ...] = ()
    also: tuple[Need, ...] = ()
    why_not: str = ""


def _asks(*asks: Ask, also: tuple[Need, ...] = ()) -> Requirement:
    return Requirement(asks, also)


def _records(*metrics: str, side: str = "mentor") -> Requirement:
    """What only a measures file can tell: a metric by employee or department around joining."""
    return Requirement((Around(metrics, "mentee" if side == "mentee" else "mentor"),))


def _unbuilt(*metrics: str, also: tuple[Need, ...] = ()) -> Requirement:
    """Data can be asked for, and the application has no test of it."""
    return Requirement(also=(*PEOPLE, *((Measured(metrics),) if metrics else ()), *also))


_TOPICS = (Column("sessions.topic", "pairs.topic"), Column("sessions.session_date"))
_BELOW = (Column("people.level"), Column("ladder.rank"))
DIRECTION = Share("direction", "pairs", "had a mentor on a lower level", _BELOW, variant="level")
_TENURE = Share(
    "direction", "pairs", "had a mentor who joined the company later", (Column("people.hire_date"),), variant="tenure"
)
_AGE = Share("direction", "pairs", "had a mentor born later", (Column("people.birth_year"),), variant="age")
HELPDESK = Share("topic", "sessions held", "were technical support", _TOPICS, expects="lower", variant="tech_support")
_DIGITAL = Share(
    "topic",
    "sessions held",
    "were about technology, digital skills or social media",
    _TOPICS,
    expects="lower",
    variant="digital",
)
_CANCELLED = (Column("sessions.status"), Column("sessions.cancelled_by"))
PRIORITY = Share("cancelled", "cancelled sessions", "were cancelled by the leader", _CANCELLED)
_MONTHLY = Share("months", "months of pairs", "had a session held", (Column("sessions.session_date"),))
_ANSWERED = (Column("invitations.response"),)
_DECLINED = Share(
    "invited",
    "people asked",
    "declined",
    _ANSWERED,
    mark=0.0,
    parts=("mentees", "mentors"),
    variant="declined",
    units="people",
)
_ACCEPTED = Share("invited", "leaders asked", "accepted", _ANSWERED, variant="accepted_mentee", units="people")
_GOALS = Share("goals", "goals closed", "were reached", (Column("goals.status"),))
_EARLY_GOAL = Share(
    "early_goal", "pairs", "had a goal by their second session", (Column("goals.set_on"), Column("sessions.status"))
)
_BY_SKILL = Share(
    "match",
    "pairs",
    "ended early",
    (Column("pairs.match_rule"), Column("pairs.status")),
    expects="lower",
    mark=0.0,
    parts=("pairs matched on skills", "other pairs"),
)
_BOTH = Share(
    "both_learned",
    "pairs in which both answered",
    "saw the mentor's leadership and the leader's digital skills both rise",
    (Asked("leadership", ("mentor",)), Asked("digital_skills", ("mentee",))),
    surveys=True,
    slow=True,
)
_WOMEN = Share(
    "leaders",
    "people in the levels that may be mentored",
    "were women",
    (Column("people.gender"), Column("people.level"), Column("people.as_of_date")),
    mark=0.0,
    parts=("leaders in the newest list", "leaders in the oldest list"),
    units="people",
    slow=True,
)
_GENERATION_Z = Share(
    "generation",
    "people with a known year of birth",
    "were born from 1997 on",
    (Column("people.birth_year"),),
    mark=0.27,
    units="people",
    slow=True,
)
_STAYS = Effect("retention", "mentor")
_RESIGNS = Effect("voluntary_exit", "mentor", "lower")
_KNOWN_BORN = (Column("people.birth_year"),)

REQUIREMENTS: dict[str, Requirement] = {
    "D1": _asks(DIRECTION, _TENURE, _AGE),
    "D2": _asks(DIRECTION, _TENURE, _AGE),
    "D3": _asks(Reach("mentor"), Reach("mentee")),
    "D4": _asks(_BOTH),
    "D5": _unbuilt(also=(OtherProgramme(),)),
    "B1": _asks(_STAYS, _RESIGNS),
    "B2": _asks(Effect("retention", "mentee"), Effect("voluntary_exit", "mentee", "lower")),
    "B3": _asks(Effect("promotion", "mentor")),
    "B4": _asks(_GOALS),
    "B5": _asks(Change("digital_skills", "mentee")),
    "B6": _records("ideas", "ideas_adopted", "patents", "pilots", side="mentee"),
    "B7": _records("creativity"),
    "B8": _asks(Change("inclusion", "mentee")),
    "B9": _unbuilt("inclusive_policies"),
    "B10": _asks(_WOMEN),
    "B11": _asks(Around(("learning_hours", "courses_completed"), "mentor"), Change("engagement", "mentor")),
    "B12": _asks(
        Change("engagement", "mentor"),
        Change("engagement", "mentee"),
        Change("enps", "mentor"),
        Change("enps", "mentee"),
    ),
    "B13": _asks(
        Change("inclusion", "mentor"), Change("inclusion", "mentee"), Change("psychological_safety", "mentor")
    ),
    "B14": _asks(Gap("inclusion")),
    "B15": _asks(Reach("mentor", "generation"), Reach("mentee", "generation")),
    "B16": _asks(Change("leadership", "mentor")),
    "B17": _asks(Change("confidence", "mentor")),
    "B18": _records("recognition", "executive_meetings"),
    "B19": _records("policy_knowledge"),
    "B20": _unbuilt("transparency"),
    "B21": _asks(Change("inclusion", "mentor"), Change("inclusion", "mentee")),
    "B22": _records("cross_generation_projects"),
    "B23": _unbuilt("offers_accepted"),
    "B24": _asks(Change("leadership", "mentee")),
    "B25": _records("process_quality", "process_time", side="mentee"),
    "B26": _records("tool_use", side="mentee"),
    "P1": _asks(_EARLY_GOAL, _GOALS),
    "P2": _unbuilt("training_completed"),
    "P3": _asks(
        Level("psychological_safety", "mentor"),
        Level("psychological_safety", "mentee"),
        also=(Asked("psychological_safety", ("mentor", "mentee")),),
    ),
    "P4": _asks(Coverage()),
    "P5": _asks(_BY_SKILL),
    "P6": _unbuilt("first_meeting_before_match"),
    "P7": _unbuilt("scoring_guide"),
    "P8": _asks(_MONTHLY),
    "P9": _unbuilt("growth_mindset"),
    "P10": _asks(_ACCEPTED),
    "P11": _asks(
        Level("role_clarity", "mentor"),
        Level("role_clarity", "mentee"),
        also=(Asked("role_clarity", ("mentor", "mentee"), ("post",)),),
    ),
    "P12": _asks(HELPDESK),
    "P13": _asks(_DIGITAL),
    "P14": _asks(Level("relationship_quality", "mentor"), Level("relationship_quality", "mentee")),
    "P15": _records("executive_meetings", "recognition"),
    "C1": _asks(_DECLINED),
    "C2": _asks(Level("confidence", "mentor", "pre", "lower")),
    "C3": _asks(PRIORITY),
    "C4": _unbuilt("training_completed", "guide_received"),
    "C5": _asks(Share("topic", "sessions held", "were technical support", _TOPICS, variant="tech_support")),
    "C6": _asks(_RESIGNS, Effect("voluntary_exit", "mentee", "lower")),
    "C7": _asks(Spread("digital_skills", "mentee")),
    "C8": _asks(Nulls()),
    "N1": _asks(_BY_SKILL),
    "N2": Requirement(why_not=ELSEWHERE),
    "N3": Requirement(why_not=HISTORY),
    "N4": Requirement(why_not="A list of other claims: they are tested by themselves, as B1, B5, B8 and B13."),
    "N5": Requirement(why_not=EXAMPLES),
    "N6": Requirement(why_not=EXAMPLES),
    "N7": _asks(_WOMEN),
    "N8": _asks(_RESIGNS),
    "N9": _asks(Level("satisfaction", "mentee")),
    "N10": _asks(Level("satisfaction", "mentor"), also=_KNOWN_BORN),
    "N11": _asks(_GENERATION_Z),
    "N12": _unbuilt("values_at_work", also=_KNOWN_BORN),
    "N13": _asks(_MONTHLY),
    "N14": _asks(
        Effect("retention", "mentor", by="gender", group="woman"),
        Effect("retention", "mentor", by="lgbtq", group="yes"),
    ),
    "N15": Requirement(
        why_not="A survey of job seekers outside, and not about reverse mentoring: no HR data can show it."
    ),
    "N16": _asks(DIRECTION, _TENURE, _AGE),
    "N17": _asks(PRIORITY),
}
