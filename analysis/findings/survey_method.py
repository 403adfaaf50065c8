"""How the surveys page is made, in words and SQL; and what it can be narrowed to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from analysis.findings.survey_scales import RULE
from analysis.store import Cursor
from analysis.study.build import sql
from analysis.study.surveys import SURVEY_SQL, places

SCORING = (
    "A person's score on a construct in a wave is the mean of its items on their own scale, reversed items turned "
    "round. Of several responses of one person in one wave the last one counts. What was recalled afterwards is a wave "
    "of its own and is never mixed with what was asked before."
)
INTERVALS = (
    ("Means, and their change in the same people", "t interval; Wilcoxon's signed-rank test beside it"),
    ("Against colleagues", "post on pre, arm and covariates, HC3 errors; difference of changes (Welch) beside it"),
    ("Response and favourable share", "Wilson 1927"),
    ("Change of a favourable share in the same people", "Newcombe, Stat Med 1998;17:2635, method 10"),
    (
        "eNPS",
        "variance (p + d - (p - d)^2)/n; score interval, Tango, Stat Med 1998;17:891 (Rocks, Am Stat 2016;70:365)",
    ),
    ("Change of eNPS in the same people", "each person at +1, 0 or -1, paired t interval"),
    ("Those who answered against those who did not", "means: Welch; shares: Newcombe, Stat Med 1998;17:873"),
    ("Reliability", "Cronbach's alpha (Psychometrika 1951;16:297), complete answers; 0.70 is a usual guide, not a law"),
)


@dataclass(frozen=True)
class SurveyMethod:
    """Rules as (name, text), and the SQL files as (name, text)."""

    rules: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, str], ...]


def method() -> SurveyMethod:
    rules = (("Score", SCORING), ("Favourable", RULE), *INTERVALS)
    return SurveyMethod(rules, tuple((name, sql(name)) for name in SURVEY_SQL))


@dataclass(frozen=True)
class Choices:
    """Values that participants had when they joined, by header."""

    cohort: tuple[str, ...]
    programme: tuple[str, ...]
    department: tuple[str, ...]
    level: tuple[str, ...]
    location: tuple[str, ...]


def choices(cursor: Cursor, cutoff: date) -> Choices:
    """Of those who had joined by the cutoff."""
    found = places(cursor, cutoff)
    return Choices(*(found[name] for name in ("cohort", "programme", "department", "level", "location")))
