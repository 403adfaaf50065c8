-- Grain: one combination of counts in one quarter: how many pairs had so many sessions of each kind. The outcome of a
-- session that is only scheduled is not known, so it is not counted. tech, with_topic: sessions held about tech support,
-- and about any topic that is named; the same in minutes. Reads {sessions}, a fixed table of sessions.
-- Parameters: $quarters, $first_days, $last_days (by quarter).
with
quarter as (
    select unnest($quarters) as quarter, unnest($first_days)::date as first_day, unnest($last_days)::date as last_day
),
counted as (
    select
        quarter, pair_id,
        count(*) filter (status = 'held')::integer as held,
        count(*) filter (status = 'cancelled' and cancelled_by = 'mentee')::integer as by_mentee,
        count(*) filter (status = 'cancelled' and cancelled_by = 'mentor')::integer as by_mentor,
        count(*) filter (status = 'cancelled' and cancelled_by is null)::integer as by_unknown,
        count(*) filter (status = 'no_show')::integer as no_show,
        count(*) filter (status = 'held' and topic = 'tech_support')::integer as tech,
        count(*) filter (status = 'held' and topic <> 'unknown')::integer as with_topic,
        coalesce(sum(duration_min) filter (status = 'held' and topic = 'tech_support'), 0)::integer as tech_minutes,
        coalesce(sum(duration_min) filter (status = 'held' and topic <> 'unknown'), 0)::integer as topic_minutes
    from quarter
    join {sessions} on session_date between first_day and last_day
    group by all
)
select counted.* exclude (pair_id), count(*)::integer as pairs
from counted
where held + by_mentee + by_mentor + by_unknown + no_show > 0
group by all
order by all;
