-- Grain: one pair: cancelled sessions of which it is known who cancelled, and how many the leader (mentee) did.
-- Reads claim_session.
select '' as part, count(*) filter (cancelled_by = 'mentee') as hits, count(*) as total
from claim_session
where status = 'cancelled' and cancelled_by is not null
group by pair_id
