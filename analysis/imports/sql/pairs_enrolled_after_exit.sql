-- Pairs of one load that start after the mentor or the mentee had left and was not hired again.
-- One row: found, first_line (null where there is none).
with
members as (
    select line, start_date, unnest([mentor_id, mentee_id]) as employee_id from pairs_row where load_id = $load_id
),
newest_spell as (
    select members.line, person, start_date, max(hire_date) as hired
    from members
    join held_person using (employee_id)
    join held_row using (person)
    where hire_date <= start_date
    group by all
)
select count(distinct line) as found, min(line) as first_line
from newest_spell
join checked_exit on checked_exit.person = newest_spell.person
    and exit_date >= newest_spell.hired and exit_date < start_date;
