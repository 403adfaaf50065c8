"""Who is invited, joins, stays and is promoted, by group: every step with its interval, ratio, test and hidden groups.

Hiding knows the whole page: a number that is hidden at one step is hidden at every step that would use it, a narrowed
view gives away neither what it shows nor what it leaves out, and one cohort shows no more than the table of all cohorts
does.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from analysis.estimates.intervals import wilson
from analysis.estimates.multiplicity import benjamini_hochberg
from analysis.findings import disclosure
from analysis.findings.disclosure import TOTAL, Cell
from analysis.findings.diversity_results import (
    KINDS,
    DiversityFinding,
    RepresentationRow,
    Step,
    StepFinding,
    StepKind,
    StepRow,
)
from analysis.findings.diversity_words import answer, health, notes_of, step_alt_text, step_sentence
from analysis.findings.made_up import cohort_table
from analysis.findings.reach import Group, family, hidden_of
from analysis.findings.results import Selection, Side
from analysis.study.path import PathCohort

_COUNTS = (
    "eligible",
    "held",
    "invited",
    "accepted",
    "paired",
    "joined",
    "followed",
    "stayed",
    "could_rise",
    "promoted",
)
# The number that goes where a step would tell too much; who was paired is who took part, which the last step tells.
_GOES: dict[Step, str] = {**{kind.step: kind.did for kind in KINDS}, "paired": "accepted"}
_ALIKE = (("held", "eligible"), ("paired", "joined"))  # the same people where all invitations are held
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
    counts: pd.DataFrame,
    wider: Sequence[pd.DataFrame],
    data_version: int,
    plan_hash: str,
) -> DiversityFinding:
    """counts: as `path_counts` gives them, for this view; wider: the same for every selection that holds it."""
    own = [_of_header(frame, asked.header) for frame in (counts, *wider)]
    here, also = _view(own[0], asked.cohort), _given_away(own, asked)
    # The totals of the table of cohorts are the view over all of them, so each hides what the other does.
    whole = _view(own[0], None)
    hidden = _hidden(asked.header, whole, also if asked.cohort is None else {})
    table = cohort_table(asked.header, cohorts, own[0], hidden["joined"], _too_close(own, asked.header))
    if asked.cohort is None:
        also["joined"] |= table.hidden_groups
    hidden = _hidden(asked.header, here, also)
    held = [cohort for cohort in cohorts if asked.cohort in (None, cohort.cohort)]
    steps = [_step(kind, asked, held, here, hidden[kind.of] | hidden[kind.did] | _nobody(kind, here)) for kind in KINDS]
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
        cohorts=table.finding,
        health=health(asked.header, held, joined, eligible),
        tests=tests,
        sentence=sentence,
        alt_text=f"How far each group came, from eligible to promoted. {sentence}",
        notes=notes_of(held),
        data_version=data_version,
        plan_hash=plan_hash,
    )


View = Mapping[str, Mapping[str, int]]  # group to its counts


def _of_header(frame: pd.DataFrame, header: str) -> pd.DataFrame:
    return frame[frame["header"] == header]


def _view(frame: pd.DataFrame, cohort: str | None) -> View:
    """Group to its counts, over all cohorts or in one."""
    rows = frame[frame["cohort"].isna() if cohort is None else frame["cohort"] == cohort]
    return {str(row["group"]): {name: int(row[name]) for name in _COUNTS} for row in rows.to_dict("records")}


def _groups(kind: StepKind, view: View) -> list[Group]:
    return [(group, counts[kind.of], counts[kind.did]) for group, counts in view.items()]


def _nobody(kind: StepKind, view: View) -> set[str]:
    """Groups of whom nobody has come so far that this step could be asked of them."""
    return {group for group, people, _ in _groups(kind, view) if not people}


def _hidden(header: str, view: View, also: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """Count to the groups for which it is hidden. A step is shown for a group where both of its counts are."""
    minimum = disclosure.descriptive_minimum(header)
    found: dict[str, set[str]] = {name: set(also.get(name, ())) for name in _COUNTS}
    for kind in KINDS:
        # Where nobody of a group has come so far there is nobody to protect.
        groups = [group for group in _groups(kind, view) if group[1]]
        found[_GOES[kind.step]] |= set(hidden_of(header, groups))
        found[kind.of] |= {group for group, people, _ in groups if people < minimum}
    for one, other in _ALIKE:
        found[one] |= found[other]
        found[other] |= found[one]
    for name, away in found.items():
        sizes = {group: counts[name] for group, counts in view.items() if counts[name]}
        small = frozenset(group for group, people in sizes.items() if people < minimum or group in away)
        away |= set(disclosure.hide_groups(sizes, minimum, header=header, few_events=small)) if small else set()
    for one, other in _ALIKE:
        found[one] |= found[other]
        found[other] |= found[one]
    return found


def _given_away(frames: Sequence[pd.DataFrame], asked: Asked) -> dict[str, set[str]]:
    """Count to the groups for which this view would give away people of a view that holds it."""
    found: dict[str, set[str]] = {name: set() for name in _COUNTS}
    minimum = disclosure.descriptive_minimum(asked.header)
    here = _view(frames[0], asked.cohort)
    others = [_view(frame, asked.cohort) for frame in frames[1:]]
    others += [_view(frame, None) for frame in frames] if asked.cohort is not None else []
    for group, counts in here.items():
        for left in ({name: other[group][name] - counts[name] for name in _COUNTS} for other in others):
            for name in _COUNTS:
                if 0 < left[name] < minimum:
                    found[name].add(group)
            for kind in KINDS:
                if 0 < left[kind.of] - left[kind.did] < minimum:
                    found[_GOES[kind.step]].add(group)
    if asked.cohort is not None:
        for name in _COUNTS:
            away = disclosure.hide_cells(_cells(frames[0], name), minimum, header=asked.header)
            found[name] |= {group for cohort, group in away if cohort == asked.cohort and group != TOTAL}
    return found


def _cells(frame: pd.DataFrame, name: str) -> dict[Cell, int]:
    rows = frame[frame["cohort"].notna()]
    return {(str(row["cohort"]), str(row["group"])): int(row[name]) for row in rows.to_dict("records")}


def _too_close(frames: Sequence[pd.DataFrame], header: str) -> set[Cell]:
    """Cells of a narrowed table of cohorts that differ by a few people only from those of a wider one."""
    minimum = disclosure.descriptive_minimum(header)
    here = _cells(frames[0], "joined")
    wider = [_cells(frame, "joined") for frame in frames[1:]]
    return {cell for other in wider for cell, people in here.items() if 0 < other[cell] - people < minimum}


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
        groups = _groups(kind, view)
        reasons: dict[str, disclosure.Hidden] = dict.fromkeys(sorted(hidden), "would_reveal")
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
