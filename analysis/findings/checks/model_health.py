"""Did both models converge to a finite, unique answer? Statsmodels says yes to separated data, so we look ourselves."""

from __future__ import annotations

from analysis.findings.checks.case import Case
from analysis.findings.nobody import why_nobody
from analysis.findings.results import Check

NAME = "model"
OLDER = "A list of people from before each cohort began."


def check(case: Case) -> Check:
    if not case.fitted:
        nobody = why_nobody(case.analysis, case.data.has_ladder)
        if nobody:
            remedy = OLDER if case.analysis.figure.batches_without_snapshot else ""
            return Check(NAME, "Comparison fitted", "could_not_run", nobody, remedy=remedy)
        return Check(NAME, "Comparison fitted", "failed", case.analysis.failure or "No comparison.")
    if case.analysis.fallback:
        text = "The outcome model has no solution; odds weighting alone was used."
        remedy = "More people, or fewer covariates in the plan."
        return Check(NAME, "Model fitted", "warning", text, remedy=remedy)
    return Check(NAME, "Model fitted", "passed", "Both models converged.")
