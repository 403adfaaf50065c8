-- What the checks of one command ask again and again of the rows that hold (held_row), worked out once.

-- Grain: one snapshot. told_by: the load that makes a comparison with the snapshot before it possible (the later loaded
-- of the two). from_then_on: how many snapshots there are from this one on.
create or replace temp table checked_snapshot as
with owner as (
    select dated.as_of_date, max(load_no) as load_no
    from (select distinct load_id, as_of_date from people_row where as_of_date is not null) as dated
    join load using (load_id)
    where state = 'active'
    group by dated.as_of_date
)
select
    as_of_date,
    lag(as_of_date) over in_time as date_before,
    lead(as_of_date) over in_time as date_after,
    greatest(load_no, lag(load_no) over in_time) as told_by,
    count(*) over (order by as_of_date rows between current row and unbounded following) as from_then_on
from owner
window in_time as (order by as_of_date);

-- Grain: one person over all their rows: who can be in question at all is found here, before rows are compared.
create or replace temp table checked_person as
select
    person, min(hire_date) as hired_first, max(hire_date) as hired_last,
    min(as_of_date) as first_seen, max(as_of_date) as last_seen, count(as_of_date) as snapshots,
    min(birth_year) as born_first, max(birth_year) as born_last, bool_or(terminated) as terminated
from held_row
group by person;

-- Grain: one exit of one person, and the hire before it. An exit that was announced and then did not happen is none: it
-- stands only on rows before its day, and a later row shows the same employment going on.
create or replace temp table checked_exit as
with told as (
    select person, exit_date, max(told_on) as told_on
    from (
        select person, termination_date as exit_date, coalesce(as_of_date, termination_date) as told_on from held_row
        union all
        select person, effective_date, effective_date
        from job_events join held_person using (employee_id)
        where event_type = 'termination'
    )
    where exit_date is not null
    group by all
),
withdrawn as (
    select distinct told.person, exit_date
    from told
    join held_row as later on later.person = told.person and later.as_of_date >= exit_date
    where told_on < exit_date and later.hire_date <= exit_date and not later.terminated
        and (later.termination_date is null or later.termination_date > exit_date)
)
select told.person, exit_date, max(hire_date) as hired
from told
anti join withdrawn using (person, exit_date)
join held_row on held_row.person = told.person and hire_date <= exit_date
group by all;
