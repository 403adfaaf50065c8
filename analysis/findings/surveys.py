"""Survey findings: response, scores over waves, paired change, for both sides (PROTOCOL.md 1.12)."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from analysis.estimates.intervals import wilson
from analysis.estimates.means import mean_from_sums
from analysis.findings import disclosure, words
from analysis.findings.results import PairedChange, ResponseRow, Side, SurveyFinding, WavePoint
from analysis.store import Cursor
from analysis.study import surveys as study

WAVE_ORDER = ("retro_pre", "pre", "mid", "pulse", "post")
CAUTION = (
    "Without answers from comparable colleagues a change may be regression to the mean, or the year everybody had."
)


def surveys(cursor: Cursor, quarter: str, cutoff: date, data_version: int) -> SurveyFinding:
    """All survey results as of a quarter; cells under the minimum keep their place and give the reason."""
    study.score_surveys(cursor, cutoff)
    responses = tuple(_response(row) for row in _records(study.responses(cursor, cutoff)))
    waves = tuple(_wave(row) for row in _records(study.waves(cursor)))
    changes = tuple(_change(row) for row in cast(list[dict[str, Any]], study.changes(cursor).to_dict("records")))
    anonymous = study.anonymous_responses(cursor)
    notes = [CAUTION]
    if anonymous:
        notes.append(f"{anonymous:,} responses name nobody: they count in the scores, not in change or response.")
    shown = [change for change in changes if change.mean_change is not None]
    clear = [c for c in shown if c.low is not None and c.high is not None and (c.low > 0 or c.high < 0)]
    sentence = "No survey has been loaded."
    if changes or waves:
        sentence = f"{len(clear)} of {len(shown)} scales changed by more than chance from before to after."
    return SurveyFinding(quarter, responses, waves, changes, tuple(notes), sentence, sentence, data_version)


def _records(frame: Any) -> list[dict[str, Any]]:
    rows = cast(list[dict[str, Any]], frame.to_dict("records"))
    return sorted(rows, key=lambda row: (row["side"], row.get("construct", ""), WAVE_ORDER.index(row["wave"])))


def _too_few(people: int) -> str | None:
    minimum = disclosure.descriptive_minimum(None)
    return disclosure.reason("too_small", minimum) if people < minimum else None


def _response(row: dict[str, Any]) -> ResponseRow:
    asked, answered = int(row["asked"]), int(row["answered"])
    side, wave = cast(Side, row["side"]), str(row["wave"])
    reason = _too_few(asked)
    if reason:
        return ResponseRow(side, wave, None, None, None, None, None, reason)
    rate = answered / asked
    band = wilson(rate, asked)
    return ResponseRow(side, wave, asked, answered, rate, band.low, band.high, None)


def _wave(row: dict[str, Any]) -> WavePoint:
    people = int(row["people"])
    head = (cast(Side, row["side"]), str(row["construct"]), str(row["wave"]))
    scale = (float(row["scale_min"]), float(row["scale_max"]))
    reason = _too_few(people)
    if reason:
        return WavePoint(*head, None, None, None, None, *scale, reason)
    mean = mean_from_sums(people, row["total"], row["squares"])
    assert mean.interval is not None
    return WavePoint(
        *head, round(mean.value, 10), round(mean.interval.low, 10), round(mean.interval.high, 10), people, *scale, None
    )


def _change(row: dict[str, Any]) -> PairedChange:
    people = int(row["people"])
    side, construct = cast(Side, row["side"]), str(row["construct"])
    scale = (float(row["scale_min"]), float(row["scale_max"]))
    reason = _too_few(people)
    if reason:
        return PairedChange(side, construct, None, None, None, None, None, None, None, None, *scale, reason, reason)
    mean = mean_from_sums(people, row["total"], row["squares"])
    assert mean.interval is not None
    low, high = mean.interval.low, mean.interval.high
    direction = "rose" if low > 0 else "fell" if high < 0 else "did not change beyond chance"
    sentence = (
        f"Of {people} {words.SIDE_LABELS[side].lower()} who answered before and after, {construct.replace('_', ' ')} "
        f"{direction}: {words.plain(mean.value)} on the {scale[0]:g} to {scale[1]:g} scale, 95% interval "
        f"{words.plain(low)} to {words.plain(high)}."
    )
    return PairedChange(
        side,
        construct,
        round(mean.value, 10),
        round(low, 10),
        round(high, 10),
        None if mean.standardised is None else round(mean.standardised, 10),
        people,
        int(row["up"]) / people,
        int(row["same"]) / people,
        int(row["down"]) / people,
        *scale,
        sentence,
        None,
    )
