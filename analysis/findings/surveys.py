"""Survey findings: response, scores over waves, paired change, and change against colleagues (PROTOCOL.md 1.12)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import copysign
from typing import Any, cast

import pandas as pd

from analysis.estimates.intervals import wilson
from analysis.estimates.means import mean_from_sums
from analysis.findings import words
from analysis.findings.results import Side
from analysis.findings.survey_change import changes as paired_changes
from analysis.findings.survey_disclosure import hidden_cells
from analysis.findings.survey_item_results import NetChange
from analysis.findings.survey_net import CONSTRUCT as NET
from analysis.findings.survey_net import net_scores
from analysis.findings.survey_results import PairedChange, ResponseRow, SurveyFinding, WavePoint
from analysis.store import Cursor
from analysis.study import surveys as study
from analysis.study.surveys import Narrowing

WAVE_ORDER = ("retro_pre", "pre", "mid", "pulse", "post")
CAUTION = (
    "Without answers from comparable colleagues a change may be regression to the mean, or the year everybody had."
)
COLLEAGUES = (
    "{people} colleagues who had not joined answered the same surveys. They stand in no score and in no change above; "
    "against them, the year everybody had and regression to the mean fall away as far as people were alike before."
)


_WAVE_KEYS = ("side", "construct", "wave")


def surveys(
    cursor: Cursor, quarter: str, data_version: int, narrowing: Narrowing, asked: Mapping[tuple[str, str], str]
) -> SurveyFinding:
    """All survey results as of a quarter; `score_surveys` must have been called. Cells under the minimum keep their
    place and give the reason. asked: side and wave to why it may not be told how many were asked and answered."""
    hidden = hidden_cells(cursor, "survey_score", _WAVE_KEYS, narrowing)
    responses = tuple(
        _response(row, asked.get((row["side"], row["wave"]))) for row in _records(study.responses(cursor))
    )
    waves = tuple(
        _wave(row, hidden.get((row["side"], row["construct"], row["wave"]))) for row in _records(study.waves(cursor))
    )
    changes = paired_changes(cursor, narrowing)
    anonymous, colleagues = study.anonymous_responses(cursor), study.colleagues(cursor)
    compared = any(change.against and change.against.low is not None for change in changes)
    notes = [COLLEAGUES.format(people=f"{colleagues:,}") if compared else CAUTION]
    if anonymous and not narrowing.chosen:
        told = words.at_least_few(anonymous)
        notes.append(f"{told} responses name nobody: they count in the scores, not in change or response.")
    if narrowing.chosen:
        notes.append(_narrowed(narrowing))
    sentence = "No survey has been loaded."
    if changes or waves:
        sentence = _sentence(changes, net_scores(cursor, narrowing)[1])
    return SurveyFinding(quarter, responses, waves, changes, tuple(notes), sentence, sentence, data_version)


def _narrowed(narrowing: Narrowing) -> str:
    told = ", ".join(f"{words.header_label(name).lower()} {value}" for name, value in narrowing.chosen.items())
    anonymous = " Responses that name nobody are left out." if set(narrowing.chosen) - {"cohort"} else ""
    return (
        f"Narrowed to {told}, as it was on the day people joined (for colleagues, as it was before their first answer; "
        f"they belong to no cohort or programme). Exploratory: the more views are tried, the more differ by chance."
        f"{anonymous}"
    )


def _sentence(changes: tuple[PairedChange, ...], net_changes: Sequence[NetChange]) -> str:
    """Against colleagues first, where they answered: a change from before to after may be the year everybody had. Then
    what rose and what fell most: a count of changes alone would hide that something became worse."""
    scales = [change for change in changes if change.construct != NET]
    shown = [(change.low, change.high) for change in scales if change.mean_change is not None]
    against = [
        (change.against.low, change.against.high)
        for change in scales
        if change.against and change.against.difference is not None
    ]
    if not shown:
        return "No change from before to after can be shown: nobody, or too few people, answered both times."
    beside = " beside eNPS" if len(scales) < len(changes) else ""
    text = f"From before to after, {_clear(shown)} of {len(shown)} scales{beside} changed."
    hidden = len(scales) - len(shown)
    if hidden:
        text += f" Of {hidden} more the change is not shown."
    if against:
        text = f"Against colleagues who answered too, {_clear(against)} of {len(against)} scales differ. {text}"
    own = "Each scale is judged by its own 95% interval, not corrected for how many there are."
    return " ".join(filter(None, (text, _furthest(changes, net_changes), own)))


@dataclass(frozen=True)
class _Moved:
    """A change by its size in standard deviations, so that scales of different length can be set beside each other."""

    size: float
    told: str
    clear: bool


def _furthest(changes: Sequence[PairedChange], net_changes: Sequence[NetChange]) -> str:
    """What rose most and what fell most of the same people, eNPS among them, each with its interval."""
    nets = {change.side: change for change in net_changes if change.before == "pre"}
    moved = [found for change in changes if (found := _moved(change, nets.get(change.side)))]
    parts = []
    for named, way, sign in (("Largest rise", "rose", 1), ("Largest fall", "fell", -1)):
        most = max((one for one in moved if sign * one.size > 0), key=lambda one: abs(one.size), default=None)
        if most is None:
            parts.append(f"None {way}.")
        else:
            clear = "" if most.clear else ", which is not clear"
            parts.append(f"{named}, in standard deviations: {most.told}{clear}.")
    return " ".join(parts) if moved else ""


def _moved(change: PairedChange, of_net: NetChange | None) -> _Moved | None:
    """None where the change, or its size on the spread of scores, may not be shown."""
    low, high, value, unit = change.low, change.high, change.mean_change, ""
    digits, scale = 2, 1.0
    if change.construct == NET:
        if of_net is None:
            return None
        low, high, value, digits, scale = of_net.low, of_net.high, of_net.change, 0, 100.0
    else:
        unit = f" on the {change.scale_min:g} to {change.scale_max:g} scale"
    if value is None or low is None or high is None or change.d_av is None:
        return None
    said, least, most = (words.signed(scale * number, digits) for number in (value, low, high))
    who = f"{words.SIDE_LABELS[change.side].lower()}' {words.construct(change.construct)}"
    told = f"{who}, {said}{unit} (95% interval {least} to {most})"
    return _Moved(copysign(abs(change.d_av), value) if value else 0.0, told, low > 0 or high < 0)


def _clear(intervals: list[tuple[float | None, float | None]]) -> int:
    return sum(1 for low, high in intervals if low is not None and high is not None and (low > 0 or high < 0))


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return sorted(_rows(frame), key=lambda row: (row["side"], row.get("construct", ""), WAVE_ORDER.index(row["wave"])))


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return cast(list[dict[str, Any]], frame.to_dict("records"))


def _response(row: dict[str, Any], reason: str | None) -> ResponseRow:
    asked, answered = int(row["asked"]), int(row["answered"])
    side, wave = cast(Side, row["side"]), str(row["wave"])
    if reason:
        return ResponseRow(side, wave, None, None, None, None, None, reason)
    rate = answered / asked
    band = wilson(rate, asked)
    return ResponseRow(side, wave, asked, answered, rate, band.low, band.high, None)


def _wave(row: dict[str, Any], reason: str | None) -> WavePoint:
    people = int(row["people"])
    head = (cast(Side, row["side"]), str(row["construct"]), str(row["wave"]))
    scale = (float(row["scale_min"]), float(row["scale_max"]))
    if reason:
        return WavePoint(*head, None, None, None, None, *scale, reason)
    mean = mean_from_sums(people, row["total"], row["squares"])
    assert mean.interval is not None
    return WavePoint(
        *head, round(mean.value, 10), round(mean.interval.low, 10), round(mean.interval.high, 10), people, *scale, None
    )
