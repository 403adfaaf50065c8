"""A figure while it is drawn: lines, shades, words and traces are collected, and Plotly makes a figure of them once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import plotly.graph_objects as go

from analysis.charts.figure import annotation, axis, layout
from analysis.charts.palette import GRID, SHADE, ZERO_LINE, Palette


class Drawing:
    """A figure while it is drawn, on one pair of axes or two; Plotly checks it once, when it is `made`.

    Plotly's own way of adding to a figure checks all that is there anew at each addition, which takes far longer.
    """

    def __init__(self, palette: Palette, height: float, top: int = 8, bottom: int = 44) -> None:
        self.palette = palette
        self.layout = layout(palette, height, top, bottom)
        self.words: list[dict[str, Any]] = []
        self._shapes: list[dict[str, Any]] = []
        self._traces: list[dict[str, Any]] = []
        self._axes = {"xaxis": axis(palette), "yaxis": axis(palette)}

    def below(self, share: float, gap: float) -> None:
        """Make room under the plot for a second one over the same x values, on the axes x2 and y2; both as shares of
        the height."""
        self._axes["xaxis"] |= {"anchor": "y", "domain": [0.0, 1.0], "matches": "x2"}
        self._axes["yaxis"] |= {"anchor": "x", "domain": [share + gap, 1.0]}
        self._axes["xaxis2"] = axis(self.palette, anchor="y2", domain=[0.0, 1.0], visible=False)
        self._axes["yaxis2"] = axis(self.palette, anchor="x2", domain=[0.0, share], visible=False)

    def x_axis(self, **settings: Any) -> None:
        """Set what this figure's x axis has besides; both of them where there is one below."""
        self._axes["xaxis"] |= settings
        if "xaxis2" in self._axes and "range" in settings:
            self._axes["xaxis2"]["range"] = settings["range"]

    def y_axis(self, on: str = "yaxis", **settings: Any) -> None:
        """Set what this figure's y axis has besides; `on` "yaxis2" is the one below."""
        self._axes[on] |= settings

    def scatter(self, **trace: Any) -> None:
        self._traces.append({"type": "scatter", **trace})

    def bar(self, **trace: Any) -> None:
        self._traces.append({"type": "bar", **trace})

    @property
    def is_empty(self) -> bool:
        """Whether nothing that has data was drawn yet."""
        return not self._traces

    def line(
        self,
        *,
        x: float | None = None,
        y: float | None = None,
        color: str = GRID,
        width: float = 1,
        dash: str | None = None,
        above: bool = False,
    ) -> None:
        """A line from edge to edge at one value of x or of y, behind what is drawn unless it lies above."""
        along = {"xref": "x", "x0": x, "x1": x, "yref": "y domain", "y0": 0, "y1": 1}
        if x is None:
            along = {"xref": "x domain", "x0": 0, "x1": 1, "yref": "y", "y0": y, "y1": y}
        look = {"color": color, "width": width} | ({"dash": dash} if dash else {})
        self._shapes.append({"type": "line", **along, "line": look} | ({} if above else {"layer": "below"}))

    def lines(self, *, x: Iterable[float] = (), y: Iterable[float] = ()) -> None:
        """The grid at these values, its line at zero the stronger one."""
        for at in x:
            self.line(x=at, color=GRID if at else ZERO_LINE, width=1 if at else 1.5)
        for at in y:
            self.line(y=at, color=GRID if at else ZERO_LINE, width=1 if at else 1.5)

    def shade(self, low: float, high: float) -> None:
        """A pale band between two values of x."""
        across = {"xref": "x", "x0": low, "x1": high, "yref": "y domain", "y0": 0, "y1": 1}
        self._shapes.append({"type": "rect", **across, "fillcolor": SHADE, "line": {"width": 0}, "layer": "below"})

    def note(self, text: str, **place: Any) -> None:
        """Words in the plot, as `annotation` has them."""
        self.words.append(annotation(text, self.palette, **place))

    def made(self) -> go.Figure:
        parts = {**self.layout, **self._axes, "shapes": self._shapes, "annotations": self.words}
        return go.Figure(self._traces, {name: part for name, part in parts.items() if part != []})
