"""Shares of pairs and of their sessions, hidden where a few pairs stand on either side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.estimates.clustered import ClusteredRate, clustered_rate
from analysis.estimates.intervals import wilson
from analysis.findings import disclosure, words

FEW = disclosure.DESCRIPTIVE  # a pair is two people: fewer than five pairs count as fewer than five people
TOO_FEW = f"Not shown: fewer than {FEW} pairs."
WOULD_REVEAL = disclosure.reason("would_reveal", FEW)
TOO_FEW_APART = f"Not shown: fewer than {FEW} pairs differ from the others."
DECIMALS = 10


@dataclass(frozen=True)
class Share:
    """A proportion with its 95 % interval: `count` of `of`, pairs or sessions. All None where hidden, with `reason`.

    pairs: how many pairs it comes from.
    """

    value: float | None
    low: float | None
    high: float | None
    count: int | None
    of: int | None
    pairs: int | None
    reason: str | None = None

    @property
    def said(self) -> str:
        """ "31.0% (22.8% to 40.6%)", or the reason."""
        if self.value is None or self.low is None or self.high is None:
            return self.reason or ""
        return f"{words.percent(self.value)} ({words.percent(self.low)} to {words.percent(self.high)})"


def hidden(reason: str) -> Share:
    return Share(None, None, None, None, None, None, reason)


def share_of_pairs(count: int, of: int, *, nothing: str = "Not shown: no pair to count.") -> Share:
    """`count` of `of` pairs, Wilson's interval; hidden where all are fewer than five, or either side is 1 to 4."""
    if of == 0:
        return hidden(nothing)
    if of < FEW:
        return hidden(TOO_FEW)
    if 0 < count < FEW or 0 < of - count < FEW:
        return hidden(TOO_FEW_APART)
    band = wilson(count / of, of)
    return Share(_r(count / of), _r(band.low), _r(band.high), count, of, of)


def share_of_sessions(
    events: Sequence[int], sessions: Sequence[int], pairs: Sequence[int], *, nothing: str = "Not shown: no session."
) -> Share:
    """Sessions of a kind out of others, by kind of pair and how many `pairs` are of it.

    Sessions of one pair are alike, so the interval is that of fewer. Hidden where fewer than five pairs had any
    session, the ones counted, or the others.
    """
    counted = [(x, n, many) for x, n, many in zip(events, sessions, pairs, strict=True) if n > 0]
    if not counted:
        return hidden(nothing)
    with_any = sum(many for _, _, many in counted)
    with_event = sum(many for x, _, many in counted if x > 0)
    with_other = sum(many for x, n, many in counted if n > x)
    if with_any < FEW:
        return hidden(TOO_FEW)
    if 0 < with_event < FEW or 0 < with_other < FEW:
        return hidden(TOO_FEW_APART)
    return _shown(clustered_rate(*zip(*counted, strict=True)))


Counts = Sequence[tuple[int, int, int]]  # events and trials of one pair, and how many pairs have these


def shares_of_family(
    parts: Mapping[str, Counts],
    header: str,
    *,
    close: frozenset[str] = frozenset(),
    of_pairs: bool = False,
    nothing: str = "No session to count.",
) -> dict[str, Share]:
    """The same share of each part of a whole that is told as well: what is hidden in one part is hidden in another too.

    close: parts to hide whatever they hold. of_pairs: each trial is a pair of its own, so the plain interval holds.
    """
    kinds = (
        {name: sum(many for _, n, many in rows if n) for name, rows in parts.items()},
        {name: sum(many for x, _, many in rows if x) for name, rows in parts.items()},
        {name: sum(many for x, n, many in rows if n > x) for name, rows in parts.items()},
    )
    found: dict[str, disclosure.Hidden] = {}
    for sizes in kinds:
        present = {name: size for name, size in sizes.items() if size}
        for name, why in disclosure.hide_groups(present, FEW, header=header, few_events=close & present.keys()).items():
            found.setdefault(name, why)
    shares = {}
    for name, rows in parts.items():
        if name in found:
            shares[name] = hidden(reason_of(found[name]))
        elif of_pairs:
            shares[name] = share_of_pairs(
                sum(x * m for x, _, m in rows), sum(n * m for _, n, m in rows), nothing=nothing
            )
        else:
            shares[name] = share_of_sessions(*columns(rows), nothing=nothing)
    return shares


def reason_of(why: disclosure.Hidden) -> str:
    """Why a cell of pairs is hidden."""
    return TOO_FEW if why == "too_small" else WOULD_REVEAL


def columns(rows: Counts) -> tuple[list[int], list[int], list[int]]:
    """Events, trials and pairs, each a list."""
    return [x for x, _, _ in rows], [n for _, n, _ in rows], [many for _, _, many in rows]


def _shown(rate: ClusteredRate) -> Share:
    low, high = _r(rate.interval.low), _r(rate.interval.high)
    return Share(_r(rate.rate), low, high, rate.events, rate.trials, rate.clusters)


def _r(value: float) -> float:
    return round(value, DECIMALS)
