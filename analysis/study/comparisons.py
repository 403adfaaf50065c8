"""Two plainer questions of the same study: drawn by lot against not drawn, and how many sessions were held."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analysis.plan import Plan
from analysis.store import Cursor
from analysis.study.choose import choose_rows, choose_trials, columns, filled
from analysis.study.kinds import KINDS, FigureKind
from analysis.study.selection import EVERYBODY, Selection


def lottery(cursor: Cursor, plan: Plan, side: str, kind: FigureKind, horizon: int, cutoff: date) -> pd.DataFrame:
    """People who applied to the mature cohorts that a lottery filled: cohort, drawn (0/1), people, and the events of
    each outcome of the kind of figure. Empty where no lottery is held. Raises ValueError for a kind without events."""
    outcomes = columns(_events(kind))
    choose_trials(cursor, side, horizon, cutoff, KINDS[kind].known)
    texts = {"outcomes": outcomes, "sums": _sums(kind), "horizon": str(horizon)}
    asked = {"side": side, "programmes": list(plan.reverse_programmes), "leave_out_top": KINDS[kind].can_rise}
    return cursor.execute(filled("lottery.sql", texts), asked).df()


def dose(
    cursor: Cursor,
    plan: Plan,
    side: str,
    kind: FigureKind,
    horizon: int,
    cutoff: date,
    where: Selection = EVERYBODY,
) -> pd.DataFrame:
    """Participants of the mature cohorts by sessions held within the horizon and before any exit: sessions_band
    ('0', '1-3', '4-6', '7 and more'), people, and the events of each outcome. Raises ValueError as `lottery` does."""
    _events(kind)
    choose_rows(cursor, plan, side, kind, horizon, cutoff, where=where)
    asked = {"side": side, "programmes": list(plan.reverse_programmes), "horizon": horizon}
    return cursor.execute(filled("dose.sql", {"sums": _sums(kind)}), asked).df()


def _events(kind: FigureKind) -> dict[str, str]:
    if kind not in ("exits", "promotion", "internal_move"):
        raise ValueError(f"{kind} does not count events within a horizon")
    return KINDS[kind].outcomes


def _sums(kind: FigureKind) -> str:
    return ", ".join(f"sum({name})::int as {name}" for name in KINDS[kind].outcomes)
