"""Who could have taken part and who did, by attribute."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analysis.plan import Plan
from analysis.store import Cursor
from analysis.study.build import sql
from analysis.study.figures import choose_rows

REACH_HEADERS = ("gender", "ethnicity", "generation", "disability", "lgbtq", "level", "department", "location")


def reach(cursor: Cursor, plan: Plan, side: str, cutoff: date) -> pd.DataFrame:
    """A frame of header, group, eligible and participants (people), over all cohorts that started by the cutoff."""
    choose_rows(cursor, plan, side, "months", 0, cutoff)
    latest = ", ".join(f"arg_max({name}, a * 1000000 + trial_id) as {name}" for name in REACH_HEADERS)
    text = sql("reach.sql").replace("{latest}", latest).replace("{headers}", ", ".join(REACH_HEADERS))
    return cursor.execute(text).df()
