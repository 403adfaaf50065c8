"""Did both models converge to a finite, unique answer? Statsmodels says yes to separated data, so we look ourselves."""

from __future__ import annotations

from analysis.findings.checks.case import Case
from analysis.findings.nobody import why_nobody
from analysis.findings.results import Check

NAME = "model"


def check(case: Case) -> Check:
    if not case.fitted:
        nobody = why_nobody(case.analysis, case.data.has_ladder)
        return Check(NAME, "Comparison fitted", "failed", nobody or case.analysis.failure or "No comparison.")
    if case.analysis.fallback:
        text = "The outcome model has no solution; odds weighting alone was used."
        remedy = "More people, or fewer covariates in the plan."
        return Check(NAME, "Model fitted", "warning", text, remedy=remedy)
    return Check(NAME, "Model fitted", "passed", "Both models converged.")
