-- Grain: one person. A number stands for the pseudonym where people are only counted and clustered.
create or replace table person as select person, employee_id from held_person;

create or replace temp table event_row as
select person, effective_date, event_type, from_level, to_level, termination_type from job_events join person using (employee_id);
