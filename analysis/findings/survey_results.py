"""What survey findings are: scores by wave, change, and who answered; as frozen and as hidden as the others."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.findings.results import Side


@dataclass(frozen=True)
class WavePoint:
    """Mean score of one construct in one wave, on the items' own scale, with its 95 % t interval."""

    side: Side
    construct: str
    wave: str
    mean: float | None
    low: float | None
    high: float | None
    people: int | None
    scale_min: float
    scale_max: float
    reason: str | None


@dataclass(frozen=True)
class SurveyComparison:
    """Participants' answers after against those of colleagues who answered too, alike before (PROTOCOL.md 1.12).

    In points of the scale, intervals 95 %. difference: analysis of covariance, None where too few people answered to
    tell; change_difference: the plain difference of the changes. odds: the check of a single item as ranks only, how
    much likelier a higher answer is. `reason` where there is nothing to show.
    """

    difference: float | None
    low: float | None
    high: float | None
    change_difference: float | None
    change_low: float | None
    change_high: float | None
    participants: int | None
    colleagues: int | None
    covariates: tuple[str, ...]
    odds: float | None
    odds_low: float | None
    odds_high: float | None
    sentence: str
    reason: str | None


@dataclass(frozen=True)
class PairedChange:
    """Change from pre to post among people who answered both: mean, 95 % paired t interval, standardised size.

    d_z is over the spread of the changes, d_av over that of the scores. shares: 95 % Wilson intervals of share_up,
    share_same and share_down. wilcoxon_p: signed-rank test. alpha: Cronbach's alpha before, for three items or more.
    against: the same change against colleagues who answered too, None where none did.
    """

    side: Side
    construct: str
    mean_change: float | None
    low: float | None
    high: float | None
    d_z: float | None
    people: int | None
    share_up: float | None
    share_same: float | None
    share_down: float | None
    scale_min: float
    scale_max: float
    sentence: str
    reason: str | None
    d_av: float | None = None
    shares: tuple[tuple[float, float], ...] = ()
    wilcoxon_p: float | None = None
    alpha: float | None = None
    against: SurveyComparison | None = None


@dataclass(frozen=True)
class ResponseRow:
    """How many of those asked answered a wave; `asked` are participants of the cohorts that the wave covers."""

    side: Side
    wave: str
    asked: int | None
    answered: int | None
    rate: float | None
    low: float | None
    high: float | None
    reason: str | None


@dataclass(frozen=True)
class SurveyFinding:
    quarter: str
    responses: tuple[ResponseRow, ...]
    waves: tuple[WavePoint, ...]
    changes: tuple[PairedChange, ...]
    notes: tuple[str, ...]
    sentence: str
    alt_text: str
    data_version: int
