"""Who was asked, who answered and who had left: by group, and how those who did not answer stood before.

Reads the temporary tables that `score_surveys` makes. Counts and sums come out, never a person.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.store import Cursor
from analysis.study.surveys import HEADERS

# Headers of survey_place that response is divided by, the one first that is shown first.
RESPONSE_HEADERS = (
    "department", "level", "gender", "cohort", "location", "ethnicity", "generation", "disability", "lgbtq",
)  # fmt: skip
WAYS = tuple(dict.fromkeys((*HEADERS, *RESPONSE_HEADERS)))  # what is held against one another: filters and groups
_COLUMNS = {"programme": "programme_id"}
_ALREADY = "case when asked.answered then 'answered' when asked.gone then 'gone' else 'silent' end as status"
_STATUS = f"""
select asked.side, {_ALREADY}, count(*) as people, count(*) filter (asked.left_since) as left_since,
    count(*) filter (place.tenure_band like '5 years%') as long_service,
    count(*) filter (place.tenure_band is null or place.tenure_band = 'unknown') as tenure_unknown
from survey_asked as asked
join survey_place as place using (side, employee_id)
where asked.wave = 'post' and asked.missed = 0
group by all order by all
"""
_LEVELS = f"""
select asked.side, {_ALREADY}, place.level, count(*) as people
from survey_asked as asked
join survey_place as place using (side, employee_id)
where asked.wave = 'post' and asked.missed = 0
group by all order by all
"""
_BASELINE = f"""
select asked.side, score.construct, {_ALREADY}, count(*) as people, sum(score.score) as total,
    sum(score.score * score.score) as squares, min(score.scale_min) as scale_min, max(score.scale_max) as scale_max
from survey_asked as asked
join survey_score as score on score.side = asked.side and score.employee_id = asked.employee_id
    and score.wave = 'pre' and score.later = 0
where asked.wave = 'post' and asked.missed = 0
group by all order by all
"""
_ANONYMOUS = """
select side, wave, count(distinct respondent) as responses from survey_score
where employee_id is null and missed = 0 group by all order by all
"""


def by_status(cursor: Cursor) -> pd.DataFrame:
    """side, status (answered after; silent: here and did not; gone: had left before), people, and of them left_since
    (by the cutoff), long_service (five years or more on joining) and tenure_unknown."""
    return cursor.execute(_STATUS).df()


def levels_by_status(cursor: Cursor) -> pd.DataFrame:
    """side, status, level on joining, people."""
    return cursor.execute(_LEVELS).df()


def baseline_by_status(cursor: Cursor) -> pd.DataFrame:
    """side, construct, status, people, total, squares, scale_min, scale_max: the score before of those who gave one."""
    return cursor.execute(_BASELINE).df()


def anonymous_by_wave(cursor: Cursor) -> pd.DataFrame:
    """side, wave, responses that name nobody."""
    return cursor.execute(_ANONYMOUS).df()


def asked_by_place(cursor: Cursor) -> list[dict[str, Any]]:
    """side, wave, everything of WAYS as it was on the day they joined, asked, answered (people): whatever the view is
    narrowed to, of everybody."""
    ways = ", ".join(f"coalesce(place.{_COLUMNS.get(name, name)}::text, 'unknown') as {name}" for name in WAYS)
    found = cursor.execute(
        f"select asked.side, asked.wave, {ways}, count(*) as asked, count(*) filter (asked.answered) as answered "
        "from survey_asked as asked join survey_place as place using (side, employee_id) group by all"
    )
    names = [str(column[0]) for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
