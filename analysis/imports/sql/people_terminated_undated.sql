-- People whose status says that they have left, in one load, and of whom no exit date is held anywhere: neither on a
-- row nor in a leaving event.
-- One row: found, first_line (null where there is none).
with this_load as (select load_no from load where load_id = $load_id)
select count(distinct held_row.person) as found, min(line) as first_line
from held_row
join this_load using (load_no)
anti join checked_exit on checked_exit.person = held_row.person and checked_exit.exit_date >= held_row.hire_date
where terminated and termination_date is null;
