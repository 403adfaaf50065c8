"""The one door to findings: pages, files and the command line ask here and get frozen objects.

What was computed while loading is read from the store; a question nobody asked before is computed now, by the
same code, and remembered by this process. One module a subject; all of them are asked as `answers.name(reader, ...)`.
"""

from analysis.findings.answers.changes import quarter_changes
from analysis.findings.answers.claims import claim, claims, registrations
from analysis.findings.answers.common import BY_HEADERS, UnknownChoice, context, quarters, selection_choices
from analysis.findings.answers.curves import curves
from analysis.findings.answers.diversity import DIVIDED_BY, diversity, leadership, started_cohorts
from analysis.findings.answers.effects import (
    cohorts,
    comparison,
    differences,
    effects,
    group_headers,
    outcome_detail,
    overlap,
    power,
    robustness,
    specifications,
    unadjusted,
)
from analysis.findings.answers.health import health_choices, health_summary, pairs_to_nudge, programme_health
from analysis.findings.answers.impact import impact_page
from analysis.findings.answers.people import dose, promoted, reach
from analysis.findings.answers.repeated import event_study, repeated_metrics
from analysis.findings.answers.surveys import (
    NEWEST_ONLY,
    survey_choices,
    survey_health,
    survey_items,
    survey_method,
    survey_response,
    surveys,
)
from analysis.findings.leadership import ATTRIBUTES
from analysis.findings.survey_precompute import RESPONSE_BY
from analysis.study.periods import UnknownQuarter

__all__ = [
    "ATTRIBUTES",
    "BY_HEADERS",
    "DIVIDED_BY",
    "NEWEST_ONLY",
    "RESPONSE_BY",
    "UnknownChoice",
    "UnknownQuarter",
    "claim",
    "claims",
    "cohorts",
    "comparison",
    "context",
    "curves",
    "differences",
    "diversity",
    "dose",
    "effects",
    "event_study",
    "group_headers",
    "health_choices",
    "health_summary",
    "impact_page",
    "leadership",
    "outcome_detail",
    "overlap",
    "pairs_to_nudge",
    "power",
    "programme_health",
    "promoted",
    "quarter_changes",
    "quarters",
    "reach",
    "registrations",
    "repeated_metrics",
    "robustness",
    "selection_choices",
    "specifications",
    "started_cohorts",
    "survey_choices",
    "survey_health",
    "survey_items",
    "survey_method",
    "survey_response",
    "surveys",
    "unadjusted",
]
