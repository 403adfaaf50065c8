"""Programme health in one glance, for the leaders' page: four numbers, each with the quarters before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

import pandas as pd

from analysis.findings import words
from analysis.findings.health.no_log import NO_LOG
from analysis.findings.health.shares import FEW, TOO_FEW, Share, hidden, share_of_pairs, share_of_sessions
from analysis.findings.survey_results import SurveyFinding
from analysis.store import Cursor
from analysis.study.programme import Period, by_quarter, sessions_by_quarter

TileName = Literal["active_pairs", "sessions_held", "finished_as_planned", "survey_response"]
LABELS: dict[TileName, str] = {
    "active_pairs": "Active pairs",
    "sessions_held": "Sessions held",
    "finished_as_planned": "Finished as planned",
    "survey_response": "Survey response",
}


@dataclass(frozen=True)
class HealthTile:
    """One number now and in the quarters before.

    value, low, high: pairs where `counts_pairs`, else a proportion with its 95 % interval; None with `reason` where
    there is nothing to show. series: one value a quarter, oldest first, the last one is `value`. change: value minus
    that of the quarter before, in the same unit, None where either is not shown. sentence: what is counted.
    """

    name: TileName
    label: str
    counts_pairs: bool
    value: float | None
    low: float | None
    high: float | None
    of: int | None
    series: tuple[float | None, ...]
    change: float | None
    sentence: str
    reason: str | None


@dataclass(frozen=True)
class HealthSummary:
    """The four tiles of a quarter; `quarters` are those of each series, oldest first."""

    quarter: str
    quarters: tuple[str, ...]
    tiles: tuple[HealthTile, ...]
    data_version: int


def health_summary(
    cursor: Cursor, periods: Sequence[Period], surveys: Mapping[str, SurveyFinding], data_version: int
) -> HealthSummary:
    """Tiles as of the last of `periods`, from an opened programme. surveys: by quarter, where there are any."""
    pairs = {row["quarter"]: row for row in _records(by_quarter(cursor, periods))}
    sessions = sessions_by_quarter(cursor, periods, of_view=False)
    names = tuple(period.quarter for period in periods)
    tiles = (
        _active(names, [int(pairs[name]["active"]) for name in names]),
        _proportion(
            "sessions_held",
            [hidden(NO_LOG) if sessions.empty else _held(sessions[sessions["quarter"] == name]) for name in names],
            "Of the sessions of the quarter that were held, cancelled or missed.",
        ),
        _proportion(
            "finished_as_planned",
            [
                share_of_pairs(
                    int(pairs[name]["finished"]),
                    int(pairs[name]["should_have_finished"]),
                    nothing="No pair has reached its planned end in the twelve months before.",
                )
                for name in names
            ],
            "Of the pairs whose planned end lies in the twelve months before.",
        ),
        _proportion(
            "survey_response",
            [_answered(surveys.get(name)) for name in names],
            "Of the participants asked in the last survey, both sides together.",
        ),
    )
    return HealthSummary(names[-1], names, tiles, data_version)


def _active(quarters: Sequence[str], counts: Sequence[int]) -> HealthTile:
    values = [float(count) if count == 0 or count >= FEW else None for count in counts]
    reason = TOO_FEW if values[-1] is None else None
    sentence = "Pairs that had begun and not ended on the last day of the quarter."
    return _tile("active_pairs", values, None, None, None, sentence, reason)


def _proportion(name: TileName, shares: Sequence[Share], counted: str) -> HealthTile:
    now, values = shares[-1], [share.value for share in shares]
    sentence = counted
    if now.value is not None:
        sentence += f" {now.count or 0:,} of {now.of or 0:,}, 95% interval {_range(now)}."
    return _tile(name, values, now.low, now.high, now.of, sentence, now.reason)


def _tile(
    name: TileName,
    values: Sequence[float | None],
    low: float | None,
    high: float | None,
    of: int | None,
    sentence: str,
    reason: str | None,
) -> HealthTile:
    now, before = values[-1], values[-2] if len(values) > 1 else None
    change = None if now is None or before is None else round(now - before, 10)
    whole = name == "active_pairs"
    return HealthTile(name, LABELS[name], whole, now, low, high, of, tuple(values), change, sentence, reason)


def _held(frame: pd.DataFrame) -> Share:
    rows = _records(frame)
    missed = [row["by_mentee"] + row["by_mentor"] + row["by_unknown"] + row["no_show"] for row in rows]
    if not any(missed):
        return hidden("Not shown: no cancelled or missed session is recorded, so this share is not known.")
    return share_of_sessions(
        [row["held"] for row in rows],
        [row["held"] + other for row, other in zip(rows, missed, strict=True)],
        [row["pairs"] for row in rows],
    )


def _answered(found: SurveyFinding | None) -> Share:
    """The last wave, both sides; where one side is too small to show, so is the sum, which would tell it."""
    last = [row for row in found.responses if row.wave == "post"] if found else []
    if not last:
        return hidden("No survey after the programme has been loaded.")
    if any(row.asked is None or row.answered is None for row in last):
        return hidden(next(row.reason or TOO_FEW for row in last if row.asked is None or row.answered is None))
    return share_of_pairs(sum(row.answered or 0 for row in last), sum(row.asked or 0 for row in last))


def _range(share: Share) -> str:
    return f"{words.percent(share.low or 0.0)} to {words.percent(share.high or 0.0)}"


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return cast(list[dict[str, Any]], frame.to_dict("records"))
