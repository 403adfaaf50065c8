"""Claims that are counted: shares of pairs, sessions, goals and people, and two questions about generations.

Every count passes disclosure control here: a share is shown where each of its two sides is nobody or enough of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.estimates.intervals import mover
from analysis.estimates.shares import ClusteredShare, clustered_share, spread_between, welch
from analysis.findings import disclosure, words
from analysis.findings.claims.asks import Gap, Share, Spread
from analysis.findings.claims.judged import Evidence
from analysis.findings.claims.tested import OUR_MARK, ClaimResult, Unit, result, without
from analysis.plan import Plan
from analysis.study.claims import Band, Counted

ALIKE = "Things of one pair are alike: the interval allows for it."
NOT_CAUSED = "Two counts beside each other, not adjusted for anything: others may differ in more than this."
LATE = (
    "With the gap at both times judged by the same people. What narrows by itself (regression to the mean) counts too."
)


def why_hidden(part: Counted) -> str | None:
    """Why a share may not be shown; a unit (a pair or a person) counts as one person."""
    minimum = disclosure.descriptive_minimum(None)
    if part.units < minimum:
        return disclosure.reason("too_small", minimum)
    if 0 < part.with_hit < minimum or 0 < part.with_miss < minimum:
        return disclosure.reason("few_events", minimum)
    return None


def of_share(ask: Share, parts: Sequence[Counted], plan: Plan) -> ClaimResult:
    """One share against the mark, or the difference of two in percentage points."""
    question = f"{ask.things[:1].upper()}{ask.things[1:]}: how many {ask.what}"
    unit: Unit = "pp" if ask.parts else "percent"
    wanted = ("one", "other") if ask.parts else ("",)
    found = [part for name in wanted for part in parts if part.part == name]
    if len(found) < len(wanted):
        return without(question, ask.expects, "there is nothing to count yet.", unit)
    for part in found:
        if reason := why_hidden(part):
            return without(question, ask.expects, reason, unit)
    shares = [_share(part) for part in found]
    firm = all(part.units >= plan.thresholds.participants_for_verdict for part in found)
    if ask.parts:
        return _difference(ask, question, found, shares, plan, firm)
    share, part = shares[0], found[0]
    low, high = 100 * share.interval.low, 100 * share.interval.high
    case = Evidence(low, high, ask.expects, mark=100 * ask.mark, firm=firm)
    people = _counted(ask, part)
    number = f"{words.percent(share.rate)} of {people} {ask.what} " if firm else f"{people}, how many {ask.what} "
    body = f"{number}(95% interval {low:.1f} to {high:.1f}%). The mark is {100 * ask.mark:g}%."
    notes = (OUR_MARK, ALIKE) if part.total > part.units else (OUR_MARK,)
    return result(question, case, body, estimate=100 * share.rate, unit="percent", people=people, notes=notes)


def _difference(
    ask: Share,
    question: str,
    found: Sequence[Counted],
    shares: Sequence[ClusteredShare],
    plan: Plan,
    firm: bool,
) -> ClaimResult:
    assert ask.parts is not None
    one, other = shares
    interval = mover(one.rate, one.effective, other.rate, other.effective)
    difference = one.rate - other.rate
    case = Evidence(
        100 * interval.low,
        100 * interval.high,
        ask.expects,
        smallest=100 * plan.smallest_difference,
        firm=firm,
    )
    sizes = [f"{part.total:,.0f}" for part in found]
    people = f"{sizes[0]} {ask.parts[0]}, {sizes[1]} {ask.parts[1]}"
    number = (
        f"{words.percent(one.rate)} of {ask.parts[0]} against {words.percent(other.rate)} of {ask.parts[1]} "
        f"{ask.what}, "
        f"{words.points(difference)} percentage points "
        if firm
        else f"{question} "
    )
    body = f"{number}(95% interval {words.interval(interval.low, interval.high)}; {people})."
    return result(question, case, body, estimate=100 * difference, unit="pp", people=people, notes=(NOT_CAUSED,))


def _share(part: Counted) -> ClusteredShare:
    return clustered_share(part.units, part.hits, part.total, part.hits_squared, part.total_squared, part.crossed)


def _counted(ask: Share, part: Counted) -> str:
    total = f"{part.total:,.0f} {ask.things}"
    return total if part.total == part.units else f"{total} ({part.units:,} {ask.units})"


def of_gap(ask: Gap, bands: Sequence[Band]) -> ClaimResult:
    """By how much the gap between generations became smaller, in points of the scale."""
    question = f"The gap between generations in {ask.construct.replace('_', ' ')}"
    by_name = {band.name: band for band in bands}
    if set(by_name) != {"older", "younger"} or min(band.people for band in bands) < disclosure.EFFECT:
        reason = disclosure.reason("too_small", disclosure.EFFECT)
        return without(question, ask.expects, reason, "scale", "surveys")
    younger, older = by_name["younger"], by_name["older"]
    before = younger.before / younger.people - older.before / older.people
    first, second = (older, younger) if before > 0 else (younger, older)
    try:
        found = welch(_sums(first), _sums(second))
    except ValueError:
        return without(question, ask.expects, "every answer changed by the same.", "scale", "surveys")
    low, high = found.interval.low, found.interval.high
    firm = min(younger.people, older.people) >= 30
    people = f"{younger.people:,} born from 1981 on, {older.people:,} born before"
    way = "narrowed" if found.value >= 0 else "widened"
    number = f"{way} by an estimated {abs(found.value):.2f} from {abs(before):.2f} points " if firm else ""
    limits = f"95% interval {words.signed(low, 2)} to {words.signed(high, 2)}"
    body = f"{question} {number}({limits}; {people}; mentors and mentees together)."
    case = Evidence(low, high, ask.expects, firm=firm, blocked=True, compared=False)
    notes = ("Nobody to compare with: participants only, so this judges nothing by itself.", LATE)
    return result(question, case, body, estimate=found.value, unit="scale", people=people, page="surveys", notes=notes)


def of_spread(ask: Spread, bands: Sequence[Band]) -> ClaimResult:
    """How much of the spread of a scale before joining lies between generations, in percent."""
    question = f"{words.SIDE_LABELS[ask.side]}, spread of {ask.construct.replace('_', ' ')} between generations"
    large = [band for band in bands if band.people >= disclosure.EFFECT]
    if len(large) < 2:
        reason = disclosure.reason("too_small", disclosure.EFFECT)
        return without(question, ask.expects, reason, "percent", "surveys")
    try:
        found = spread_between([_sums(band) for band in large])
    except ValueError:
        return without(question, ask.expects, "every answer is the same.", "percent", "surveys")
    low, high, share = (100 * value for value in (found.interval.low, found.interval.high, found.share))
    everyone = sum(band.people for band in large)
    people = f"{everyone:,} answers in {len(large)} generations"
    case = Evidence(low, high, ask.expects, mark=100 * ask.mark, firm=everyone >= 30)
    body = (
        f"{question}: {share:.1f}% of it lies between generations, the rest within them (95% interval {low:.1f} to "
        f"{high:.1f}%; {people}). The mark is {100 * ask.mark:g}%, above which a difference between groups is called "
        "large (Cohen)."
    )
    notes = ("Supported means: a generation says little about a person's skill, so the stereotype misleads.",)
    return result(question, case, body, estimate=share, unit="percent", people=people, page="surveys", notes=notes)


def _sums(band: Band) -> tuple[int, float, float]:
    return band.people, band.total, band.squares
