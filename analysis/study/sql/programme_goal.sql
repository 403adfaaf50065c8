-- Grain: one combination of counts of one kind of goal: how many pairs had so many that are open, decided, achieved.
-- Decided: achieved, partly achieved, missed or dropped by the day; one that was closed later was open then.
-- Reads viewed_pair. Parameter: $day.
with
counted as (
    select
        kind, pair_id,
        count(*)::integer as goals,
        count(*) filter (
            status in ('achieved', 'partly', 'missed', 'dropped') and coalesce(closed_on, due_on, set_on) <= $day
        )::integer as decided,
        count(*) filter (
            status = 'achieved' and coalesce(closed_on, due_on, set_on) <= $day
        )::integer as achieved
    from goals
    semi join viewed_pair using (pair_id)
    where set_on <= $day
    group by all
)
select kind, goals, decided, achieved, count(*)::integer as pairs
from counted
group by all
order by all;
