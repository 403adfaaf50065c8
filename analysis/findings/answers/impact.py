"""The leaders' page of one quarter, out of what the others answer."""

from __future__ import annotations

from analysis.findings.answers.common import context
from analysis.findings.answers.effects import effects
from analysis.findings.answers.people import reach
from analysis.findings.answers.surveys import surveys
from analysis.findings.impact import compose
from analysis.findings.results import HEADLINES, SIDES, ImpactPage, Question
from analysis.store import Reader


def impact_page(reader: Reader, quarter: str | None = None) -> ImpactPage:
    """Everything on the leaders' page, for one quarter."""
    asked = context(reader).quarter(quarter)
    headlines = tuple(effects(reader, Question(outcome, side, 12, asked))[0] for side in SIDES for outcome in HEADLINES)
    trend = tuple(
        finding
        for side in SIDES
        for outcome in HEADLINES
        for finding in effects(reader, Question(outcome, side, 12, asked, by="cohort"))
    )
    reached = tuple(reach(reader, side, asked) for side in SIDES)
    with reader.cursor() as cursor:
        cutoff = context(reader).cutoff(cursor, asked)
    return compose(context(reader), asked, cutoff, headlines, trend, reached, surveys(reader, asked))
