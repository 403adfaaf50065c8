"""Survey findings: response, scores over waves, paired change, and change against colleagues (PROTOCOL.md 1.12)."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

import numpy as np
import pandas as pd

from analysis.estimates.intervals import wilson
from analysis.estimates.means import mean_from_sums
from analysis.estimates.survey_change import (
    CannotCompare,
    Comparison,
    Odds,
    compare_change,
    compare_ordered,
    cronbach_alpha,
    paired_change,
)
from analysis.findings import disclosure, words
from analysis.findings.results import Side
from analysis.findings.survey_results import PairedChange, ResponseRow, SurveyComparison, SurveyFinding, WavePoint
from analysis.store import Cursor
from analysis.study import surveys as study

WAVE_ORDER = ("retro_pre", "pre", "mid", "pulse", "post")
ITEMS_OF_A_SCALE = 3  # from which Cronbach's alpha is told
PEOPLE_TO_TELL = 30  # in either group; with fewer the interval stands without an estimate
CAUTION = (
    "Without answers from comparable colleagues a change may be regression to the mean, or the year everybody had."
)
COLLEAGUES = (
    "{people} colleagues who had not joined answered the same surveys. They stand in no score and in no change above; "
    "against them, the year everybody had and regression to the mean fall away as far as people were alike before."
)


def surveys(cursor: Cursor, quarter: str, cutoff: date, data_version: int) -> SurveyFinding:
    """All survey results as of a quarter; cells under the minimum keep their place and give the reason."""
    study.score_surveys(cursor, cutoff)
    responses = tuple(_response(row) for row in _records(study.responses(cursor, cutoff)))
    waves = tuple(_wave(row) for row in _records(study.waves(cursor)))
    items = {(row["side"], row["construct"]): row for row in _rows(study.reliability(cursor))}
    changes = tuple(
        _change(cursor, row, items.get((row["side"], row["construct"]))) for row in _rows(study.changes(cursor))
    )
    anonymous, colleagues = study.anonymous_responses(cursor), study.colleagues(cursor)
    compared = any(change.against and change.against.low is not None for change in changes)
    notes = [COLLEAGUES.format(people=f"{colleagues:,}") if compared else CAUTION]
    if anonymous:
        notes.append(f"{anonymous:,} responses name nobody: they count in the scores, not in change or response.")
    sentence = "No survey has been loaded."
    if changes or waves:
        sentence = _sentence(changes)
    return SurveyFinding(quarter, responses, waves, changes, tuple(notes), sentence, sentence, data_version)


def _sentence(changes: tuple[PairedChange, ...]) -> str:
    """Against colleagues first, where they answered: a change from before to after may be the year everybody had."""
    shown = [(change.low, change.high) for change in changes if change.mean_change is not None]
    against = [
        (change.against.low, change.against.high)
        for change in changes
        if change.against and change.against.difference is not None
    ]
    text = f"From before to after, {_clear(shown)} of {len(shown)} scales changed."
    if against:
        text = f"Against colleagues who answered too, {_clear(against)} of {len(against)} scales differ. {text}"
    return f"{text} Each scale is judged by its own 95% interval, not corrected for how many there are."


def _clear(intervals: list[tuple[float | None, float | None]]) -> int:
    return sum(1 for low, high in intervals if low is not None and high is not None and (low > 0 or high < 0))


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return sorted(_rows(frame), key=lambda row: (row["side"], row.get("construct", ""), WAVE_ORDER.index(row["wave"])))


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return cast(list[dict[str, Any]], frame.to_dict("records"))


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


def _change(cursor: Cursor, row: dict[str, Any], items: dict[str, Any] | None) -> PairedChange:
    people = int(row["people"])
    side, construct = cast(Side, row["side"]), str(row["construct"])
    scale = (float(row["scale_min"]), float(row["scale_max"]))
    reason = _too_few(people)
    if reason:
        return PairedChange(side, construct, None, None, None, None, None, None, None, None, *scale, reason, reason)
    values = study.change_values(cursor, side, construct)
    found = paired_change(
        values["change"].to_numpy(dtype=np.float64),
        values["people"].to_numpy(dtype=np.int64),
        float(row["spread_pre"]),
        float(row["spread_post"]),
    )
    assert found.interval is not None
    low, high = found.interval.low, found.interval.high
    direction = "rose" if low > 0 else "fell" if high < 0 else "did not clearly change"
    sentence = (
        f"Of {people} {words.SIDE_LABELS[side].lower()} who answered before and after, {construct.replace('_', ' ')} "
        f"{direction}: {words.plain(found.mean)} on the {scale[0]:g} to {scale[1]:g} scale, 95% interval "
        f"{words.plain(low)} to {words.plain(high)}."
    )
    shares = (found.up, found.same, found.down)
    return PairedChange(
        side,
        construct,
        round(found.mean, 10),
        round(low, 10),
        round(high, 10),
        _rounded(found.d_z),
        people,
        found.up.value,
        found.same.value,
        found.down.value,
        *scale,
        sentence,
        None,
        d_av=_rounded(found.d_av),
        shares=tuple((round(share.interval.low, 10), round(share.interval.high, 10)) for share in shares),
        wilcoxon_p=found.wilcoxon_p,
        alpha=_alpha(items),
        against=_against(cursor, side, construct, scale, single=items is not None and int(items["items"]) == 1),
    )


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 10)


def _alpha(items: dict[str, Any] | None) -> float | None:
    if items is None or int(items["items"]) < ITEMS_OF_A_SCALE or _too_few(int(items["people"])):
        return None
    return _rounded(cronbach_alpha(np.asarray(items["variances"], dtype=np.float64), float(items["total_variance"])))


def _against(
    cursor: Cursor, side: Side, construct: str, scale: tuple[float, float], *, single: bool
) -> SurveyComparison | None:
    """The change against colleagues who answered both times too; None where none did."""
    rows = study.pairs(cursor, side, construct)
    if rows.took_part.all():
        return None
    try:
        found = compare_change(rows.pre, rows.post, rows.took_part, rows.covariates)
    except CannotCompare as error:
        return _no_comparison(f"Not shown: {str(error)[0].lower()}{str(error)[1:]}")
    fewest = min(found.participants, found.comparators)
    if fewest < disclosure.EFFECT:
        return _no_comparison(disclosure.reason("too_small", disclosure.EFFECT))
    firm = fewest >= PEOPLE_TO_TELL
    odds = compare_ordered(rows.pre, rows.post, rows.took_part) if single and firm else None
    return SurveyComparison(
        round(found.difference, 10) if firm else None,
        round(found.interval.low, 10),
        round(found.interval.high, 10),
        round(found.change_difference, 10) if firm else None,
        round(found.change_interval.low, 10),
        round(found.change_interval.high, 10),
        found.participants,
        found.comparators,
        found.covariates,
        odds.ratio if odds else None,
        odds.interval.low if odds else None,
        odds.interval.high if odds else None,
        _against_sentence(side, construct, found, scale, odds, firm=firm),
        None,
    )


def _no_comparison(reason: str) -> SurveyComparison:
    return SurveyComparison(None, None, None, None, None, None, None, None, (), None, None, None, reason, reason)


def _against_sentence(
    side: Side, construct: str, found: Comparison, scale: tuple[float, float], odds: Odds | None, *, firm: bool
) -> str:
    low, high = found.interval.low, found.interval.high
    who = (
        f"{found.participants} {words.SIDE_LABELS[side].lower()} and {found.comparators} colleagues alike before "
        f"answered {construct.replace('_', ' ')} both times"
    )
    limits = f"95% interval {words.signed(low, 2)} to {words.signed(high, 2)}"
    if not firm:
        return f"{who}: too few to tell, {limits}."
    relation = "ended higher" if low > 0 else "ended lower" if high < 0 else "ended not clearly different"
    sentence = (
        f"{who}; those who took part {relation}: {words.signed(found.difference, 2)} on the {scale[0]:g} to "
        f"{scale[1]:g} scale, {limits}."
    )
    if odds and (low > 0 or high < 0) != (odds.interval.low > 1 or odds.interval.high < 1):
        sentence += " Taken as ranks only, the answers do not say the same: do not rest on this item alone."
    return sentence
