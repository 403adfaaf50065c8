"""Numbers, dates and names as they are shown, on pages and in figures alike.

Proportions come in (0.06), points go out ("+6.0"). Minus is U+2212; a difference always carries its sign.
"""

from __future__ import annotations

from datetime import date, datetime

MINUS = "\u2212"
NO_BREAK = "\u00a0"

_OUTCOMES = {
    "retention": "Retained at {months} months",
    "voluntary_exit": "Voluntary exit within {months} months",
    "promotion": "Promoted within {quarters} quarters",
}
_OUTCOMES_SHORT = {
    "retention": "Retained at {months} months",
    "voluntary_exit": "Voluntary exit",
    "promotion": "Promoted within {quarters} quarters",
}
_HEADERS = {
    "lgbtq": "LGBTQ+",
    "enps": "eNPS",
    "level": "Grade",
    "department": "Function",
    "location": "Site",
    "age_band": "Born",
    "tenure_band": "Tenure",
    "performance_rating": "Rating",
    "promoted_last_year": "Promoted last year",
    "part_time": "Part-time",
    "birth_year": "Year of birth",
}
_WAVES = {"pre": "Before", "mid": "Midway", "post": "After", "retro_pre": "Before, recalled", "pulse": "Pulse"}


def signed(value: float, digits: int = 1) -> str:
    """A difference with its sign: "+6.0", "−1.8", "0.0"."""
    text = f"{abs(value):.{digits}f}"
    if float(text) == 0:
        return text
    return ("+" if value > 0 else MINUS) + text


def points(proportion: float) -> str:
    """A difference of proportions in percentage points, without the unit: 0.06 -> "+6.0"."""
    return signed(proportion * 100)


def points_unit(proportion: float) -> str:
    """The same with its unit, kept on one line: "+6.0 pp"."""
    return points(proportion) + NO_BREAK + "pp"


def interval(low: float, high: float) -> str:
    """The limits of a difference of proportions in points: "+2.1 to +9.8"."""
    return f"{points(low)} to {points(high)}"


def percent(proportion: float, digits: int = 1) -> str:
    return f"{proportion * 100:.{digits}f}%"


def count(number: int) -> str:
    return f"{number:,}"


def decimal(value: float, digits: int = 2) -> str:
    """A ratio, an imbalance or a score: "0.31"; U+2212 where it is negative."""
    return f"{value:.{digits}f}".replace("-", MINUS)


def p_value(p: float) -> str:
    return "p < 0.001" if p < 0.001 else f"p = {p:.2g}"


def quarter(name: str) -> str:
    """ "2026Q3" -> "2026 Q3"; any other text as it is."""
    return f"{name[:4]} {name[4:]}" if is_quarter(name) else name


def is_quarter(name: str) -> bool:
    return len(name) == 6 and name[:4].isdigit() and name[4] == "Q" and name[5] in "1234"


def day(iso: str) -> str:
    """ "2026-10-31" -> "31 Oct 2026"; text that is no date as it is."""
    try:
        parsed = date.fromisoformat(iso[:10])
    except ValueError:
        return iso
    return f"{parsed.day} {parsed:%b %Y}"


def moment(iso: str) -> str:
    """ "2026-10-31T06:12:00+00:00" -> "31 Oct 2026 06:12 UTC"; the store's times are UTC."""
    try:
        parsed = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{parsed.day} {parsed:%b %Y %H:%M} UTC"


def outcome_name(outcome: str, horizon_months: int = 12, short: bool = False) -> str:
    """The outcome as a heading; `short` fits a chart row."""
    names = _OUTCOMES_SHORT if short else _OUTCOMES
    return names[outcome].format(months=horizon_months, quarters=max(1, round(horizon_months / 3)))


def side_name(side: str) -> str:
    return {"mentor": "Mentors", "mentee": "Mentees"}[side]


def side_note(side: str) -> str:
    return {"mentor": "junior colleagues", "mentee": "senior leaders"}[side]


def header_name(header: str) -> str:
    """A canonical header, covariate or construct in words: "age_band" -> "Born", "digital_skills" -> "Digital skills"."""
    return _HEADERS.get(header, header.replace("_", " ").capitalize())


def wave_name(wave: str) -> str:
    return _WAVES.get(wave, wave.replace("_", " ").capitalize())


def fewer_is_better(outcome: str) -> bool:
    return outcome == "voluntary_exit"


def shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
