"""The leaders' headlines against those of the quarter before."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from analysis.findings import codec
from analysis.findings.answers.common import context, stored
from analysis.findings.answers.effects import effects
from analysis.findings.bundle import key_of
from analysis.findings.quarter_changes import QuarterChanges
from analysis.findings.quarter_changes import quarter_changes as compose
from analysis.findings.results import EVERYBODY, HEADLINES, SIDES, Finding, Outcome, Question, Selection, Side
from analysis.store import Reader, older_versions


@lru_cache(maxsize=64)
def quarter_changes(reader: Reader, quarter: str | None = None, where: Selection = EVERYBODY) -> QuarterChanges:
    """What moved each headline since the quarter before: new time, or new and corrected data."""
    here = context(reader)
    asked = here.quarter(quarter)
    earlier = here.quarters[here.quarters.index(asked) + 1 :]
    before = earlier[0] if earlier else None
    questions = [Question(outcome, side, 12, asked, where=where) for side in SIDES for outcome in HEADLINES]
    now = [effects(reader, question)[0] for question in questions]
    if before is None:
        return compose(asked, None, now, (), (), None, {})
    then = [effects(reader, replace(question, quarter=before))[0] for question in questions]
    # What was published holds everybody: a narrowed view has nothing to be set beside.
    version, published = _as_published(reader, before) if where == EVERYBODY else (None, ())
    hidden = {
        (question.side, question.outcome): [
            part.group for part in effects(reader, replace(question, by="cohort")) if part.suppressed and part.group
        ]
        for question in questions
    }
    return compose(asked, before, now, then, published, version, hidden)


def _as_published(reader: Reader, quarter: str) -> tuple[int | None, tuple[Finding, ...]]:
    """The headlines of a quarter as the newest kept version published them in which that quarter was the newest."""
    for version in older_versions(reader):
        held = context(version).quarters
        if held and held[0] == quarter:
            return version.data_version, tuple(
                found for side in SIDES for outcome in HEADLINES for found in _stored(version, outcome, side, quarter)
            )
    return None, ()


def _stored(version: Reader, outcome: Outcome, side: Side, quarter: str) -> tuple[Finding, ...]:
    """A stored headline; none where another release of the application stored it in another shape."""
    body = stored(version, key_of("effects", Question(outcome, side, 12, quarter)))
    try:
        return codec.decode_all(Finding, body) if body else ()
    except (KeyError, TypeError, ValueError):
        return ()
