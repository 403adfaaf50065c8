"""Answers question by question: how they spread, the favourable share, and its change among the same people."""

from __future__ import annotations

from collections import Counter, defaultdict

from analysis.estimates.intervals import wilson
from analysis.estimates.survey_shares import paired_change_in_share
from analysis.findings import disclosure, words
from analysis.findings.results import SIDES, Side
from analysis.findings.survey_disclosure import answered_once_by_few
from analysis.findings.survey_item_results import (
    Bar,
    Bars,
    ConstructItems,
    QuestionResult,
    Segment,
    ShareChange,
    WaveShare,
)
from analysis.findings.survey_questions import Asked, items, wholes
from analysis.findings.survey_scales import Scale, no_scale, scale_of
from analysis.store import Cursor
from analysis.study.surveys import Narrowing

BEFORE = ("pre", "retro_pre")
AFTER = "post"


def constructs(cursor: Cursor, narrowing: Narrowing) -> tuple[ConstructItems, ...]:
    """Every construct of both sides with its items; `score_surveys` must have been called before."""
    whole = wholes(cursor, narrowing)
    by_construct: dict[tuple[Side, str], list[Asked]] = defaultdict(list)
    for asked in items(cursor, narrowing):
        by_construct[asked.side, asked.construct].append(asked)
    return tuple(
        _construct(one, by_construct[one.side, one.construct])
        for one in sorted(whole, key=lambda one: (SIDES.index(one.side), one.construct))
    )


def _construct(whole: Asked, items: list[Asked]) -> ConstructItems:
    found = _question(whole)
    results = tuple(_question(item) for item in items)
    return ConstructItems(whole.side, whole.construct, found, results, _sentence(whole, found))


def _question(asked: Asked) -> QuestionResult:
    scale = scale_of(asked.low, asked.high)
    head = (asked.item, asked.label, asked.turned, asked.low, asked.high, scale.points if scale else None)
    if scale is None:
        return QuestionResult(*head, (), (), (), no_scale(asked.low, asked.high))
    shares = tuple(_share(wave, answers, scale, asked.hidden.get(wave)) for wave, answers in asked.waves.items())
    changes = tuple(_change(asked, before, scale) for before in BEFORE if before in asked.pairs)
    return QuestionResult(*head, _bars(asked, scale), shares, changes, None)


def _share(wave: str, answers: Counter[float], scale: Scale, hidden: str | None) -> WaveShare:
    if hidden:
        return WaveShare(wave, None, None, None, None, hidden)
    people = answers.total()
    share = sum(many for value, many in answers.items() if scale.band(value) > 0) / people
    limits = wilson(share, people)
    return WaveShare(wave, share, round(limits.low, 10), round(limits.high, 10), people, None)


def _change(asked: Asked, before: str, scale: Scale) -> ShareChange:
    answered = (asked.waves[wave].total() if wave in asked.waves else 0 for wave in (before, AFTER))
    once = answered_once_by_few(sum(asked.pairs[before].values()), *answered)
    if reason := asked.hidden_pairs.get(before) or once:
        return ShareChange(before, None, None, None, None, None, None, reason)
    counted: Counter[tuple[bool, bool]] = Counter()
    for (pre, post), many in asked.pairs[before].items():
        counted[scale.band(pre) > 0, scale.band(post) > 0] += many
    found = paired_change_in_share(
        counted[True, True], counted[True, False], counted[False, True], counted[False, False]
    )
    tells = _tells_few(asked, before)
    return ShareChange(
        before,
        round(found.value, 10),
        round(found.interval.low, 10),
        round(found.interval.high, 10),
        None if tells else found.before,
        None if tells else found.after,
        found.people,
        None,
    )


def _tells_few(asked: Asked, before: str) -> bool:
    """Whether those who answered one wave only are so few that both groups together would tell their answers."""
    people = sum(asked.pairs[before].values())
    once = [asked.waves[wave].total() - people for wave in (before, AFTER) if wave in asked.waves]
    return any(0 < some < disclosure.DESCRIPTIVE for some in once)


