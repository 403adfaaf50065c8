"""Words and marks of every figure can be told from their ground (WCAG 2.2, 1.4.3: 4.5 to 1; 1.4.11: 3 to 1)."""

from __future__ import annotations

import pytest

from analysis.charts.palette import DARK, LIGHT, ZERO_LINE, Palette


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_itself() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)
def test_words_and_marks_stand_out(palette: Palette) -> None:
    for words in (palette.ink, palette.muted, palette.grey, palette.participants, palette.comparators):
        assert contrast(words, palette.background) >= 4.5
    assert contrast(ZERO_LINE, palette.background) >= 3
