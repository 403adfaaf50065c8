"""What was measured every quarter besides HR's own facts: learning hours of some people, engagement by department."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.sample.calendar import month_end
from analysis.sample.settings import DEPARTMENTS, SIDES
from analysis.sample.simulate import History
from analysis.sample.workforce import Floats, Ints

# Planted from the quarter of joining on: hours a quarter. Nothing is planted in engagement: every department has
# mentors from the first cohort on, so an honest answer there is that nobody is left to compare with.
EFFECTS_ON_MEASURES = {
    "learning_hours": {"mentor": 2.0, "mentee": 0.0},
    "engagement_score": {"mentor": 0.0, "mentee": 0.0},
}
SHARE_MEASURED = 0.4  # of the staff, at random: those whose learning account is linked
HOURS, HOURS_BETWEEN, HOURS_WITHIN, HOURS_A_YEAR = 7.0, 2.0, 2.0, 0.8
ENGAGEMENT, ENGAGEMENT_BETWEEN, ENGAGEMENT_WITHIN = 70.0, 4.0, 1.5
ANSWERING = 0.6  # of a department


def measures(history: History, rng: np.random.Generator) -> pd.DataFrame:
    """One row a value on the day of each snapshot, with canonical headers."""
    quarters = range(history.first, history.last + 1, 3)
    linked = np.flatnonzero(rng.random(history.staff.size) < SHARE_MEASURED)
    usual = rng.normal(HOURS, HOURS_BETWEEN, history.staff.size)
    rows = [_learning(history, rng, month, linked, usual) for month in quarters]
    level = rng.normal(ENGAGEMENT, ENGAGEMENT_BETWEEN, len(DEPARTMENTS))
    rows += [_engagement(history, rng, month, level) for month in quarters]
    return pd.concat(rows, ignore_index=True)


def _learning(
    history: History,
    rng: np.random.Generator,
    month: int,
    linked: Ints,
    usual: Floats,
) -> pd.DataFrame:
    """Hours of everybody linked who works here, to the half hour; a little more each year for all."""
    noise = rng.normal(0, HOURS_WITHIN, len(linked))
    here = _employed(history, month)[linked]
    who = linked[here]
    hours = usual[who] + noise[here] + HOURS_A_YEAR * (month - history.first) / 12
    for side in SIDES:
        hours += EFFECTS_ON_MEASURES["learning_hours"][side] * (history.staff.enrolled[side][who] <= month)
    return _frame("learning_hours", month, np.maximum(np.rint(2 * hours) / 2, 0), employee_id=history.staff.ids[who])


def _engagement(history: History, rng: np.random.Generator, month: int, level: Floats) -> pd.DataFrame:
    """A score from 0 to 100 for each department, and how many answered."""
    staff = history.staff
    people = np.bincount(staff.department[_employed(history, month)], minlength=len(DEPARTMENTS))
    score = np.clip(np.round(level + rng.normal(0, ENGAGEMENT_WITHIN, len(level)), 1), 0, 100)
    answering = rng.binomial(people, ANSWERING)
    frame = _frame("engagement_score", month, score, department=list(DEPARTMENTS), denominator=answering)
    return frame[answering > 0]


def _employed(history: History, month: int) -> NDArray[np.bool_]:
    """Who works here at the end of a month; slots that wait for a hire are hired never."""
    here: NDArray[np.bool_] = (history.staff.hire_month <= month) & (history.staff.exit_month > month)
    return here


def _frame(metric: str, month: int, value: object, **columns: object) -> pd.DataFrame:
    frame = pd.DataFrame({"value": value, **columns}).assign(
        metric=metric, date=month_end(month).astype("datetime64[s]")
    )
    headers = ["metric", "date", "value", "employee_id", "department", "denominator"]
    return frame.reindex(columns=headers).astype({"denominator": "Int64"})