def _bars(asked: Asked, scale: Scale) -> tuple[Bars, ...]:
    """Before and after of the same people where enough answered both; else the first and the last wave of everybody."""
    found = []
    for before in BEFORE:
        if before not in asked.pairs or before in asked.hidden_pairs or _tells_few(asked, before):
            continue
        rows = []
        for at, wave in enumerate((before, AFTER)):
            answers: Counter[float] = Counter()
            for pair, many in asked.pairs[before].items():
                answers[pair[at]] += many
            rows.append(_bar(wave, answers, scale, None))
        found.append(Bars(before, True, tuple(rows)))
    missing = [before for before in BEFORE if before in asked.waves and before not in {bars.before for bars in found}]
    if missing or not found:
        for first in missing or [""]:
            names = [wave for wave in asked.waves if wave == first or wave not in BEFORE]
            ends = [names[0], names[-1]] if len(names) > 1 else names
            rows = [_bar(wave, asked.waves[wave], scale, asked.hidden.get(wave)) for wave in ends]
            found.append(Bars(first, False, tuple(rows)))
    return tuple(found)


def _bar(wave: str, answers: Counter[float], scale: Scale, hidden: str | None) -> Bar:
    if hidden:
        return Bar(wave, None, (), None, hidden)
    bands: Counter[int] = Counter()
    for value, many in answers.items():
        bands[scale.band(value)] += many
    people = bands.total()
    merged = _merge_ends(bands, scale)
    favourable = sum(many for band, many in bands.items() if band > 0) / people
    segments = tuple(Segment(band, bands[band] / people, band in merged) for band in sorted(bands) if bands[band] > 0)
    return Bar(wave, people, segments, favourable, None)


def _merge_ends(bands: Counter[int], scale: Scale) -> set[int]:
    """Put an end that fewer than five people chose into the band beside it, where the scale has one on that side."""
    merged = set()
    for side in (-1, 1):
        if scale.favourable > 1 and not scale.in_groups and 0 < bands[2 * side] < disclosure.DESCRIPTIVE:
            bands[side] += bands.pop(2 * side)
            merged.add(side)
    return merged


def _sentence(asked: Asked, found: QuestionResult) -> str:
    """The favourable share of the construct before and after among the same people, or what there is of it. Where
    answers are detractors, passives and promoters it is the share of promoters, which is no eNPS."""
    who, name = words.SIDE_LABELS[asked.side], words.construct(asked.construct)
    scale = scale_of(asked.low, asked.high)
    promoters = scale is not None and scale.in_groups
    share = f"share of promoters on {name}" if promoters else f"favourable share of {name}"
    if found.reason:
        return f"{who}, {name}: {found.reason}"
    for change in found.changes:
        if change.change is None or change.low is None or change.high is None:
            continue
        told = "" if change.before == "pre" else ", before as recalled afterwards"
        both = ""
        if change.share_before is not None and change.share_after is not None:
            both = f" from {words.percent(change.share_before)} to {words.percent(change.share_after)}"
        moved = "rose" if change.low > 0 else "fell" if change.high < 0 else "did not clearly change"
        return (
            f"{who}: the {share} {moved}{both} among {change.people} who answered both times"
            f"{told} ({words.points(change.change)} points, 95% interval {words.interval(change.low, change.high)})."
        )
    last = next((share for share in reversed(found.shares) if share.share is not None), None)
    if last is None or last.share is None or last.low is None or last.high is None:
        return f"{who}, {name}: too few answers to show."
    called = "promoters" if promoters else "favourable"
    paired = any(change.reason for change in found.changes)
    return (
        f"{who}: {words.percent(last.share)} {called} on {name} ({words.wave_label(last.wave).lower()}: {last.people} "
        f"people, 95% interval {words.percent(last.low)} to {words.percent(last.high)}); "
        f"{'the change from before is not shown' if paired else 'nobody can be compared with before'}."
    )
