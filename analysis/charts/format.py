"""Numbers, dates and names as charts and pages show them; the words that findings share come from findings.

Minus is U+2212; a difference always carries its sign; counts have a thousands comma.
"""

from __future__ import annotations

from datetime import date, datetime

from analysis.findings.outcomes import DEFINITIONS
from analysis.findings.results import Outcome
from analysis.findings.words import (
    MINUS,
    SIDE_LABELS,
    SIDE_NOTES,
    group_label,
    header_label,
    interval,
    outcome_label,
    percent,
    points,
    signed,
    wave_label,
)
from analysis.findings.words import plain as decimal

__all__ = [
    "MINUS",
    "OUTCOME_NAMES",
    "SIDE_LABELS",
    "SIDE_NOTES",
    "count",
    "day",
    "decimal",
    "fewer_is_better",
    "group_label",
    "header_label",
    "interval",
    "is_quarter",
    "moment",
    "name_label",
    "outcome_label",
    "outcome_row_label",
    "p_number",
    "p_value",
    "percent",
    "points",
    "points_unit",
    "quarter",
    "shortened",
    "signed",
    "wave_label",
]

NO_BREAK = "\u00a0"
_CONSTRUCTS = {"enps": "eNPS"}
OUTCOME_NAMES: dict[Outcome, str] = {
    "retention": "Retention",
    "voluntary_exit": "Voluntary exit",
    "promotion": "Promotion",
    "involuntary_exit": "Involuntary exit",
    "internal_move": "Internal move",
}
# In a chart row "within 12 months" leaves no room for a suffix.
_SHORT_IN_ROWS = frozenset({"voluntary_exit", "involuntary_exit", "internal_move"})


def points_unit(proportion: float) -> str:
    """A difference with its unit, kept on one line: "+6.0 pp"."""
    return points(proportion) + NO_BREAK + "pp"


def count(number: int) -> str:
    return f"{number:,}"


def p_value(p: float) -> str:
    return "p < 0.001" if p < 0.001 else f"p = {p:.2g}"


def p_number(p: float) -> str:
    """The same in a column that is headed p."""
    return p_value(p).removeprefix("p ").removeprefix("= ")


def is_quarter(name: str) -> bool:
    return len(name) == 6 and name[:4].isdigit() and name[4] == "Q" and name[5] in "1234"


def quarter(name: str) -> str:
    """ "2026Q3" -> "2026 Q3"; any other text as it is."""
    return f"{name[:4]} {name[4:]}" if is_quarter(name) else name


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


def outcome_row_label(outcome: Outcome, horizon_months: int = 12) -> str:
    """The outcome in a chart row, where a suffix follows it."""
    return OUTCOME_NAMES[outcome] if outcome in _SHORT_IN_ROWS else outcome_label(outcome, horizon_months)


def name_label(name: str) -> str:
    """A construct in words: "digital_skills" -> "Digital skills"."""
    return _CONSTRUCTS.get(name, header_label(name))


def fewer_is_better(outcome: Outcome) -> bool:
    return not DEFINITIONS[outcome].higher_is_better


def shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
