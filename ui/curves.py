"""The curves of an outcome by month: staying, each way of leaving, or promotion against leaving first."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.charts.format import SIDE_LABELS, count, percent
from analysis.charts.survival import Drawn, curves_chart, lowest_tick, values
from analysis.findings import answers
from analysis.findings.curves import YEAR
from analysis.findings.results import Curve, CurvesFinding, Finding, Measure, Outcome, Question
from analysis.findings.words import happened
from ui import tables
from ui.page import Page
from ui.text import all_cohorts, heading, note, plain


@dataclass(frozen=True)
class _Shape:
    """Which answer holds the curves of an outcome, what is drawn of it, and under which heading."""

    measure: Measure
    drawn: Drawn
    title: str


_SHAPES: dict[Outcome, _Shape] = {
    "retention": _Shape("employment", "survival", "Share still employed"),
    "voluntary_exit": _Shape("employment", "voluntary_exit", "Share who resigned"),
    "involuntary_exit": _Shape("employment", "involuntary_exit", "Share let go"),
    "promotion": _Shape("promotion", "promotion", "Share promoted"),
}
_COMPETING = {
    "survival": "",
    "promotion": "Whoever leaves first can't be promoted any more: leaving competes with promotion, and is counted. ",
}
_OTHER_WAYS = "Whoever leaves in another way is counted as such, and not as still at risk. "


def curves_by_month(page: Page, question: Question, cohort: str | None = None) -> None:
    """The curves that belong to a question, of all cohorts; for a move between snapshots, why there are none. cohort:
    the one that the page is about."""
    shape = _SHAPES.get(question.outcome)
    if shape is None:
        heading("Curves")
        note("A move often shows only in the next snapshot and not on its day, so there is no curve by month.")
        return
    employment = shape.drawn == "survival"
    # Only employment says what was gained by the follow-up chosen; the others are drawn alike for every follow-up.
    until = question.horizon_months if employment else YEAR
    curves: CurvesFinding = page.ask(
        answers.curves, question.side, question.quarter, shape.measure, until, question.where
    )
    gained = plain(curves.sentence) if employment and not curves.reason else ""
    heading(shape.title, f"{all_cohorts(cohort)}. {gained}")
    if curves.reason or not curves.participants:
        note(plain(curves.reason or "Not shown."))
        return
    alt = _alt_text(curves, shape.drawn, question.outcome)
    page.chart(curves_chart(curves, page.palette, shape.drawn, question.horizon_months), alt, "curves")
    lowest = lowest_tick(curves, shape.drawn)
    note(
        (f"Axis starts at {lowest:.0%}. " if lowest else "")
        + "Band: 95% interval. "
        + _COMPETING.get(shape.drawn, _OTHER_WAYS)
        + _whom(curves.participants, page.ask(answers.effects, question)[0])
        + "Weighted to the participants; the curves stop when fewer than 10 are left."
    )
    tables.numbers(tables.curve_rows(curves.participants, curves.comparators, shape.drawn), alt, name="curves")


def _whom(drawn: Curve, finding: Finding) -> str:
    """Whom the curves hold, beside whom the number of the same question rests on."""
    told = f"The curves hold all cohorts that have started, {count(drawn.at_risk[0])} participants"
    if finding.n_participants is None:
        return f"{told}. "
    months = finding.horizon_months
    return f"{told}; the {months}-month number rests on the {count(finding.n_participants)} followed for so long. "


def _alt_text(curves: CurvesFinding, drawn: Drawn, outcome: Outcome) -> str:
    """What is drawn, at its last month; the words of the answer itself where it is the whole curve."""
    arms = [arm for arm in (curves.participants, curves.comparators) if arm]
    if drawn in ("survival", "promotion") or len(arms) < 2:
        return curves.alt_text
    own, other = (percent(values(arm, drawn)[0][-1]) for arm in arms)
    what = happened(outcome, arms[0].months[-1])
    return f"{SIDE_LABELS[curves.side]}: {own} of participants and an estimated {other} of similar colleagues {what}."
