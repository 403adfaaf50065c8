"""Who is invited, joins, stays and is promoted, by group: every step with its interval, ratio and test."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from analysis.estimates.intervals import wilson
from analysis.estimates.multiplicity import benjamini_hochberg
from analysis.findings.disclosure import Hidden
from analysis.findings.diversity_results import (
    KINDS,
    DiversityFinding,
    RepresentationRow,
    StepFinding,
    StepKind,
    StepRow,
)
from analysis.findings.diversity_words import answer, health, notes_of, step_alt_text, step_sentence
from analysis.findings.made_up import cohort_table
from analysis.findings.path_hiding import BySiblings, Hiding, hiding, hiding_of_cohort
from analysis.findings.path_tables import Counts, View, cells_of, groups_at, view_of
from analysis.findings.reach import family
from analysis.findings.results import Selection, Side
from analysis.study.path import PathCohort

NO_INVITATIONS = "No invitations have been loaded for these cohorts, so this step is not known."
NOT_FOLLOWED = "No cohort of this view has been followed for 12 months yet."
NO_PROMOTIONS = "No promotions can be seen yet: they need a ladder of levels, and a year after joining."
VANISHED = "People disappear from later lists without an exit date, so nobody knows who stayed."


@dataclass(frozen=True)
class Asked:
    """What is asked: a side, one attribute, one cohort or all of them (None), and whom the view is narrowed to."""

    side: Side
    quarter: str
    header: str
    cohort: str | None
    where: Selection


def diversity(
    asked: Asked,
    cohorts: Sequence[PathCohort],
    counts: Counts,
    hidden: Hiding,
    data_version: int,
    plan_hash: str,
) -> DiversityFinding:
    """counts: as `path_hiding.tables_of` gives them, for this view; hidden: what of it may not be told."""
    own = counts.get(asked.header, {})
    here = view_of(own, asked.cohort)
    held = [cohort for cohort in cohorts if asked.cohort in (None, cohort.cohort)]
    steps = [_step(kind, asked, held, here, hidden.at(kind)) for kind in KINDS]
    steps, tests = _adjusted(steps)
    joined = next(step for step in steps if step.step == "joined")
    eligible, people = (sum(group[name] for group in here.values()) for name in ("eligible", "joined"))
    sentence = answer(asked.header, joined, tests)
    return DiversityFinding(
        side=asked.side,
        quarter=asked.quarter,
        header=asked.header,
        cohort=asked.cohort,
        where=asked.where,
        steps=tuple(steps),
        representation=_representation(joined, eligible, people),
        cohorts=cohort_table(asked.header, cohorts, cells_of(own, "joined"), hidden.cells),
        health=health(asked.header, held, joined, eligible),
        tests=tests,
        sentence=sentence,
        alt_text=f"How far each group came, from eligible to promoted. {sentence}",
        notes=notes_of(held),
        data_version=data_version,
        plan_hash=plan_hash,
    )


def hiding_of(
    asked: Asked,
    cohorts: Sequence[PathCohort],
    counts: Sequence[Counts],
    siblings: Sequence[BySiblings] = (),
    after: Sequence[Counts] = (),
    newest: Hiding | None = None,
    all_: Hiding | None = None,
) -> Hiding:
    """What a view may not show, as `path_hiding` judges one header of these counts: of this view and of every selection
    that holds it; after: of it in later quarters. siblings: what each restriction, and each two, could have been
    instead; newest: what the newest quarter hides of all cohorts; all_: what all cohorts hide, of one's view."""
    own, later = ([tables.get(asked.header, {}) for tables in each] for each in (counts, after))
    beside = [each.of(asked.header) for each in siblings]
    everyone = all_ or hiding(asked.header, own, cohorts, beside, later, newest)
    if asked.cohort is None:
        return everyone
    return hiding_of_cohort(asked.header, [*own, *later], asked.cohort, everyone, beside)


def _step(
    kind: StepKind,
    asked: Asked,
    cohorts: Sequence[PathCohort],
    view: View,
    hidden: Collection[str],
) -> StepFinding:
    reason = _why_not(kind, cohorts, view)
    rows: tuple[StepRow, ...] = ()
    if reason is None:
        groups = groups_at(kind, view)
        nobody = {group for group, people, _ in groups if not people}  # of a group has come so far
        reasons: dict[str, Hidden] = dict.fromkeys(sorted({*hidden, *nobody}), "would_reveal")
        rows = tuple(
            StepRow(
                row,
                None if row.rate is None else wilson(row.rate, row.eligible or 0).low,
                None if row.rate is None else wilson(row.rate, row.eligible or 0).high,
                None,
            )
            for row in family(asked.header, groups, reasons, ratios=kind.ratio)
        )
        if not rows:
            reason = "There are not two groups to tell apart."
    return StepFinding(kind.step, kind.label, kind.of_whom, rows, "", "", reason)


def _why_not(kind: StepKind, cohorts: Sequence[PathCohort], view: View) -> str | None:
    if any(counts[kind.of] for counts in view.values()):
        return VANISHED if kind.step == "stayed" and any(cohort.vanished for cohort in cohorts) else None
    if kind.step in ("invited", "accepted", "paired"):
        return NO_INVITATIONS
    if kind.step == "joined":
        return "Nobody could have joined yet."
    return NOT_FOLLOWED if kind.step == "stayed" else NO_PROMOTIONS


def _adjusted(steps: Sequence[StepFinding]) -> tuple[list[StepFinding], int]:
    """The steps with Fisher's p values adjusted over all of them, and their sentences; how many tests there were."""
    every = [row.group.fisher_p for step in steps for row in step.rows]
    adjusted = iter(benjamini_hochberg(every))
    tests = sum(p is not None for p in every)
    found = []
    for step, kind in zip(steps, KINDS, strict=True):
        rows = tuple(replace(row, p_adjusted=_rounded(next(adjusted))) for row in step.rows)
        told = replace(step, rows=rows)
        told = replace(told, sentence=step.reason or step_sentence(kind, told, tests))
        found.append(replace(told, alt_text=step_alt_text(kind, told)))
    return found, tests


def _rounded(p: float | None) -> float | None:
    return None if p is None else round(p, 8)


def _representation(joined: StepFinding, eligible: int, people: int) -> tuple[RepresentationRow, ...]:
    """Shares of the groups among all who were eligible and all who took part; both totals count as known."""
    found = []
    for row in (each.group for each in joined.rows):
        if row.eligible is None or row.participants is None or not people:
            found.append(RepresentationRow(row.group, None, None, None, None, None, None, row.reason))
            continue
        share, limits = row.participants / people, wilson(row.participants / people, people)
        of_eligible = row.eligible / eligible
        found.append(
            RepresentationRow(
                row.group, row.eligible, row.participants, of_eligible, share, limits.low, limits.high, None
            )
        )
    return tuple(found)
