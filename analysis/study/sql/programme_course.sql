-- Grain: one pair of the view that has begun, without an id: how it went by the day.
-- held: sessions held; held_in_plan, months_in_plan: within the months that the plan gives. first_after: days to the
-- first one; followed: days to its last day. lapse_after: days until it had waited too long for the first time (null:
-- never); lapse_followed: days for which that is known. mean_gap: mean days between sessions. since_last: days from the
-- last session to the last day. waited_too_long: it waits so now. recorded: sessions that were held, cancelled or missed. cancelled_run: most cancellations in a row;
-- cancelled_now: how many stand at its end. early_goal: a goal was set by the second session. in_quarter: it ran in the
-- quarter that begins on $first_day; met: and met in it. Reads viewed_pair, placed_session. Parameters: $day, $first_day.
with
begun as (select * from viewed_pair where state <> 'planned'),
held as (
    select placed_session.* , row_number() over (partition by pair_id order by number) as nth
    from placed_session semi join begun using (pair_id) where status = 'held'
),
held_count as (
    select
        pair_id, count(*)::integer as held, min(session_date) as first_held, max(session_date) as last_held,
        max(session_date) filter (nth = 2) as second_held,
        count(*) filter (session_date < plan_until)::integer as held_in_plan,
        bool_or(session_date >= $first_day) as met
    from held join begun using (pair_id)
    group by pair_id
),
mark as (
    select pair_id, start_date as day from begun
    union all
    select pair_id, session_date from held join begun using (pair_id)
    where session_date >= start_date and session_date < plan_until
),
wait as (
    select
        pair_id, day, start_date, lapse_days,
        coalesce(lead(day) over (partition by pair_id order by day), greatest(plan_until - 1, day)) - day as days
    from mark join begun using (pair_id)
),
lapse as (
    select pair_id, min(day - start_date + lapse_days + 1) as lapse_after
    from wait where days > lapse_days group by pair_id
),
told as (
    select *, count(*) filter (status <> 'cancelled') over (
        partition by pair_id order by number rows between unbounded preceding and current row
    ) as island
    from placed_session semi join begun using (pair_id)
    where status in ('held', 'cancelled', 'no_show')
),
run as (
    select pair_id, island, count(*) as sessions, count(*) filter (status = 'cancelled') as cancelled
    from told group by all
),
runs as (
    select
        pair_id, sum(sessions)::integer as recorded, max(cancelled)::integer as cancelled_run,
        arg_max(cancelled, island)::integer as cancelled_now
    from run group by pair_id
),
goal as (select pair_id, min(set_on) as first_set from goals where set_on <= $day group by pair_id)
select
    cohort, state, due,
    coalesce(held, 0) as held,
    coalesce(held_in_plan, 0) as held_in_plan,
    greatest(plan_until - start_date, 0) / 30.4375 as months_in_plan,
    sessions_a_month,
    case when first_held is not null then greatest(first_held - start_date, 0) end as first_after,
    last_day - start_date as followed,
    lapse_after,
    case when lapse_days is not null then greatest(plan_until - 1 - start_date, 0) end as lapse_followed,
    case when held > 1 then (last_held - first_held)::double / (held - 1) end as mean_gap,
    state = 'active' and held > 0 and planned_end >= $day and last_day - last_held > lapse_days as waited_too_long,
    state = 'active' and planned_end < $day as past_end,
    coalesce(recorded, 0) as recorded,
    coalesce(cancelled_run, 0) as cancelled_run,
    if(state = 'active', coalesce(cancelled_now, 0), 0) as cancelled_now,
    case when second_held is not null then coalesce(first_set <= second_held, false) end as early_goal,
    state in ('active', 'paused') or last_day >= $first_day as in_quarter,
    coalesce(met, false) as met,
    mentee.level as mentee_level, mentee.rank as mentee_rank
from begun
left join held_count using (pair_id)
left join lapse using (pair_id)
left join runs using (pair_id)
left join goal using (pair_id)
left join programme_person as mentee on mentee.pair_id = begun.pair_id and mentee.side = 'mentee'
order by all;
