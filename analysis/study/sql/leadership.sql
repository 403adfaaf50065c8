-- Grain: one group of one attribute, and one place, in the last list of people of a quarter: all employees, and those at the two
-- highest levels of the ladder. Whoever has left by the day of the list, or is of another worker type, is not counted.
-- An attribute that the dated lists do not hold comes from the master list, where there is one.
-- Parameters: $cutoff, $worker_types, $first_month of the fiscal year.
-- {header}: the attribute, {place}: what tells places apart, as fixed expressions over the columns of people.
with
held as materialized (
    select employee_id, as_of_date, {header} as told, level, employment_status, termination_date, worker_type,
        department, location
    from people
),
dated as (
    select
        as_of_date, (year(as_of_date) * 12 + month(as_of_date) - $first_month) // 3 as quarter
    from (select distinct as_of_date from held where as_of_date is not null and as_of_date <= $cutoff)
),
last_of_quarter as (select max(as_of_date) as as_of_date from dated group by quarter),
senior_level as (select level from ladder where rank >= (select max(rank) from ladder) - 1),
fixed as (select employee_id, told from held where as_of_date is null),
here as (
    select as_of_date, coalesce(held.told, fixed.told, 'unknown') as "group", level in (from senior_level) as senior,
        {place} as place
    from held
    semi join last_of_quarter using (as_of_date)
    left join fixed using (employee_id)
    where employment_status is distinct from 'terminated'
        and (termination_date is null or termination_date > as_of_date)
        and (worker_type is null or list_contains($worker_types, worker_type))
)
select as_of_date, place, "group", count(*)::int as people, (count(*) filter (senior))::int as senior
from here
group by all
order by as_of_date, place, "group";
