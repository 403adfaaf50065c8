-- People of a list of everyone that an earlier command gave for the same day, who are not in the list of one load.
-- One row: found, first_line, day.
with
this_load as (select load_id, batch from load where load_id = $load_id and scope is distinct from 'changes'),
dates as (select distinct as_of_date from people_row semi join this_load using (load_id) where as_of_date is not null),
earlier as (
    select load.load_id from load join this_load on load.batch < this_load.batch
    where load.kind = 'people' and load.state = 'active'
),
before as (
    select distinct as_of_date, employee_id
    from people_row semi join earlier using (load_id)
    where as_of_date in (select as_of_date from dates)
),
now as (
    select as_of_date, employee_id from people_row
    where as_of_date in (select as_of_date from dates)
        and load_id in (select load.load_id from load join this_load on load.batch = this_load.batch)
)
select count(*) as found, 1 as first_line, min(before.as_of_date)::text as day
from before anti join now using (as_of_date, employee_id)
