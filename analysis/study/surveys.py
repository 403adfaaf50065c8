"""Survey scores: by wave, paired from pre to post, who answered, and what colleagues answered who did not take part.

Sums and counts come out; for the comparison with colleagues arrays of scores, without a name or pseudonym.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.store import Cursor
from analysis.study.build import sql

_WAVES = """
select side, construct, wave, count(*) as people, sum(score) as total, sum(score * score) as squares,
    coalesce(min(scale_min), min(score)) as scale_min, coalesce(max(scale_max), max(score)) as scale_max
from survey_score group by all order by side, construct, wave
"""
_CHANGES = """
select side, construct, count(*) as people, sum(change) as total, sum(change * change) as squares,
    count(*) filter (change > 0) as up, count(*) filter (change = 0) as same, count(*) filter (change < 0) as down,
    coalesce(min(scale_min), 0) as scale_min, coalesce(max(scale_max), 0) as scale_max,
    stddev_samp(pre) as spread_pre, stddev_samp(post) as spread_post
from survey_pair where a = 1 group by all order by side, construct
"""
_CHANGE_VALUES = """
select change, count(*) as people from survey_pair
where a = 1 and side = $side and construct = $construct group by change order by change
"""
# In the order of their worth to a comparison (PROTOCOL.md 1.4); the plan's headers for the same things.
SURVEY_COVARIATES = ("level", "tenure_band", "performance_rating", "department", "gender", "ethnicity", "location")
# Asked: participants of the cohorts from which at least one answer to the wave is held.
_RESPONSES = """
with answered as (
    select side, wave, cohort, employee_id from survey_score where employee_id is not null group by all
),
asked as (
    select covered.side, covered.wave, count(distinct enrolment.employee_id) as asked,
        count(distinct answered.employee_id) as answered
    from (select distinct side, wave, cohort from answered) as covered
    join enrolment on enrolment.side = covered.side and enrolment.cohort = covered.cohort
        and enrolment.enrolled_on <= $cutoff
    left join answered on answered.side = covered.side and answered.wave = covered.wave
        and answered.employee_id = enrolment.employee_id
    group by all
)
select side, wave, asked, answered from asked order by side, wave
"""
_BOTH = """
select count(*) > 0
from survey_answer as pre semi join survey_answer as post
    on post.employee_id = pre.employee_id and pre.wave = 'pre' and post.wave = 'post'
"""
_ANONYMOUS = "select count(distinct respondent) from survey_score where employee_id is null"


_COLLEAGUES = "select count(distinct employee_id) from survey_answer where arm = 'comparator'"


def score_surveys(cursor: Cursor, cutoff: date) -> None:
    """Make the temporary tables that the functions below read."""
    cursor.execute(sql("survey_answer.sql"), {"cutoff": cutoff})
    cursor.execute(sql("survey_score.sql"))
    both = cursor.execute(_BOTH).fetchone()
    cursor.execute(sql("survey_pair.sql").replace("{any_pair}", "true" if both and both[0] else "false"))


def waves(cursor: Cursor) -> pd.DataFrame:
    """side, construct, wave, people, total, squares, scale_min, scale_max; scores on the items' own scale."""
    return cursor.execute(_WAVES).df()


def changes(cursor: Cursor) -> pd.DataFrame:
    """Post minus pre of participants who answered both: people, total, squares, up, same, down, and the standard
    deviations spread_pre and spread_post."""
    return cursor.execute(_CHANGES).df()


def change_values(cursor: Cursor, side: str, construct: str) -> pd.DataFrame:
    """change and people: how many participants changed by how much."""
    return cursor.execute(_CHANGE_VALUES, {"side": side, "construct": construct}).df()


def reliability(cursor: Cursor) -> pd.DataFrame:
    """side, construct, items, people, variances (a list, by item), total_variance; before, complete answers only."""
    return cursor.execute(sql("survey_reliability.sql")).df()


@dataclass(frozen=True)
class Pairs:
    """People who answered one construct before and after, all arrays of shape (people,); covariates hold codes."""

    pre: NDArray[np.float64]
    post: NDArray[np.float64]
    took_part: NDArray[np.bool_]
    covariates: dict[str, NDArray[np.int64]]


def pairs(cursor: Cursor, side: str, construct: str) -> Pairs:
    """Participants and colleagues who answered before and after, in no order that tells who they are."""
    codes = ", ".join(f"dense_rank() over (order by {name}) as {name}" for name in SURVEY_COVARIATES)
    rows = cursor.execute(
        f"select pre, post, a, {codes} from survey_pair where side = ? and construct = ? order by all",
        [side, construct],
    ).fetchnumpy()
    return Pairs(
        np.asarray(rows["pre"], dtype=np.float64),
        np.asarray(rows["post"], dtype=np.float64),
        np.asarray(rows["a"], dtype=np.int64) == 1,
        {name: np.asarray(rows[name], dtype=np.int64) for name in SURVEY_COVARIATES},
    )


def responses(cursor: Cursor, cutoff: date) -> pd.DataFrame:
    """side, wave, asked, answered (people)."""
    return cursor.execute(_RESPONSES, {"cutoff": cutoff}).df()


def anonymous_responses(cursor: Cursor) -> int:
    row = cursor.execute(_ANONYMOUS).fetchone()
    return int(row[0]) if row else 0


def colleagues(cursor: Cursor) -> int:
    """People who answered without having taken part."""
    row = cursor.execute(_COLLEAGUES).fetchone()
    return int(row[0]) if row else 0
