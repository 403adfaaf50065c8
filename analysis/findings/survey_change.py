"""Change between surveys: of the same people, and against colleagues who answered too (PROTOCOL.md 1.12)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import numpy as np

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
from analysis.findings.survey_disclosure import Cell, answered_once_by_few, hidden_cells
from analysis.findings.survey_item_results import Reliability
from analysis.findings.survey_net import CONSTRUCT as NET
from analysis.findings.survey_results import PairedChange, SurveyComparison
from analysis.store import Cursor
from analysis.study import surveys as study
from analysis.study.surveys import Narrowing

ITEMS_OF_A_SCALE = 3  # from which Cronbach's alpha is told
PEOPLE_TO_TELL = 30  # in either group; with fewer the interval stands without an estimate
_KEYS = ("side", "construct", "before")
_ITEM_KEYS = ("side", "construct", "wave")


def changes(cursor: Cursor, narrowing: Narrowing, before: str = "pre") -> tuple[PairedChange, ...]:
    """Every construct's change from a wave before (pre, or recalled: retro_pre) to after; colleagues were asked before
    only. `score_surveys` must have been called."""
    hidden = hidden_cells(cursor, "survey_pair", _KEYS, narrowing, "a = 1")
    answered = {
        (row["side"], row["construct"], row["wave"]): int(row["people"])
        for row in study.waves(cursor).to_dict("records")
    }
    scales = {}
    if before == "pre":
        scales = {(row.side, row.construct): row for row in reliability(cursor, narrowing) if row.wave == before}
    found = []
    for row in cast(list[dict[str, Any]], study.changes(cursor).to_dict("records")):
        if row["before"] != before:
            continue
        key = (row["side"], row["construct"])
        scale = scales.get(key)
        once = answered_once_by_few(int(row["people"]), *(answered.get((*key, wave), 0) for wave in (before, "post")))
        change = _change(cursor, row, hidden.get((*key, before)) or once, scale.alpha if scale else None)
        if before == "pre" and change.reason is None:
            ends, single = (change.scale_min, change.scale_max), scale is not None and scale.items == 1
            against = _against(cursor, *key, ends, narrowing, single=single)
            change = replace(change, against=against)
        found.append(change)
    return tuple(found)


def reliability(cursor: Cursor, narrowing: Narrowing) -> tuple[Reliability, ...]:
    """Cronbach's alpha of every construct and wave, over the people who answered all its items."""
    hidden = hidden_cells(cursor, "survey_score", _ITEM_KEYS, narrowing)
    found = []
    for row in study.reliability(cursor).to_dict("records"):
        side, construct, wave = cast(Side, row["side"]), str(row["construct"]), str(row["wave"])
        items, people = int(row["items"]), int(row["people"])
        head = (side, construct, wave)
        reason = hidden.get(cast(Cell, head)) or _too_few(people)
        if reason:
            found.append(Reliability(*head, None, None, None, reason))
            continue
        if items < ITEMS_OF_A_SCALE:
            few = f"{items} item{'s' if items > 1 else ''}: reliability is told from {ITEMS_OF_A_SCALE} on."
            found.append(Reliability(*head, None, items, people, few))
            continue
        alpha = cronbach_alpha(np.asarray(row["variances"], dtype=np.float64), float(row["total_variance"]))
        why = "Everybody answered the same." if alpha is None else None
        found.append(Reliability(*head, _rounded(alpha), items, people, why))
    return tuple(found)


def _too_few(people: int) -> str | None:
    minimum = disclosure.descriptive_minimum(None)
    return disclosure.reason("too_small", minimum) if people < minimum else None


def _change(cursor: Cursor, row: dict[str, Any], reason: str | None, alpha: float | None) -> PairedChange:
    people, before = int(row["people"]), str(row["before"])
    side, construct = cast(Side, row["side"]), str(row["construct"])
    scale = (float(row["scale_min"]), float(row["scale_max"]))
    if reason:
        return PairedChange(side, construct, None, None, None, None, None, None, None, None, *scale, reason, reason)
    values = study.change_values(cursor, side, construct, before)
    found = paired_change(
        values["change"].to_numpy(dtype=np.float64),
        values["people"].to_numpy(dtype=np.int64),
        float(row["spread_pre"]),
        float(row["spread_post"]),
    )
    assert found.interval is not None
    low, high = found.interval.low, found.interval.high
    direction = "rose" if low > 0 else "fell" if high < 0 else "did not clearly change"
    asked = "before and after" if before == "pre" else "after and recalled before"
    what = "the mean answer to the eNPS question" if construct == NET else words.construct(construct)
    sentence = (
        f"Of {people} {words.SIDE_LABELS[side].lower()} who answered {asked}, {what} "
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
        alpha=alpha if before == "pre" else None,
    )


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 10)


def _against(
    cursor: Cursor, side: Side, construct: str, scale: tuple[float, float], narrowing: Narrowing, *, single: bool
) -> SurveyComparison | None:
    """The change against colleagues who answered both times too; None where none did."""
    if _colleagues_reveal(cursor, side, construct, narrowing):
        return _no_comparison(disclosure.reason("would_reveal", disclosure.EFFECT))
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
    # The slow check of a single item belongs to the declared view.
    checked = single and firm and not narrowing.chosen
    odds = compare_ordered(rows.pre, rows.post, rows.took_part) if checked else None
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


def _colleagues_reveal(cursor: Cursor, side: Side, construct: str, narrowing: Narrowing) -> bool:
    """Whether so few colleagues are left out by a choice that both answers together would tell theirs."""
    if not narrowing.chosen:
        return False
    left_out = [
        row["people"]
        for row in study.sizes(cursor, "survey_pair", ("side", "construct"), only="a = 0 and missed <> 0")
        if (row["side"], row["construct"]) == (side, construct)
    ]
    return any(people < disclosure.DESCRIPTIVE for people in left_out)


def _no_comparison(reason: str) -> SurveyComparison:
    return SurveyComparison(None, None, None, None, None, None, None, None, (), None, None, None, reason, reason)


def _against_sentence(
    side: Side, construct: str, found: Comparison, scale: tuple[float, float], odds: Odds | None, *, firm: bool
) -> str:
    low, high = found.interval.low, found.interval.high
    who = (
        f"{found.participants} {words.SIDE_LABELS[side].lower()} and {found.comparators} colleagues alike before "
        f"answered {words.construct(construct)} both times"
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
