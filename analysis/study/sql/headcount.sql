-- Grain: one row. as_of: the newest dated list, null where none is; people in it, new in it, gone since the one before.
with
held as materialized (select employee_id, as_of_date, employment_status, termination_date from people),
dates as (select as_of_date, row_number() over (order by as_of_date desc) as age
    from (select distinct as_of_date from held where as_of_date is not null)),
here as (
    select employee_id, age
    from held join dates using (as_of_date)
    where age <= 2 and employment_status is distinct from 'terminated'
        and (termination_date is null or termination_date > as_of_date)
),
undated as (
    select count(distinct employee_id) as people
    from held
    where not exists (select 1 from dates) and employment_status is distinct from 'terminated' and termination_date is null
)
select
    (select as_of_date from dates where age = 1) as as_of,
    (select count(*) from here where age = 1) + (select people from undated) as people,
    (select count(*) from here as now where age = 1 and exists (select 1 from here where age = 2)
        and employee_id not in (select employee_id from here where age = 2)) as joined,
    (select count(*) from here where age = 2 and employee_id not in (select employee_id from here where age = 1)) as left_since;
