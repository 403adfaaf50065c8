"""What findings about single questions are: how answers spread, favourable shares, eNPS and reliability."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.findings.results import Side
from analysis.findings.survey_results import PairedChange


@dataclass(frozen=True)
class Segment:
    """One part of a bar. band: -2 strongly against, -1 against, 0 neither, 1 for, 2 strongly for; `share` a proportion.

    merged: an end that fewer than five people chose stands in it.
    """

    band: int
    share: float
    merged: bool = False


@dataclass(frozen=True)
class Bar:
    """How the answers of one wave spread over the bands; `favourable` is the share of bands 1 and 2."""

    wave: str
    people: int | None
    segments: tuple[Segment, ...]
    favourable: float | None
    reason: str | None


@dataclass(frozen=True)
class Bars:
    """The bars of one question. before: the wave that "after" is set against, asked before (pre) or recalled
    (retro_pre), "" where there is none. paired: both bars are of the same people."""

    before: str
    paired: bool
    rows: tuple[Bar, ...]


@dataclass(frozen=True)
class WaveShare:
    """The favourable share of everybody who answered in one wave, with its 95 % Wilson interval; proportions."""

    wave: str
    share: float | None
    low: float | None
    high: float | None
    people: int | None
    reason: str | None


@dataclass(frozen=True)
class ShareChange:
    """Favourable after less favourable before among the same people, with Newcombe's 95 % interval; proportions.

    share_before and share_after are None where they would tell the answers of the few who answered only once.
    """

    before: str
    change: float | None
    low: float | None
    high: float | None
    share_before: float | None
    share_after: float | None
    people: int | None
    reason: str | None


@dataclass(frozen=True)
class QuestionResult:
    """One item, or a construct as a whole (item ""), on its own scale of `points` answers.

    turned: a reversed item, whose answers were turned round. reason: why its answers cannot be grouped.
    """

    item: str
    label: str
    turned: bool
    scale_min: float | None
    scale_max: float | None
    points: int | None
    bars: tuple[Bars, ...]
    shares: tuple[WaveShare, ...]
    changes: tuple[ShareChange, ...]
    reason: str | None


@dataclass(frozen=True)
class NetPoint:
    """eNPS of one wave: promoters less detractors, a proportion, with its 95 % score interval."""

    side: Side
    wave: str
    value: float | None
    low: float | None
    high: float | None
    promoters: float | None
    passives: float | None
    detractors: float | None
    people: int | None
    reason: str | None


@dataclass(frozen=True)
class NetChange:
    """eNPS after less before among the same people, a proportion, with its 95 % paired t interval."""

    side: Side
    before: str
    change: float | None
    low: float | None
    high: float | None
    people: int | None
    reason: str | None


@dataclass(frozen=True)
class ConstructItems:
    """One construct on one side: its items, and the construct as a whole (a person's mean, to the nearest point)."""

    side: Side
    construct: str
    whole: QuestionResult
    items: tuple[QuestionResult, ...]
    sentence: str


@dataclass(frozen=True)
class Reliability:
    """Cronbach's alpha of one construct in one wave over `people` who answered all its `items`; None with a reason."""

    side: Side
    construct: str
    wave: str
    alpha: float | None
    items: int | None
    people: int | None
    reason: str | None


@dataclass(frozen=True)
class SurveyItems:
    """Everything asked by question as of a quarter. recalled: change against what was recalled afterwards."""

    quarter: str
    constructs: tuple[ConstructItems, ...]
    net: tuple[NetPoint, ...]
    net_changes: tuple[NetChange, ...]
    net_sentence: str
    reliability: tuple[Reliability, ...]
    recalled: tuple[PairedChange, ...]
    data_version: int
