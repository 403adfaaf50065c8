"""The diagnostics of one comparison, each passed, warning, failed, or could not run because (PROTOCOL.md 1.7)."""

from __future__ import annotations

from analysis.findings.analysis import Analysis, Estimate
from analysis.findings.results import Check, CheckStatus
from analysis.findings.words import group_label, header_label
from analysis.plan import Plan
from analysis.study.periods import Coverage

ENOUGH_TO_SEE_EXITS = 100  # among fewer, it can happen that nobody leaves in a year


def checks_for(analysis: Analysis, estimate: Estimate | None, plan: Plan, data: Coverage) -> tuple[Check, ...]:
    """All diagnostics of one analysis, worst first, then in the order of the protocol."""
    found = [_survivors(analysis, data), _follow_up(analysis), _covariates_as_of(data)]
    if analysis.overall is None or estimate is None:
        found.append(Check("model", "Comparison fitted", "failed", analysis.failure or "No comparison."))
    else:
        found += [
            _balance(analysis, plan),
            _support(analysis, plan),
            _effective_sample(analysis, plan),
            _model(analysis),
            _method_agreement(analysis),
            _adjusted_for_all(analysis),
        ]
        if estimate is not analysis.overall:
            found.append(_within_group(estimate, plan))
    if analysis.outcome == "promotion":
        found.append(_promotions_dated(analysis, data))
    found.append(_randomised())
    order = {"failed": 0, "warning": 1, "could_not_run": 2, "passed": 3}
    return tuple(sorted(found, key=lambda check: order[check.status]))


def _colour(value: float, amber: float, red: float) -> CheckStatus:
    if value > red:
        return "failed"
    return "warning" if value > amber else "passed"


def _survivors(analysis: Analysis, data: Coverage) -> Check:
    people = analysis.participants + analysis.comparators
    if data.exits and not analysis.figure.exits and people >= ENOUGH_TO_SEE_EXITS:
        return Check(
            "survivors_only",
            "Leavers included",
            "failed",
            f"Not one of {people:,} person-trials left within the follow-up: those who left are probably not in the "
            "data.",
            remedy="A list of leavers with dates, or quarterly snapshots that include them.",
        )
    if data.exits == 0:
        return Check(
            "survivors_only",
            "Leavers included",
            "failed",
            "The data hold nobody who left, so nobody can be seen to stay.",
            remedy="A list of leavers with dates, or quarterly snapshots that include them.",
        )
    return Check("survivors_only", "Leavers included", "passed", f"{data.exits:,} exits are held.")


def _follow_up(analysis: Analysis) -> Check:
    missing = analysis.figure.vanished
    if missing == 0:
        return Check("follow_up", "Exits complete", "passed", "Nobody disappears without an exit date.", 0.0, 0.0)
    return Check(
        "follow_up",
        "Exits complete",
        "failed",
        f"{missing:,} person-trials disappear from later snapshots without an exit date.",
        float(missing),
        0.0,
        'Their termination dates; or declare absent_without_exit = "left" in the plan.',
    )


def _covariates_as_of(data: Coverage) -> Check:
    if data.has_snapshots:
        return Check(
            "covariates_as_of_time_zero",
            "Known on the day",
            "passed",
            "People are compared on what was known on the day the cohort started.",
        )
    return Check(
        "covariates_as_of_time_zero",
        "Known on the day",
        "warning",
        "Only a master list is held: department, location, rating and hours on the day are not known.",
        remedy="Dated snapshots of everyone, at least one before each cohort.",
    )


def _balance(analysis: Analysis, plan: Plan) -> Check:
    counted = [row for row in analysis.balance if row.counts]
    worst = max(counted, key=lambda row: abs(row.after), default=None)
    if worst is None:
        return Check("balance", "Comparable people", "could_not_run", "No covariate level holds five participants.")
    value = abs(worst.after)
    limits = plan.thresholds
    where = f"{header_label(worst.covariate)}: {group_label(worst.covariate, worst.level)}"
    return Check(
        "balance",
        "Comparable people",
        _colour(value, limits.balance_amber, limits.balance_red),
        f"The largest difference after weighting is {value:.2f} standard deviations ({where}).",
        value,
        limits.balance_amber if value <= limits.balance_red else limits.balance_red,
        f"More colleagues who are alike in {header_label(worst.covariate).lower()}.",
    )


