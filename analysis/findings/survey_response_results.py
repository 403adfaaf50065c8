"""What findings about who answered are: response by group, and how those who did not answer stood before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from analysis.findings.results import Side

Unit = Literal["score", "share"]


@dataclass(frozen=True)
class GroupResponse:
    """Of those asked in one wave, how many of one group answered; a proportion with its 95 % Wilson interval."""

    side: Side
    wave: str
    group: str
    asked: int | None
    answered: int | None
    rate: float | None
    low: float | None
    high: float | None
    reason: str | None


@dataclass(frozen=True)
class StatusCount:
    """Of those asked after: how many answered, were here and did not ("silent"), or had left before ("gone")."""

    side: Side
    status: Literal["answered", "silent", "silent_or_gone", "gone"]
    people: int | None
    reason: str | None


@dataclass(frozen=True)
class BaselineRow:
    """Those who answered after, beside those who were here and did not, in something known before.

    unit "score": means on the scale; "share": proportions. difference is answered less not, with its 95 % interval
    (Welch, Newcombe); people in either group.
    """

    side: Side
    label: str
    unit: Unit
    answered: float | None
    silent: float | None
    difference: float | None
    low: float | None
    high: float | None
    people_answered: int | None
    people_silent: int | None
    reason: str | None


@dataclass(frozen=True)
class SurveyResponse:
    """Who did not answer, as of a quarter. `by` is the header that `groups` divide by; `anonymous` of the `respondents`
    (responses over all waves) name nobody; None in a narrowed view."""

    quarter: str
    by: str
    groups: tuple[GroupResponse, ...]
    status: tuple[StatusCount, ...]
    baseline: tuple[BaselineRow, ...]
    sentence: str
    notes: tuple[str, ...]
    anonymous: int | None
    respondents: int | None
    data_version: int
