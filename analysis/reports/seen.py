"""The slides of what else was seen: who is reached, surveys, programme health, what changed."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.charts.format import quarter
from analysis.findings.diversity_results import DiversityFinding
from analysis.findings.results import ReachFinding
from analysis.findings.words import SIDE_LABELS, construct, group_label, header_label, signed
from analysis.reports.deck import Deck
from analysis.reports.programme import measures

HIDDEN = "hidden: too few people"
PLACES = ("department", "location")  # as many as an employer has: they stand in the workbook
DESCRIBED = "Described, not an effect."


def count_of(count: int | None) -> str:
    return "not shown" if count is None else f"{count:,}"


def seen(deck: Deck) -> None:
    """Everything between the outcomes and how we know."""
    for reached in deck.report.impact.reach:
        _reach(deck, reached)
    for side, label in SIDE_LABELS.items():
        _path(deck, label, [each for each in deck.report.diversity if each.side == side])
    _leadership(deck)
    _surveys(deck)
    _programme(deck)
    changes = deck.report.changes
    deck.lists("What changed", [changes.sentence, *(row.sentence for row in changes.rows)], changes.alt_text)


def _reach(deck: Deck, reached: ReachFinding) -> None:
    rows = []
    for row in reached.rows:
        if row.header in PLACES:
            continue
        shown = (HIDDEN, "", "")
        if row.rate is not None:
            ratio = "" if row.ratio is None else f"{row.ratio:.2f}{', below four fifths' if row.flag else ''}"
            shown = (f"{row.participants:,} of {row.eligible:,}", deck.rate(row.rate), ratio)
        rows.append((header_label(row.header), group_label(row.header, row.group), *shown))
    deck.tables(
        f"Who is reached: {SIDE_LABELS[reached.side].lower()}",
        ("Attribute", "Group", "Took part", "Rate", "Ratio"),
        rows,
        (2, 3, 2.2, 1, 2.4),
        f"{reached.alt_text}\nRatio: rate by that of the group with the highest. Hidden: too few people.",
        reached.sentence,
    )


def _path(deck: Deck, label: str, found: Sequence[DiversityFinding]) -> None:
    """How far each group came: a row a group, a column a step."""
    if not found:
        return
    steps = [step.step for step in found[0].steps if any(each.step(step.step).rows for each in found)]
    rows = []
    for each in found:
        told = {step: {row.group.group: row.group for row in each.step(step).rows} for step in steps}
        for group in dict.fromkeys(name for step in steps for name in told[step]):
            cells = []
            for step in steps:
                row = told[step].get(group)
                share = None if row is None else row.rate
                cells.append("hidden" if row is None or share is None else f"{deck.rate(share)} of {row.eligible:,}")
            rows.append((f"{header_label(each.header)}: {group_label(each.header, group)}", *cells))
    deck.tables(
        f"Diversity, how far each group came: {label.lower()}",
        ("Group", *(found[0].step(step).label for step in steps)),
        rows,
        (3, *(1.6 for _ in steps)),
        "\n".join(f"{header_label(each.header)}: {each.sentence}" for each in found),
        "Share that took each step, of those who could. Hidden: too few people.",
    )


def _leadership(deck: Deck) -> None:
    rows = []
    for each in deck.report.leadership:
        for point in each.points if not each.reason else ():
            if point.quarter == each.quarters[-1]:
                share = HIDDEN if point.share is None else deck.rate(point.share)
                limits = (
                    ""
                    if point.low is None or point.high is None
                    else f"{deck.rate(point.low)} to {deck.rate(point.high)}"
                )
                of_all = "" if point.share_of_all is None else deck.rate(point.share_of_all)
                rows.append((group_name_of(each.header, point.group), share, limits, of_all))
    if rows:
        last = deck.report.leadership[0].quarters[-1]
        deck.tables(
            "Diversity, who leads",
            ("Group", "At the two highest levels", "95% interval", "Of all employees"),
            rows,
            (4, 2.5, 2.5, 2),
            "\n".join(f"{header_label(each.header)}: {each.sentence}" for each in deck.report.leadership),
            f"Shares in {quarter(last)}. The company as it is, not an effect of the programme.",
        )


def group_name_of(header: str, group: str) -> str:
    return f"{header_label(header)}: {group_label(header, group)}"


def _surveys(deck: Deck) -> None:
    surveys = deck.report.surveys
    rows = [
        (SIDE_LABELS[row.side], construct(row.construct), row.reason or "not shown", "", "")
        if row.mean_change is None or row.low is None or row.high is None
        else (SIDE_LABELS[row.side], construct(row.construct), signed(row.mean_change, 2),
              f"{signed(row.low, 2)} to {signed(row.high, 2)}", count_of(row.people))
        for row in surveys.changes
    ]  # fmt: skip
    deck.tables(
        "Surveys: change from before to after",
        ("", "Scale", "Change", "95% interval", "People"),
        rows,
        (1.2, 2.5, 3, 2, 1),
        "\n".join([surveys.alt_text, *surveys.notes]),
        surveys.sentence,
    )


def _programme(deck: Deck) -> None:
    tiles = [
        (tile.label, tile.reason or "not shown", tile.sentence)
        if tile.value is None
        else (tile.label, f"{tile.value:,.0f}" if tile.counts_pairs else deck.rate(tile.value), tile.sentence)
        for tile in deck.report.health.tiles
    ]
    deck.tables("Programme health", ("", "Now", "What is counted"), tiles, (2, 2, 6), DESCRIBED)
    found = deck.report.programme
    if found is None:
        return
    notes = "\n".join([DESCRIBED, *found.notes])
    rows = [
        (each.part, each.what, each.said, "" if each.of is None else f"{each.of:,}")
        for each in measures(found)
        if each.short
    ]
    lead = found.sentence if found.reason is None else f"Programme health in detail is not shown. {found.reason}"
    title = "Programme health: sessions, rhythm, direction, endings"
    deck.tables(title, ("", "What", "Value (95% interval)", "Of"), rows, (1.6, 4.6, 4, 1), notes, lead)
