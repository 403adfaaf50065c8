-- People of a list of everyone that an earlier command gave for the same day, who are not in the list of one load.
-- One row: found, first_line, day.
with
this_load as (select load_id, batch from load where load_id = $load_id and scope is distinct from 'changes'),
together as (select load.load_id from load join this_load on load.batch = this_load.batch),
earlier as (
    select load.load_id from load join this_load on load.batch < this_load.batch
    where load.kind = 'people' and load.state = 'active'
),
given_before as (select distinct as_of_date from people_row semi join earlier using (load_id)),
given_twice as (
    select distinct as_of_date from people_row semi join this_load using (load_id)
    where as_of_date in (select as_of_date from given_before)
),
told as (
    select as_of_date, employee_id, bool_or(load_id in (select load_id from together)) as here
    from people_row
    where as_of_date in (select as_of_date from given_twice)
        and (load_id in (select load_id from earlier) or load_id in (select load_id from together))
    group by as_of_date, employee_id
)
select count(*) as found, 1 as first_line, min(as_of_date)::text as day from told where not here
