"""What would change our mind, over all headlines of a page: one list, most important first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.findings.results import Check, CheckStatus, Finding
from analysis.findings.words import SIDE_LABELS, outcome_label, people

_RANK: dict[CheckStatus, int] = {"failed": 0, "warning": 1, "could_not_run": 2, "passed": 3}


@dataclass(frozen=True)
class OpenPoint:
    """A check that did not pass, or people that are missing, and the headlines that it stands in the way of.

    check: the worst instance; None where it is size alone. remedy: what would settle it.
    """

    label: str
    check: Check | None
    touches: tuple[str, ...]
    remedy: str


def open_points(headlines: Sequence[Finding]) -> tuple[OpenPoint, ...]:
    """Failed checks first, then size where a verdict lacks it, then checks that call for care or could not run;
    within these, what touches most headlines first."""
    found: dict[str, list[tuple[Finding, Check]]] = {}
    for finding in headlines:
        for check in finding.checks:
            if check.status != "passed" and not finding.suppressed:
                found.setdefault(check.name, []).append((finding, check))
    points = []
    for rows in found.values():
        worst = min((check for _, check in rows), key=lambda check: _RANK[check.status])
        touches = tuple(name_of(finding) for finding, _ in rows)
        points.append((_RANK[worst.status] * 2, OpenPoint(worst.label, worst, touches, worst.remedy)))
    points += [(1, point) for point in (_too_few(headlines), _cannot_tell(headlines)) if point]
    # A stable sort: what comes first among equals is what the checks ask first.
    return tuple(point for _, point in sorted(points, key=lambda row: (row[0], -len(row[1].touches))))


def name_of(finding: Finding) -> str:
    """ "Mentors, retained at 12 months" """
    label = outcome_label(finding.outcome, finding.horizon_months)
    return f"{SIDE_LABELS[finding.side]}, {label[:1].lower()}{label[1:]}"


def _too_few(headlines: Sequence[Finding]) -> OpenPoint | None:
    few = [finding for finding in headlines if finding.verdict in ("not_shown", "too_few_to_tell")]
    if not few:
        return None
    return OpenPoint("More people", None, tuple(map(name_of, few)), "More participants, followed for longer.")


def _cannot_tell(headlines: Sequence[Finding]) -> OpenPoint | None:
    """Numbers whose interval leaves it open, with the people that the smallest difference that matters would take."""
    unsure = [finding for finding in headlines if finding.verdict in ("cannot_tell", "leans_better", "leans_worse")]
    if not unsure:
        return None
    needed = [finding.participants_needed for finding in unsure if finding.participants_needed]
    wanted = 100 * unsure[0].smallest_difference_that_matters
    remedy = "More participants, followed for longer."
    if needed:
        remedy = f"Up to {people(max(needed))}, to show a true difference of {wanted:g} points in four studies of five."
    return OpenPoint("A firmer answer", None, tuple(map(name_of, unsure)), remedy)
