"""Participants by sessions held: a description, never an effect, because who stays has longer to meet."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analysis.estimates.intervals import wilson
from analysis.findings import disclosure
from analysis.findings.evidence import DoseFinding, DoseRow
from analysis.findings.outcomes import DEFINITIONS
from analysis.findings.results import Question
from analysis.findings.words import SIDE_LABELS, happened
from analysis.plan import Plan
from analysis.store import Cursor
from analysis.study.figures import dose as ask

CAUTION = (
    "Not an effect: sessions come after joining, and whoever stays longer has more time to meet. Pairs are compared "
    "with nobody here."
)


def dose(
    cursor: Cursor, plan: Plan, asked: Question, cutoff: date, data_version: int, compared: int | None
) -> DoseFinding:
    """One row a band of sessions held within the horizon. The quarter must be resolved.

    compared: the participants of the finding beside it; nothing is told where the difference would be a few people.
    """
    kind = DEFINITIONS[asked.outcome].figure
    frame = ask(cursor, plan, asked.side, kind, asked.horizon_months, cutoff, asked.where)
    held = frame.loc[frame["sessions_band"] != "0", "people"].sum()
    apart = abs(int(frame["people"].sum()) - compared) if compared is not None else 0
    telling = 0 < apart < disclosure.DESCRIPTIVE or (bool(asked.where.chosen) and compared is None)
    rows = _rows(frame, asked.outcome) if held and not telling else ()
    shown = [row for row in rows if row.rate is not None]
    if held and not shown:
        sentence = f"{SIDE_LABELS[asked.side]}: no band of sessions can be shown without giving a few people away."
    elif not held:
        sentence = "No sessions of participants with this follow-up are held."
    else:
        what = happened(asked.outcome, asked.horizon_months)
        told = "; ".join(f"{row.sessions} sessions: {row.rate or 0.0:.0%} of {row.people} {what}" for row in shown)
        sentence = f"{SIDE_LABELS[asked.side]}. {told}. {CAUTION}"
    return DoseFinding(asked.outcome, asked.side, asked.quarter or "", rows, sentence, sentence, data_version)


def _rows(frame: pd.DataFrame, outcome: str) -> tuple[DoseRow, ...]:
    bands = [(str(r["sessions_band"]), int(r["people"]), int(r[outcome])) for r in frame.to_dict("records")]
    few = frozenset(name for name, people, events in bands if events in (1, 2) or people - events in (1, 2))
    hidden = disclosure.hide_groups(
        {name: people for name, people, _ in bands}, disclosure.DESCRIPTIVE, header="sessions", few_events=few
    )
    rows = []
    for name, people, events in bands:
        if name in hidden:
            why = disclosure.reason(hidden[name], disclosure.DESCRIPTIVE)
            rows.append(DoseRow(name, None, None, None, None, why))
            continue
        band = wilson(events / people, people)
        rows.append(DoseRow(name, people, events / people, band.low, band.high, None))
    return tuple(rows)
