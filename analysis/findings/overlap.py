"""Is there somebody like each participant to compare with, and does any one colleague weigh too much?"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.estimates.overlap import Bar, Overlap, overlap_of
from analysis.estimates.propensity import Propensity
from analysis.findings.disclosure import DESCRIPTIVE
from analysis.findings.results import Finding
from analysis.findings.words import percent, plain

__all__ = ["Bar", "OverlapFinding", "WeightRow", "overlap", "spread"]


@dataclass(frozen=True)
class WeightRow:
    """The `share` of comparisons that weigh most weigh at least `multiple` times the average."""

    share: float
    multiple: float


@dataclass(frozen=True)
class OverlapFinding:
    """How the estimated chance of taking part is spread among participants and comparators, and the weights.

    Bars hold at least five people each. effective and comparators count comparisons (person-trials); largest is the
    share of all weight that one carries at most. Without a figure that may be shown, bars and weights are empty.
    """

    participants: tuple[Bar, ...]
    comparators: tuple[Bar, ...]
    weights: tuple[WeightRow, ...]
    effective: float | None
    compared: int | None
    largest: float | None
    sentence: str
    weight_sentence: str
    alt_text: str


def spread(propensity: Propensity, batches: int) -> Overlap:
    """Bars large enough to be shown. batches: in how many trials a person may stand at most."""
    return overlap_of(propensity, DESCRIPTIVE, DESCRIPTIVE * max(batches, 1))


def overlap(found: Overlap | None, finding: Finding) -> OverlapFinding:
    """What may be said of the spread behind a finding: nothing where it is suppressed or nothing was fitted."""
    if found is None or finding.suppressed or not found.participants or not found.comparators:
        reason = finding.sentence
        return OverlapFinding((), (), (), None, None, None, reason, reason, reason)
    joined = sum(bar.people for bar in found.participants)
    compared = sum(bar.people for bar in found.comparators)
    sentence = _alike(found.alike, joined)
    own, other = (
        f"{percent(bars[0].low)} to {percent(bars[-1].high)}" for bars in (found.participants, found.comparators)
    )
    return OverlapFinding(
        found.participants,
        found.comparators,
        tuple(WeightRow(1.0 - share, multiple) for share, multiple in found.weights),
        found.effective,
        compared,
        found.largest,
        sentence,
        f"After weighting, {compared:,} comparisons are worth {found.effective:,.0f} equally weighted ones, for "
        f"{joined:,} participants. The heaviest one carries {100 * found.largest:.2f}% of the weight, "
        f"{plain(found.largest * compared, 1)} times the average.",
        f"{sentence} Chances among participants: {own}; among similar colleagues: {other}.",
    )


def _alike(alike: int, joined: int) -> str:
    """How many participants had at least as many colleagues beside them; a handful without is only called that."""
    what = "had an estimated chance of joining at which at least as many colleagues did not join."
    if alike == joined:
        return f"Every participant {what}"
    if joined - alike < DESCRIPTIVE:
        return f"Nearly every participant {what}"
    if alike < DESCRIPTIVE:
        return f"Hardly any participant {what}"
    return f"{percent(alike / joined)} of participants {what}"
