-- Grain: one running pair of the view, with each reason for which it may need a nudge.
-- last_held: the day of its last session. cancelled_now: how many cancellations stand at the end of its sessions.
-- Where no session of any pair is recorded by the day there is no log, and a pair is not taken to have held none.
-- Reads viewed_pair, placed_session. Parameters: $day, $first_days, $in_a_row.
create or replace temp table pair_nudge as
with
running as (select * from viewed_pair where state = 'active'),
log as (select count(*) > 0 as logged from placed_session where status <> 'scheduled'),
kept as (
    select pair_id, max(number) as last_kept from placed_session where status in ('held', 'no_show') group by pair_id
),
told as (
    select
        pair_id,
        max(session_date) filter (placed_session.status = 'held') as last_held,
        count(*) filter (placed_session.status = 'cancelled' and number > coalesce(last_kept, 0)) as cancelled_now
    from running
    join placed_session using (pair_id)
    left join kept using (pair_id)
    group by pair_id
)
select
    pair_id, last_held,
    coalesce(
        (select logged from log) and last_held is null and planned_end >= $day and $day - start_date > $first_days,
        false
    ) as no_first_session,
    coalesce(last_held is not null and planned_end >= $day and $day - last_held > lapse_days, false) as stalled,
    coalesce(cancelled_now, 0) >= $in_a_row as cancellations,
    planned_end < $day as past_end
from running left join told using (pair_id);
