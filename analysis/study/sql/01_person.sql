-- Grain: one row of the people files that holds today, read once, because what holds is worked out anew each time.
create or replace temp table held_row as
select
    employee_id, as_of_date, hire_date, termination_date, termination_type, employment_status, worker_type, level,
    department, location, manager_id, fte, performance_rating, gender, ethnicity, birth_year, disability, lgbtq
from people;

-- Grain: one person. A number stands for the pseudonym where people are only counted and clustered.
create or replace table person as
select row_number() over (order by employee_id)::integer as person, employee_id
from (select distinct employee_id from held_row);

create or replace temp table event_row as
select person, effective_date, event_type, from_level, to_level from job_events join person using (employee_id);
