-- People who stand in a snapshot, not in the next one, and have no exit; told with the load that completes the two.
-- One row: found, first_line (1 where they stood in another file), the first of those: day_before, day_after,
-- line_before and file_before.
with
this_load as (select load_no from load where load_id = $load_id),
-- Whoever is in fewer snapshots than there are from their first one on.
gap as (
    select person from checked_person join checked_snapshot on as_of_date = first_seen where snapshots < from_then_on
),
their_row as materialized (select held_row.* from held_row semi join gap using (person)),
last_row as (
    select person, their_row.load_no, line, hire_date, as_of_date, checked_snapshot.date_after
    from their_row
    join checked_snapshot using (as_of_date)
    join checked_snapshot as after on after.as_of_date = checked_snapshot.date_after
    join this_load on this_load.load_no = after.told_by
    where termination_date is null and not terminated
),
missing as (
    select last_row.*
    from last_row
    anti join their_row as there on there.person = last_row.person and there.as_of_date = last_row.date_after
),
-- Hired again later: only an exit before that belongs to this employment.
followed as (
    select missing.*, min(later.hire_date) as hired_again
    from missing left join their_row as later on later.person = missing.person and later.hire_date > missing.hire_date
    group by all
),
gone as (
    select followed.*
    from followed
    anti join checked_exit on checked_exit.person = followed.person and exit_date >= followed.hire_date
        and exit_date <= coalesce(hired_again, date '9999-12-31')
),
first_gone as (select * from gone order by as_of_date, load_no, line limit 1)
select
    (select count(distinct person) from gone) as found,
    case when first_gone.load_no = this_load.load_no then line else 1 end as first_line,
    first_gone.as_of_date as day_before, date_after as day_after, line as line_before, file_name as file_before
from first_gone join load using (load_no) cross join this_load;
