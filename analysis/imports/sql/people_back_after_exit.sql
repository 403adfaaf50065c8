-- People who stand in a later snapshot as employed, with the hire date that they had before their exit, at the first
-- row of one load that says so.
-- One row: found, first_line (null where there is none).
with
this_load as (select load_no from load where load_id = $load_id),
first_row as (
    select held_row.person, exit_date,
        arg_min({'load_no': load_no, 'line': line}, (as_of_date, load_no, line)) as place
    from held_row
    join checked_exit on checked_exit.person = held_row.person and hired = hire_date and exit_date < as_of_date
    where not terminated and (termination_date is null or termination_date > as_of_date)
    group by all
)
select count(distinct person) as found, min(place.line) as first_line
from first_row join this_load on this_load.load_no = place.load_no;
