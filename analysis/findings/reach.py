"""Who is reached: participation by group with the four-fifths ratio, its interval and its test (PROTOCOL.md 1.10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from analysis.estimates.multiplicity import benjamini_hochberg
from analysis.estimates.ratios import selection_ratio
from analysis.findings import disclosure, words
from analysis.findings.disclosure import Hidden
from analysis.findings.results import ReachFinding, ReachRow, Side
from analysis.plan import Plan
from analysis.store import Cursor
from analysis.study.figures import open_figure
from analysis.study.participation import REACH_HEADERS

SMALLEST_SHARE = 0.02  # groups under 2 % of the population get no ratio
CHANCE = 0.05  # Fisher's exact test, beside the ratio, adjusted over all groups judged: small numbers flag by chance
NO_RATIO_FOR = frozenset({"unknown"})

Group = tuple[str, int, int]  # name, people, and those of them who did what is counted


def promoted(
    cursor: Cursor, plan: Plan, side: Side, quarter: str, cutoffs: Sequence[date], data_version: int
) -> ReachFinding:
    """Participants promoted within four quarters, one row a group: `eligible` are those who could be. cutoffs: the last
    day of the quarter, and of all later ones."""
    frames = [_promotions(cursor, plan, side, cutoff) for cutoff in cutoffs]
    rows = _rows(frames[0], frames[1:], happened=True)
    judged = [row for row in rows if row.header in disclosure.DEMOGRAPHIC_HEADERS and row.ratio]
    sentence = four_fifths_sentence(judged, "were promoted", "was promoted")
    alt = f"{words.SIDE_LABELS[side]}: share of participants promoted within four quarters, by group. {sentence}"
    return ReachFinding(side, quarter, rows, sentence, alt, data_version)


def _promotions(cursor: Cursor, plan: Plan, side: Side, cutoff: date) -> pd.DataFrame:
    """header, group, eligible (participants below the top of the ladder) and participants (those of them promoted)."""
    joined: dict[str | None, pd.DataFrame] = {}
    parts = []
    for header in REACH_HEADERS:
        extra = header if header not in plan.covariates else None
        if extra not in joined:
            cells = open_figure(cursor, plan, side, "promotion", 12, cutoff, extra).cells
            joined[extra] = cells[cells["a"] == 1]
        own = joined[extra]
        counted = own.assign(promoted=own["n"] * own["promotion"], group=own[header].astype(str))
        parts.append(counted.groupby("group", as_index=False)[["n", "promoted"]].sum().assign(header=header))
    return pd.concat(parts).rename(columns={"n": "eligible", "promoted": "participants"})


def reach(
    side: Side,
    quarter: str,
    frame: pd.DataFrame,
    later: Sequence[pd.DataFrame],
    data_version: int,
    also: Mapping[str, frozenset[str]] | None = None,
) -> ReachFinding:
    """Participation among those eligible, one row a group, hidden groups in their place. frame: as
    `reach_totals` counts them; later: the same as of every later quarter that can be asked for; also: by header, groups
    that the page about them hides."""
    rows = _rows(frame, later, also)
    sentence = four_fifths_sentence([row for row in rows if row.header in disclosure.DEMOGRAPHIC_HEADERS and row.ratio])
    alt = f"{words.SIDE_LABELS[side]}: share of those eligible who took part, by group. {sentence}"
    return ReachFinding(side, quarter, rows, sentence, alt, data_version)


def _rows(
    frame: pd.DataFrame,
    later: Sequence[pd.DataFrame],
    also: Mapping[str, frozenset[str]] | None = None,
    *,
    happened: bool = False,
) -> tuple[ReachRow, ...]:
    found: list[ReachRow] = []
    for header in REACH_HEADERS:
        groups, *others = (groups_of(each[each["header"] == header]) for each in (frame, *later))
        close = _close(header, groups, others) | (also or {}).get(header, frozenset())
        hidden = hidden_of(header, groups, close, happened=happened)
        found += family(header, groups, hidden)
    return tuple(found)


def _close(header: str, groups: list[Group], later: list[list[Group]]) -> frozenset[str]:
    """Groups to which a later quarter adds so few that they could be told from the two."""
    minimum = disclosure.descriptive_minimum(header)
    now = {group: (eligible, did) for group, eligible, did in groups}
    return frozenset(
        group
        for other in later
        for group, eligible, did in other
        if group in now and any(0 < abs(many) < minimum for many in (eligible - now[group][0], did - now[group][1]))
    )


def four_fifths_sentence(judged: list[ReachRow], did: str = "took part", none_did: str = "took part") -> str:
    """On demographic groups only: levels and departments differ by what the programme is for."""
    flagged = sorted((row for row in judged if row.flag), key=lambda row: row.ratio or 0.0)
    if not judged:
        return "No demographic group is large enough to judge."
    if not flagged:
        return f"No demographic group {none_did} less than four fifths as often as the group with the highest rate."
    lowest = flagged[0]
    adjusted = benjamini_hochberg([row.fisher_p for row in judged])
    tests = sum(p is not None for p in adjusted)
    clear = sum(row.flag and p is not None and p < CHANCE for row, p in zip(judged, adjusted, strict=True))
    name = words.group_label(lowest.header, lowest.group)
    if not name.startswith(words.header_label(lowest.header)):
        name = f"{words.header_label(lowest.header).lower()} {name}"
    reason = "chance could explain each of them" if clear == 0 else f"for {clear} of them chance is unlikely"
    return (
        f"{len(flagged)} of {len(judged)} demographic groups {did} less than four fifths as often as the group "
        f"with the highest rate, the lowest {words.plain(lowest.ratio or 0.0)} ({name}). "
        f"By Fisher's exact test, adjusted for the {words.people(tests, 'group')} tested together (Benjamini and "
        f"Hochberg), {reason}. A prompt to look, not proof."
    )


def groups_of(frame: pd.DataFrame) -> list[Group]:
    """From columns group, eligible and participants."""
    return [(str(r["group"]), int(r["eligible"]), int(r["participants"])) for r in frame.to_dict("records")]


def hidden_of(
    header: str,
    groups: list[Group],
    also: frozenset[str] = frozenset(),
    *,
    happened: bool = False,
    others: bool = True,
) -> dict[str, Hidden]:
    """Which groups of a header to hide, and why. also: those that something else on the page would give away.
    happened: what is counted happened to them, so that none or all of a group tells of each. others: whoever did not
    do it is a group of people as well; else its size is a number of events."""
    minimum = disclosure.descriptive_minimum(header)
    counts = {group: (people, did) for group, people, did in groups}
    apart = others and not happened and header in disclosure.DEMOGRAPHIC_HEADERS

    def tells(people: int, did: int, group: str | None = None) -> bool:
        # A rate gives those who did it away as well as those who could have, and those who did not.
        if people < minimum or 0 < did < minimum or (apart and 0 < people - did < minimum):
            return True
        few = disclosure.too_few_events(did, people, header)
        return few or (happened and disclosure.tells_of_each(did, people, header, group))

    hidden: dict[str, Hidden] = {}
    for group, (people, did) in counts.items():
        if people < minimum:
            hidden[group] = "too_small"
        elif group in also or tells(people, did, group):
            hidden[group] = "few_events"
    # People and events add up to totals that are known: what is hidden is together a group that might be told.
    while hidden and len(hidden) < len(counts):
        rest = [counts[group] for group in hidden]
        if len(rest) > 1 and not tells(sum(people for people, _ in rest), sum(did for _, did in rest)):
            break
        hidden[min((group for group in counts if group not in hidden), key=lambda one: (counts[one], one))] = (
            "would_reveal"
        )
    return hidden


def family(
    header: str, groups: list[Group], hidden: Mapping[str, Hidden] | None = None, *, ratios: bool = True
) -> list[ReachRow]:
    """One row a group, hidden ones in their place; none where there are not two groups to tell apart.

    groups: name, people, and those of them who did what is counted. ratios: compare with the group with the highest
    rate (PROTOCOL.md 1.10 has no ratio for staying, since ratios near 1 hide exit ratios of 2).
    """
    if len(groups) < 2:
        return []
    minimum = disclosure.descriptive_minimum(header)
    if hidden is None:
        hidden = hidden_of(header, groups)
    population = sum(eligible for _, eligible, _ in groups)
    judged = [
        (joined / eligible, group, eligible, joined)
        for group, eligible, joined in groups
        if ratios
        and group not in hidden
        and group not in NO_RATIO_FOR
        and eligible >= max(disclosure.EFFECT, SMALLEST_SHARE * population)
        and joined >= disclosure.EFFECT
    ]
    highest = max(judged, default=None)
    rows = []
    for group, eligible, joined in groups:
        if group in hidden:
            why = disclosure.reason(hidden[group], minimum)
            rows.append(ReachRow(header, group, None, None, None, None, None, None, None, False, why))
            continue
        rate = joined / eligible
        comparable = highest is not None and any(name == group for _, name, _, _ in judged)
        if not comparable or highest is None:
            why_not = "too few people for a ratio" if ratios and group not in NO_RATIO_FOR else None
            rows.append(ReachRow(header, group, eligible, joined, rate, None, None, None, None, False, why_not))
            continue
        if group == highest[1]:
            rows.append(ReachRow(header, group, eligible, joined, rate, 1.0, None, None, None, False, None))
            continue
        ratio = selection_ratio(joined, eligible, highest[3], highest[2])
        rows.append(
            ReachRow(
                header,
                group,
                eligible,
                joined,
                rate,
                round(ratio.ratio, 10),
                round(ratio.interval.low, 8),
                round(ratio.interval.high, 8),
                round(ratio.fisher_p, 8),
                ratio.below_four_fifths,
                None,
            )
        )
    return rows
