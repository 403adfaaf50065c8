"""The colours of every figure, light and dark. Blue is participants, orange comparators; nothing else uses them."""

from __future__ import annotations

from dataclasses import dataclass

# The same in both modes.
ZERO_LINE = "#7F8A97"
GRID = "rgba(127,138,151,.28)"
SHADE = "rgba(127,138,151,.11)"
CLEAR = "rgba(0,0,0,0)"


@dataclass(frozen=True)
class Palette:
    """Text and data colours; the two bands are fills of the same hues, light enough to see through."""

    name: str
    background: str
    ink: str
    muted: str
    grey: str
    participants: str
    comparators: str
    participants_band: str
    comparators_band: str


LIGHT = Palette(
    name="light",
    background="#FFFFFF",
    ink="#111827",
    muted="#4A5360",
    grey="#5B6470",
    participants="#0B5FA5",
    comparators="#B4520A",
    participants_band="rgba(11,95,165,.16)",
    comparators_band="rgba(180,82,10,.14)",
)
DARK = Palette(
    name="dark",
    background="#0F141A",
    ink="#E8ECF1",
    muted="#B6C0CB",
    grey="#9AA5B1",
    participants="#56B4E9",
    comparators="#E69F00",
    participants_band="rgba(86,180,233,.18)",
    comparators_band="rgba(230,159,0,.16)",
)


def palette(theme: str | None) -> Palette:
    """The palette for a theme type; light for anything but "dark", so that an export can ask for it."""
    return DARK if theme == "dark" else LIGHT
