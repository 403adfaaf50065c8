-- People of one survey load who answered the same wave in an earlier load too, under another response_id; in different
-- cohorts, or more than 90 days apart (on different days, in a pulse survey), these are different rounds.
-- One row: found, first_line (null where there is none).
with
this_load as (select load_no from load where load_id = $load_id),
mine as (
    select survey_id, wave, side, cohort, employee_id, response_id, submitted_at, min(line) as line
    from survey_row
    where load_id = $load_id and employee_id is not null
    group by all
),
before_ as (
    select distinct survey_id, wave, side, cohort, employee_id, response_id, submitted_at
    from survey
    join load using (load_id)
    cross join this_load
    where load.load_no < this_load.load_no and employee_id is not null
)
select count(distinct mine.employee_id) as found, min(mine.line) as first_line
from mine
join before_ on before_.survey_id = mine.survey_id and before_.wave = mine.wave
    and before_.side is not distinct from mine.side and before_.employee_id = mine.employee_id
    and before_.response_id <> mine.response_id
where coalesce(mine.cohort = before_.cohort, true)
    and coalesce(abs(mine.submitted_at - before_.submitted_at) <= if(mine.wave = 'pulse', 0, 90), true);
