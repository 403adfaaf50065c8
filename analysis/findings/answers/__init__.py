"""The one door to findings: pages, files and the command line ask here and get frozen objects.

What was computed while loading is read from the store; a question nobody asked before is computed now, by the
same code, and remembered by this process. One module a subject; all of them are asked as `answers.name(reader, ...)`.
"""

from analysis.findings.answers.common import BY_HEADERS, UnknownChoice, context, quarters
from analysis.findings.answers.curves import curves
from analysis.findings.answers.diversity import ATTRIBUTES, DIVIDED_BY, diversity, leadership, started_cohorts
from analysis.findings.answers.effects import (
    cohorts,
    differences,
    effects,
    group_headers,
    outcome_detail,
    power,
    robustness,
    specifications,
)
from analysis.findings.answers.impact import impact_page
from analysis.findings.answers.people import dose, promoted, reach
from analysis.findings.answers.repeated import event_study, repeated_metrics, surveys
from analysis.study.periods import UnknownQuarter

__all__ = [
    "ATTRIBUTES",
    "BY_HEADERS",
    "DIVIDED_BY",
    "UnknownChoice",
    "UnknownQuarter",
    "cohorts",
    "context",
    "curves",
    "differences",
    "diversity",
    "dose",
    "effects",
    "event_study",
    "group_headers",
    "impact_page",
    "leadership",
    "outcome_detail",
    "power",
    "promoted",
    "quarters",
    "reach",
    "repeated_metrics",
    "robustness",
    "specifications",
    "started_cohorts",
    "surveys",
]
