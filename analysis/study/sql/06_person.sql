-- Grain: one person. A number stands for the pseudonym where people are only counted and clustered.
create or replace table person as
select row_number() over (order by employee_id) as person, employee_id
from (select distinct employee_id from people);
