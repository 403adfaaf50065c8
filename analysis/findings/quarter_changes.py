"""What changed since last quarter and why: cohorts that completed their follow-up, or data that came or were corrected.

Three numbers answer it: this quarter and the one before, both asked of today's data, and the one before as it was
published then, where that version is still kept. This quarter minus before is new time, before minus as published is
new data; together they are the whole change.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from analysis.findings.disclosure import EFFECT
from analysis.findings.results import Finding, Outcome, Side
from analysis.findings.words import SIDE_LABELS, outcome_label, people, points

UNCHANGED = 0.0005  # half of what one decimal shows


@dataclass(frozen=True)
class HeadlineChange:
    """One headline now, and what moved it. Differences are proportions.

    before: the quarter before, asked of today's data; published: the same as it was published then. from_time: what
    newly followed cohorts moved; from_data: what new or corrected data moved. None where it can't be told, with
    `reason` where nothing of the headline can. new_cohorts: those that count now and did not before.
    """

    now: Finding
    before: float | None
    published: float | None
    from_time: float | None
    from_data: float | None
    new_cohorts: tuple[str, ...]
    new_participants: int | None
    verdict_before: str
    sentence: str
    reason: str


@dataclass(frozen=True)
class QuarterChanges:
    """All headlines of a quarter against the quarter before. published_version: the data version that was read for
    what was published then, None where none is kept."""

    quarter: str
    before: str | None
    published_version: int | None
    rows: tuple[HeadlineChange, ...]
    sentence: str
    alt_text: str


def quarter_changes(
    quarter: str,
    before: str | None,
    now: Sequence[Finding],
    then: Sequence[Finding],
    published: Sequence[Finding],
    published_version: int | None,
    hidden: Mapping[tuple[Side, Outcome], Collection[str]],
) -> QuarterChanges:
    """now and then in the same order, of today's data; published: those of the quarter before that are still kept;
    hidden: the cohorts that may not be shown by themselves."""
    if before is None:
        sentence = "This is the first quarter with a cohort followed for a year: there is nothing to set it beside yet."
        return QuarterChanges(quarter, None, None, (), sentence, sentence)
    kept = {(finding.side, finding.outcome): finding for finding in published}
    rows = tuple(
        headline_change(one, other, kept.get((one.side, one.outcome)), hidden.get((one.side, one.outcome), ()))
        for one, other in zip(now, then, strict=True)
    )
    sentence = _summary(rows, before, published_version is not None)
    return QuarterChanges(quarter, before, published_version, rows, sentence, " ".join(row.sentence for row in rows))


def headline_change(
    now: Finding, before: Finding, published: Finding | None, hidden: Collection[str] = ()
) -> HeadlineChange:
    """One headline: now and a quarter before, of today's data, and that quarter before as it was published.

    Where a new cohort is among the `hidden` ones, the difference would lay it open and is not told.
    """
    who = f"{SIDE_LABELS[now.side]}, {_lower(outcome_label(now.outcome, now.horizon_months))}"
    added = tuple(cohort for cohort in now.cohorts if cohort not in before.cohorts)
    grown = (now.n_participants or 0) - (before.n_participants or 0)

    verdict = published if published is not None else before

    def untold(reason: str) -> HeadlineChange:
        return HeadlineChange(
            now, None, None, None, None, added, None, verdict.verdict_label, f"{who}. {reason}", reason
        )

    if now.estimate is None or before.estimate is None:
        return untold(f"Now: {_state(now)}. A quarter before: {_state(before)}.")
    if set(added) & set(hidden):
        return untold(f"{_cohorts(added)} may not be shown alone, so what moved is not told.")
    if 0 < abs(grown) < EFFECT:
        # The difference between the two pooled numbers would speak of these few alone.
        return untold(f"Fewer than {EFFECT} people lie between the two quarters, so what they moved is not shown.")
    was = published.estimate if published is not None else None
    from_time = now.estimate - before.estimate
    from_data = None if was is None else before.estimate - was
    parts = [f"{who}: {points(now.estimate)} points, after {points(before.estimate if was is None else was)}."]
    if added:
        size = f" ({people(grown)})" if grown >= EFFECT else ""
        moved = f"moved it by {points(from_time)}" if abs(from_time) >= UNCHANGED else "did not move it"
        parts.append(f"{_cohorts(added)}{size}, now followed to the end, {moved}.")
    elif abs(from_time) >= UNCHANGED:
        parts.append(f"No cohort was added; longer follow-up of the same ones moved it by {points(from_time)}.")
    if from_data is not None and abs(from_data) >= UNCHANGED:
        parts.append(f"New or corrected data on the earlier cohorts moved it by {points(from_data)}.")
    if len(parts) == 1:
        parts.append("Nothing was added and nothing corrected that moved it.")
    if now.verdict != verdict.verdict:
        parts.append(f"The verdict was: {verdict.verdict_label}. It is: {now.verdict_label}.")
    return HeadlineChange(
        now,
        before.estimate,
        was,
        from_time,
        from_data,
        added,
        grown if grown >= EFFECT else None,
        verdict.verdict_label,
        " ".join(parts),
        "",
    )


def _state(finding: Finding) -> str:
    return f"{points(finding.estimate)} points" if finding.estimate is not None else finding.verdict_label.lower()


def _summary(rows: tuple[HeadlineChange, ...], before: str, kept: bool) -> str:
    """One sentence for leaders: how many verdicts are others now, which cohorts came, whether data did."""
    turned = [row for row in rows if row.verdict_before != row.now.verdict_label]
    cohorts = tuple(dict.fromkeys(cohort for row in rows for cohort in row.new_cohorts))
    since = f"{before[:4]} {before[4:]}"
    came = f"No cohort completed its follow-up since {since}."
    if cohorts:
        came = f"{_cohorts(cohorts)} completed {'its' if len(cohorts) == 1 else 'their'} follow-up since {since}."
    verdicts = f"{len(turned)} of {len(rows)} verdicts changed." if turned else "No verdict changed."
    if not kept:
        return f"{came} {verdicts}"
    moved = any(abs(row.from_data or 0.0) >= UNCHANGED for row in rows)
    data = "Data on earlier cohorts changed as well." if moved else "Data on earlier cohorts moved nothing."
    return f"{came} {verdicts} {data}"


def _cohorts(names: tuple[str, ...]) -> str:
    return f"{'Cohort' if len(names) == 1 else 'Cohorts'} {' and '.join(names)}"


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]
