-- Pairs of one load (?) that start after the mentor or the mentee had left and was not hired again.
-- One row: lines, first_line (null where there is none).
with
pair_rows as (select line, mentor_id, mentee_id, start_date from pairs_row where load_id = ?),
person as (select employee_id, hire_date, termination_date from people),
members as (
    select line, mentor_id as employee_id, start_date from pair_rows
    union all
    select line, mentee_id, start_date from pair_rows
),
newest_spell as (
    select members.line, members.employee_id, members.start_date, max(person.hire_date) as hired
    from members join person on person.employee_id = members.employee_id and person.hire_date <= members.start_date
    group by all
)
select count(distinct newest_spell.line) as lines, min(newest_spell.line) as first_line
from newest_spell
join person
    on person.employee_id = newest_spell.employee_id
    and person.termination_date >= newest_spell.hired
    and person.termination_date < newest_spell.start_date;
