-- Grain: one combination of counts in one quarter: how many pairs had so many sessions held, cancelled and missed.
-- Reads programme_pair. Parameters: $quarters, $first_days, $last_days (by quarter).
with
quarter as (
    select unnest($quarters) as quarter, unnest($first_days)::date as first_day, unnest($last_days)::date as last_day
),
counted as (
    select
        quarter, pair_id,
        count(*) filter (sessions.status = 'held')::integer as held,
        count(*) filter (sessions.status = 'cancelled')::integer as cancelled,
        count(*) filter (sessions.status = 'no_show')::integer as no_show
    from quarter
    join sessions on session_date between first_day and last_day
    semi join programme_pair using (pair_id)
    group by all
)
select quarter, held, cancelled, no_show, count(*)::integer as pairs
from counted
where held + cancelled + no_show > 0
group by all
order by all;
