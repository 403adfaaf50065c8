"""What a study of this size can show, and how many people a stated difference would need (PROTOCOL.md 1.13)."""

from __future__ import annotations

from analysis.estimates.power import participants_needed, smallest_detectable
from analysis.findings.evidence import PowerFinding, PowerRow
from analysis.findings.outcomes import DEFINITIONS
from analysis.findings.results import Finding, Outcome
from analysis.findings.words import changes, people

STATED = (0.02, 0.03, 0.05, 0.08, 0.10)


def power(finding: Finding, differences: tuple[float, ...] = ()) -> PowerFinding:
    """From a shown finding: its comparators' rate and how many comparators there are for each participant.

    differences: stated ones, as positive proportions; a few usual ones and the plan's smallest difference without.
    Computed from the design and never from the result.
    """
    matters = finding.smallest_difference_that_matters
    stated = tuple(sorted(set(differences or (*STATED, matters))))
    head = (finding.outcome, finding.side, finding.quarter, finding.n_participants, finding.smallest_detectable)
    rate, effective, participants = finding.rate_comparators, finding.n_effective, finding.n_participants
    if rate is None or effective is None or not participants:
        return PowerFinding(*head, (), finding.sentence, finding.data_version)
    sign = 1.0 if DEFINITIONS[finding.outcome].higher_is_better else -1.0
    rows = tuple(
        PowerRow(difference, participants_needed(rate, sign * difference, effective / participants))
        for difference in stated
    )
    rise, fall = both_ways(finding.outcome, finding.smallest_detectable, rate, participants, effective)
    sentence = _sentence(finding, participants, rise, fall)
    return PowerFinding(*head, rows, sentence, finding.data_version)


def both_ways(
    outcome: Outcome, better: float | None, rate: float, participants: float, effective: float
) -> tuple[float | None, float | None]:
    """The smallest true rise and fall (positive proportions) that 80 % of studies of this size would find.

    better: the one that is known, in the outcome's better direction; rate and effective are the comparators'.
    """
    up = DEFINITIONS[outcome].higher_is_better
    worse = smallest_detectable(rate, participants, effective, increase=not up)
    return (better, worse) if up else (worse, better)


def _sentence(finding: Finding, participants: int, rise: float | None, fall: float | None) -> str:
    matters = 100 * finding.smallest_difference_that_matters
    direction = "rise" if DEFINITIONS[finding.outcome].higher_is_better else "fall"
    if rise is None and fall is None:
        shown = f"With {people(participants)} no rise and no fall, however large, would probably have shown."
    else:
        shown = (
            f"With {people(participants)} {changes(finding.outcome, rise, fall)} would probably have shown (in 80 of "
            "100 such studies)."
        )
        missing = "rise" if rise is None else "fall" if fall is None else ""
        if missing:
            shown += f" No {missing}, however large, would have."
    if finding.participants_needed is None:
        return f"{shown} A {direction} of {matters:g} points is not possible from this rate."
    needed = f"{finding.participants_needed:,}"
    return f"{shown} To show a {direction} of {matters:g} points it takes about {needed} participants."
