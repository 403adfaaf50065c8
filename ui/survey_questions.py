"""One construct question by question: how answers spread, favourable shares, eNPS, and reliability."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from analysis.charts.format import SIDE_LABELS, count, decimal, interval, name_label, percent, points, wave_label
from analysis.charts.likert import bars_of, likert_chart
from analysis.charts.surveys import net_chart
from analysis.findings.results import SIDES
from analysis.findings.survey_item_results import (
    ConstructItems,
    NetChange,
    NetPoint,
    QuestionResult,
    Reliability,
    ShareChange,
    SurveyItems,
)
from analysis.findings.survey_net import net
from analysis.findings.surveys import WAVE_ORDER
from ui import tables
from ui.figures import drawn
from ui.page import Page
from ui.survey_filters import View, before_filter
from ui.tables import HIDDEN, Row
from ui.text import heading, kept, note, plain

MOST_ITEMS = 6


def questions(page: Page, found: SurveyItems, construct: str, view: View) -> None:
    """Both sides beside each other, each with its bars; then shares and their change, in one table a side."""
    shown = [one for one in found.constructs if one.construct == construct and one.side in view.sides]
    kinds = [
        kind
        for kind in ("pre", "retro_pre")
        if any(kind in _befores(question) for one in shown for question in one.items)
    ]
    before = before_filter(kinds)
    if before == "retro_pre":
        note(
            "Recalled: asked afterwards how it was before. People often place that lower than they did at the time, so "
            "the change looks larger. It is never mixed with what was asked before."
        )
    for one in shown:
        st.markdown(plain(one.sentence))
    columns = st.columns(len(shown), gap="small") if shown else []
    for column, one in zip(columns, shown, strict=True):
        with column, st.container(border=True, height="stretch"):
            _spread(page, one, before)
    if construct == "enps":
        _net(page, found, view)
    for one in shown:
        with st.container(border=True):
            what = "share of promoters" if (one.whole.points or 0) >= 10 else "favourable share"
            heading(f"{SIDE_LABELS[one.side]}: {what}", _scale(one.whole))
            tables.table(_share_rows(one, before), one.sentence)
            note(
                "Change: the same people, before and after, percentage points. *hidden*: too few people, or would give "
                "such a group away."
            )
            tables.numbers(_wave_rows(one), f"{SIDE_LABELS[one.side]}: favourable share by wave", "Every wave")


def reliability(rows: Iterable[Reliability], view: View) -> None:
    """Cronbach's alpha by construct and wave, with what it means."""
    shown = [row for row in rows if row.side in view.sides]
    if not shown:
        return
    shown.sort(key=lambda row: (SIDES.index(row.side), row.construct, WAVE_ORDER.index(row.wave)))
    with st.expander("Do the questions of a scale hang together?", icon=":material/link:"):
        note(
            "Cronbach's alpha: how far the items of a scale rise and fall together, at most 1. From 0.70 on their mean "
            "is usually taken as one thing: a usual guide, not a law. It grows with the number of items, and says "
            "nothing about whether they ask the right thing."
        )
        tables.table([_reliability_row(row) for row in shown], "Cronbach's alpha by construct and wave")


def _spread(page: Page, one: ConstructItems, before: str) -> None:
    items = one.items[:MOST_ITEMS]
    heading(SIDE_LABELS[one.side], name_label(one.construct))
    if one.whole.reason:
        note(plain(one.whole.reason))
        return
    figure = drawn(likert_chart, items, before, page.palette)
    page.chart(figure, _alt(one, items, before), f"likert_{one.side}")
    chosen = [bars for question in items if (bars := bars_of(question, before))]
    paired = [bars for bars in chosen if bars.paired]
    people = sorted({row.people for bars in chosen for row in bars.rows if row.people is not None})
    if not people:
        note("Too few people answered to show how their answers spread.")
        return
    told = f"{count(people[0])} to {count(people[-1])}" if len(people) > 1 else count(people[0])
    who = "the same people before and after" if len(paired) == len(chosen) else "everybody who answered each time"
    share = "share of promoters" if (one.whole.points or 0) >= 10 else "share agreeing"
    turned = " Reversed: answers turned round, so that agreeing is the better answer." if _any_turned(items) else ""
    ends = any(part.merged for bars in chosen for row in bars.rows for part in row.segments)
    few = " An end that fewer than five people chose is counted with its neighbour." if ends else ""
    note(f"Per cent of {told} people, {who}. Bold: {share}.{turned}{few}")
    if len(one.items) > MOST_ITEMS:
        note(f"The first {MOST_ITEMS} of {len(one.items)} questions are drawn; all are in the table.")


def _any_turned(items: Sequence[QuestionResult]) -> bool:
    return any(item.turned for item in items)


def _befores(question: QuestionResult) -> set[str]:
    return {bars.before for bars in question.bars}


