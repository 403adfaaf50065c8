-- People who are hired again after an exit, at the first row of one load that says so.
-- One row: found, first_line (null where there is none).
with
this_load as (select load_no from load where load_id = $load_id),
came_back as (
    select distinct held_row.person, hire_date
    from held_row join checked_exit on checked_exit.person = held_row.person
        and exit_date <= hire_date and hired < hire_date
),
first_row as (
    select person, hire_date, arg_min({'load_no': load_no, 'line': line},
        (coalesce(as_of_date, date '0001-01-01'), load_no, line)) as place
    from held_row join came_back using (person, hire_date)
    group by all
)
select count(*) as found, min(place.line) as first_line
from first_row join this_load on this_load.load_no = place.load_no;
