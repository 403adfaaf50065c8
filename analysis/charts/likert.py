"""How answers spread: diverging bars, before above after, centred on the middle of "neither"."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from html import escape
from typing import Any

import plotly.graph_objects as go

from analysis.charts.figure import BODY, NOTES, TICKS, annotation, axis, drawn_once, layout
from analysis.charts.format import count, percent, wave_label
from analysis.charts.palette import ZERO_LINE, Palette
from analysis.findings.survey_item_results import Bar, Bars, QuestionResult

# Strongly against to strongly for; neither blue nor orange, which mean the two groups compared.
COLOURS = {
    "light": ("#8C510A", "#D2A75A", "#C9CFD6", "#5FB3A8", "#01665E"),
    "dark": ("#E0A458", "#9A7434", "#4A5563", "#3F9488", "#7ED8CB"),
}
INKS = ("#0E1116", "#FDFDFD")  # in a segment, whatever the theme
BANDS = (-2, -1, 0, 1, 2)
_IN_GROUPS = ("detractors", "passives", "promoters")
_AGREEMENT = ("strongly disagree", "disagree", "neither", "agree", "strongly agree")
KEY, LINE, BAR, GAP = 30, 18, 27, 16  # pixels: the key, a line of a question, a bar, the space below a question
WRAP = 44  # characters of a question on one line; fits a phone
ROOM = 0.2  # of the bars' width on either side, for the names and the shares
TOLD_FROM = 0.09  # a segment's share is written in it from here on
_SHORT = {"retro_pre": "Recalled"}


@drawn_once
def likert_chart(questions: Sequence[QuestionResult], before: str, palette: Palette) -> go.Figure:
    """The questions of one construct on one scale, each with its bars; `before` chooses asked or recalled.

    A question without such bars is left out; a bar that may not be shown has its reason in its place.
    """
    shown = [(question, bars) for question in questions if (bars := bars_of(question, before))]
    colours = COLOURS[palette.name]
    words = [_key(shown[0][0], palette)] if shown else []
    segments: dict[int, list[tuple[float, float, float, str]]] = {band: [] for band in BANDS}
    upright: list[tuple[float, float]] = []
    left = right = 0.1
    y = float(KEY)
    for question, bars in shown:
        lines = textwrap.wrap(question.label, WRAP) or [question.item]
        text = "<br>".join(escape(line) for line in lines)
        words.append(
            _at(f"{text}{_turned(question, palette)}", palette, 0, y, "left", yanchor="top", color=palette.ink)
        )
        y += LINE * len(lines) + 4
        if any(row.segments for row in bars.rows):
            upright.append((y, y + BAR * len(bars.rows)))
        for row in bars.rows:
            middle = y + BAR / 2
            words += _beside(row, middle, palette)
            start = -_before_middle(row)
            left, right = max(left, -start), max(right, start + sum(part.share for part in row.segments))
            for part in row.segments:
                segments[part.band].append((middle, start, part.share, _hover(question, row, part.band, part.merged)))
                start += part.share
            y += BAR
        y += GAP
    width = (left + right) * ROOM
    traces = [
        {
            "type": "bar",
            "orientation": "h",
            "y": [one[0] for one in segments[band]],
            "base": [one[1] for one in segments[band]],
            "x": [one[2] for one in segments[band]],
            "width": BAR - 5,
            "name": _AGREEMENT[band + 2],
            "marker": {"color": colour, "line": {"width": 0}},
            "text": [f"{100 * one[2]:.0f}" if one[2] >= TOLD_FROM else "" for one in segments[band]],
            "textposition": "inside",
            "insidetextanchor": "middle",
            "textangle": 0,
            "constraintext": "none",
            "insidetextfont": {"size": NOTES, "color": readable_on(colour)},
            "hovertext": [one[3] for one in segments[band]],
            "hovertemplate": "%{hovertext}<extra></extra>",
        }
        for band, colour in zip(BANDS, colours, strict=True)
        if segments[band]
    ]
    return go.Figure(
        data=traces,
        layout={
            **layout(palette, y + 8, top=4, bottom=4),
            "barmode": "overlay",
            "xaxis": axis(palette, range=[-left - width, right + width], visible=False),
            "yaxis": axis(palette, range=[y, 0], visible=False),
            "annotations": words,
            "shapes": [_middle(*ends) for ends in upright],
        },
    )


def bars_of(question: QuestionResult, before: str) -> Bars | None:
    """The bars against the wave before that was chosen, else the only ones there are."""
    return next((bars for bars in question.bars if bars.before == before), question.bars[0] if question.bars else None)


def readable_on(colour: str) -> str:
    """Near-black or white, whichever stands out more (WCAG contrast)."""
    return max(INKS, key=lambda ink: _contrast(ink, colour))


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _middle(top: float, bottom: float) -> dict[str, object]:
    """The middle of neither, behind the bars of one question."""
    line = {"color": ZERO_LINE, "width": 1}
    return {"type": "line", "x0": 0, "x1": 0, "y0": top, "y1": bottom, "line": line, "layer": "below"}


def _before_middle(row: Bar) -> float:
    """The width left of the middle of neither."""
    return sum(part.share if part.band < 0 else part.share / 2 for part in row.segments if part.band <= 0)


def _key(question: QuestionResult, palette: Palette) -> dict[str, object]:
    """One line: the name of either end, and a square a band between them."""
    points = question.points or 5
    ends = ("strongly disagree", "strongly agree")
    bands: tuple[int, ...] = BANDS
    if points >= 10:
        ends, bands = ("detractors", "promoters"), (-2, 0, 2)
    elif points <= 3:
        ends, bands = ("disagree", "agree"), (-2, 2) if points == 2 else (-2, 0, 2)
    elif points == 4:
        bands = (-2, -1, 1, 2)
    squares = " ".join(
        f"<span style='font-size:{BODY + 4}px;color:{COLOURS[palette.name][band + 2]}'>■</span>" for band in bands
    )
    return _at(f"{ends[0]} {squares} {ends[1]}", palette, 0.5, 4, "center", yanchor="top", size=TICKS)


def _turned(question: QuestionResult, palette: Palette) -> str:
    if not question.turned:
        return ""
    return f" <span style='font-size:{NOTES}px;color:{palette.muted}'>(reversed)</span>"


def _beside(row: Bar, y: float, palette: Palette) -> list[dict[str, object]]:
    """The wave at the left, the share agreeing in bold at the right; or the reason where the bar would be."""
    name = _SHORT.get(row.wave, wave_label(row.wave))
    words = [_at(name, palette, 0, y, "left", size=TICKS)]
    if row.reason is not None or row.favourable is None:
        reason = escape((row.reason or "Not shown").rstrip("."))
        words.append(_at(f"<i>{'<br>'.join(textwrap.wrap(reason, WRAP))}</i>", palette, 0.2, y, "left", size=NOTES))
        return words
    share = f"<b>{100 * row.favourable:.0f}%</b>"
    return [*words, _at(share, palette, 1, y, "right", color=palette.ink)]


def _at(
    text: str,
    palette: Palette,
    x: float,
    y: float,
    anchor: str,
    *,
    yanchor: str = "middle",
    size: int = BODY,
    color: str | None = None,
) -> dict[str, object]:
    place: dict[str, Any] = {"x": x, "xref": "paper", "xanchor": anchor, "y": y, "yanchor": yanchor}
    return annotation(text, palette, size=size, color=color, **place)


def _hover(question: QuestionResult, row: Bar, band: int, merged: bool) -> str:
    share = next(part.share for part in row.segments if part.band == band)
    people = "" if row.people is None else f" of {count(row.people)} people"
    name = _IN_GROUPS[(band + 2) // 2] if (question.points or 5) >= 10 else _AGREEMENT[band + 2]
    if merged:
        name = f"{name}, strongly or not"
    return f"{wave_label(row.wave)}, {name}: {percent(share)}{people}"
