"""From an analysis to findings: suppression, checks, verdict, sentence. One way for headline, cohort and group."""

from __future__ import annotations

from dataclasses import dataclass, replace

from analysis.estimates.effect import HEADLINE_METHOD
from analysis.findings import disclosure, words
from analysis.findings.analysis import Analysis
from analysis.findings.checks import Case, checks_for, without_numbers
from analysis.findings.effect_hiding import NOTHING_HIDDEN, Hiding
from analysis.findings.estimate import Estimate
from analysis.findings.evidence import Robustness
from analysis.findings.nobody import why_nobody
from analysis.findings.outcomes import DEFINITIONS
from analysis.findings.power import both_ways
from analysis.findings.results import (
    EVERYBODY,
    BalanceRow,
    Check,
    Finding,
    MethodRow,
    Outcome,
    OutcomeDetail,
    Selection,
    Side,
    Verdict,
)
from analysis.findings.verdict import case_of, grade, reach_verdict
from analysis.plan import Plan
from analysis.study.periods import Coverage

ESTIMAND = "average effect on those who took part, as a risk difference"
AT_TOP = "at the top of the ladder, cannot be promoted"
LEFT_OUT = " left out"  # no group has this name
DECIMALS = 10  # the last digits of a sum depend on the order of addition; they are not part of an answer


def is_declared(plan: Plan, outcome: Outcome, horizon: int) -> bool:
    """Whether the plan declared this outcome at this horizon; anything else is exploratory and gets no verdict."""
    return horizon in plan.horizons and outcome in plan.outcomes


@dataclass(frozen=True)
class Scope:
    """What a finding is about and where it comes from. told: participants of the headline beside which groups stand
    that come from a fit of their own, None where they come from the headline's."""

    outcome: Outcome
    side: Side
    horizon: int
    quarter: str
    data_version: int
    loads: tuple[str, ...]
    plan: Plan
    data: Coverage
    robustness: Robustness | None
    cohort: str | None = None
    where: Selection = EVERYBODY
    hiding: Hiding = NOTHING_HIDDEN
    told: int | None = None

    @property
    def declared(self) -> bool:
        return not self.where.chosen and is_declared(self.plan, self.outcome, self.horizon)


def headline(scope: Scope, analysis: Analysis, cohorts: tuple[Finding, ...] = ()) -> Finding:
    """The finding of the whole figure; names those of `cohorts`, its parts, that show harm on their own."""
    # Everybody without a comparable colleague is left out of the headline and told nowhere else; of a narrowed view,
    # a wider one tells them.
    left = analysis.counted - analysis.participants if scope.where.chosen else 0
    close = scope.hiding.whole or 0 < left < _minimum(scope)
    reason = disclosure.reason("would_reveal", disclosure.EFFECT) if close else None
    finding = _finding(scope, analysis, analysis.overall, analysis.participants, None, None, reason)
    harmed = [part for part in cohorts if part.verdict == "evidence_of_harm"] if len(cohorts) > 1 else []
    if not harmed or finding.suppressed:
        return finding
    named = ", ".join(map(_sized, harmed))
    said = f"On its own, {named} shows" if len(harmed) == 1 else f"On their own, {named} show"
    return replace(finding, sentence=f"{finding.sentence} {said} evidence of harm.")


def _sized(part: Finding) -> str:
    """A cohort with its people and its difference, as far as the finding itself may show them."""
    told = [] if part.n_participants is None else [words.people(part.n_participants)]
    told += [] if part.estimate is None else [f"{words.points(part.estimate)} points"]
    return f"{part.group} ({', '.join(told)})" if told else f"{part.group}"


def _minimum(scope: Scope) -> int:
    return max(scope.plan.thresholds.participants_to_show, disclosure.EFFECT)


def by_group(scope: Scope, analysis: Analysis, header: str) -> tuple[Finding, ...]:
    """One finding a group of `header`, with hidden groups in their place."""
    sizes = {group: size for (name, group), size in analysis.group_sizes.items() if name == header}
    estimates = {group: analysis.groups.get((header, group)) for group in sizes}
    minimum, hiding = _minimum(scope), scope.hiding
    few = frozenset(
        group
        for group, estimate in estimates.items()
        if hiding.hides(header, group)
        or (estimate and disclosure.tells_of_each(estimate.events, estimate.participants, header, group))
        # Whoever has no comparable colleague is told by a view that leaves nobody out.
        or 0 < analysis.group_counted.get((header, group), 0) - sizes[group] < minimum
    )
    # The headline leaves these few out: the sum of all groups must not be known beside it.
    lost = 0 if scope.told is None else abs(sum(sizes.values()) - scope.told)
    apart = {LEFT_OUT: lost} if 0 < lost < minimum else {}
    hidden = disclosure.hide_groups(sizes | apart, minimum, header=header, few_events=few)
    counts = {group: (size, each.events if (each := estimates[group]) else 0) for group, size in sizes.items()}
    hidden = disclosure.hide_events(hidden, counts, header=header)
    return tuple(
        _finding(
            scope,
            analysis,
            estimates[group],
            size,
            header,
            group,
            disclosure.reason(hidden[group], minimum) if group in hidden else None,
        )
        for group, size in sizes.items()
    )


