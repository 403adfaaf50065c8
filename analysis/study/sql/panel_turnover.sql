-- Grain: one department in one whole quarter: exits in it, over the mean of the people employed there at its start and
-- at its end (the last snapshots of the quarter before and of this one). A leaver counts where the last snapshot
-- before the exit has them, or the first one after it. Departments with fewer than $fewest people are left out of
-- that quarter. Reads panel_unit. Parameters: $cutoff, $first_month, $worker_types, $fewest.
with
covered as (
    select *, (year(as_of_date) * 12 + month(as_of_date) - $first_month) // 3 as quarter
    from people
    where as_of_date is not null and department is not null
        and (worker_type is null or list_contains($worker_types, worker_type))
),
newest as (select quarter, max(as_of_date) as as_of_date from covered where as_of_date <= $cutoff group by quarter),
headcount as (
    select department, quarter, count(*) as people
    from covered
    join newest using (quarter, as_of_date)
    where employment_status is distinct from 'terminated'
        and (termination_date is null or termination_date > as_of_date)
    group by department, quarter
),
place as (
    select exit_date.employee_id, exit_date.exit_date,
        coalesce(
            arg_max(department, as_of_date) filter (as_of_date < exit_date.exit_date),
            arg_min(department, as_of_date) filter (as_of_date >= exit_date.exit_date)
        ) as department
    from exit_date
    join covered using (employee_id)
    where exit_date.exit_date <= $cutoff
    group by all
),
leaving as (
    select department, (year(exit_date) * 12 + month(exit_date) - $first_month) // 3 as quarter, count(*) as exits
    from place
    group by all
),
rate as (
    select now_.department, now_.quarter,
        coalesce(exits, 0) / ((before_.people + now_.people) / 2) as outcome
    from headcount as now_
    join headcount as before_ on before_.department = now_.department and before_.quarter = now_.quarter - 1
    left join leaving on leaving.department = now_.department and leaving.quarter = now_.quarter
    where least(before_.people, now_.people) >= $fewest
)
select unit, joined, quarter, outcome
from rate
join panel_unit using (department)
where quarter < (year($cutoff::date + 1) * 12 + month($cutoff::date + 1) - $first_month) // 3
order by unit, quarter;
