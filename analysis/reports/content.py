"""What a report holds: one frozen object, built once a quarter from the answers; every format only writes it down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC
from functools import lru_cache
from typing import Literal

import analysis
from analysis.findings import answers
from analysis.findings.diversity_results import DiversityFinding, LeadershipFinding
from analysis.findings.evidence import Robustness
from analysis.findings.health.results import ProgrammeHealth
from analysis.findings.health.summary import HealthSummary
from analysis.findings.publication import blanked, blanked_curves, blanked_detail, for_publication
from analysis.findings.quarter_changes import QuarterChanges
from analysis.findings.results import (
    SIDES,
    CurvesFinding,
    Finding,
    ImpactPage,
    Measure,
    OutcomeDetail,
    Question,
)
from analysis.findings.roles import NotAllowed, Viewer, acts
from analysis.findings.survey_results import SurveyFinding
from analysis.store import Reader

Audience = Literal["board", "staff"]
AUDIENCES: tuple[Audience, ...] = ("board", "staff")
MEASURES: tuple[Measure, ...] = ("employment", "promotion")


@dataclass(frozen=True)
class Stamp:
    """Which data, settings and application a file came from. published_at: when the data version was, UTC."""

    quarter: str
    audience: Audience
    data_version: int
    data_as_of: str
    published_at: str
    app_version: str
    plan_hash: str
    loads: tuple[str, ...]


@dataclass(frozen=True)
class Parts:
    """What a report is made of.

    details stand in the order of the headlines, robustness in that of those with an estimate; curves by side, then
    employment and promotion. programme, diversity and leadership tell of pairs and groups in more detail than a file
    for publication may have: staff get none of them.
    """

    impact: ImpactPage
    details: tuple[OutcomeDetail, ...]
    curves: tuple[CurvesFinding, ...]
    surveys: SurveyFinding
    health: HealthSummary
    changes: QuarterChanges
    robustness: tuple[Robustness, ...]
    programme: ProgrammeHealth | None
    diversity: tuple[DiversityFinding, ...]
    leadership: tuple[LeadershipFinding, ...]


@dataclass(frozen=True)
class Report(Parts):
    """Everything a report of a quarter says, frozen and with what may not be shown taken out."""

    stamp: Stamp

    @property
    def headlines(self) -> tuple[Finding, ...]:
        return self.impact.headlines

    @property
    def tells_nothing(self) -> bool:
        """No headline has an estimate or an interval to show."""
        return all(finding.estimate is None and finding.ci_low is None for finding in self.headlines)

    @property
    def public(self) -> bool:
        return self.stamp.audience == "staff"

    def cohorts_of(self, finding: Finding) -> tuple[Finding, ...]:
        return tuple(
            part for part in self.impact.by_cohort if (part.side, part.outcome) == (finding.side, finding.outcome)
        )


def build(reader: Reader, quarter: str | None = None, audience: Audience = "board", by: Viewer | None = None) -> Report:
    """The report of a quarter, the newest without one; the second format asks for the same and gets this object.

    by: for whom, None at the command line. Raises UnknownQuarter where the data have no such quarter, and NotAllowed
    where that person may not have a report of everybody, or sees no more than a file for publication may hold.
    """
    acts(by, "report")
    if by is not None and by.rounded and audience != "staff":
        raise NotAllowed(f"Your role is {by.role.label}: reports for you are those for all staff.")
    return _build(reader, answers.context(reader).quarter(quarter), audience)


@lru_cache(maxsize=8)
def _build(reader: Reader, quarter: str, audience: Audience) -> Report:
    impact = answers.impact_page(reader, quarter)
    here = answers.context(reader)
    questions = [Question(found.outcome, found.side, found.horizon_months, quarter) for found in impact.headlines]
    published = here.published_at.replace(tzinfo=UTC).isoformat() if here.published_at else ""
    stamp = Stamp(
        quarter, audience, reader.data_version, impact.data_as_of, published, analysis.__version__, impact.plan_hash,
        here.loads,
    )  # fmt: skip
    attributes = answers.ATTRIBUTES if audience == "board" else ()  # staff get none of it
    parts = Parts(
        impact,
        tuple(answers.outcome_detail(reader, question) for question in questions),
        tuple(answers.curves(reader, side, quarter, measure) for side in SIDES for measure in MEASURES),
        answers.surveys(reader, quarter),
        answers.health_summary(reader, quarter),
        answers.quarter_changes(reader, quarter),
        tuple(
            answers.robustness(reader, question)
            for question, found in zip(questions, impact.headlines, strict=True)
            if found.estimate is not None
        ),
        answers.programme_health(reader, quarter) if attributes else None,
        _of_several(answers.diversity(reader, side, by, quarter) for side in SIDES for by in attributes),
        tuple(answers.leadership(reader, by, quarter) for by in attributes),
    )
    return compose(stamp, parts)


def _of_several(found: Iterable[DiversityFinding]) -> tuple[DiversityFinding, ...]:
    """Those whose attribute divides these data into groups at all."""
    return tuple(each for each in found if len(each.step("joined").rows) > 1)


def compose(stamp: Stamp, parts: Parts) -> Report:
    """A report of its parts: what is suppressed loses its numbers, and staff get the publication rules."""
    impact = replace(
        parts.impact,
        headlines=tuple(map(blanked, parts.impact.headlines)),
        by_cohort=tuple(map(blanked, parts.impact.by_cohort)),
    )
    changes = parts.changes
    shown = replace(
        parts,
        impact=impact,
        details=tuple(map(blanked_detail, parts.details)),
        curves=tuple(blanked_curves(each, impact.headlines) for each in parts.curves),
        changes=replace(changes, rows=tuple(replace(row, now=blanked(row.now)) for row in changes.rows)),
    )
    if stamp.audience == "staff":
        shown = for_publication(replace(shown, programme=None, diversity=(), leadership=()))
    return Report(**vars(shown), stamp=stamp)
