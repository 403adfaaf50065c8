"""Survey scores: by wave, paired from pre to post, and who answered. Sums only; no answer of a person comes out."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analysis.store import Cursor
from analysis.study.build import sql

_WAVES = """
select side, construct, wave, count(*) as people, sum(score) as total, sum(score * score) as squares,
    coalesce(min(scale_min), min(score)) as scale_min, coalesce(max(scale_max), max(score)) as scale_max
from survey_score group by all order by side, construct, wave
"""
# A change between two different scales is no change: such pairs are left out.
_CHANGES = """
with pre as (select * from survey_score where wave = 'pre' and employee_id is not null),
post as (select * from survey_score where wave = 'post' and employee_id is not null),
change as (
    select pre.side, pre.construct, round(post.score - pre.score, 9) as change, pre.scale_min, pre.scale_max
    from pre join post using (side, construct, employee_id)
    where coalesce(pre.scale_min = post.scale_min and pre.scale_max = post.scale_max, true)
)
select side, construct, count(*) as people, sum(change) as total, sum(change * change) as squares,
    count(*) filter (change > 0) as up, count(*) filter (change = 0) as same, count(*) filter (change < 0) as down,
    coalesce(min(scale_min), 0) as scale_min, coalesce(max(scale_max), 0) as scale_max
from change group by all order by side, construct
"""
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
_ANONYMOUS = "select count(distinct respondent) from survey_score where employee_id is null"


def score_surveys(cursor: Cursor, cutoff: date) -> None:
    """Make the temporary table that the functions below read."""
    cursor.execute(sql("survey_score.sql"), {"cutoff": cutoff})


def waves(cursor: Cursor) -> pd.DataFrame:
    """side, construct, wave, people, total, squares, scale_min, scale_max; scores on the items' own scale."""
    return cursor.execute(_WAVES).df()


def changes(cursor: Cursor) -> pd.DataFrame:
    """Post minus pre of people who answered both: people, total, squares, up, same, down."""
    return cursor.execute(_CHANGES).df()


def responses(cursor: Cursor, cutoff: date) -> pd.DataFrame:
    """side, wave, asked, answered (people)."""
    return cursor.execute(_RESPONSES, {"cutoff": cutoff}).df()


def anonymous_responses(cursor: Cursor) -> int:
    row = cursor.execute(_ANONYMOUS).fetchone()
    return int(row[0]) if row else 0
