-- Rows of one load whose hire date is another than in the snapshot before, though no exit lies between the two.
-- One row: found, first_line (null where there is none).
with
this_load as (select load_no from load where load_id = $load_id),
differing as (select person from checked_person where hired_first <> hired_last),
their_row as materialized (
    select person, as_of_date, hire_date, load_no, line from held_row semi join differing using (person)
),
here as (select person, as_of_date, hire_date, line from their_row join this_load using (load_no)),
changed as (
    select here.*, before.hire_date as hired_before
    from here
    join checked_snapshot using (as_of_date)
    join their_row as before on before.person = here.person and before.as_of_date = date_before
    where before.hire_date <> here.hire_date
)
select count(*) as found, min(line) as first_line
from changed
anti join checked_exit on checked_exit.person = changed.person
    and exit_date >= hired_before and exit_date <= changed.hire_date;
