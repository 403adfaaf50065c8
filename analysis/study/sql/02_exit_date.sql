-- Grain: one exit of one person. An exit stands on whichever row of the person carries it (rule R2).
-- exit_type: voluntary, involuntary or other. Parameter: $absent_without_exit, "left" or "unknown" (rule R8).
create or replace table exit_date as
with
told as (
    select employee_id, termination_date as exit_date, max(termination_type) as termination_type,
        max(as_of_date) as last_told
    from people, calendar
    where termination_date <= data_as_of
    group by all
),
-- A planned exit that never came true: the same spell is seen employed after that day, and no row
-- from that day on repeats the exit.
withdrawn as (
    select distinct told.employee_id, told.exit_date
    from told
    join people as later
        on later.employee_id = told.employee_id
        and later.as_of_date > told.exit_date
        and later.hire_date <= told.exit_date
        and later.termination_date is null
        and later.employment_status is distinct from 'terminated'
    where told.last_told is null or told.last_told < told.exit_date
),
from_people as (
    select told.employee_id, told.exit_date, told.termination_type
    from told anti join withdrawn using (employee_id, exit_date)
),
from_events as (
    select employee_id, effective_date as exit_date, null as termination_type
    from job_events, calendar
    where event_type = 'termination' and effective_date <= data_as_of
        and employee_id not in (select employee_id from told)
),
last_seen as (
    select employee_id, max(as_of_date) as seen_on, max(hire_date) as hire_date
    from people where as_of_date is not null group by employee_id
),
vanished as (
    select last_seen.employee_id, seen_on + 1 as exit_date, 'unknown' as termination_type
    from last_seen, calendar
    where seen_on < last_snapshot
        and not exists (
            select 1 from (select * from from_people union all select * from from_events) as known
            where known.employee_id = last_seen.employee_id and known.exit_date >= last_seen.hire_date
        )
),
every_exit as (
    select *, false as vanished from from_people
    union all
    select *, false from from_events
    union all
    select *, $absent_without_exit <> 'left' from vanished
)
select
    employee_id,
    exit_date,
    case
        when termination_type in ('voluntary', 'involuntary') then termination_type
        else 'other'
    end as exit_type,
    vanished
from every_exit;
