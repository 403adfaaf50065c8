"""Who could have taken part and who did, by attribute."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analysis.plan import Plan
from analysis.store import Cursor
from analysis.study.choose import choose_rows, filled

REACH_HEADERS = ("gender", "ethnicity", "generation", "disability", "lgbtq", "level", "department", "location")


def reach(cursor: Cursor, plan: Plan, side: str, cutoff: date) -> pd.DataFrame:
    """A frame of header, group, eligible and participants (people), over all cohorts that started by the cutoff."""
    choose_rows(cursor, plan, side, "months", 0, cutoff)
    words = ", ".join(f"{name}::text as {name}" for name in REACH_HEADERS)
    return cursor.execute(filled("reach.sql", {"words": words, "headers": ", ".join(REACH_HEADERS)})).df()
