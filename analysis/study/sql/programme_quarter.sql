-- Grain: one quarter: its pairs and those that should have finished in the twelve months to its last day.
-- Reads programme_pair. Parameters: $quarters, $last_days (by quarter; the last one that the data cover, if earlier).
with
quarter as (select unnest($quarters) as quarter, unnest($last_days)::date as last_day),
stated as (
    select quarter, last_day, planned_end,
        state_on(status, start_date, end_date, last_day, last_day >= data_as_of) as state
    from programme_pair, quarter, calendar
    where start_date <= last_day
)
select
    quarter,
    count(*) filter (state = 'active')::integer as active,
    count(*) filter (planned_end <= last_day and planned_end > last_day - interval 12 month
        and state in ('active', 'paused', 'completed', 'ended_early'))::integer as should_have_finished,
    count(*) filter (planned_end <= last_day and planned_end > last_day - interval 12 month
        and state = 'completed')::integer as finished
from quarter
left join stated using (quarter, last_day)
group by quarter
order by quarter;
