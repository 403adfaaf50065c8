"""How a number was made: the SQL files that lead from what was loaded to the cells that are fitted."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.findings.results import Outcome
from analysis.study.build import sql

# In the order in which they run: trials and person-trials in the load, then the figure of one question.
_FILES = (
    ("04_exit_date.sql", "When people left"),
    ("05_enrolment.sql", "Who enrolled, and when"),
    ("06_trial.sql", "The trials and their first day"),
    ("10_base.sql", "Who was there on that day"),
    ("11_judged.sql", "Who is eligible, and who took part"),
    ("12_outcome.sql", "What became of them"),
    ("14_described.sql", "What was known on that day"),
    ("15_person_trial.sql", "One row a person and trial"),
    ("figure_trial.sql", "The trials followed for long enough"),
    ("figure_scope.sql", "The levels that count"),
    ("figure_part.sql", "The person-trials of the figure"),
    ("figure_place.sql", "Rare places lumped together"),
    ("figure_sizes.sql", "Who was left out, and why"),
)
_OF_PROMOTION = ("08_change.sql", "Promotions and moves")


@dataclass(frozen=True)
class Query:
    """One SQL file as it runs; `label` says in a few words what it finds."""

    name: str
    label: str
    text: str


def queries_of(outcome: Outcome) -> tuple[Query, ...]:
    """The files behind an outcome, in the order in which they run."""
    files = list(_FILES)
    if outcome in ("promotion", "internal_move"):
        files.insert(3, _OF_PROMOTION)
    return tuple(Query(name, f"{label} ({name})", sql(name)) for name, label in files)