def _finding(
    scope: Scope,
    analysis: Analysis,
    estimate: Estimate | None,
    participants: int,
    header: str | None,
    group: str | None,
    hidden: str | None,
) -> Finding:
    checks = checks_for(Case(analysis, estimate, scope.plan, scope.data, scope.robustness))
    low, high = (estimate.interval.low, estimate.interval.high) if estimate and estimate.interval else (None, None)
    case = case_of(
        low=low,
        high=high,
        participants=participants,
        effective_comparators=estimate.effective if estimate else float(analysis.comparators),
        checks=checks,
        higher_is_better=DEFINITIONS[scope.outcome].higher_is_better,
        smallest_difference=scope.plan.smallest_difference,
        thresholds=scope.plan.thresholds,
    )
    verdict: Verdict = reach_verdict(case)
    if hidden:
        verdict = "not_shown"
    told_checks = checks
    readable = verdict not in ("not_shown", "not_reliable_enough_to_read", "too_few_to_tell")
    if readable and not scope.declared:
        verdict = "exploratory"
    shown = estimate if verdict not in ("not_shown", "not_reliable_enough_to_read") else None
    full = shown if readable else None
    if full is None:
        told_checks = without_numbers(checks)
    is_cohort = header == "cohort"
    label = words.outcome_label(scope.outcome, scope.horizon)
    who = ", ".join(filter(None, (words.SIDE_LABELS[scope.side], words.narrowed_to(scope.where))))
    if group is not None and header is not None:
        who = f"{who}, {words.group_label(header, group)}"
    sentence = _sentence(scope, analysis, shown, verdict, checks, participants, hidden)
    alt = f"{who}, {label[0].lower()}{label[1:]}: {words.verdict_label(verdict, scope.plan.smallest_difference)}."
    if full:
        alt = words.effect_alt_text(who, label, full.difference, full.interval.low, full.interval.high)
    return Finding(
        outcome=scope.outcome,
        side=scope.side,
        horizon_months=scope.horizon,
        quarter=scope.quarter,
        cohort=group if is_cohort else scope.cohort,
        by=header,
        group=group,
        estimand=ESTIMAND,
        method=estimate.method if estimate else HEADLINE_METHOD,
        estimate=_rounded(full.difference if full else None),
        ci_low=_rounded(shown.interval.low if shown else None),
        ci_high=_rounded(shown.interval.high if shown else None),
        std_error=_rounded(full.std_error if full else None),
        p_value=_rounded(full.p_value if full else None),
        rate_participants=_rounded(shown.rate_participants if shown else None),
        rate_comparators=_rounded(full.rate_comparators if full else None),
        n_participants=None if verdict == "not_shown" else participants,
        n_comparators=None if verdict == "not_shown" or not estimate else estimate.comparators,
        n_colleagues=analysis.colleagues.people if analysis.colleagues and shown is analysis.overall else None,
        n_effective=_rounded(shown.effective if shown else None),
        checks=told_checks if not hidden else (),
        verdict=verdict,
        verdict_label=words.verdict_label(verdict, scope.plan.smallest_difference),
        grade=grade(verdict, case),
        sentence=sentence,
        alt_text=alt,
        suppressed=verdict == "not_shown",
        reason=sentence if shown is None else None,
        notes=() if hidden else _notes(analysis),
        cohorts=analysis.figure.cohorts,
        smallest_detectable=_rounded(full.detectable if full else None),
        participants_needed=full.needed if full else None,
        smallest_difference_that_matters=scope.plan.smallest_difference,
        in_people=_in_people(scope, full) if full else "",
        data_version=scope.data_version,
        loads=scope.loads,
        plan_hash=scope.plan.hash,
        settings=_settings(scope, analysis),
        where=scope.where,
    )


def _in_people(scope: Scope, full: Estimate) -> str:
    return words.in_people(
        scope.outcome, scope.horizon, full.participants, full.difference, full.interval.low, full.interval.high
    )


