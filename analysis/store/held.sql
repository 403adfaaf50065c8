-- What holds of the people files, worked out once for the checks and the study of one command, because the view people
-- works it out anew at each use. Ids are text of 32 characters: from here on a number stands for each of them.

-- Grain: one person, numbered in the order of the ids.
create or replace temp table held_person as
select row_number() over (order by employee_id)::integer as person, employee_id
from (select distinct employee_id from people);

-- Grain: one row that holds; as_of_date is null in a master list. rank: the level's rank on the ladder that holds.
-- terminated, still_there: what the row's status says of the person; both are false where it says nothing.
create or replace temp table held_row as
select
    person, load_no, line, people.as_of_date, hire_date, termination_date,
    coalesce(employment_status = 'terminated', false) as terminated,
    coalesce(employment_status in ('active', 'leave', 'notice', 'not_started'), false) as still_there,
    rank, birth_year
from people
join held_person using (employee_id)
left join ladder using (level);
