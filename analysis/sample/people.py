"""What HR exports each quarter: everybody employed, those who left since the last snapshot, and who manages whom."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from analysis.sample import settings
from analysis.sample.calendar import NEVER, days, month_end, year
from analysis.sample.workforce import Ints, Workforce

ON_LEAVE = 0.015
OLDEST_BORN = 1958
LEAVE_CYCLE = 7  # people on leave change from one snapshot to the next


def assign_managers(staff: Workforce, rng: np.random.Generator) -> None:
    """Give a manager from a higher level, of their department where there is one, to whoever has lost theirs."""
    here = staff.employed()
    rank, department, boss = staff.rank[here], staff.department[here], staff.manager[here]
    keeps = (boss >= 0) & (staff.exit_month[boss] == NEVER) & (staff.rank[boss] > rank)
    top = here[rank == len(settings.LEVELS)]
    for level in range(1, len(settings.LEVELS)):
        near = (rank > max(level, 3)) & (rank <= max(level, 3) + 2)
        for unit in range(len(settings.DEPARTMENTS)):
            members = here[(rank == level) & (department == unit) & ~keeps]
            candidates = here[near & (department == unit)]
            choice = candidates if len(candidates) else top
            staff.manager[members] = rng.choice(choice, len(members)) if len(choice) else -1
    staff.manager[top] = -1


def snapshot(staff: Workforce, month: int, left: Ints) -> pd.DataFrame:
    """One people file (DATA.md, canonical headers) as of the end of a month.

    `left` are the slots of those who left since the last snapshot; they stand here with their exit, once. Text is
    categorical, dates are datetime64, missing is NaN or NaT.
    """
    here = staff.employed()
    who = np.concatenate([here, left])
    gone = np.arange(len(who)) >= len(here)
    # The rating in force from tomorrow on: on 31 December that of today's review. Leavers keep their last.
    rating = np.where(gone, staff.rating(who, month), staff.rating(who, month + 1))
    on_leave = ~gone & ((who * 7919 + year(month) * LEAVE_CYCLE + month) % 1000 < ON_LEAVE * 1000)
    titles = [f"{department} {level}" for department in settings.DEPARTMENTS for level in settings.LEVELS]
    exits = days(np.where(gone, staff.exit_month[who], 0), staff.exit_day[who])
    age = staff.age_at_hire[who] + 2 * staff.entry_rank[who]
    born = np.maximum(1970 + staff.hire_month[who] // 12 - age, OLDEST_BORN)
    status = np.where(gone, 2, on_leave.astype(np.int64))
    return pd.DataFrame(
        {
            "employee_id": _text(who, staff.ids),
            "as_of_date": np.full(len(who), month_end(month)).astype("datetime64[s]"),
            "hire_date": days(staff.hire_month[who], staff.hire_day[who]).astype("datetime64[s]"),
            "original_hire_date": np.full(len(who), np.datetime64("NaT", "s")),
            "termination_date": np.where(gone, exits, np.datetime64("NaT", "D")).astype("datetime64[s]"),
            "termination_type": _text(
                np.where(gone, staff.exit_voluntary[who].astype(np.int64), -1), ["involuntary", "voluntary"]
            ),
            "employment_status": _text(status, ["active", "leave", "terminated"]),
            "worker_type": _text(staff.worker_type[who], settings.WORKER_TYPES),
            "level": _text(staff.rank[who] - 1, settings.LEVELS),
            "job_title": _text(staff.department[who] * len(settings.LEVELS) + staff.rank[who] - 1, titles),
            "department": _text(staff.department[who], settings.DEPARTMENTS),
            "location": _text(staff.location[who], settings.LOCATIONS),
            "manager_id": _text(staff.manager[who], staff.ids),
            "fte": staff.fte[who],
            "performance_rating": _text(rating - 1, ["1", "2", "3", "4", "5"]),
            "gender": _text(staff.gender[who], settings.GENDERS),
            "ethnicity": _text(staff.ethnicity[who], settings.ETHNICITIES),
            "birth_year": born,
            "disability": _or_blank(staff.disability[who], settings.DISABILITY),
            "lgbtq": _or_blank(staff.lgbtq[who], settings.LGBTQ),
            "email": _text(who, [f"{name.lower()}@example.com" for name in staff.ids]),
        }
    )


def _text(positions: Ints, names: Iterable[str]) -> pd.Categorical[str]:
    """Names by position; -1 is missing."""
    return pd.Categorical.from_codes(positions, categories=pd.Index(list(names)))


def _or_blank(positions: Ints, shares: dict[str, float]) -> pd.Categorical[str]:
    """As _text, where the last of the names is blank."""
    names = [name for name in shares if name]
    return _text(np.where(positions < len(names), positions, -1), names)