def _alt(one: ConstructItems, items: Sequence[QuestionResult], before: str) -> str:
    told = []
    for question in items:
        bars = bars_of(question, before)
        rows = [] if bars is None else [row for row in bars.rows if row.favourable is not None]
        shares = ", ".join(f"{wave_label(row.wave).lower()} {percent(row.favourable or 0.0)}" for row in rows)
        told.append(f"{question.label}: {shares or 'not shown'}")
    return f"{SIDE_LABELS[one.side]}, share of favourable answers. {'; '.join(told)}."


def _scale(whole: QuestionResult) -> str:
    if whole.points is None or whole.scale_min is None or whole.scale_max is None:
        return ""
    return f"on a scale of {whole.scale_min:g} to {whole.scale_max:g}"


def _share_rows(one: ConstructItems, before: str) -> list[Row]:
    named = [(f"**{plain(name_label(one.construct))}, as a whole**", one.whole)] if len(one.items) > 1 else []
    named += [(plain(item.label) + (" *(reversed)*" if item.turned else ""), item) for item in one.items]
    rows = []
    for name, question in named:
        change = next((each for each in question.changes if each.before == before), None)
        last = next((share for share in reversed(question.shares)), None)
        row = {"Question": name, "Before": "", "After": "", "Change, 95% CI": "", "People": ""}
        if question.reason:
            row["After"] = plain(question.reason)
        elif change is not None:
            row |= _changed(change)
        elif last is not None:
            hidden = last.share is None
            row["After"] = HIDDEN if hidden else kept(f"{percent(last.share or 0.0)} ({wave_label(last.wave).lower()})")
            asked = any(share.wave in ("pre", "retro_pre") for share in question.shares)
            row["Change, 95% CI"] = "*nobody answered both times*" if asked else "*not asked before*"
            row["People"] = "" if last.people is None else count(last.people)
        rows.append(row)
    return rows


def _changed(change: ShareChange) -> Row:
    if change.change is None or change.low is None or change.high is None:
        return {"After": HIDDEN}
    return {
        "Before": HIDDEN if change.share_before is None else percent(change.share_before),
        "After": HIDDEN if change.share_after is None else percent(change.share_after),
        "Change, 95% CI": kept(f"{points(change.change)}, {interval(change.low, change.high)}"),
        "People": count(change.people or 0),
    }


def _wave_rows(one: ConstructItems) -> list[Row]:
    questions_ = [one.whole, *one.items] if len(one.items) > 1 else list(one.items)
    return [
        {
            "Question": plain(question.label if question.item else f"{name_label(one.construct)}, as a whole"),
            "Wave": wave_label(share.wave),
            "Favourable": HIDDEN if share.share is None else percent(share.share),
            "95% CI": ""
            if share.low is None or share.high is None
            else kept(f"{percent(share.low)} to {percent(share.high)}"),
            "People": HIDDEN if share.people is None else count(share.people),
        }
        for question in questions_
        for share in question.shares
    ]


def _net(page: Page, found: SurveyItems, view: View) -> None:
    points_ = [point for point in found.net if point.side in view.sides]
    changes = [change for change in found.net_changes if change.side in view.sides]
    if not points_:
        return
    with st.container(border=True):
        heading("eNPS", "promoters (9, 10) less detractors (0 to 6), −100 to +100")
        st.markdown(plain(found.net_sentence))
        page.chart(drawn(net_chart, tuple(points_), page.palette), found.net_sentence, "net")
        tables.table([_net_change_row(change) for change in changes], "Change of eNPS in the same people")
        tables.numbers([_net_row(point) for point in points_], "eNPS by wave")


def _net_change_row(change: NetChange) -> Row:
    shown = change.change is not None and change.low is not None and change.high is not None
    return {
        "Side": SIDE_LABELS[change.side],
        "Change": f"After less {wave_label(change.before).lower()}",
        "eNPS": net(change.change or 0.0) if shown else HIDDEN,
        "95% CI": kept(f"{net(change.low or 0.0)} to {net(change.high or 0.0)}")
        if shown
        else plain(change.reason or ""),
        "People": count(change.people or 0) if shown else "",
    }


def _net_row(point: NetPoint) -> Row:
    shown = point.value is not None and point.low is not None and point.high is not None
    groups = (point.promoters, point.passives, point.detractors)
    return {
        "Side": SIDE_LABELS[point.side],
        "Wave": wave_label(point.wave),
        "eNPS": net(point.value or 0.0) if shown else HIDDEN,
        "95% CI": kept(f"{net(point.low or 0.0)} to {net(point.high or 0.0)}") if shown else "",
        "Promoters, passives, detractors": kept(", ".join(percent(group or 0.0) for group in groups)) if shown else "",
        "People": count(point.people or 0) if shown else "",
    }


def _reliability_row(row: Reliability) -> Row:
    return {
        "Side": SIDE_LABELS[row.side],
        "Scale": name_label(row.construct),
        "Wave": wave_label(row.wave),
        "Alpha": plain(row.reason or "") if row.alpha is None else decimal(row.alpha),
        "Items, people": "" if row.people is None else kept(f"{row.items}, {count(row.people)}"),
    }
