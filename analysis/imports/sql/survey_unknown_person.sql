-- Lines of one survey load with an employee_id that is in no people file. One line may hold several rows.
-- One row: found, first_line (null where there is none), named (lines that name anybody), people (in people files).
select
    count(distinct line) filter (held_person.person is null) as found,
    min(line) filter (held_person.person is null) as first_line,
    count(distinct line) as named,
    (select count(*) from held_person) as people
from survey_row left join held_person using (employee_id)
where load_id = $load_id and employee_id is not null;
