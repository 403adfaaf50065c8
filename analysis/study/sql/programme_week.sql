-- Grain: one week of one quarter: sessions held in it, and of how many pairs. A quarter has thirteen weeks from its first
-- day on; the last one is a day shorter or longer. Reads viewed_session.
-- Parameters: $quarters, $first_days, $last_days (by quarter).
with
quarter as (
    select unnest($quarters) as quarter, unnest($first_days)::date as first_day, unnest($last_days)::date as last_day
)
select
    quarter, least((session_date - first_day) // 7 + 1, 13)::integer as week,
    count(*)::integer as sessions, count(distinct pair_id)::integer as pairs
from quarter
join viewed_session on session_date between first_day and last_day
where status = 'held'
group by all
order by all;