def _settings(scope: Scope, analysis: Analysis) -> dict[str, object]:
    """How it was made, as it is echoed with every number."""
    return {
        "covariates": list(analysis.covariates),
        "interval": "MOVER-Wilson, 95 %, clustered by employee",
        "estimator": HEADLINE_METHOD,
        "horizon_months": scope.horizon,
        "participants_for_verdict": scope.plan.thresholds.participants_for_verdict,
        "months_of_service": scope.plan.months_of_service,
        "eligible_levels": list(scope.plan.eligible_levels[scope.side]) or "levels that hold a participant",
        **({"narrowed_to": words.narrowed_to(scope.where)} if scope.where.chosen else {}),
    }


def _sentence(
    scope: Scope,
    analysis: Analysis,
    shown: Estimate | None,
    verdict: Verdict,
    checks: tuple[Check, ...],
    participants: int,
    hidden: str | None,
) -> str:
    limits = scope.plan.thresholds
    if hidden:
        return hidden
    if verdict == "not_shown":
        if nobody := why_nobody(analysis, scope.data.has_ladder):
            return f"Not shown: {nobody[0].lower()}{nobody[1:]}"
        return f"Not shown: fewer than {limits.participants_to_show} participants."
    if shown is None:
        failed = [check.text for check in checks if check.status == "failed"]
        return "Withheld. " + " ".join(failed or [analysis.failure or "No comparison could be made."])
    if verdict == "too_few_to_tell":
        return words.too_few_sentence(
            scope.outcome, scope.horizon, shown.events, shown.participants, limits.participants_for_verdict
        )
    sentence = words.comparison_sentence(
        scope.outcome,
        scope.horizon,
        shown.rate_participants,
        shown.rate_comparators,
        shown.interval.low,
        shown.interval.high,
        *both_ways(scope.outcome, shown.detectable, shown.rate_comparators, shown.participants, shown.effective),
        scope.plan.smallest_difference,
    )
    later = _joined_later(analysis)
    if later is not None and shown is analysis.overall:
        sentence += f" {words.joined_later(later)}"
    at_top = analysis.figure.excluded.get(AT_TOP, 0)
    if scope.outcome == "promotion" and shown is analysis.overall and at_top >= disclosure.DESCRIPTIVE:
        sentence += f" About {disclosure.rounded(at_top)} at the top of the ladder cannot be promoted and are left out."
    return sentence


def _joined_later(analysis: Analysis) -> float | None:
    """The comparators' weighted share who joined within the following year; None where it rounds to nobody."""
    if analysis.colleagues is None or analysis.colleagues.joined_later < 0.001:
        return None
    return analysis.colleagues.joined_later


def _notes(analysis: Analysis) -> tuple[str, ...]:
    notes = [
        f"{words.about(count)} left out of the study: {reason}." for reason, count in analysis.figure.excluded.items()
    ]
    notes += analysis.notes
    later = _joined_later(analysis)
    if later is not None:
        told = words.joined_later(later)
        notes.append(f"{told} The comparison is joining then against not then; later joining dilutes it.")
    if analysis.figure.batches_without_snapshot:
        notes.append(
            f"{words.people(analysis.figure.batches_without_snapshot, 'monthly batch', 'monthly batches')} started "
            "before the first snapshot and left out."
        )
    return tuple(notes)


def detail(scope: Scope, analysis: Analysis, finding: Finding) -> OutcomeDetail:
    """What stands behind a finding: the other methods and the balance, nothing of it where it is not shown."""
    if analysis.overall is None or finding.suppressed:
        return OutcomeDetail(finding, (), (), finding.sentence, finding.sentence)
    readable = finding.estimate is not None
    methods = tuple(
        MethodRow(
            "Declared analysis" if position == 0 else row.label,
            _rounded(row.difference if readable else None),
            _rounded(row.interval.low if readable and row.interval else None),
            _rounded(row.interval.high if readable and row.interval else None),
            headline=position == 0,
            note=row.label if position == 0 else row.note,
        )
        for position, row in enumerate(analysis.methods)
    )
    rows = tuple(
        BalanceRow(row.covariate, row.level, round(abs(row.before), 4), round(abs(row.after), 4), row.counts)
        for row in analysis.balance
        if row.counts  # how far a level of a few participants stands out would tell how many there are
    )
    before, after = (max((getattr(row, name) for row in rows), default=0.0) for name in ("before", "after"))
    return OutcomeDetail(
        finding,
        methods,
        rows,
        _methods_sentence(analysis) if readable else finding.sentence,
        f"The largest standardised difference falls from {before:.2f} before to {after:.2f} after weighting.",
    )


def _methods_sentence(analysis: Analysis) -> str:
    adjusted = sorted(row.difference for row in analysis.methods[:-1])
    low, high = words.points(adjusted[0]), words.points(adjusted[-1])
    if low == high:
        return f"All adjusted methods give {low} points."
    return f"The adjusted methods give differences from {low} to {high} points."


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(float(value), DECIMALS) + 0.0
