-- Grain: one session of a placed pair up to a day, in the order in which they were. Parameter: $day.
create or replace temp table placed_session as
select
    pair_id, session_date, sessions.status, cancelled_by, duration_min, coalesce(topic, 'unknown') as topic,
    row_number() over (partition by pair_id order by session_date, session_id) as number
from sessions semi join placed_pair using (pair_id)
where session_date <= $day;
