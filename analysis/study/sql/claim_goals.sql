-- Grain: one pair with goals that are closed: how many, and how many of them were reached. Reads claim_pair.
-- Parameter: $cutoff.
select '' as part, count(*) filter (goals.status = 'achieved') as hits, count(*) as total
from goals join claim_pair using (pair_id)
where goals.status in ('achieved', 'partly', 'missed', 'dropped') and coalesce(closed_on, set_on) <= $cutoff
group by pair_id
