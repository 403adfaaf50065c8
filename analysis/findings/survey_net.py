"""eNPS: promoters less detractors, by wave and side, and its change among the same people."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any, cast

from analysis.estimates.means import mean_from_sums
from analysis.estimates.survey_shares import net_share
from analysis.findings import words
from analysis.findings.results import SIDES, Side
from analysis.findings.survey_disclosure import answered_once_by_few, hidden_cells
from analysis.findings.survey_item_results import NetChange, NetPoint
from analysis.findings.survey_items import AFTER, BEFORE
from analysis.findings.survey_questions import WAVE_ORDER, Paired, paired_scores
from analysis.findings.survey_scales import Scale, scale_of
from analysis.store import Cursor
from analysis.study import survey_items as study
from analysis.study.surveys import Narrowing

CONSTRUCT = "enps"
_NOT_A_SCALE = "Not shown: eNPS is asked on a scale of 0 to 10."
_NOBODY_MOVED = "Nobody went from one group to another, so there is no interval."


def net_scores(cursor: Cursor, narrowing: Narrowing) -> tuple[tuple[NetPoint, ...], tuple[NetChange, ...], str]:
    """By side and wave; the change by side and wave before; and a sentence. Empty where it was not asked."""
    keys, pair_keys = ("side", "wave"), ("side", "before")
    hidden = hidden_cells(cursor, "survey_score", keys, narrowing, f"construct = '{CONSTRUCT}'")
    only = f"a = 1 and construct = '{CONSTRUCT}'"
    hidden_pairs = hidden_cells(cursor, "survey_pair", pair_keys, narrowing, only)
    groups: dict[tuple[Side, str], Counter[int]] = defaultdict(Counter)
    scales: dict[Side, Scale | None] = {}
    for row in cast(list[dict[str, Any]], study.scores_by_construct(cursor).to_dict("records")):
        if row["construct"] != CONSTRUCT:
            continue
        scale = scale_of(row["scale_min"], row["scale_max"])
        side: Side = row["side"]
        scales[side] = scale if scale and scale.in_groups and scales.get(side, scale) == scale else None
        groups[side, row["wave"]][scale.band(row["value"]) if scale else 0] += int(row["people"])
    ordered = sorted(groups, key=lambda key: (SIDES.index(key[0]), WAVE_ORDER.index(key[1])))
    points = tuple(
        _point(*key, groups[key], hidden.get(key) or (None if scales[key[0]] else _NOT_A_SCALE)) for key in ordered
    )
    pairs = paired_scores(cursor)
    changes = []
    for side in SIDES:
        for before in BEFORE:
            own = pairs.get((side, CONSTRUCT), {}).get(before)
            if own:
                once = answered_once_by_few(
                    sum(own.values()), *(groups[side, wave].total() for wave in (before, AFTER))
                )
                reason = hidden_pairs.get((side, before)) or once
                changes.append(_change(side, before, own, scales.get(side), reason))
    return points, tuple(changes), _sentence(points, changes)


def _point(side: Side, wave: str, groups: Counter[int], reason: str | None) -> NetPoint:
    if reason:
        return NetPoint(side, wave, None, None, None, None, None, None, None, reason)
    people = groups.total()
    found = net_share(groups[2], groups[0], groups[-2])
    return NetPoint(
        side,
        wave,
        round(found.value, 10),
        round(found.interval.low, 10),
        round(found.interval.high, 10),
        groups[2] / people,
        groups[0] / people,
        groups[-2] / people,
        people,
        None,
    )


def _change(side: Side, before: str, pairs: Paired, scale: Scale | None, hidden: str | None) -> NetChange:
    """Each person stands at +1, 0 or -1, before and after: the change of the mean is that of the eNPS."""
    reason = hidden or (None if scale else _NOT_A_SCALE)
    if reason or scale is None:
        return NetChange(side, before, None, None, None, None, reason)
    steps: Counter[int] = Counter()
    for (pre, post), many in pairs.items():
        steps[(scale.band(post) - scale.band(pre)) // 2] += many
    total = sum(step * many for step, many in steps.items())
    found = mean_from_sums(steps.total(), total, sum(step**2 * many for step, many in steps.items()))
    if found.interval is None or found.standardised is None:
        return NetChange(side, before, None, None, None, None, _NOBODY_MOVED)
    low, high = found.interval.low, found.interval.high
    return NetChange(side, before, round(found.value, 10), round(low, 10), round(high, 10), found.people, None)


def _sentence(points: tuple[NetPoint, ...], changes: list[NetChange]) -> str:
    told = []
    for side in SIDES:
        change = next((one for one in changes if one.side == side and one.before == "pre"), None)
        last = next((one for one in reversed(points) if one.side == side and one.value is not None), None)
        if change and change.change is not None and change.low is not None and change.high is not None:
            moved = "rose" if change.low > 0 else "fell" if change.high < 0 else "did not clearly change"
            told.append(
                f"{words.SIDE_LABELS[side]}: eNPS {moved} among {change.people} who answered both times "
                f"({net(change.change)}, 95% interval {net(change.low)} to {net(change.high)})."
            )
        elif last and last.value is not None and last.low is not None and last.high is not None:
            told.append(
                f"{words.SIDE_LABELS[side]}: eNPS {net(last.value)} ({words.wave_label(last.wave).lower()}: "
                f"{last.people} people, 95% interval {net(last.low)} to {net(last.high)})."
            )
    return " ".join(told)


def net(value: float) -> str:
    """An eNPS as it is spoken of, between -100 and +100."""
    return words.signed(100 * value, 0)
