-- Grain: one pair that has held two sessions: whether a goal was set by the day of the second. Reads claim_session.
with
held as (
    select pair_id, session_date, row_number() over (partition by pair_id order by session_date, session_id) as place
    from claim_session
    where status = 'held'
),
first_goal as (select pair_id, min(set_on) as set_on from goals group by pair_id)
select '' as part, coalesce(first_goal.set_on <= held.session_date, false)::int as hits, 1 as total
from held left join first_goal using (pair_id)
where place = 2