def _support(analysis: Analysis, plan: Plan) -> Check:
    before = analysis.participants + analysis.excluded
    share = analysis.excluded / before if before else 0.0
    limits = plan.thresholds
    named = ", ".join(
        f"{header_label(name)} {group_label(name, level)}" for name, level, _ in analysis.excluded_reasons[:3]
    )
    text = "Every participant has colleagues to be compared with."
    if analysis.excluded:
        text = f"{share:.0%} of participants have no comparable colleague and are left out ({named})."
    if analysis.alone_in_cell > 0:
        text += f" {analysis.alone_in_cell:.0%} have none of the same cohort, level and department at once."
    return Check(
        "support",
        "Someone to compare with",
        _colour(share, limits.excluded_amber, limits.excluded_red),
        text,
        share,
        limits.excluded_amber if share <= limits.excluded_red else limits.excluded_red,
        "Colleagues of the same level and place who have not joined.",
    )


def _effective_sample(analysis: Analysis, plan: Plan) -> Check:
    assert analysis.overall is not None
    effective, needed = analysis.overall.effective, 2.0 * analysis.overall.participants
    heavy = analysis.largest_weight > plan.thresholds.largest_weight_amber
    status: CheckStatus = "warning" if effective < needed or heavy else "passed"
    return Check(
        "effective_sample",
        "Enough colleagues",
        status,
        f"After weighting the comparators count as {effective:,.0f} people; the heaviest one carries "
        f"{analysis.largest_weight:.1%} of the weight.",
        effective,
        needed,
        "More colleagues who could have joined and did not.",
    )


def _model(analysis: Analysis) -> Check:
    if analysis.fallback:
        return Check(
            "model",
            "Model fitted",
            "warning",
            "The outcome model has no solution; odds weighting alone was used.",
            remedy="More people, or fewer covariates in the plan.",
        )
    return Check("model", "Model fitted", "passed", "Both models converged.")


def _method_agreement(analysis: Analysis) -> Check:
    label = f"Same answer by {len(analysis.methods) - 1} methods"
    if analysis.disagreement is None:
        return Check("method_agreement", label, "could_not_run", "The headline has no standard error.")
    status: CheckStatus = "warning" if analysis.disagreement > 1.0 else "passed"
    text = "The adjusted methods agree within one standard error."
    if status == "warning":
        text = f"The answer depends on the method: they differ by {analysis.disagreement:.1f} standard errors."
    return Check(
        "method_agreement",
        label if status == "passed" else "Answer depends on the method",
        status,
        text,
        analysis.disagreement,
        1.0,
        "More participants who resemble their colleagues.",
    )


def _adjusted_for_all(analysis: Analysis) -> Check:
    if not analysis.left_out:
        return Check(
            "adjusted_for_all", "All covariates used", "passed", "Everything the plan declares is adjusted for."
        )
    named = ", ".join(header_label(name).lower() for name in analysis.left_out)
    return Check(
        "adjusted_for_all",
        "All covariates used",
        "warning",
        f"With so few participants the comparison leaves out: {named}.",
        remedy="More participants.",
    )


def _within_group(estimate: Estimate, plan: Plan) -> Check:
    worst = estimate.imbalance
    if worst is None:
        return Check("balance_within_group", "Alike within the group", "could_not_run", "The group is too small.")
    value = abs(worst.after)
    amber = value > plan.thresholds.balance_red
    return Check(
        "balance_within_group",
        "Alike within the group",
        "warning" if amber else "passed",
        f"Within this group the largest difference after weighting is {value:.2f} standard deviations; the outcome "
        "model corrects for what remains.",
        value,
        plan.thresholds.balance_red,
        "More people in this group.",
    )


def _promotions_dated(analysis: Analysis, data: Coverage) -> Check:
    if not data.has_ladder:
        return Check(
            "promotions_dated",
            "Promotions dated",
            "failed",
            "There is no ladder of levels, so a promotion cannot be recognised.",
            remedy="A ladder file: level and rank.",
        )
    undated = analysis.figure.undated_rises
    return Check(
        "promotions_dated",
        "Promotions dated",
        "warning" if undated else "passed",
        f"{undated:,} rises between two snapshots cannot be dated to before or after joining and are left out."
        if undated
        else "Every promotion counted has a date after joining.",
        float(undated),
        0.0,
        "Job events with the dates of promotions.",
    )


def _randomised() -> Check:
    return Check(
        "randomised",
        "Chosen by lot",
        "could_not_run",
        "Taking part was not random: what cannot be seen, such as motivation, may differ.",
        remedy="Fill an oversubscribed cohort by lot and load who was drawn.",
    )
