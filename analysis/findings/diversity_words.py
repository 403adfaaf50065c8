"""The sentences about who is reached, and the checks that say how far it can be read."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.findings import disclosure, words
from analysis.findings.diversity_results import StepFinding, StepKind, StepRow
from analysis.findings.evidence import GroupDifference
from analysis.findings.reach import CHANCE
from analysis.findings.results import Check, CheckStatus, Finding, HealthFinding, ReachRow
from analysis.study.path import PathCohort

UNTOLD_AMBER = 0.10  # of those eligible, whose attribute is not known
NOT_TOLD = ("declined", "unknown")
ABSENCE = "Absence of a difference between groups is usually absence of data."


def group_name(header: str, group: str) -> str:
    """A group where it stands alone: "Woman", but "Disability: yes"."""
    label = words.group_label(header, group)
    if group in ("yes", "no", *NOT_TOLD, "other"):
        return f"{words.header_label(header)}: {label.lower()}"
    return label


def name_of(row: ReachRow) -> str:
    return group_name(row.header, row.group)


def lower(header: str) -> str:
    """A header inside a sentence: "gender", but "LGBTQ+"."""
    label = words.header_label(header)
    return label if label.isupper() else label.lower()


def step_sentence(kind: StepKind, step: StepFinding, tests: int) -> str:
    """Who did it most and least often, whom the four-fifths rule flags, and who are too few to judge."""
    shown = [row for row in step.rows if row.group.rate is not None]
    judged = [row for row in shown if row.group.ratio is not None]
    if not shown:
        return "No group can be shown: each is too small, or would give a small one away."
    text = _most_and_least(kind, judged if len(judged) > 1 else shown)
    if kind.ratio:
        text += f" {_flagged(kind, judged, tests)}"
        few = _too_few(step)
        if few:
            text += f" Too few to judge, or hidden: {', '.join(map(name_of, few))}."
    return text


def _too_few(step: StepFinding) -> list[ReachRow]:
    """Groups without a ratio, named alike wherever the page says so; people of whom nothing is known are no group."""
    return [row.group for row in step.rows if row.group.ratio is None and row.group.group != "unknown"]


def _most_and_least(kind: StepKind, rows: Sequence[StepRow]) -> str:
    ordered = sorted(rows, key=lambda row: row.group.rate or 0.0)
    most, least = ordered[-1].group, ordered[0].group
    text = f"{name_of(most)}: {words.percent(most.rate or 0.0)} of {most.eligible:,} {kind.verb}"
    if most is least:
        return text + "."
    text += (
        f", the highest rate; {name_of(least)}: {words.percent(least.rate or 0.0)} of {least.eligible:,}, the lowest"
    )
    if least.ratio is not None and least.ratio_low is not None and least.ratio_high is not None:
        limits = f"{words.plain(least.ratio_low)} to {words.plain(least.ratio_high)}"
        text += f", {words.plain(least.ratio)} of the highest (95% interval {limits})"
    return text + "."


def _flagged(kind: StepKind, judged: Sequence[StepRow], tests: int) -> str:
    if len(judged) < 2:
        return "There are not two groups with enough people for a ratio."
    flagged = sorted((row for row in judged if row.group.flag), key=lambda row: row.group.ratio or 0.0)
    if not flagged:
        # Named, because another step of the same page may have such a group.
        return f"{kind.label}: no group is below four fifths of the highest rate."
    named = ", ".join(f"{name_of(row.group)} ({words.plain(row.group.ratio or 0.0)})" for row in flagged)
    clear = sum(row.p_adjusted is not None and row.p_adjusted < CHANCE for row in flagged)
    reason = "chance could explain each of them" if not clear else f"for {clear} of them chance is unlikely"
    return (
        f"Below four fifths of the highest rate: {named}. By Fisher's exact test, adjusted for "
        f"{words.people(tests, 'test')} of this attribute (Benjamini and Hochberg), {reason}. A prompt to look, not "
        "proof."
    )


def step_alt_text(kind: StepKind, step: StepFinding) -> str:
    return f"{kind.label}, {kind.of_whom}, by group. {step.sentence}"


def answer(header: str, joined: StepFinding, tests: int) -> str:
    """The sentence that the page opens with: who takes part, by this attribute."""
    if joined.reason:
        return joined.reason
    return (
        joined.sentence
        if joined.sentence.startswith(words.header_label(header))
        else f"By {lower(header)}: {joined.sentence}"
    )


def difference_sentence(row: GroupDifference, parts: Sequence[Finding], tests: int) -> str:
    """Does the effect differ between the groups of a header, and how large a gap could have been seen."""
    header = lower(row.header)
    if row.p_value is None or row.p_adjusted is None:
        return f"Whether the effect differs by {header} cannot be tested. {row.reason} {ABSENCE}".replace("  ", " ")
    tested = f"adjusted for {words.people(tests, 'breakdown')}"
    if row.p_adjusted < CHANCE:
        return f"The effect differs by {header}, beyond what chance explains ({tested})."
    text = f"We cannot tell whether the effect differs by {header} ({tested})."
    largest = sorted((part for part in parts if part.group in row.groups), key=lambda part: -(part.n_participants or 0))
    if row.smallest_detectable is None:
        return f"{text} No gap, however large, would probably have shown. {ABSENCE}"
    between = " and ".join(words.group_label(row.header, part.group or "") for part in largest[:2])
    gap = f"{100 * row.smallest_detectable:.0f} points or more between the two largest groups"
    return f"{text} Only a gap of {gap}{f', {between},' if between else ''} would probably have shown. {ABSENCE}"


def health(header: str, cohorts: Sequence[PathCohort], joined: StepFinding, eligible: int) -> HealthFinding:
    """Can this be read? What is not told of those eligible, groups too small, invitations, mature cohorts, exits."""
    checks = (
        _told(header, joined, eligible),
        _large_enough(joined),
        _held(cohorts),
        _mature(cohorts),
        *([_vanished()] if any(cohort.vanished for cohort in cohorts) else []),
    )
    passed = sum(check.status == "passed" for check in checks)
    care = [check for check in checks if check.status != "passed"]
    sentence = "All can be read." if not care else " ".join(check.text for check in care[:2])
    return HealthFinding(checks, passed, len(checks), sentence)


def _told(header: str, joined: StepFinding, eligible: int) -> Check:
    label = f"{words.header_label(header)} known"
    rows = [row.group for row in joined.rows if row.group.group in NOT_TOLD]
    if not joined.rows:
        return Check("told", label, "could_not_run", "There are not two groups to tell apart.")
    parts = []
    for row in rows:
        what = "prefer not to say" if row.group == "declined" else "not known"
        shown = row.eligible is not None and eligible > 0
        parts.append(f"{words.percent((row.eligible or 0) / eligible)} {what}" if shown else f"{what}: too few to show")
    share = sum(row.eligible or 0 for row in rows) / eligible if eligible else 0.0
    status: CheckStatus = "passed" if share <= UNTOLD_AMBER else "warning"
    text = f"{words.header_label(header)} of those eligible: {', '.join(parts) or 'known of everybody'}."
    return Check("told", label, status, text, round(share, 4), UNTOLD_AMBER, "Ask people to complete their record.")


def _large_enough(joined: StepFinding) -> Check:
    label = "Groups large enough"
    few = _too_few(joined)
    judged = [row for row in joined.rows if row.group.ratio is not None]
    if len(judged) < 2:
        return Check("large_enough", label, "failed", "Fewer than two groups have enough people to be compared.")
    if few:
        named = ", ".join(name_of(row) for row in few)
        minimum = max(disclosure.EFFECT, disclosure.descriptive_minimum(few[0].header))
        text = f"Too few people to judge, or hidden: {named}. A ratio needs {minimum} participants."
        return Check("large_enough", label, "warning", text)
    return Check("large_enough", label, "passed", f"{len(judged)} groups have enough people to be compared.")


def _held(cohorts: Sequence[PathCohort]) -> Check:
    held = sum(cohort.held for cohort in cohorts)
    label, remedy = "Invitations held", "The file of invitations, with its responses."
    if not held:
        text = "No invitations have been loaded: who was asked, and who said no, is not known."
        return Check("invitations", label, "could_not_run", text, remedy=remedy)
    if held < len(cohorts):
        text = f"Invitations are held for {held} of {len(cohorts)} cohorts; the first steps are about those alone."
        return Check("invitations", label, "warning", text, remedy=remedy)
    return Check("invitations", label, "passed", f"Invitations are held for {words.people(held, 'cohort')}.")


def _mature(cohorts: Sequence[PathCohort]) -> Check:
    followed = sum(cohort.followed for cohort in cohorts)
    label = "Followed for a year"
    if not followed:
        return Check("mature", label, "could_not_run", "No cohort has been followed for 12 months yet.")
    status: CheckStatus = "passed" if followed == len(cohorts) else "warning"
    text = (
        f"{followed} of {len(cohorts)} cohorts have been followed for 12 months: staying and promotion are about those."
    )
    return Check("mature", label, status, text, remedy="Time.")


def _vanished() -> Check:
    text = "People disappear from later lists without an exit date: staying is not shown."
    return Check("follow_up", "Exits complete", "failed", text, remedy="The exits of those people.")


def notes_of(cohorts: Sequence[PathCohort]) -> tuple[str, ...]:
    """What a reader must know of how people were counted."""
    found = [
        "Over all cohorts a person counts once, with what was true when they joined, or when they could last have.",
        "Invited or applied: any invitation or application, also those not drawn, waitlisted or without an answer. "
        "Whoever joined counts as invited and as accepted.",
    ]
    unrecorded = sum(cohort.unrecorded for cohort in cohorts)
    if unrecorded:
        many = f"{unrecorded:,}" if unrecorded >= disclosure.DESCRIPTIVE else "A few"
        found.append(f"{many} joined a cohort whose invitations are held without one of their own.")
    return tuple(found)
