"""One fit answers many questions: everything that comes out of one figure, keyed as the store keeps it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from analysis.findings import codec
from analysis.findings.analysis import analyse
from analysis.findings.context import Context
from analysis.findings.differences import group_difference
from analysis.findings.effect_hiding import Hiding, effect_hiding
from analysis.findings.effects import Scope, by_group, detail, headline
from analysis.findings.evidence import Robustness
from analysis.findings.groups import Division
from analysis.findings.outcomes import DEFINITIONS
from analysis.findings.overlap import overlap
from analysis.findings.participants import DECLARED
from analysis.findings.results import Finding, Outcome, OutcomeDetail, Question
from analysis.findings.robustness import robustness
from analysis.store import Cursor


def key_of(kind: str, question: Question) -> str:
    """The name under which an answer to a question (its quarter resolved) is stored."""
    parts = (
        question.outcome,
        question.side,
        str(question.horizon_months),
        question.quarter or "",
        question.cohort or "",
        question.by or "",
    )
    narrowed = [json.dumps(question.where.chosen, sort_keys=True)] if question.where.chosen else []
    return "|".join([kind, *parts, *narrowed])


def robustness_bundle(cursor: Cursor, context: Context, question: Question) -> dict[str, str]:
    """The robustness of every outcome of the figure that holds `question`, as JSON by key."""
    assert question.quarter is not None
    hiding = _hiding(cursor, context, replace(question, cohort=None), ("cohort",))["cohort"].values()
    found = robustness(
        cursor,
        context.plan,
        question.side,
        DEFINITIONS[question.outcome].figure,
        question.horizon_months,
        context.cutoff(cursor, question.quarter),
        question.where,
        frozenset(name for each in hiding for name in each.groups.get("cohort", ())),
    )
    asked = replace(question, cohort=None, by=None)
    return {key_of("robustness", replace(asked, outcome=name)): codec.encode(item) for name, item in found.items()}


def bundle(
    cursor: Cursor,
    context: Context,
    question: Question,
    robust: Mapping[Outcome, Robustness],
    *,
    headers: tuple[str, ...] = (),
    outcomes: tuple[Outcome, ...] | None = None,
    told: int | None = None,
) -> dict[str, str]:
    """The answers of the figure that holds `question`, as JSON by key. The quarter must be resolved.

    With `by` a header beyond the plan's covariates, or with cohort and by, it holds that header's groups; otherwise
    the headline of each of `outcomes` (the question's alone without it), its groups by `headers`, and its detail.
    robust: what is known of an outcome's robustness; an exploratory one goes without. told: participants of the
    headline, where groups come from a fit of their own.
    """
    assert question.quarter is not None
    crossed = question.cohort is not None and question.by is not None
    asked_by = (*headers, *((question.by,) if question.by and question.by not in headers else ()))
    declared = tuple(header for header in asked_by if header in context.plan.covariates)
    special = question.by is not None and (question.by not in declared or crossed)
    extra = question.by if special else None
    analyses = analyse(
        cursor,
        context.plan,
        question.side,
        DEFINITIONS[question.outcome].figure,
        question.horizon_months,
        context.cutoff(cursor, question.quarter),
        Division(declared if extra is None else (extra,), extra, question.cohort if crossed else None),
        outcomes or (question.outcome,),
        question.where,
    )
    answers: dict[str, str] = {}
    others: tuple[str, ...] = ()
    if question.horizon_months != DECLARED or question.quarter != context.quarters[0] or question.where.chosen:
        # Nothing is told before the newest quarter of everybody: its groups are hidden by themselves alone.
        others = tuple(header for header in declared if header not in ("cohort", question.by))
    hiding = _hiding(cursor, context, question, (question.by, *others))
    for outcome, analysis in analyses.items():
        scope = Scope(
            outcome,
            question.side,
            question.horizon_months,
            question.quarter,
            context.data_version,
            context.loads,
            context.plan,
            context.data,
            robust.get(outcome),
            question.cohort if crossed else None,
            question.where,
            hiding[question.by][outcome],
            told,
        )
        asked = replace(question, outcome=outcome, cohort=None, by=None)
        if extra is not None:
            by = replace(asked, cohort=question.cohort if crossed else None, by=extra)
            found = by_group(scope, analysis, extra)
            answers[key_of("effects", by)] = codec.encode(found)
            answers[key_of("difference", by)] = codec.encode(group_difference(analysis, extra, found))
            continue
        cohorts = by_group(scope, analysis, "cohort") if "cohort" in declared else ()
        whole = headline(scope, analysis, cohorts)
        answers[key_of("effects", asked)] = codec.encode((whole,))
        answers[key_of("detail", asked)] = codec.encode(detail(scope, analysis, whole))
        answers[key_of("overlap", asked)] = codec.encode(overlap(analysis.overlap, whole))
        for header in declared:
            own = replace(scope, hiding=hiding[header if header in others else question.by][outcome])
            found = cohorts if header == "cohort" else by_group(own, analysis, header)
            by = replace(asked, by=header)
            answers[key_of("effects", by)] = codec.encode(found)
            answers[key_of("difference", by)] = codec.encode(group_difference(analysis, header, found))
    return answers


def _hiding(
    cursor: Cursor, context: Context, question: Question, by: tuple[str | None, ...]
) -> dict[str | None, dict[str, Hiding]]:
    """What may not be told of the figure that holds a question, nor of its groups by each header, by outcome."""
    return effect_hiding(
        cursor,
        context.plan,
        question.side,
        DEFINITIONS[question.outcome].figure,
        question.horizon_months,
        context.cutoff(cursor, question.quarter or ""),
        context.cutoffs(cursor),
        question.where,
        by,
        question.cohort if question.by else None,
    )


def at_quarter(answers: dict[str, str], quarter: str) -> dict[str, str]:
    """The same answers as of another quarter in which exactly the same cohorts are mature."""
    moved: dict[str, str] = {}
    for key, body in answers.items():
        parts = key.split("|")
        parts[4] = quarter
        new = "|".join(parts)
        if parts[0] == "detail":
            kept = codec.decode(OutcomeDetail, body)
            moved[new] = codec.encode(replace(kept, finding=replace(kept.finding, quarter=quarter)))
        elif parts[0] == "effects":
            findings = codec.decode_all(Finding, body)
            moved[new] = codec.encode(tuple(replace(finding, quarter=quarter) for finding in findings))
        else:
            moved[new] = body
    return moved
