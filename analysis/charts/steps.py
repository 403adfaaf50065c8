"""What curves of shares over time have in common: steps with their band, and below them how many are still followed."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.charts.drawing import Drawing
from analysis.charts.figure import NOTES, TICKS
from analysis.charts.format import count


def steps(
    fig: Drawing,
    x: Sequence[float],
    share: Sequence[float],
    edges: tuple[Sequence[float], Sequence[float]],
    told: Sequence[str],
    color: str,
    band: str,
    name: str = "",
    dash: str | None = None,
) -> None:
    """A step line of a share with its 95 % band, `edges` its low and high ones; the last step ends flat at the last x,
    which is one more than there are shares. told: a hover text a share; name: whose, on hover."""
    low, high = edges
    for edge, fill in ((high, None), (low, "tonexty")):
        if edge:
            fig.scatter(
                x=x,
                y=[*edge, edge[-1]],
                mode="lines",
                line={"width": 0, "shape": "hv", "color": color},
                fill=fill,
                fillcolor=band,
                hoverinfo="skip",
            )
    fig.scatter(
        x=x,
        y=[*share, share[-1]],
        mode="lines",
        name=name or None,
        line={"color": color, "width": 2.75, "shape": "hv", "dash": dash},
        text=[*told, ""],
        hovertemplate="%{text}<extra>" + name + "</extra>",
    )


def still_followed(
    fig: Drawing, x: Sequence[int], numbers: Sequence[int], y: float, drop: float, name: str, color: str
) -> None:
    """A row below the curves: its name at height y of the lower axis, and by `drop` lower its numbers under their x."""
    fig.scatter(
        x=x,
        y=[y - drop] * len(x),
        mode="text",
        text=[count(number) for number in numbers],
        textfont={"size": TICKS, "color": fig.palette.ink},
        cliponaxis=False,
        hoverinfo="skip",
        xaxis="x2",
        yaxis="y2",
    )
    place = {"x": 0, "xref": "paper", "xanchor": "left", "y": y, "yref": "y2", "yanchor": "bottom"}
    fig.note(name, size=NOTES, color=color, **place)
