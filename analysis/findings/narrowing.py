"""What a narrowed view may show: whoever it leaves out is a group as well, and must be large enough or nobody.

A filter applies before the minimum, and both a selection and its complement must meet it (PROTOCOL.md 1.10). A reader
may take away one restriction at a time, so the view is held against every wider one; or add up all values of one
restriction, so the chosen one must be told among them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from analysis.findings.disclosure import EFFECT, hide_groups
from analysis.findings.results import Selection, Side
from analysis.plan import Plan
from analysis.store import Cursor
from analysis.study.figures import FigureKind, participants_by

LUMPED = "other"  # holds other departments in another view: no difference of the two is a group of people


@dataclass(frozen=True)
class TooClose:
    """Where a narrowed view stands so close to a wider one that their difference is a few participants.

    whole: the figure itself. headers: divisions of which some group does; none of their groups is told then, because
    with the total any one of them could be worked out.
    """

    whole: bool = False
    headers: frozenset[str] = frozenset()


NOWHERE = TooClose()


def too_close(
    cursor: Cursor,
    plan: Plan,
    side: Side,
    kind: FigureKind,
    horizon: int,
    cutoff: date,
    where: Selection,
    by: str | None = None,
) -> TooClose:
    """Hold a narrowed figure, and its division by cohort and by `by`, against every wider selection."""
    if not where.chosen:
        return NOWHERE
    asked = (side, kind, horizon, cutoff)
    minimum = max(plan.thresholds.participants_to_show, EFFECT)
    whole = any(
        hidden_among_its_own(_siblings(cursor, plan, asked, where, header), where.chosen[header], header, minimum)
        for header in where.chosen
    )
    headers = {"cohort", by or "cohort"} if whole else set()
    for header in dict.fromkeys(("cohort", by or "cohort")):
        inside = participants_by(cursor, plan, *asked, header, where)
        for selection in where.wider:
            wider = participants_by(cursor, plan, *asked, header, selection)
            whole |= 0 < sum(wider.values()) - sum(inside.values()) < minimum
            told = wider.keys() - hide_groups(wider, minimum, header=header) - {LUMPED}
            if any(0 < wider[group] - inside.get(group, 0) < minimum for group in told):
                headers.add(header)
    return TooClose(whole, frozenset(headers))


def hidden_among_its_own(sizes: Mapping[str, int], value: str, header: str, minimum: int) -> bool:
    """Whether a chosen value is hidden among the values of its header, all other choices being the same."""
    return value in hide_groups(sizes, minimum, header=header)


def _siblings(
    cursor: Cursor, plan: Plan, asked: tuple[Side, FigureKind, int, date], where: Selection, header: str
) -> dict[str, int]:
    """Participants by the values of one chosen header, the others kept; values that nobody can choose among them."""
    if header != "programme":
        return participants_by(cursor, plan, *asked, header, replace(where, **{header: None}))
    counted = {
        name: sum(participants_by(cursor, plan, *asked, "cohort", replace(where, programme=name)).values())
        for name in plan.reverse_programmes
    }
    return {name: people for name, people in counted.items() if people}
