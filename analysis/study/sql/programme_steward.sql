-- Grain: one running pair that needs a nudge, for whoever looks after the programme: where it was loaded from, and why.
-- Reads viewed_pair, placed_session. Parameters: $day, $first_days, $in_a_row.
with
running as (select * from viewed_pair where state = 'active'),
told as (
    select
        pair_id,
        max(session_date) filter (placed_session.status = 'held') as last_held,
        count(*) filter (placed_session.status = 'cancelled' and number > coalesce(last_kept, 0)) as cancelled_now
    from running
    join placed_session using (pair_id)
    left join (
        select pair_id, max(number) as last_kept from placed_session where status in ('held', 'no_show') group by pair_id
    ) using (pair_id)
    group by pair_id
),
judged as (
    select
        running.*, last_held,
        last_held is null and planned_end >= $day and $day - start_date > $first_days as no_first_session,
        last_held is not null and planned_end >= $day and $day - last_held > lapse_days as stalled,
        coalesce(cancelled_now, 0) >= $in_a_row as cancellations,
        planned_end < $day as past_end
    from running left join told using (pair_id)
)
select
    file_name, line, cohort, start_date, planned_end, last_held,
    coalesce(no_first_session, false) as no_first_session, coalesce(stalled, false) as stalled, cancellations, past_end
from judged join load using (load_id)
where no_first_session or stalled or cancellations or past_end
order by file_name, line;
