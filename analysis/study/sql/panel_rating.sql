-- Grain: one person in one quarter: the rating in the last snapshot of the quarter, where it is a number and they
-- were still employed. Reads panel_unit. Parameters: $cutoff, $first_month.
with
seen as (
    select
        unit, joined, until, as_of_date, try_cast(performance_rating as double) as outcome,
        (year(as_of_date) * 12 + month(as_of_date) - $first_month) // 3 as quarter
    from people
    join panel_unit using (employee_id)
    where as_of_date <= $cutoff
        and employment_status is distinct from 'terminated'
        and (termination_date is null or termination_date > as_of_date)
),
newest as (
    select * from seen qualify row_number() over (partition by unit, quarter order by as_of_date desc) = 1
)
select unit, joined, quarter, outcome from newest
where isfinite(outcome) and (until is null or quarter < until)
order by unit, quarter;
