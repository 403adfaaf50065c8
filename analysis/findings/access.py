"""The one door by which pages reach answers: who may ask what, of whom, and in which detail they are told.

An answer may be cached; whether somebody may have it is asked anew each time, and before the cache.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import is_dataclass, replace
from functools import lru_cache
from typing import Any

from analysis.findings import answers
from analysis.findings.publication import DRAWN, blanked_all, blanked_curves, for_publication
from analysis.findings.results import CurvesFinding, Question, Selection
from analysis.findings.roles import NotAllowed, Role, Viewer, at_least, current, other_people
from analysis.store import Reader

Answer = Callable[..., Any]

# An answer that is not named is for administrators.
_VIEWERS = frozenset(
    {"quarters", "impact_page", "quarter_changes", "health_summary", "reach", "effects", "outcome_detail", "curves",
     "unadjusted", "comparison", "group_headers", "selection_choices", "cohorts"}
)  # fmt: skip
_ANALYSTS = frozenset(
    {"claim", "claims", "context", "differences", "diversity", "dose", "event_study", "health_choices", "leadership",
     "overlap", "power", "programme_health", "promoted", "registrations", "repeated_metrics", "robustness",
     "specifications", "started_cohorts", "survey_choices", "survey_health", "survey_items", "survey_method",
     "survey_response", "surveys"}
)  # fmt: skip
# Names of quarters, cohorts, places and files: no number of anybody. Asked by whoever may ask, of all departments.
HOLDS_NO_FIGURES = frozenset(
    {"quarters", "cohorts", "started_cohorts", "group_headers", "selection_choices", "health_choices",
     "survey_choices", "survey_method", "context"}
)  # fmt: skip


def may_ask(viewer: Viewer, answer: Answer, *question: object) -> bool:
    """Whether an answer is theirs to have; without a question, whether it can be asked of whom they see at all."""
    try:
        _check(viewer, answer.__name__, question)
    except NotAllowed:
        return False
    return True


def ask(viewer: Viewer, answer: Answer, reader: Reader, *question: Any, through: Answer | None = None) -> Any:
    """An answer of analysis.findings.answers in the detail and of the people that are the viewer's to see.

    through: called as (answer, reader, *question) in place of the answer, such as a cache; it holds what everybody
    could have, and apart from it the same by the rules for publication, so it stands behind the check. Raises
    NotAllowed, and whatever the answer raises.
    """
    name = answer.__name__
    _check(viewer, name, question)
    given = _rounded(answer) if viewer.rounded and name not in HOLDS_NO_FIGURES else answer
    found = through(given, reader, *question) if through else given(reader, *question)
    if name in HOLDS_NO_FIGURES and viewer.department is not None:
        return _one_department(found, viewer.department)
    return found


@lru_cache(maxsize=256)
def _rounded(answer: Answer) -> Answer:
    """The answer by the rules for publication: one function an answer, of another name, so that no cache mixes the
    two up."""

    def told(reader: Reader, *question: Any) -> Any:
        return _for_publication(reader, answer(reader, *question), question)

    told.__name__ = f"{answer.__name__}_for_publication"
    return told


def _check(viewer: Viewer, name: str, question: tuple[object, ...]) -> None:
    current(viewer)
    needed = Role.VIEWER if name in _VIEWERS else Role.ANALYST if name in _ANALYSTS else Role.ADMIN
    if viewer.role < needed:
        raise NotAllowed(f"This question is for {at_least(needed)}. Your role is {viewer.role.label}.")
    if viewer.department is None or name in HOLDS_NO_FIGURES:
        return
    asked = [_selection(each) for each in question if isinstance(each, Question | Selection)]
    if not asked or any(where.department != viewer.department for where in asked):
        raise NotAllowed(other_people(viewer))


def _selection(asked: Question | Selection) -> Selection:
    return asked.where if isinstance(asked, Question) else asked


def _one_department(found: Any, department: str) -> Any:
    """What there is to choose from, with one department in it."""
    if isinstance(found, dict) and "department" in found:
        return {**found, "department": (department,)}
    if is_dataclass(found) and not isinstance(found, type) and hasattr(found, "department"):
        changed: dict[str, Any] = {"department": (department,)}
        return replace(found, **changed)
    return found


def _for_publication(reader: Reader, found: Any, question: tuple[Any, ...]) -> Any:
    """As a file for publication would have it: what is suppressed loses its numbers first."""
    if isinstance(found, CurvesFinding):
        where = next((each for each in question if isinstance(each, Selection)), Selection())
        asked = [Question(outcome, found.side, 12, found.quarter, where=where) for outcome in DRAWN[found.measure]]
        found = blanked_curves(found, [answers.effects(reader, each)[0] for each in asked])
    return for_publication(blanked_all(found))
