"""One fit answers many questions: everything that comes out of one figure, keyed as the store keeps it."""

from __future__ import annotations

from dataclasses import replace

from analysis.findings import codec
from analysis.findings.analysis import GROUP_HEADERS, analyse
from analysis.findings.context import Context
from analysis.findings.effects import Scope, by_group, detail, headline
from analysis.findings.results import Finding, Outcome, OutcomeDetail, Question
from analysis.store import Cursor


def effects_key(question: Question) -> str:
    """The name under which the answer of a question (its quarter resolved) is stored."""
    parts = (
        question.outcome,
        question.side,
        str(question.horizon_months),
        question.quarter or "",
        question.cohort or "",
        question.by or "",
    )
    return "effects|" + "|".join(parts)


def detail_key(question: Question) -> str:
    return effects_key(question).replace("effects|", "detail|", 1)


def bundle(
    cursor: Cursor, context: Context, question: Question, headers: tuple[str, ...] = GROUP_HEADERS
) -> dict[str, str]:
    """Every answer of the figure that holds `question`, as JSON by key. The quarter must be resolved.

    With `by` a header beyond the headline's groups, or with cohort and by, it holds that header's groups;
    otherwise the headline of each outcome, its groups by `headers`, cohort among them, and its detail.
    """
    assert question.quarter is not None
    crossed = question.cohort is not None and question.by is not None
    declared = tuple(header for header in headers if header in context.plan.covariates)
    special = question.by is not None and (question.by not in declared or crossed)
    extra = question.by if special else None
    cutoff = context.cutoff(cursor, question.quarter)
    analyses = analyse(
        cursor,
        context.plan,
        question.side,
        question.outcome,
        question.horizon_months,
        cutoff,
        headers=declared if extra is None else (extra,),
        extra=extra,
        cohort=question.cohort if crossed else None,
    )
    answers: dict[str, str] = {}
    for name, analysis in analyses.items():
        outcome: Outcome = "retention" if name == "retention" else "promotion"
        if name == "voluntary_exit":
            outcome = "voluntary_exit"
        scope = Scope(
            outcome,
            question.side,
            question.horizon_months,
            question.quarter,
            context.data_version,
            context.loads,
            context.plan,
            context.data,
            question.cohort if crossed else None,
        )
        asked = replace(question, outcome=outcome, cohort=None, by=None)
        if extra is not None:
            key = effects_key(replace(asked, cohort=question.cohort if crossed else None, by=extra))
            answers[key] = codec.encode(by_group(scope, analysis, extra))
            continue
        cohorts = by_group(scope, analysis, "cohort")
        harmed = tuple(f.group for f in cohorts if f.verdict == "evidence_of_harm" and f.group)
        whole = headline(scope, analysis, harmed if len(cohorts) > 1 else ())
        answers[effects_key(asked)] = codec.encode((whole,))
        answers[detail_key(asked)] = codec.encode(detail(scope, analysis, whole))
        for header in declared:
            found = cohorts if header == "cohort" else by_group(scope, analysis, header)
            answers[effects_key(replace(asked, by=header))] = codec.encode(found)
    return answers


def at_quarter(answers: dict[str, str], quarter: str) -> dict[str, str]:
    """The same answers as of another quarter in which exactly the same cohorts are mature."""
    moved: dict[str, str] = {}
    for key, body in answers.items():
        parts = key.split("|")
        parts[4] = quarter
        if parts[0] == "detail":
            kept = codec.decode(OutcomeDetail, body)
            moved["|".join(parts)] = codec.encode(replace(kept, finding=replace(kept.finding, quarter=quarter)))
        else:
            findings = codec.decode_all(Finding, body)
            moved["|".join(parts)] = codec.encode(tuple(replace(finding, quarter=quarter) for finding in findings))
    return moved
