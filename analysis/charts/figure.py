"""What every figure shares: a clear ground, no legend, no zoom, colours set by us and never by the theme."""

from __future__ import annotations

import functools
import io
import math
import pickle
from collections.abc import Callable, Sequence
from typing import Any, ParamSpec

import plotly.graph_objects as go

from analysis.charts.format import signed
from analysis.charts.palette import CLEAR, GRID, Palette

Figure = go.Figure
_P = ParamSpec("_P")
_KEPT = 512  # figures: a few pages in both palettes
BODY, TICKS, NOTES = 13, 12, 11
CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}


class _Asked:
    """The arguments of a figure, known by their bytes: findings hold dictionaries, which have no hash."""

    def __init__(self, *given: Any, **named: Any) -> None:
        self.given, self.named = given, named
        buffer = io.BytesIO()
        pickler = pickle.Pickler(buffer)
        pickler.fast = True  # equal values give equal bytes, whether or not they are one object in memory
        pickler.dump((given, named))
        self.mark = buffer.getvalue()

    def __hash__(self) -> int:
        return hash(self.mark)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self.mark == other.mark


def drawn_once(build: Callable[_P, go.Figure]) -> Callable[_P, go.Figure]:
    """The same figure for the same findings: a page runs again at every click. It is shared, so nobody changes it."""

    @functools.lru_cache(maxsize=_KEPT)
    def kept(asked: _Asked) -> go.Figure:
        return finished(build(*asked.given, **asked.named))

    @functools.wraps(build)
    def draw(*given: _P.args, **named: _P.kwargs) -> go.Figure:
        return kept(_Asked(*given, **named))

    return draw


def finished(figure: go.Figure) -> go.Figure:
    """A figure that nobody changes any more. Whoever shows it asks for its dictionary, which Plotly copies and encodes
    anew each time; that of this one is made once. What takes entries out of a trace or the layout has its own."""
    made = figure.to_dict()

    def to_dict() -> dict[str, Any]:
        return {**made, "data": [dict(trace) for trace in made["data"]], "layout": dict(made["layout"])}

    object.__setattr__(figure, "to_dict", to_dict)
    return figure


def layout(palette: Palette, height: float, top: int = 8, bottom: int = 44) -> dict[str, Any]:
    """What every figure has besides its axes; `height` is the whole figure in pixels."""
    return {
        "height": round(height),
        "margin": {"l": 8, "r": 8, "t": top, "b": bottom, "pad": 0},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "showlegend": False,
        "dragmode": False,
        "font": {"size": BODY, "color": palette.ink},
        "hoverlabel": {
            "bgcolor": palette.background,
            "bordercolor": palette.grey,
            "font": {"color": palette.ink, "size": TICKS},
        },
    }


def axis(palette: Palette, **settings: Any) -> dict[str, Any]:
    """An axis as every figure has it, with what this one needs besides."""
    return {
        "fixedrange": True,
        "automargin": True,
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "tickfont": {"size": TICKS, "color": palette.muted},
        "gridcolor": GRID,
        "tickangle": 0,
        "ticks": "",
        **settings,
    }


def axis_title(text: str, palette: Palette) -> dict[str, Any]:
    return {"text": text, "font": {"size": TICKS, "color": palette.muted}, "standoff": 6}


def annotation(
    text: str, palette: Palette, *, size: int = NOTES, color: str | None = None, covers: bool = False, **place: Any
) -> dict[str, Any]:
    """Words in the plot; `place` is Plotly's x, y, xref, anchors and shifts. covers: they stand on a ground of their
    own, so that no upright line of the axis runs through them."""
    font = {"size": size, "color": color or palette.muted}
    ground = {"bgcolor": palette.background, "borderpad": 0} if covers else {}
    return {"text": text, "font": font, "showarrow": False, "align": "left", **ground, **place}


# x, y, the low and the high end of its interval, and what it says on hover
Dot = tuple[float, float, float, float, str]


def dots(
    shown: Sequence[Dot], color: str, *, marker: dict[str, Any] | None = None, thickness: float = 2.5, **trace: Any
) -> dict[str, Any]:
    """A trace of dots with upright intervals, never joined. marker: what a dot has besides its colour; trace: what the
    trace has besides."""
    return {
        "type": "scatter",
        "x": [x for x, *_ in shown],
        "y": [y for _, y, *_ in shown],
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [high - y for _, y, _, high, _ in shown],
            "arrayminus": [y - low for _, y, low, _, _ in shown],
            "thickness": thickness,
            "width": 0,
            "color": color,
        },
        "mode": "markers",
        "marker": {"size": 11, "color": color, **(marker or {})},
        "text": [told for *_, told in shown],
        "hovertemplate": "%{text}<extra></extra>",
        **trace,
    }


def step_for(span: float, most: int) -> float:
    """The smallest round step that divides `span` into at most `most` parts."""
    if span <= 0:
        return 1.0
    magnitude: float = 10.0 ** math.floor(math.log10(span / most))
    for factor in (1, 2, 2.5, 5, 10):
        if span / (factor * magnitude) <= most:
            return factor * magnitude
    return 10 * magnitude


def ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Round values within low..high, zero among them where it lies inside."""
    step = step_for(high - low, most)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [round(index * step, 10) for index in range(first, last + 1)]


def signed_ticks(values: list[float]) -> list[str]:
    """Tick labels "+5", "0", "−5": U+2212, never "+0", decimals only where the step needs them."""
    digits = 0 if all(float(value).is_integer() for value in values) else 1
    if digits and any(round(value, 1) != value for value in values):
        digits = 2
    return ["0" if value == 0 else signed(value, digits) for value in values]
