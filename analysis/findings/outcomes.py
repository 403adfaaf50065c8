"""The outcomes that can be asked about: where each is counted, which way is better, what people call it."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.findings.results import OUTCOMES, Outcome
from analysis.study.figures import FigureKind


@dataclass(frozen=True)
class Definition:
    """figure: the figure that holds it; label and happened take {window}, such as "12 months"."""

    figure: FigureKind
    higher_is_better: bool
    label: str
    happened: str


DEFINITIONS: dict[Outcome, Definition] = {
    "retention": Definition("exits", True, "Retained at {window}", "stayed {window}"),
    "voluntary_exit": Definition("exits", False, "Voluntary exit within {window}", "resigned within {window}"),
    "promotion": Definition("promotion", True, "Promoted within {window}", "were promoted within {window}"),
    "involuntary_exit": Definition("exits", False, "Involuntary exit within {window}", "were let go within {window}"),
    "internal_move": Definition(
        "internal_move", True, "Moved within the company in {window}", "moved within the company in {window}"
    ),
}
# Promotions are spoken of in quarters: that is how they are decided and how snapshots see them.
_IN_QUARTERS = frozenset({"promotion"})


def window(outcome: Outcome, months: int) -> str:
    if outcome in _IN_QUARTERS and months % 3 == 0:
        return f"{months // 3} quarters"
    return f"{months} months"


def outcomes_of(figure: FigureKind) -> tuple[Outcome, ...]:
    """The outcomes that one figure answers."""
    return tuple(outcome for outcome in OUTCOMES if DEFINITIONS[outcome].figure == figure)
